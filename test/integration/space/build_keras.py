"""Builds the model of every variant in variants.json and trains it on one batch; prints those that fail, and what part of all did not."""

import json

import numpy as np
from tensorflow import keras


class Trained(BaseException):
    """The model was built and took a batch."""


def one_batch(model, x, y=None, *_, **__):
    if y is None:
        x, y = x
    if not isinstance(model.optimizer, keras.optimizers.Optimizer):
        raise TypeError("no optimizer")
    model.run_eagerly = True
    model.train_on_batch(np.asarray(x)[:2], np.asarray(y)[:2])
    raise Trained


def pictures(_, folder, target_size, batch_size):
    return np.random.rand(4, *target_size, 3), np.eye(5)[np.random.randint(0, 5, 4)]


def names_for(script):
    """What a script takes from elsewhere."""
    if script == "keras_autoencoder.py":
        return {"images": np.random.rand(4, 28, 28, 1)}
    if script == "keras_residual.py":
        return {"features": np.random.rand(4, 32), "targets": np.eye(3)[[0, 1, 2, 0]]}
    if script == "keras_notebook.ipynb":
        return {"x": np.random.rand(4, 6), "y": np.random.rand(4)}
    return {}


def build(variants):
    failed = 0
    for variant in variants:
        try:
            exec(compile(variant["code"], variant["script"], "exec"), {"__name__": "__main__", **names_for(variant["script"])})
            print("NOT TRAINED", variant["script"])
            failed += 1
        except Trained:
            pass
        except Exception as error:
            failed += 1
            print("FAILED", variant["script"], json.dumps(variant["assignment"]), repr(error)[:500])
        keras.backend.clear_session()
    return failed


if __name__ == "__main__":
    fit = keras.Model.fit
    keras.Model.fit = one_batch
    keras.preprocessing.image.ImageDataGenerator.flow_from_directory = pictures
    everything = json.load(open("variants.json"))
    failures = build(everything)
    keras.Model.fit = fit
    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(np.zeros((4, 2)), np.zeros(4), epochs=1, verbose=0)
    print("built", len(everything) - failures, "of", len(everything))
    print("Test accuracy:", 1 - failures / len(everything))
