"""Reading finds the loops that train, and which of their names matter between two passes."""

from __future__ import annotations

import ast
import itertools

import pytest
from hone_runner.child.checkpoints import Checkpoints
from hone_runner.child.reporter import Reporter
from hone_runner.loops.counted import is_counted
from hone_runner.loops.find_loops import find_loops, training_functions
from hone_runner.loops.loop_tracker import LoopTracker


def loops(text):
    tree = ast.parse(text)
    return [site for _, site in find_loops(tree, "train.py", training_functions([tree]))]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("for e in range(3):\n    loss.backward()", [1]),
        ("for e in range(3):\n    for b in data:\n        scaler.scale(loss).backward()", [1, 2]),
        ("def train():\n    loss.backward()\n\nfor e in range(3):\n    train()", [4]),
        ("class T:\n    def step(self): self.loss().backward()\n    def fit(self):\n        while True:\n            self.step()", [4]),
        ("def train():\n    optimizer.step()\ndef main():\n    for e in range(3):\n        train()", [4]),
        ("for e in range(3):\n    model.fit(x)\n    scheduler.step()", []),
        ("class A:\n    def update(self): loss.backward()\nfor word in words:\n    counts.update(word)", []),
        ("def passes():\n    for e in range(3):\n        loss.backward()\n        yield e", []),
        ("@torch.jit.script\ndef train():\n    for e in range(3):\n        loss.backward()", []),
    ],
)
def test_loops_that_train_are_found(text, lines):
    assert [site.line for site in loops(text)] == lines


@pytest.mark.parametrize(
    ("body", "after", "live"),
    [
        ("bar = make()\n    bar.go()", "", False),
        ("if e:\n        bar = make()\n    bar.go()", "", True),
        ("if e: bar = make()\n    else: bar = other()\n    bar.go()", "", False),
        ("for x in data:\n        bar = make()\n    bar.go()", "", True),
        ("for bar in data:\n        bar.go()", "", False),
        ("with make() as bar:\n        bar.go()", "", False),
        ("with quiet():\n        bar = make()\n    bar.go()", "", True),
        ("try:\n        bar = make()\n    except OSError:\n        pass\n    bar.go()", "", True),
        ("try:\n        bar = make()\n    except OSError:\n        bar = None\n    bar.go()", "", False),
        ("bar = make()", "bar.go()", True),
        ("bar = make()", "bar = 1\nbar.go()", False),
        ("bar = make()", "def use():\n    bar.go()", True),
        ("bar = make()", "def use(bar):\n    bar.go()", False),
        ("bar = make()", "print([bar for bar in range(3)])", False),
        ("bar += 1", "", True),
        ("del bar", "", True),
        ("f = lambda: bar", "", True),
        ("while (bar := make()):\n        bar.go()", "", True),
    ],
)
def test_name_lives_between_passes_where_it_may_be_read_before_it_is_given_a_value(body, after, live):
    text = f"for e in range(3):\n    {body}\n    loss.backward()\n{after}\n"
    assert ("bar" in loops(text)[0].live) is live
    function = "def main():\n" + "".join(f"    {line}\n" for line in text.splitlines())
    site = loops(function)[0]
    assert ("bar" in site.live) is live
    if not body.startswith(("f =", "for bar")):
        assert ("bar" in site.rebound) is live


def test_name_that_is_read_when_an_outer_loop_comes_round_again_lives():
    text = "while go:\n    if bar: stop()\n    for e in range(3):\n        bar = loss\n        loss.backward()\n"
    assert "bar" in loops(text)[1].live


@pytest.mark.parametrize(
    ("line", "shown_from"),
    [("print(f'Epoch {e + 1}')", 1), ("print(f'Epoch {e}')", 0), ("print('%d' % (e + 1))", 1), ("x[e + 1] = 2", 0)],
)
def test_number_that_an_epoch_is_shown_with_is_known(line, shown_from):
    assert loops(f"for e in range(3):\n    loss.backward()\n    {line}")[0].shown_from == shown_from


@pytest.mark.parametrize(
    ("passes", "counted"),
    [
        (range(3), True),
        ([0.1, 0.2], True),
        (enumerate(range(3)), True),
        (zip(range(3)), True),
        (enumerate(zip(iter(int, 1))), False),
        (itertools.count(), True),
        (reversed([1, 2]), True),
        ([object()], False),
        (enumerate(iter(lambda: 1, 2)), False),
        ((n for n in range(3)), False),
        (enumerate(open(__file__)), False),
        (map(int, "12"), False),
    ],
)
def test_passes_are_counted_where_they_are_known_beforehand(passes, counted):
    assert is_counted(passes) is counted


def test_loop_that_begins_again_and_again_is_left_as_it_was_written():
    text = "for e in range(3):\n    loss.backward()"
    tracker = LoopTracker(Checkpoints(Reporter()), "/nowhere")
    number = tracker.add(loops(text)[0])
    passes = range(3)
    followed = [tracker.each(number, passes) is not passes for _ in range(25)]
    assert followed == [True] * 20 + [False] * 5
