"""Lines that are watched and never run are told at the end; the script notices nothing."""

from __future__ import annotations

import json

import pytest

SCRIPT = '''"""A docstring."""
from __future__ import annotations
import sys
from lib import model
lr = 0.1
units = (
    64,
    32,
)
if len(sys.argv) > 1:
    lr = 0.2
elif lr > 1:
    lr = 0.3
else:
    decay = 0.4
for epoch in range(3):
    if epoch == 7: lr = 0.5
def unused(n=5):
    return n * 2
def used(n=6):
    """Docs."""
    momentum = 0.9
    return lambda: 0.7 + momentum
class Net:
    hidden = 12
    @staticmethod
    def build(): return 13
    @property
    def size(self):
        return 14
used()
try:
    width = 1
    raise ValueError
    width = 2
except ValueError:
    width = 3
finally:
    width = 4
model.build()
print(__file__.rsplit('/', 1)[1], __doc__, used.__doc__, epoch, width, Net().size)
'''
MODEL = "def build():\n    print(sorted(n for n in globals() if n[:2] != '__'))\n    return 5\ndef other():\n    return 6\n"


def lines(trial):
    return [(one["path"], one["line"]) for one in trial.end["unexecuted"]]


def watch(path, text, **more):
    return {"path": path, "lines": list(range(1, text.count("\n") + 1)), **more}


def test_lines_of_script_and_modules_that_never_ran_are_told(runner):
    runner.write("lib/model.py", MODEL)
    runner.write("lib/unused.py", "X = 1\n")
    plain = runner.run(SCRIPT)
    trial = runner.run(trial=1, watch=[watch("train.py", SCRIPT), watch("lib/model.py", MODEL), watch("lib/unused.py", "X = 1\n")])
    assert plain.end["state"] == "complete", plain.stderr
    assert (trial.stdout, trial.stderr) == (plain.stdout, plain.stderr)
    texts = SCRIPT.splitlines()
    told = [texts[line - 1].strip() for path, line in lines(trial) if path == "train.py"]
    assert told == ["lr = 0.2", "lr = 0.3", "if epoch == 7: lr = 0.5", "return n * 2", "width = 2"]
    assert [one for one in lines(trial) if one[0] != "train.py"] == [("lib/model.py", 5), ("lib/unused.py", 1)]


@pytest.mark.parametrize("module", [False, True])
def test_lines_of_a_failing_script_keep_their_numbers(runner, module):
    runner.write("app/__init__.py", "")
    text = "x = 1\nif x:\n    y = 2\n    raise ValueError(x)\nz = 3\n"
    runner.write("app/train.py", text)
    trial = runner.run(script="app/train.py", module=module, watch=[watch("app/train.py", text)])
    assert lines(trial) == [("app/train.py", 5)]
    assert [frame["line"] for frame in trial.end["error"]["frames"] if frame["own"]] == [4]


def test_lines_of_a_notebooks_cells_are_told_with_their_cell(runner):
    cells = [("markdown", "# Title"), ("code", "%matplotlib inline\nlr = 0.1\nif lr > 1:\n    lr = 1\nlr"), ("code", "lr = 2\n1 + 1;")]
    notebook = {"cells": [{"cell_type": kind, "source": text} for kind, text in cells]}
    runner.write("book.ipynb", json.dumps(notebook))
    trial = runner.run(script="book.ipynb", watch=[{"path": "book.ipynb", "cell": 1, "lines": [2, 4]}, {"path": "book.ipynb", "cell": 2, "lines": [1]}])
    assert trial.stdout == "0.1\n"
    assert trial.end["unexecuted"] == [{"path": "book.ipynb", "line": 4, "cell": 1}]


def test_functions_with_watched_lines_work_in_other_processes_and_count_in_forks(runner):
    text = (
        "import multiprocessing as mp, sys\nfrom joblib import Parallel, delayed\n"
        "def square(x):\n    power = 2\n    return x ** power\n"
        "def cube(x):\n    power = 3\n    return x ** power\n"
        "if __name__ == '__main__':\n"
        "    print(Parallel(2)(delayed(square)(x) for x in (1, 2, 3)))\n"
        "    with mp.get_context('fork').Pool(2) as pool: print(pool.map(cube, [1, 2]))\n"
    )
    trial = runner.run(text, watch=[{"path": "train.py", "lines": [4, 7]}])
    assert trial.stdout == "[1, 4, 9]\n[1, 8]\n", trial.stderr
    assert ("train.py", 7) not in lines(trial)


def test_script_that_is_no_python_fails_as_ever(runner):
    trial = runner.run("x = (\n", watch=[{"path": "train.py", "lines": [1]}])
    assert trial.end["error"]["type"] == "SyntaxError"
    assert trial.end["reason"] == runner.run("x = (\n", trial=1).end["reason"]
