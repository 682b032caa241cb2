"""Boosting that was killed goes on after the rounds that were kept, its evaluations and its early stopping included."""

from __future__ import annotations

import pytest
from interruptions import BYTES, interruptions, undisturbed

DATA = """
import hashlib, time, numpy as np
from sklearn.datasets import make_classification
X, y = make_classification(1600, 40, n_informative=20, random_state=0)
A, B, a, b = X[:1200], X[1200:], y[:1200], y[1200:]
"""
SCRIPTS = {
    "xgboost.train": """
import xgboost
log = {}
train, held = xgboost.DMatrix(A, a), xgboost.DMatrix(B, b)
booster = xgboost.train({"objective": "binary:logistic", "eta": 0.05, "max_depth": 7, "nthread": 1}, train, 120, evals=[(train, "train"), (held, "eval")], evals_result=log, verbose_eval=False)
print(len(log["eval"]["logloss"]), log["eval"]["logloss"][-1], hashlib.md5(booster.predict(held).tobytes()).hexdigest())
""",
    "XGBClassifier": """
import xgboost
model = xgboost.XGBClassifier(n_estimators=2000, learning_rate=0.2, max_depth=7, n_jobs=1, early_stopping_rounds=30)
model.fit(A, a, eval_set=[(B, b)], verbose=False)
log = model.evals_result()["validation_0"]["logloss"]
print(model.best_iteration, len(log), log[-1], model.score(B, b), hashlib.md5(model.predict_proba(B).tobytes()).hexdigest())
""",
    "LGBMClassifier": """
import lightgbm
model = lightgbm.LGBMClassifier(n_estimators=2000, learning_rate=0.1, num_leaves=63, n_jobs=1, verbose=-1, deterministic=True, force_row_wise=True)
model.fit(A, a, eval_set=[(B, b)], callbacks=[lightgbm.early_stopping(30, verbose=False)])
log = model.evals_result_["valid_0"]["binary_logloss"]
print(model.best_iteration_, len(log), log[-1], model.score(B, b), hashlib.md5(model.predict_proba(B).tobytes()).hexdigest())
""",
    "lightgbm.train": """
import lightgbm
log = {}
train = lightgbm.Dataset(A, a)
booster = lightgbm.train({"objective": "binary", "num_leaves": 63, "num_iterations": 120, "verbose": -1, "num_threads": 1, "early_stopping_round": 100}, train, valid_sets=[lightgbm.Dataset(B, b, reference=train)], callbacks=[lightgbm.record_evaluation(log)])
print(booster.best_iteration, booster.num_trees(), len(log["valid_0"]["binary_logloss"]), booster.best_score, hashlib.md5(booster.predict(B).tobytes()).hexdigest())
""",
    "CatBoostClassifier": """
import catboost
model = catboost.CatBoostClassifier(iterations=220, random_seed=3, verbose=0, thread_count=1, early_stopping_rounds=200)
model.fit(A, a, eval_set=(B, b))
log = model.get_evals_result()["validation"]["Logloss"]
print(model.tree_count_, model.best_iteration_, len(log), log[-1], model.score(B, b), hashlib.md5(model.predict_proba(B).tobytes()).hexdigest())
""",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_killed_boosting_ends_as_an_undisturbed_one(runner, name):
    text = DATA + SCRIPTS[name]
    expected, seconds = undisturbed(runner, text)
    assert expected.end["state"] == "complete", expected.stderr
    kept = runner.run(text, checkpoint={"bytes": BYTES, "resume": False})
    assert (kept.stdout, kept.notices) == (expected.stdout, "")
    assert kept.of("checkpoint")
    resumed = interruptions(runner, text, seconds)
    for one in resumed:
        assert one.second.stdout == expected.stdout, (one.kept, one.second.stderr, one.second.notices)
        assert one.second.result == expected.result
    assert any(one.kept for one in resumed), [one.reason for one in resumed]
