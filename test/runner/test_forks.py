"""Scripts run in forks of a process that has their frameworks imported, wherever that changes nothing for them."""

from __future__ import annotations

import os
import signal
import time

import pytest
from conftest import PRELOAD, Runner
from test_endings import _lives

WHERE = "import os\nprint(os.getppid())\n"
#: Says what was imported before the script began, without a look at sys.modules that the runner would see.
KNOWN = "print(sorted(__import__('sys').modules))\n"


@pytest.fixture
def forks(tmp_path):
    one = Runner(tmp_path, PRELOAD)
    yield one
    one.close()


def is_fork(runner, trial):
    """Whether it was, where its first line says by `WHERE` who its parent is."""
    assert trial.end["state"] == "complete", trial.end["reason"]
    return int(trial.stdout.split()[0]) != runner.process.pid


def test_trials_are_forks_of_one_process_that_has_imported_what_the_script_imports(forks):
    said = [forks.run(WHERE + KNOWN + "import numpy", trial=n) for n in range(2)]
    assert is_fork(forks, said[0])
    assert said[0].stdout == said[1].stdout
    assert "'numpy'" in said[0].stdout
    assert said[0].notices == ""


def test_time_of_the_imports_that_all_trials_share_is_of_none(forks, tmp_path):
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "lightgbm.py").write_text("import time\ntime.sleep(3)\n")
    script = WHERE + "import time, lightgbm\ntime.sleep(0.3)"
    trial = forks.run(script, environment={"PYTHONPATH": f"{tmp_path / 'path'}"})
    assert is_fork(forks, trial)
    assert 0.3 <= trial.end["seconds"] < 3


def test_fork_knows_nothing_but_frameworks(forks):
    forks.write("helper.py", "X = 1")
    names = forks.run(KNOWN + "import helper, sklearn.svm").stdout
    assert "'sklearn.svm'" in names
    assert not [name for name in ("keras", "tensorflow", "xgboost", "helper", "train") if f"'{name}'" in names]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("import os\nfor k in ('A',): os.environ[k] = '1'\nimport numpy", "the script changes its environment before it imports"),
        ("import os\nos.environ.update(A='1')\nimport numpy", "the script changes its environment before it imports"),
        ("import os, numpy\nos.environ.get('OMP_NUM_THREADS')", "the script has to do with OMP_NUM_THREADS"),
        ("import os, numpy\nos.environ['KERAS_BACKEND'] = 'torch'", "the script has to do with KERAS_BACKEND"),
        ("import random\nrandom.seed(1)\nimport numpy", "the script seeds before it imports"),
        ("import sys, numpy\nsys.modules['x'] = numpy", "the script has to do with sys.modules"),
        ("import numpy, multiprocessing\nmultiprocessing.set_start_method('spawn')", "the script sets how processes start"),
        ("import numpy\nwords = list(set('to be or not'.split()))", "the order of a set may matter to the script"),
        ("import helper, numpy", "the script changes its environment before it imports"),
    ],
)
def test_script_that_a_fork_could_change_runs_in_a_process_of_its_own(forks, script, why):
    forks.write("helper.py", "import os\nos.environ['A'] = '1'")
    trials = [forks.run(WHERE + script, trial=n) for n in range(2)]
    assert not any(is_fork(forks, trial) for trial in trials)
    assert [trial.notices for trial in trials] == [f"Each trial imports its libraries anew: {why}.", ""]


@pytest.mark.parametrize(
    "script",
    [
        "import numpy\nnumpy.random.seed(1)\nfrom sklearn.svm import SVC",
        "import numpy, os\nos.environ['WANDB_MODE'] = 'offline'",
        "import numpy\nprint(len(set('abc')), sorted(set('abc')), 'a' in {'a', 'b'}, {1, 2})",
        "import numpy\nif __name__ == '__main__':\n    import os\n    os.environ['A'] = 'b'",
    ],
)
def test_script_that_a_fork_does_not_change_runs_in_one(forks, script):
    assert is_fork(forks, forks.run(WHERE + script))


def test_variables_that_plain_lines_set_are_there_when_its_libraries_are_imported(forks):
    script = "import os\nwas = os.environ.get('A_B')\nos.environ['A_B'] = '1'\nos.environ.setdefault('OMP_NUM_THREADS', '1')\nimport numpy\nfrom threadpoolctl import threadpool_info\n"
    trial = forks.run(WHERE + script + "import sklearn.cluster\nprint(was, [p['num_threads'] for p in threadpool_info() if p['user_api'] == 'openmp'])")
    assert is_fork(forks, trial)
    assert trial.stdout.endswith("None [1]\n")


