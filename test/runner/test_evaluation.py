"""A sample of what a script measured its model on is kept, as plain numbers."""

from __future__ import annotations

import base64
import json
import subprocess

import numpy as np
import pytest
from conftest import RUNNER, Runner
from test_torch_loops import PYTHON, needs_torch

DIGITS = """
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
"""
FOREST = DIGITS + "from sklearn.ensemble import RandomForestClassifier\nmodel = RandomForestClassifier(20, random_state=0).fit(X_train, y_train)\n"
KERAS = (
    DIGITS
    + """
import keras
from keras import layers
X_train, X_test = X_train.reshape(-1, 8, 8, 1) / 16, X_test.reshape(-1, 8, 8, 1) / 16
model = keras.Sequential([layers.Conv2D(8, 3, activation='relu'), layers.Flatten(), layers.Dense(10, activation='softmax')])
model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=1, verbose=0)
"""
)


class Kept:
    """A sample as it lies in the folder of a trial."""

    def __init__(self, folder):
        self.sample = json.loads((folder / "sample.json").read_text())
        self._data = (folder / "arrays.bin").read_bytes() if self.sample["reason"] is None else b""
        self.model = folder / "model"

    def array(self, name):
        place = self.sample[name]
        count = int(np.prod(place["shape"]))
        return np.frombuffer(self._data, "<" + {"float32": "f4", "float64": "f8", "int32": "i4"}[place["kind"]], count, place["offset"]).reshape(place["shape"])

    @property
    def accuracy(self):
        outputs = self.array("outputs")
        answers = outputs.argmax(axis=1) if outputs.shape[1] > 1 else outputs[:, 0] > 0.5
        return float((answers == self.array("truth")).mean())


def kept(runner, script, trial=0):
    ended = runner.run(script, trial=trial)
    assert ended.end["state"] == "complete", ended.stderr
    folder = runner.work / str(trial) / "evaluation"
    return ended, Kept(folder) if folder.exists() else None


@pytest.mark.parametrize(
    "measure",
    [
        "model.score(X_test, y_test)",
        "from sklearn.svm import SVC\nmodel = SVC().fit(X_train, y_train)\nmodel.score(X_test, y_test)",
        "from sklearn.metrics import accuracy_score\naccuracy_score(y_test, model.predict(X_test))",
        "from sklearn.metrics import classification_report\nguess = model.predict(X_test)\nmodel.predict(X_train)\nclassification_report(y_test, guess)",
    ],
)
def test_sample_gives_the_accuracy_that_the_script_measured(runner, measure):
    trial, sample = kept(runner, FOREST + measure)
    assert (sample.sample["rows"], sample.sample["total"], sample.sample["data"]) == (450, 450, "test")
    assert sample.accuracy == pytest.approx(trial.metric("accuracy", "test")["value"])
    assert sample.sample["classes"] == [str(one) for one in range(10)]
    assert sample.sample["model"] == {"form": "pickle", "reason": None}


def test_keras_model_is_kept_as_plain_numbers(runner):
    trial, sample = kept(runner, KERAS + "model.evaluate(X_test, y_test, verbose=0)")
    assert sample.accuracy == pytest.approx(trial.metric("accuracy", "test")["value"], abs=1e-6)
    assert sample.array("inputs").shape == (450, 8, 8, 1)
    assert sample.sample["model"] == {"form": "layers", "reason": None}
    described = json.loads((sample.model / "model.json").read_text())
    assert sum(int(np.prod(one["shape"])) for layer in described["layers"] for one in layer["weights"]) == 8 * 9 + 8 + 288 * 10 + 10
    assert (sample.model / "weights.bin").stat().st_size == 4 * (8 * 9 + 8 + 288 * 10 + 10)


def test_labels_of_text_binary_outputs_and_values(runner):
    _, words = kept(runner, FOREST.replace("return_X_y=True)", "return_X_y=True)\ny = ['odd' if one % 2 else 'even' for one in y]") + "model.score(X_test, y_test)")
    assert words.sample["classes"] == ["even", "odd"]
    binary = KERAS.replace("layers.Dense(10, activation='softmax')", "layers.Dense(1, activation='sigmoid')").replace("sparse_categorical", "binary")
    trial, sigmoid = kept(runner, binary.replace("return_X_y=True)", "return_X_y=True)\ny = y % 2") + "model.evaluate(X_test, y_test, verbose=0)", 1)
    assert (sigmoid.sample["classes"], sigmoid.array("outputs").shape) == (["0", "1"], (450, 1))
    assert sigmoid.accuracy == pytest.approx(trial.metric("accuracy", "test")["value"], abs=1e-6)
    _, values = kept(runner, FOREST.replace("Classifier", "Regressor").replace("load_digits", "load_diabetes") + "model.score(X_test, y_test)", 2)
    assert (values.sample["task"], values.sample["classes"], values.array("truth").dtype) == ("regression", None, np.dtype("<f4"))


