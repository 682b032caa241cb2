"""`python -m hone_runner`, as `docker run IMAGE` starts it: trains in place, shows the output, prints the accuracy."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from conftest import RUNNER

SKLEARN = "from sklearn.tree import DecisionTreeClassifier as T\nfrom sklearn.metrics import accuracy_score\nm = T().fit([[0], [1]], [0, 1])\nprint('training')\naccuracy_score([1, 1, 0, 1], m.predict([[1], [1], [0], [0]]))\nopen('model.txt', 'w').write('x')\n"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "my é project"
    place.mkdir()
    return place


def start(folder, *arguments, **environment):
    return subprocess.Popen(
        [sys.executable, "-m", "hone_runner", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(RUNNER), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_only_training_script_is_found_among_others_and_run_in_place(folder):
    (folder / "train.py").write_text("import model\n" + SKLEARN)
    (folder / "model.py").write_text("from sklearn.svm import SVC\ndef f(x, y): SVC().fit(x, y)\n")
    (folder / "plot.py").write_text("import sklearn\nprint('not me')")
    (folder / "broken.py").write_text("def (")
    process = start(folder)
    out, err = process.communicate()
    assert out.splitlines() == ["training", "test accuracy: 0.7500 (4 rows)"], err
    assert process.returncode == 0
    assert (folder / "model.txt").exists()


def test_several_scripts_are_listed_and_refused(folder):
    for name in ("b.py", "a.py"):
        (folder / name).write_text(SKLEARN)
    process = start(folder)
    out, err = process.communicate()
    assert (process.returncode, out) == (2, "")
    assert err.splitlines() == ["Several scripts train here; name one with HONE_SCRIPT:", "  a.py", "  b.py"]


def test_named_script_and_its_exit_code(folder):
    (folder / "a.py").write_text("import sys\nprint(sys.argv[1:])\nsys.exit(7)")
    process = start(folder, "--x", "1", HONE_SCRIPT="a.py")
    out, err = process.communicate()
    assert (process.returncode, out) == (7, "['--x', '1']\nThe script reported no metric.\n")
    assert err == "The script ended with exit code 7.\n"


@pytest.mark.parametrize(("script", "text"), [(None, "No script that trains"), ("gone.py", "There is no gone.py")])
def test_no_script_is_wrong_usage(folder, script, text):
    process = start(folder, **({"HONE_SCRIPT": script} if script else {}))
    assert text in process.communicate()[1]
    assert process.returncode == 2


def test_metric_file_counts_only_when_this_run_wrote_it(folder):
    (folder / "accuracy.txt").write_text("0.99")
    (folder / "a.py").write_text("print('x')")
    assert start(folder, HONE_SCRIPT="a.py").communicate()[0] == "x\nThe script reported no metric.\n"
    (folder / "a.py").write_text("open('accuracy.txt', 'w').write('88.5')")
    assert start(folder, HONE_SCRIPT="a.py").communicate()[0] == "accuracy: 0.8850\n"


def test_termination_ends_the_script(folder):
    (folder / "a.py").write_text("import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(60)")
    process = start(folder, HONE_SCRIPT="a.py")
    pid = int(process.stdout.readline())
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == 143
    assert time.monotonic() - began < 2
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