def test_variable_that_the_user_set_outside_wins_over_the_scripts_default(forks):
    script = "import os\nos.environ.setdefault('OMP_NUM_THREADS', '1')\nimport sklearn.cluster\nfrom threadpoolctl import threadpool_info\n"
    trial = forks.run(WHERE + script + "print([p['num_threads'] for p in threadpool_info() if p['user_api'] == 'openmp'])", environment={"OMP_NUM_THREADS": "3"})
    assert is_fork(forks, trial)
    assert trial.stdout.endswith("[3]\n")


def test_module_of_the_users_folder_that_hides_one_of_a_library_is_found(forks):
    forks.write("joblib.py", "X = 5")
    trial = forks.run(WHERE + "import sklearn\nimport joblib\nprint(joblib.X)", timeoutSeconds=20)
    assert "Each trial imports its libraries anew: joblib is also a module of the script's own folder." in trial.notices


def test_trial_with_another_environment_runs_in_a_process_of_its_own(forks):
    assert is_fork(forks, forks.run(WHERE, environment={"A": "1"}))
    assert not is_fork(forks, forks.run(WHERE, environment={"A": "2"}, trial=1))


def test_library_that_cannot_be_imported_ahead_is_told_once_and_trials_go_on(forks, tmp_path):
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "lightgbm.py").write_text("import os\nif 'DIE' in os.environ:\n    print('no such device', flush=True)\n    os._exit(1)\n")
    script = WHERE + "import os\ndel os.environ['DIE']\nif 0: import lightgbm"
    environment = {"PYTHONPATH": f"{tmp_path / 'path'}", "DIE": "1"}
    trials = [forks.run(script.replace("del os.environ['DIE']\n", ""), trial=n, environment=environment) for n in range(2)]
    assert not any(is_fork(forks, trial) for trial in trials)
    assert [trial.notices for trial in trials] == ["Each trial imports its libraries anew: importing ended the process: no such device.", ""]


def test_forks_share_no_chance(forks):
    script = "import random, numpy\nfrom sklearn.model_selection import train_test_split\nprint(random.random(), numpy.random.rand(), list(train_test_split(range(999))[0][:9]), sep='\\n')"
    said = [forks.run(script, trial=n).stdout.splitlines() for n in range(3)]
    assert [len({lines[place] for lines in said}) for place in range(3)] == [3, 3, 3]


@pytest.mark.parametrize(
    "script",
    [
        "import random, numpy as np\nfrom sklearn.ensemble import RandomForestClassifier as F\nfrom sklearn.datasets import load_iris\nX, y = load_iris(return_X_y=True)\nprint(random.random(), np.random.rand(), F(5).fit(X, y).predict_proba(X)[::9].tolist())",
        "import numpy as np, keras, tensorflow as tf\nm = keras.Sequential([keras.layers.Dense(4), keras.layers.Dropout(.5), keras.layers.Dense(1)])\nm.compile('adam', 'mse')\nX = np.random.rand(64, 3)\nm.fit(X, X[:, 0], epochs=2, verbose=0)\nprint(m.predict(X[:3], verbose=0).tolist(), tf.random.normal([2]).numpy())",
        "import numpy as np, xgboost, lightgbm\nX = np.random.rand(400, 3)\ny = X[:, 0] > .5\nprint(xgboost.XGBClassifier(n_estimators=5, subsample=.5).fit(X, y).predict_proba(X)[:3].tolist(), lightgbm.LGBMClassifier(n_estimators=5, bagging_fraction=.5, bagging_freq=1, verbose=-1).fit(X, y).predict_proba(X)[:3].tolist())",
    ],
    ids=["sklearn", "keras", "boosting"],
)
def test_seeded_fork_gives_what_a_seeded_process_of_its_own_gives(forks, tmp_path, script):
    plain = Runner(tmp_path / "plain", [])
    try:
        assert plain.run(script, seed=7).stdout == forks.run(script, seed=7).stdout == forks.run(script, seed=7, trial=1).stdout != ""
    finally:
        plain.close()


