"""What a Keras script measures is seen each epoch and at the end."""

from __future__ import annotations

import pytest

PREPARED = """
import numpy as np, {keras}
rng = np.random.default_rng(0)
X = rng.normal(size=(200, 4)).astype('float32'); y = (X[:, 0] > 0).astype(int)
X_train, y_train, X_val, y_val, X_test, y_test = X[:100], y[:100], X[100:150], y[100:150], X[150:], y[150:]
layers = keras.layers
model = keras.Sequential([keras.Input((4,)), layers.Dense(8, activation='relu'), layers.Dense(2, activation='softmax')])
model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
"""
KERAS = PREPARED.replace("{keras}", "keras")


@pytest.mark.parametrize("keras", ["keras", "tensorflow.keras as keras"])
def test_epochs_and_evaluation(runner, keras):
    trial = runner.run(
        PREPARED.replace("{keras}", keras)
        + "model.fit(X_train, y_train, epochs=3, validation_data=(X_val, y_val), verbose=0)\nprint(model.evaluate(X_test, y_test, verbose=0)[1])"
    )
    epochs = trial.of("epoch")
    assert [(one["epoch"], one["epochs"]) for one in epochs] == [(1, 3), (2, 3), (3, 3)], trial.stderr + trial.notices
    assert set(epochs[0]["metrics"]) == {"accuracy", "loss", "val_accuracy", "val_loss"}
    assert trial.metric("accuracy", "train")["rows"] == 100
    assert trial.metric("accuracy", "validation")["value"] == epochs[-1]["metrics"]["val_accuracy"]
    assert trial.metric("accuracy", "test")["rows"] == 50
    assert (trial.result["data"], trial.result["name"]) == ("test", "accuracy")
    assert trial.result["value"] == pytest.approx(float(trial.stdout), abs=1e-6)
    assert not trial.notices


def test_evaluate_labels_by_what_fit_was_given(runner):
    trial = runner.run(
        KERAS
        + "model.fit(x=X_train, y=y_train, validation_data=(X_val, y_val), verbose=0)\n"
        + "print(model.evaluate(X_train, y_train, verbose=0, return_dict=True)['accuracy'])\nprint(model.evaluate(X_val, y_val, verbose=0)[1])"
    )
    train, validation = map(float, trial.stdout.split())
    assert trial.metric("accuracy", "train")["value"] == pytest.approx(train)
    assert trial.metric("accuracy", "validation")["value"] == pytest.approx(validation)
    assert not [one for one in trial.of("metric") if one["data"] == "test"]


def test_restored_best_epoch_counts_not_the_last(runner):
    trial = runner.run(
        KERAS
        + "stop = keras.callbacks.EarlyStopping(monitor='val_accuracy', patience=3, restore_best_weights=True)\n"
        + "h = model.fit(X_train, y_train, epochs=40, validation_data=(X_val, y_val), verbose=0, callbacks=[stop])\nprint(max(h.history['val_accuracy']))"
    )
    assert trial.metric("accuracy", "validation")["value"] == pytest.approx(float(trial.stdout))


def test_validation_split_rows_and_data_sets(runner):
    trial = runner.run(
        KERAS
        + "import tensorflow as tf\nmodel.fit(X_train, y_train, validation_split=0.2, verbose=0)\n"
        + "train = tf.data.Dataset.from_tensor_slices((X_train, y_train)).batch(10)\nmodel.fit(train, verbose=0)\nmodel.evaluate(train, verbose=0)\n"
        + "model.evaluate(tf.data.Dataset.from_tensor_slices((X_test, y_test)).batch(10), verbose=0)"
    )
    assert [(one["data"], one["rows"]) for one in trial.of("metric") if one["name"] == "accuracy"] == [
        ("train", 80),
        ("validation", 20),
        ("train", None),
        ("train", None),
        ("test", None),
    ]


def test_one_hot_labels_are_known_as_class_numbers(runner):
    trial = runner.run(
        KERAS.replace("sparse_categorical", "categorical")
        + "from sklearn.metrics import accuracy_score\nmodel.fit(X_train, keras.utils.to_categorical(y_train), verbose=0)\n"
        + "accuracy_score(y_train, model.predict(X_train, verbose=0).argmax(1)); accuracy_score(y_test, model.predict(X_test, verbose=0).argmax(1))"
    )
    assert trial.metric("accuracy", "test")["rows"] == 50
    assert [one["rows"] for one in trial.of("metric") if one["data"] == "train" and one["name"] == "accuracy"] == [100, 100]


def test_loop_over_batches_tells_its_last(runner):
    trial = runner.run(KERAS + "for _ in range(5): r = model.train_on_batch(X_train, y_train)\nprint(r[0])")
    assert trial.metric("loss", "train")["value"] == pytest.approx(float(trial.stdout), rel=1e-4)
    assert trial.metric("accuracy", "train")


def test_nan_loss_is_null_with_a_reason(runner):
    trial = runner.run(KERAS.replace(", metrics=['accuracy']", "") + "model.compile('sgd', 'mse')\nnothing = np.full(model.predict(X_train, verbose=0).shape, np.nan)\nmodel.fit(X_train, nothing, epochs=2, verbose=0)")
    assert trial.result["value"] is None
    assert "loss is not a finite number" in trial.end["reason"]


def test_seeded_trainings_are_equal(runner):
    script = KERAS + "model.fit(X_train, y_train, epochs=2, verbose=0)\nprint(repr(model.evaluate(X_test, y_test, verbose=0)))"
    first, second, other = (runner.run(script, seed=seed).stdout for seed in (1, 1, 2))
    assert first == second != other


def test_progress_bar_is_live_and_is_no_metric(runner):
    trial = runner.run(KERAS + "model.fit(X_train, y_train, epochs=2)")
    assert "Epoch 2/2" in trial.stdout
    assert not [one for one in trial.of("metric") if one["source"] == "print"]
    assert len(trial.of("epoch")) == 2
