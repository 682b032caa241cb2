"""A Keras fit that was killed goes on as if nobody had disturbed it, its callbacks, history and files included."""

from __future__ import annotations

from interruptions import BYTES, folder, interruptions, resume, undisturbed

HEAD = """
import hashlib, keras, numpy as np, time
from sklearn.datasets import load_digits
keras.utils.set_random_seed(1)
X, y = load_digits(return_X_y=True)
X = X / 16.0
def build():
    model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dropout(0.3), keras.layers.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
def weights(model):
    return hashlib.md5(b"".join(one.tobytes() for one in model.get_weights())).hexdigest()
"""
FIT = """
class Seen(keras.callbacks.Callback):
    def __init__(self, losses):
        super().__init__()
        self.losses = losses
    def on_epoch_end(self, epoch, logs=None):
        self.losses.append(round(logs["loss"], 6))
        time.sleep(0.1)
losses, model = [], build()
callbacks = [
    keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True, monitor="val_accuracy"), keras.callbacks.CSVLogger("log.csv"),
    keras.callbacks.EarlyStopping(patience=4, restore_best_weights=True), keras.callbacks.ReduceLROnPlateau(patience=1), Seen(losses),
]
history = model.fit(X[:400], y[:400], epochs=12, batch_size=32, validation_data=(X[400:500], y[400:500]), callbacks=callbacks, verbose=0)
print(history.epoch, history.history, losses, open("log.csv").read(), weights(model))
best = keras.models.load_model("best.keras")
print(weights(best), model.evaluate(X[500:], y[500:], verbose=0), np.random.random(), keras.random.uniform((1,)))
"""
FOLDS = """
for fold in range(3):
    model = build()
    held = np.arange(fold, 600, 3)
    rest = np.setdiff1d(np.arange(600), held)
    model.fit(X[rest], y[rest], epochs=4, verbose=0, callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: time.sleep(0.1))])
    print(weights(model), model.evaluate(X[held], y[held], verbose=0))
"""


def once_each(epochs):
    return epochs == list(range(1, len(epochs) + 1))


def test_a_killed_fit_ends_as_an_undisturbed_one(runner):
    expected, seconds = undisturbed(runner, HEAD + FIT)
    assert expected.end["state"] == "complete", expected.stderr
    count = len(expected.of("epoch"))
    resumed = interruptions(runner, HEAD + FIT, seconds)
    for one in resumed:
        assert one.second.stdout == expected.stdout, (one.kept, one.second.stderr)
        assert one.second.result == expected.result
        assert once_each(one.epochs())
        assert len(one.epochs()) == count
        assert (one.kept or 0) >= len(one.first.of("epoch")) - 1
    assert resumed


def test_with_checkpoints_a_script_does_what_it_does_without(runner):
    expected = runner.run(HEAD + FIT)
    kept = runner.run(HEAD + FIT, checkpoint={"bytes": BYTES, "resume": False})
    assert kept.of("checkpoint")
    assert kept.notices == expected.notices == ""
    assert (kept.stdout, kept.result, kept.of("epoch")[-1]["metrics"]) == (expected.stdout, expected.result, expected.of("epoch")[-1]["metrics"])
    assert [one["path"] for one in kept.end["artifacts"]] == [one["path"] for one in expected.end["artifacts"]]
    assert not folder(runner).exists()


def test_fits_that_had_finished_are_not_trained_again(runner, tmp_path):
    mark = tmp_path / "killed"
    kill = f"    if fold == 2 and not os.path.exists({str(mark)!r}):\n        open({str(mark)!r}, 'w').close(); os.kill(os.getpid(), 9)\n"
    text = HEAD + "import os\n" + FOLDS.replace("    print", kill + "    print")
    first = runner.run(text, checkpoint={"bytes": BYTES, "resume": False})
    assert (first.end["signal"], len(first.of("epoch"))) == ("SIGKILL", 12)
    again = resume(runner)
    assert (again.of("resumed")[0]["epoch"], again.of("epoch")) == (4, [])
    assert again.stdout == runner.run(text).stdout