def test_process_that_was_killed_ends_its_forks_and_is_started_again(forks):
    forks.start("import os, time, numpy\nprint(os.getppid(), os.getpid(), flush=True)\ntime.sleep(60)")
    pids = []
    while not pids:
        event = forks.next_event()
        pids = [int(pid) for pid in event["text"].split()] if event["type"] == "output" else []
    os.kill(pids[0], signal.SIGKILL)
    end = forks.finish().end
    assert (end["state"], end["signal"]) == ("failed", "SIGKILL")
    assert not _lives(pids[1])
    again = forks.run(WHERE + "import numpy", trial=1)
    assert is_fork(forks, again)
    assert int(again.stdout.split()[0]) != pids[0]


def test_what_ends_with_python_ends_in_a_fork_too(runner):
    trial = runner.run(
        "import atexit, sys, threading, time, zipfile\n"
        "class Tee:\n    def __init__(self, f): self.f, self.out = f, sys.stdout\n    def write(self, t): self.f.write(t); self.out.write(t)\n    def flush(self): pass\n"
        "class Last:\n    def __del__(self): sys.__stdout__.write('deleted\\n')\n"
        "sys.stdout = Tee(open('tee.txt', 'w'))\n"
        "archive = zipfile.ZipFile('a.zip', 'w'); archive.writestr('x', '1')\n"
        "unclosed = open('unclosed.txt', 'w'); unclosed.write('0.5')\n"
        "atexit.register(print, 'exit function')\nlast = Last()\n"
        "threading.Thread(target=lambda: (time.sleep(.3), print('thread'))).start()\n"
        "print('main')\nsys.exit('done')"
    )
    assert trial.stdout == "main\nthread\nexit function\ndeleted\n"
    assert trial.stderr == "done\n"
    assert trial.end["exitCode"] == 1
    kept = {name: runner.artifact(name).read_bytes() for name in ("tee.txt", "unclosed.txt", "a.zip")}
    assert kept["tee.txt"] == b"main\nthread\nexit function\n"
    assert kept["unclosed.txt"] == b"0.5"
    assert b"PK\x05\x06" in kept["a.zip"]


def test_trials_and_repeats_run_side_by_side(runner):
    wanted = [(0, 0), (0, 1), (0, 2), (1, 0)]
    for trial, repeat in wanted:
        runner.start("import time, sys\nopen('own.txt', 'x').write(sys.argv[1])\nprint(time.time(), flush=True)\ntime.sleep(1)\nprint(time.time(), open('own.txt').read())", trial=trial, repeat=repeat, arguments=[f"{trial}.{repeat}"])
    events = []
    while len([event for event in events if event["type"] == "trial-ended"]) < len(wanted):
        events.append(runner.next_event())
    assert all(event["state"] == "complete" for event in events if event["type"] == "trial-ended")
    said = {key: "".join(e["text"] for e in events if e["type"] == "output" and (e["trial"], e.get("repeat", 0)) == key).split() for key in wanted}
    assert [text[2] for text in said.values()] == ["0.0", "0.1", "0.2", "1.0"]
    assert max(float(text[0]) for text in said.values()) < min(float(text[1]) for text in said.values())


def test_one_repeat_can_be_ended_alone_and_as_pruned(runner):
    for repeat in range(2):
        runner.start("import time\ntime.sleep(2)", repeat=repeat)
    while runner.next_event()["type"] != "trial-started":
        pass
    runner.send(type="cancel", trial=0, repeat=1, pruned="It trails the others.")
    first, second = runner.finish().end, runner.finish().end
    assert (first["repeat"], first["state"], first["reason"]) == (1, "pruned", "It trails the others.")
    assert (second["repeat"], second["state"]) == (0, "complete")


def test_cancel_while_libraries_are_imported_ahead_ends_the_trial_at_once(forks):
    forks.start("import keras, tensorflow")
    time.sleep(0.3)
    began = time.monotonic()
    forks.send(type="cancel", trial=0)
    assert forks.finish().end["state"] == "cancelled"
    assert time.monotonic() - began < 1


def test_script_ends_with_a_runner_that_is_killed(runner):
    runner.start("import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(60)")
    while (event := runner.next_event())["type"] != "output":
        pass
    runner.process.kill()
    runner.process.wait()
    for _ in range(100):
        if not _lives(int(event["text"])):
            return
        time.sleep(0.02)
    raise AssertionError("the script lives on")
