"""Loops that fit an estimator of scikit-learn further and further go on, bit by bit, where a killed process left them."""

from __future__ import annotations

import pytest
from interruptions import BYTES, interruptions, resume, undisturbed

HEAD = """
import hashlib, pickle, time
import numpy as np
from sklearn.datasets import load_digits
X, y = load_digits(return_X_y=True)
X = X / 16.0
A, B, a, b = X[:1200], X[1200:], y[:1200], y[1200:]
def same(*values):
    return hashlib.md5(b"".join(np.asarray(one).tobytes() for one in values)).hexdigest()
"""
SCRIPTS = {
    "partial_fit in batches, the best kept": """
from sklearn.linear_model import SGDClassifier
import copy
np.random.seed(3)
model, best, history = SGDClassifier(loss="log_loss", alpha=0.001), (0.0, None), []
for epoch in range(25):
    order = np.random.permutation(len(A))
    for start in range(0, len(A), 100):
        rows = order[start:start + 100]
        model.partial_fit(A[rows], a[rows], classes=np.arange(10))
    score = model.score(B, b)
    history.append(score)
    if score > best[0]:
        best = (score, copy.deepcopy(model))
    time.sleep(0.05)
print(history, best[0], same(model.coef_, best[1].coef_), np.random.random())
""",
    "a network's partial_fit in a function": """
from sklearn.neural_network import MLPClassifier
def train(model, epochs):
    losses = []
    for epoch in range(epochs):
        model.partial_fit(A, a, classes=np.arange(10))
        losses.append(model.loss_)
        print("epoch", epoch + 1, "loss", model.loss_)
        time.sleep(0.05)
    return losses
model = MLPClassifier((20,), random_state=1)
losses = train(model, 25)
print(len(losses), same(losses, *model.coefs_), model.score(B, b))
""",
    "a warm-started forest": """
from sklearn.ensemble import RandomForestClassifier
forest, scores = RandomForestClassifier(n_estimators=1, warm_start=True, random_state=2), []
for trees in range(1, 26):
    forest.set_params(n_estimators=trees)
    forest.fit(A, a)
    scores.append(forest.score(B, b))
    time.sleep(0.04)
print(scores, same(forest.predict_proba(B)))
""",
    "a pipeline's step and its scaler": """
from sklearn.linear_model import SGDRegressor
from sklearn.preprocessing import StandardScaler
scaler, model = StandardScaler(), SGDRegressor(random_state=1)
epoch, patience, last = 0, 0, 1e9
while epoch < 30 and patience < 30:
    scaler.partial_fit(A)
    model.partial_fit(scaler.transform(A), a)
    error = float(np.mean((model.predict(scaler.transform(B)) - b) ** 2))
    patience = 0 if error < last else patience + 1
    last, epoch = error, epoch + 1
    time.sleep(0.05)
print(epoch, patience, last, same(model.coef_, scaler.mean_))
""",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_killed_loop_ends_as_an_undisturbed_one(runner, name):
    text = HEAD + SCRIPTS[name]
    expected, seconds = undisturbed(runner, text)
    assert expected.end["state"] == "complete", expected.stderr
    kept = runner.run(text, checkpoint={"bytes": BYTES, "resume": False})
    assert (kept.stdout, kept.notices) == (expected.stdout, "")
    assert kept.of("checkpoint")
    resumed = interruptions(runner, text, seconds)
    for one in resumed:
        assert one.second.stdout.splitlines()[-1] == expected.stdout.splitlines()[-1], (one.kept, one.second.stderr)
        assert one.second.result == expected.result
    assert any(one.kept for one in resumed), [one.reason for one in resumed]


def test_one_long_fit_begins_anew_and_says_so(runner, tmp_path):
    mark = str(tmp_path / "killed")
    text = HEAD + f"""
import os, threading
from sklearn.svm import SVC
def kill():
    time.sleep(0.3); open({mark!r}, "w").close(); os.kill(os.getpid(), 9)
from sklearn.model_selection import GridSearchCV
if not os.path.exists({mark!r}):
    threading.Thread(target=kill).start()
search = GridSearchCV(SVC(), {{"C": [0.1 * one for one in range(1, 12)]}}, cv=4).fit(A, a)
print(search.best_score_)
"""
    first = runner.run(text, checkpoint={"bytes": BYTES, "resume": False})
    assert first.end["signal"] == "SIGKILL"
    second = resume(runner)
    (told,) = second.of("resumed")
    assert (told["epoch"], told["reason"]) == (None, "A fit of GridSearchCV cannot be resumed inside.")
    assert second.end["state"] == "complete"


def test_chances_that_nobody_seeded_are_the_same_again(runner, tmp_path):
    mark = str(tmp_path / "killed")
    text = f"""
import os, random
import numpy as np
print(random.random(), np.random.permutation(9), list({{"a", "b", "c", "d", "e"}}), flush=True)
if not os.path.exists({mark!r}):
    open({mark!r}, "w").close(); os.kill(os.getpid(), 9)
"""
    first = runner.run(text, checkpoint={"bytes": BYTES, "resume": False})
    assert first.end["signal"] == "SIGKILL"
    assert resume(runner).stdout == first.stdout
    other = runner.run(text, checkpoint={"bytes": BYTES, "resume": False})
    assert other.stdout != first.stdout
