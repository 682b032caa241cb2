"""What a scikit-learn script measures is seen, named and labelled by the data it is of."""

from __future__ import annotations

import pytest

PREPARED = """
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
"""
FITTED = f"""{PREPARED}
from sklearn.tree import DecisionTreeClassifier
model = DecisionTreeClassifier(random_state=0).fit(X_train, y_train)
"""


@pytest.mark.parametrize("imported", ["from sklearn.metrics import accuracy_score as f", "import sklearn.metrics as m; f = m.accuracy_score"])
def test_accuracy_score_of_predictions_is_of_test_data(runner, imported):
    trial = runner.run(f"{FITTED}\n{imported}\nprint(f(y_test, model.predict(X_test)))")
    measured = trial.metric("accuracy", "test")
    assert measured["rows"] == 450
    assert measured["direction"] == "maximize"
    assert measured["value"] == pytest.approx(float(trial.stdout))
    assert trial.result["value"] == measured["value"]
    assert not trial.notices


def test_score_is_reported_once_and_knows_training_data(runner):
    trial = runner.run(f"{FITTED}\nmodel.score(X_train, y_train)\nmodel.score(X_test, y_test)")
    assert [(one["name"], one["data"], one["rows"]) for one in trial.of("metric")] == [("accuracy", "train", 1347), ("accuracy", "test", 450)]


def test_pipeline_scaler_and_positional_arguments(runner):
    trial = runner.run(
        f"{PREPARED}\nfrom sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import StandardScaler\n"
        "from sklearn.linear_model import LogisticRegression\nm = make_pipeline(StandardScaler(), LogisticRegression())\n"
        "m.fit(X_train, y_train)\nm.score(X_train, y_train); m.score(X_test, y_test)"
    )
    assert [(one["name"], one["data"]) for one in trial.of("metric")] == [("accuracy", "train"), ("accuracy", "test")]


def test_labels_given_as_list_or_series_are_known_as_the_training_labels(runner):
    trial = runner.run(f"{FITTED}\nimport pandas as pd\nfrom sklearn.metrics import f1_score\nf1_score(pd.Series(y_train), model.predict(X_train), average='macro')\nf1_score(list(y_train), model.predict(X_train), average='micro')")
    assert {one["data"] for one in trial.of("metric")} == {"train"}


def test_cross_validation_is_validation(runner):
    trial = runner.run(f"{FITTED}\nfrom sklearn.model_selection import cross_val_score\nprint(cross_val_score(model, X, y, cv=3).mean())")
    measured = trial.metric("accuracy", "validation")
    assert measured["value"] == pytest.approx(float(trial.stdout))
    assert measured["rows"] == 1797
    assert len(trial.of("metric")) == 1, "the printed mean is the measured one and is not told twice"


def test_grid_search_in_other_processes_reports_its_best_score(runner):
    trial = runner.run(
        f"{FITTED}\nfrom sklearn.model_selection import GridSearchCV\nfrom sklearn.metrics import accuracy_score, make_scorer\n"
        "g = GridSearchCV(model, {'max_depth': [2, 5]}, cv=2, n_jobs=2, scoring=make_scorer(accuracy_score)).fit(X_train, y_train)\n"
        "print(g.best_score_)\ng.score(X_test, y_test)"
    )
    assert trial.metric("accuracy", "validation")["value"] == pytest.approx(float(trial.stdout)), trial.stderr
    assert trial.end["state"] == "complete", trial.stderr


def test_regression_errors_are_minimized(runner):
    trial = runner.run(
        "from sklearn.datasets import load_diabetes\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import mean_squared_error, r2_score\n"
        "X, y = load_diabetes(return_X_y=True)\nm = Ridge().fit(X[:300], y[:300])\n"
        "mean_squared_error(y[300:], m.predict(X[300:]))\nm.score(X[300:], y[300:])\nr2_score(y[:300], m.predict(X[:300]))"
    )
    assert trial.metric("mse", "test")["direction"] == "minimize"
    assert trial.metric("r2", "test")["direction"] == "maximize"
    assert trial.metric("r2", "train")["rows"] == 300


def test_report_and_confusion_matrix_tell_the_accuracy(runner):
    trial = runner.run(f"{FITTED}\nfrom sklearn.metrics import classification_report, confusion_matrix\np = model.predict(X_test)\nprint(classification_report(y_test, p))\nconfusion_matrix(y_test, p)\nprint(model.score(X_test, y_test))")
    values = {one["value"] for one in trial.of("metric") if one["source"] == "hook"}
    assert values == {float(trial.stdout.splitlines()[-1])}


def test_without_a_fit_the_data_is_unknown(runner):
    assert runner.run("from sklearn.metrics import accuracy_score\naccuracy_score([1, 0], [1, 1])").metric("accuracy", "unknown")["value"] == 0.5


