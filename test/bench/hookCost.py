"""Times steps with the hooks on and with the functions that they are around, turn by turn; prints seconds a step as JSON."""

import json
import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np
import xgboost

STEPS = 1000
TURNS = 10

rng = np.random.default_rng(0)
x, y = rng.normal(size=(STEPS, 8)).astype("float32"), rng.integers(0, 2, STEPS)
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("sgd", "binary_crossentropy", metrics=["accuracy"])
matrix = xgboost.DMatrix(x, y)


def fit(function):
    function(model, x, y, batch_size=1, epochs=1, shuffle=False, verbose=0)


def boost(function):
    function({"max_depth": 1, "nthread": 1}, matrix, STEPS, evals=[(matrix, "train")], verbose_eval=False)


def one_batch(function):
    function(model, x[:1], y[:1])


def compare(run, hooked, turns, steps):
    """Least time of each over the turns: whoever else uses the machine only ever adds to it."""
    least = {"hooked": float("inf"), "plain": float("inf")}
    for turn in range(turns + 1):
        for name, function in (("hooked", hooked), ("plain", hooked.__wrapped__)):
            seconds = time_once(run, function)
            # The first turn traces and warms up.
            least[name] = min(least[name], seconds) if turn else least[name]
    return {"without": least["plain"] / steps, "added": (least["hooked"] - least["plain"]) / steps}


def time_once(run, function):
    """Time of this thread alone, which is where hooks run."""
    start = time.thread_time()
    run(function)
    return time.thread_time() - start


print(
    json.dumps(
        {
            "Keras fit": compare(fit, type(model).fit, TURNS, STEPS),
            "Keras train_on_batch": compare(one_batch, type(model).train_on_batch, STEPS, 1),
            "XGBoost round": compare(boost, xgboost.train, TURNS, STEPS),
        }
    )
)
