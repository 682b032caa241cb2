"""The number of trainable values stands beside what a model reached."""

from __future__ import annotations

import pytest

DATA = "import numpy as np\nX = np.random.rand(60, 4); y = (X[:, 0] > .5).astype(int)\n"


@pytest.mark.parametrize(
    ("script", "count"),
    [
        ("from sklearn.neural_network import MLPClassifier as M\nM((3,), max_iter=5).fit(X, y)", 4 * 3 + 3 + 3 + 1),
        ("from sklearn.neural_network import MLPClassifier as M\nfrom sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import StandardScaler\nfrom sklearn.model_selection import GridSearchCV\nGridSearchCV(make_pipeline(StandardScaler(), M(max_iter=3)), {'mlpclassifier__hidden_layer_sizes': [(2,)]}).fit(X, y)", 4 * 2 + 2 + 2 + 1),
        ("from sklearn.linear_model import LogisticRegression as L\nL().fit(X, y)", 5),
        ("from sklearn.ensemble import RandomForestClassifier as F\nF(3).fit(X, y)", None),
        ("from sklearn.svm import SVC\nSVC().fit(X, y)", None),
        ("import xgboost\nxgboost.XGBClassifier(n_estimators=2).fit(X, y)", None),
        ("import keras\nm = keras.Sequential([keras.layers.Dense(3), keras.layers.BatchNormalization(), keras.layers.Dense(1)])\nm.compile('sgd', 'mse')\nm.fit(X, y, verbose=0)", 4 * 3 + 3 + 6 + 3 + 1),
    ],
)
def test_trainable_values_are_counted_where_the_library_tells(runner, script, count):
    trial = runner.run(DATA + script)
    assert trial.end["state"] == "complete", trial.stderr
    assert trial.end["parameters"] == count
