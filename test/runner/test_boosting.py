"""What boosting libraries evaluate is told by the round and at the end."""

from __future__ import annotations

import pytest

PREPARED = """
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.metrics import accuracy_score
X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
X_fit, X_val, y_fit, y_val = train_test_split(X_train, y_train, random_state=0)
"""


def test_xgboost_train_with_evaluation_sets(runner):
    trial = runner.run(
        PREPARED
        + "import xgboost as xgb\nd, v = xgb.DMatrix(X_fit, y_fit), xgb.DMatrix(X_val, y_val)\n"
        + "b = xgb.train({'objective': 'binary:logistic', 'eval_metric': 'error'}, d, 12, evals=[(d, 'train'), (v, 'eval')], verbose_eval=False)\n"
        + "accuracy_score(y_val, b.predict(v) > 0.5); accuracy_score(y_test, b.predict(xgb.DMatrix(X_test)) > 0.5)"
    )
    assert [one["epoch"] for one in trial.of("epoch")] == list(range(1, 13)), trial.notices
    assert set(trial.of("epoch")[-1]["metrics"]) == {"error_rate", "val_error_rate"}
    assert trial.metric("error_rate", "train")["rows"] == 319
    error = trial.metric("error_rate", "validation")
    assert (error["rows"], error["direction"]) == (107, "minimize")
    assert trial.metric("accuracy", "validation")["value"] == pytest.approx(1 - error["value"])
    assert trial.result["data"] == "test"


def test_xgboost_classifier_stops_early_and_keeps_its_best_round(runner):
    trial = runner.run(
        PREPARED
        + "from xgboost import XGBClassifier\nm = XGBClassifier(n_estimators=200, early_stopping_rounds=3, eval_metric='logloss')\n"
        + "m.fit(X_fit, y_fit, eval_set=[(X_fit, y_fit), (X_val, y_val)], verbose=False)\nprint(m.best_score); m.score(X_test, y_test)"
    )
    assert trial.metric("log_loss", "validation")["value"] == pytest.approx(float(trial.stdout))
    assert trial.metric("log_loss", "train")["rows"] == 319
    assert trial.metric("accuracy", "test")["rows"] == 143


@pytest.mark.parametrize(
    "training",
    [
        "import xgboost as xgb\nd, v = xgb.DMatrix(X_fit, y_fit), xgb.DMatrix(X_val, y_val)\nlog = {}\n"
        "xgb.train({'max_depth': 2, 'eta': 0.01}, d, 3000, evals=[(v, 'v')], evals_result=log, early_stopping_rounds=5, verbose_eval=False)\n"
        "print(len(log['v']['rmse']))",
        "import lightgbm as lgb\nd = lgb.Dataset(X_fit, y_fit); v = lgb.Dataset(X_val, y_val, reference=d)\nlog = {}\n"
        "lgb.train({'verbose': -1, 'learning_rate': 0.01}, d, 3000, valid_sets=[v], callbacks=[lgb.early_stopping(5, verbose=False), lgb.record_evaluation(log)])\n"
        "print(len(log['valid_0']['l2']))",
    ],
)
def test_last_round_of_a_long_training_is_told_with_its_number(runner, training):
    trial = runner.run(PREPARED + training)
    rounds, told = int(trial.stdout), [one["epoch"] for one in trial.of("epoch")]
    assert rounds > 200, trial.stderr
    assert told[:200] == list(range(1, 201))
    assert told[-1] == rounds
    assert len(told) < rounds


def test_lightgbm_train_and_classifier(runner):
    trial = runner.run(
        PREPARED
        + "import lightgbm as lgb\nd = lgb.Dataset(X_fit, y_fit); v = lgb.Dataset(X_val, y_val, reference=d)\n"
        + "b = lgb.train({'objective': 'binary', 'metric': 'auc', 'verbose': -1}, d, 20, valid_sets=[d, v], callbacks=[lgb.early_stopping(5, verbose=False)])\n"
        + "print(b.best_score['valid_1']['auc'])\n"
        + "m = lgb.LGBMClassifier(n_estimators=5, verbose=-1).fit(X_fit, y_fit)\nm.score(X_test, y_test)"
    )
    assert trial.metric("roc_auc", "validation")["value"] == pytest.approx(float(trial.stdout)), trial.notices
    assert trial.metric("roc_auc", "validation")["direction"] == "maximize"
    assert trial.metric("roc_auc", "train")["rows"] == 319
    assert trial.metric("accuracy", "test")["rows"] == 143
    assert trial.of("epoch")[0]["epochs"] == 20


def test_catboost(runner):
    trial = runner.run(
        PREPARED
        + "from catboost import CatBoostClassifier\nm = CatBoostClassifier(iterations=15, verbose=False, eval_metric='Accuracy', use_best_model=False)\n"
        + "m.fit(X_fit, y_fit, eval_set=(X_val, y_val))\nprint(m.score(X_val, y_val)); m.score(X_test, y_test)"
    )
    assert trial.metric("accuracy", "validation")["value"] == pytest.approx(float(trial.stdout)), trial.notices
    assert trial.metric("accuracy", "test")["rows"] == 143
    assert trial.of("epoch")[-1]["epoch"] == 15


def test_search_over_boosters_does_not_report_each_of_them(runner):
    trial = runner.run(
        PREPARED
        + "from sklearn.model_selection import GridSearchCV\nfrom xgboost import XGBClassifier\n"
        + "GridSearchCV(XGBClassifier(n_estimators=3), {'max_depth': [1, 2]}, cv=2).fit(X_train, y_train)"
    )
    assert [(one["name"], one["data"]) for one in trial.of("metric")] == [("accuracy", "validation")]
    assert not trial.of("epoch")