def test_metric_of_many_steps_tells_the_last_and_does_not_flood(runner):
    trial = runner.run("from sklearn.metrics import accuracy_score\nfor i in range(5000): accuracy_score([1, 0], [1, int(i == 4999)])\naccuracy_score([1, 0], [1, 0])")
    assert trial.metric("accuracy", "unknown")["value"] == 1.0
    # The first as they come, then five a second, however slow the machine is.
    assert len(trial.of("metric")) < 60 + 6 * trial.end["seconds"]


def test_estimator_of_the_user_is_seen_and_behaves_as_before(runner):
    trial = runner.run(
        f"{PREPARED}\nimport inspect, pickle\nfrom sklearn.base import BaseEstimator, ClassifierMixin, clone\nimport numpy as np\n"
        "class Mine(ClassifierMixin, BaseEstimator):\n    def fit(self, X, y):\n        self.c = y[0]\n        return self\n"
        "    def predict(self, X): return np.full(len(X), self.c)\n"
        "m = pickle.loads(pickle.dumps(clone(Mine()).fit(X_train, y_train)))\nprint(inspect.signature(m.fit))\nm.score(X_test, y_test)"
    )
    assert trial.stdout == "(X, y)\n", trial.stderr
    assert trial.metric("accuracy", "test")["rows"] == 450


def test_nan_is_null_with_a_reason(runner):
    trial = runner.run("import numpy as np\nfrom sklearn.metrics import r2_score\nr2_score([1.0], [2.0])")
    assert trial.result["value"] is None
    assert trial.end["reason"] == "The script's r2 is not a finite number (nan)."
    assert trial.end["state"] == "complete"


FOLDS = f"""{PREPARED}
from sklearn.model_selection import KFold
from sklearn.tree import DecisionTreeClassifier
scores = []
for fit, held in KFold(4, shuffle=True, random_state=0).split(X_train):
    model = DecisionTreeClassifier(random_state=0).fit(X_train[fit], y_train[fit])
    scores.append(model.score(X_train[held], y_train[held]))
print(f"CV accuracy: {{sum(scores) / 4:.4f}} +/- 0.1083")
"""


def test_folds_of_a_loop_are_judged_by_their_mean(runner):
    trial = runner.run(FOLDS)
    mean = float(trial.stdout.split()[2])
    assert (trial.result["value"], trial.result["data"], trial.result["rows"]) == (pytest.approx(mean, abs=1e-4), "validation", 1347)
    assert not [one for one in trial.of("metric") if one["source"] == "print"]


def test_test_data_after_folds_of_a_loop_still_judges(runner):
    trial = runner.run(f"{FOLDS}\nmodel = DecisionTreeClassifier(random_state=0).fit(X_train, y_train)\nmodel.score(X_test, y_test)")
    assert (trial.result["data"], trial.result["rows"]) == ("test", 450)


def test_models_compared_on_one_split_are_no_folds(runner):
    trial = runner.run(f"{FITTED}\nfor d in (2, 4, 6, 8): DecisionTreeClassifier(max_depth=d).fit(X_train * d, y_train).score(X_test * d, y_test)")
    assert (trial.result["data"], trial.result["rows"]) == ("test", 450)


def test_told_mean_of_folds_with_equal_labels_judges(runner):
    trial = runner.run(
        "from sklearn.datasets import load_iris\nfrom sklearn.model_selection import StratifiedKFold\n"
        "from sklearn.tree import DecisionTreeClassifier\nX, y = load_iris(return_X_y=True)\nscores = []\n"
        "for fit, held in StratifiedKFold(5).split(X, y):\n"
        "    scores.append(DecisionTreeClassifier(max_depth=2, random_state=0).fit(X[fit], y[fit]).score(X[held], y[held]))\n"
        "print(f'Mean accuracy: {sum(scores) / 5:.4f}')"
    )
    assert (trial.result["value"], trial.result["data"]) == (pytest.approx(float(trial.stdout.split()[2]), abs=1e-4), "validation")


@pytest.mark.parametrize("name", ["ensemble.RandomForestClassifier", "neural_network.MLPClassifier", "ensemble.HistGradientBoostingClassifier", "ensemble.AdaBoostClassifier", "svm.SVC"])
def test_what_a_model_was_fitted_on_is_known_also_where_it_inherits_its_fit(runner, name):
    module, _, kind = name.rpartition(".")
    trial = runner.run(
        f"from sklearn.{module} import {kind} as M\nimport numpy as np\nfrom sklearn.metrics import accuracy_score\n"
        "X = np.random.rand(90, 3); y = (X[:, 0] > .5) + 0\nm = M().fit(X[:60], y[:60])\n"
        "accuracy_score(y[60:], m.predict(X[60:])); accuracy_score(y[:60], m.predict(X[:60]))"
    )
    assert [one["data"] for one in trial.of("metric")] == ["test", "train"]