def test_large_data_is_sampled_evenly_and_within_bounds(runner):
    script = "import numpy as np\nfrom sklearn.dummy import DummyClassifier\nX = np.repeat(np.arange(40000.)[:, None], 300, axis=1)\ny = (X[:, 0] > 10000).astype(int)\n"
    _, sample = kept(runner, script + "m = DummyClassifier().fit(X[:100], y[:100])\nm.score(X, y)")
    assert (sample.sample["rows"], sample.sample["total"]) == (1000, 40000)
    assert sample.array("inputs")[[0, -1], 0].tolist() == [0, 39999]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("from sklearn.metrics import accuracy_score\naccuracy_score([1, 0], [1, 1])", None),
        (FOREST + "model.score(X_train, y_train)", None),
        ("from sklearn.pipeline import make_pipeline\nfrom sklearn.feature_extraction.text import CountVectorizer\nfrom sklearn.naive_bayes import MultinomialNB\nm = make_pipeline(CountVectorizer(), MultinomialNB()).fit(['one two', 'three four'], [0, 1])\nm.score(['one', 'four', 'three'], [0, 1, 1])", "The data is not one array of numbers."),
    ],
)
def test_nothing_is_kept_where_nothing_can_be_looked_at(runner, script, reason):
    _, sample = kept(runner, script)
    assert (sample and sample.sample["reason"]) == reason


def test_what_breaks_the_sample_does_not_break_the_script(runner):
    trial, sample = kept(runner, FOREST + "model.score(X_test, y_test)\ntype(model).predict_proba = lambda *_: 1 / 0\ntype(model).predict = None")
    assert sample.sample["reason"].startswith("ZeroDivisionError")
    assert trial.result["value"] > 0.9


def test_a_class_of_the_scripts_own_cannot_be_kept(runner):
    script = FOREST.replace("model =", "class Own(RandomForestClassifier): pass\nmodel =").replace("= RandomForestClassifier(20", "= Own(20")
    _, sample = kept(runner, script + "model.score(X_test, y_test)")
    assert sample.sample["model"]["form"] is None
    assert "its class is defined in the script itself" in sample.sample["model"]["reason"]


TORCH = """
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(0)
X = torch.rand(1797, 1, 8, 8); y = (X.mean((1, 2, 3)) * 40 - 15).long().clamp(0, 9)
train, test = TensorDataset(X[:1300], y[:1300]), TensorDataset(X[1300:], y[1300:])
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Dropout(0.3), nn.Flatten(), nn.Linear(288, 10))
    def forward(self, x):
        return self.layers(x)
model = Net()
optimizer = torch.optim.Adam(model.parameters(), 0.003)
def accuracy(data):
    model.eval()
    right = 0
    with torch.no_grad():
        for inputs, labels in DataLoader(data, batch_size=64):
            right += (model(inputs).argmax(1) == labels).sum().item()
    return right / len(data)
for epoch in range(2):
    model.train()
    for inputs, labels in DataLoader(train, batch_size=32, shuffle=True):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(inputs), labels).backward()
        optimizer.step()
    accuracy(train)
print('accuracy', accuracy(test))
"""


@pytest.fixture
def torch_runner(tmp_path):
    one = Runner(tmp_path, ["numpy", "torch"], PYTHON)
    yield one
    one.close()


@needs_torch
def test_batches_that_a_model_of_pytorch_answered_are_the_sample(torch_runner):
    trial, sample = kept(torch_runner, TORCH)
    assert (sample.sample["rows"], sample.sample["total"], sample.sample["data"]) == (497, 497, "unknown")
    assert sample.accuracy == pytest.approx(float(trial.stdout.split()[-1]))
    assert sample.array("outputs").sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert sample.sample["model"] == {"form": "torchscript", "reason": None}
    answers = subprocess.run(
        [PYTHON, "-m", "hone_runner", "recheck", str(sample.model.parent)], cwd=RUNNER, capture_output=True, check=True, text=True
    )
    answer = json.loads(answers.stdout.strip().splitlines()[-1])
    assert np.frombuffer(base64.b64decode(answer["values"]), "<f4").reshape(-1, 10) == pytest.approx(sample.array("outputs"), abs=1e-6)


@needs_torch
def test_a_pass_over_more_rows_than_are_kept_counts_them_all(torch_runner):
    script = TORCH.replace("print('accuracy', accuracy(test))", "print(accuracy(TensorDataset(X.repeat(3, 1, 1, 1)[:4000], y.repeat(3)[:4000])))")
    _, sample = kept(torch_runner, script, 1)
    assert (sample.sample["rows"], sample.sample["total"]) == (1000, 4000)


@pytest.mark.parametrize(
    ("fit", "form"),
    [
        ("import xgboost\nmodel = xgboost.XGBClassifier(n_estimators=5).fit(X_train, y_train)\nmodel.score(X_test, y_test)", "pickle"),
        (
            "import xgboost\nmodel = xgboost.train({'objective': 'multi:softprob', 'num_class': 10}, xgboost.DMatrix(X_train, y_train), 5)\n"
            "from sklearn.metrics import accuracy_score\naccuracy_score(y_test, model.predict(xgboost.DMatrix(X_test)).argmax(axis=1))",
            "pickle",
        ),
        (
            "import lightgbm\nmodel = lightgbm.train({'objective': 'multiclass', 'num_class': 10, 'verbose': -1}, lightgbm.Dataset(X_train, y_train), 5)\n"
            "from sklearn.metrics import accuracy_score\naccuracy_score(y_test, model.predict(X_test).argmax(axis=1))",
            "pickle",
        ),
        ("import catboost\nmodel = catboost.CatBoostClassifier(iterations=5, verbose=0).fit(X_train, y_train)\nmodel.score(X_test, y_test)", "pickle"),
    ],
)
def test_boosters_leave_a_sample(runner, fit, form):
    trial, sample = kept(runner, DIGITS + fit)
    assert sample.sample["reason"] is None
    assert sample.accuracy == pytest.approx(trial.metric("accuracy", "test")["value"])
    assert sample.sample["model"] == {"form": form, "reason": None}
