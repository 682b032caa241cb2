"""A fit that gets no better on validation data is ended, where the order says so; the model stays what it then is."""

from __future__ import annotations

import pytest

#: The labels are chance: nothing can be learnt that holds for validation data.
DATA = "import numpy as np\nr = np.random.default_rng(0)\nX = r.random((300, 4)); y = r.integers(0, 2, 300)\nA, B, a, b = X[:200], X[200:], y[:200], y[200:]\n"
FITS = {
    "keras": "import keras\nm = keras.Sequential([keras.layers.Dense(32, activation='relu'), keras.layers.Dense(1, activation='sigmoid')])\nm.compile(keras.optimizers.Adam(0.02), 'binary_crossentropy', metrics=['accuracy'])\nh = m.fit(A, a, epochs=60, validation_data=(B, b), verbose=0)\nn = len(h.history['loss'])",
    "xgboost": "import xgboost\nm = xgboost.XGBClassifier(n_estimators=60)\nm.fit(A, a, eval_set=[(B, b)], verbose=False)\nn = m.get_booster().num_boosted_rounds()",
    "lightgbm": "import lightgbm\nm = lightgbm.LGBMClassifier(n_estimators=60, verbose=-1)\nm.fit(A, a, eval_set=[(B, b)])\nn = m.booster_.current_iteration()\nassert (m.predict_proba(B) == m.booster_.predict(B, num_iteration=n).reshape(-1, 1).repeat(2, 1))[:, 1].all()",
}


@pytest.mark.parametrize("fit", FITS.values(), ids=FITS)
def test_fit_that_gets_no_better_is_ended(runner, fit):
    script = f"{DATA}{fit}\nprint(n)"
    free = runner.run(script, seed=1)
    held = runner.run(script, seed=1, trial=1, patience=3, metric="accuracy")
    assert free.end["state"] == held.end["state"] == "complete", free.stderr + held.stderr
    assert int(free.stdout) == 60
    assert 4 <= int(held.stdout) < 40
    assert len(held.of("epoch")) == int(held.stdout)
    assert held.notices == "A fit was ended: it got no better on validation data."


def test_fit_without_validation_data_is_left_alone(runner):
    fit = FITS["keras"].replace(", validation_data=(B, b)", "").replace("epochs=60", "epochs=9")
    assert runner.run(f"{DATA}{fit}\nprint(n)", patience=1).stdout == "9\n"
