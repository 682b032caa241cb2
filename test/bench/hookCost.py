"""Times steps with the hooks on and with the functions that they are around, turn by turn; prints seconds a step as JSON."""

import json
import os
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np
import xgboost

STEPS = 1000
TURNS = 7

rng = np.random.default_rng(0)
x, y = rng.normal(size=(STEPS, 8)).astype("float32"), rng.integers(0, 2, STEPS)
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("sgd", "binary_crossentropy", metrics=["accuracy"])
matrix = xgboost.DMatrix(x, y)


def fit(function):
    function(model, x, y, batch_size=1, epochs=1, shuffle=False, verbose=0)


def train_on_batch(function):
    for _ in range(STEPS):
        function(model, x[:1], y[:1])


def boost(function):
    function({"max_depth": 1, "nthread": 1}, matrix, STEPS, evals=[(matrix, "train")], verbose_eval=False)


def compare(run, hooked):
    """Median of each over the turns, and of the difference of two that ran one after the other: others use the machine too."""
    plain, differences = [], []
    run(hooked)
    for turn in range(TURNS):
        # Who goes first changes: the second finds warm caches.
        order = ("hooked", "plain") if turn % 2 else ("plain", "hooked")
        seconds = {name: time_once(run, hooked if name == "hooked" else hooked.__wrapped__) for name in order}
        plain.append(seconds["plain"])
        differences.append(seconds["hooked"] - seconds["plain"])
    return {"without": statistics.median(plain), "added": statistics.median(differences)}


def time_once(run, function):
    """Time of this thread alone, which is where hooks run."""
    start = time.thread_time()
    run(function)
    return (time.thread_time() - start) / STEPS



print(
    json.dumps(
        {
            "Keras fit": compare(fit, type(model).fit),
            "Keras train_on_batch": compare(train_on_batch, type(model).train_on_batch),
            "XGBoost round": compare(boost, xgboost.train),
        }
    )
)
