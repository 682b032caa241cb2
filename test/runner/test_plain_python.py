"""A script runs as plain `python train.py` would."""

from __future__ import annotations

import pytest


def test_script_sees_itself_as_main_with_its_own_path_and_arguments(runner):
    runner.write("pkg/train.py", "import sys, os\nprint(__name__, os.path.basename(__file__), sys.argv)\nprint(os.path.basename(sys.path[0]))\nprint(__spec__, __package__)")
    trial = runner.run(script="pkg/train.py", arguments=["--lr", "0.1 é"])
    assert trial.stdout.splitlines() == ["__main__ train.py ['pkg/train.py', '--lr', '0.1 é']", "pkg", "None None"]
    assert trial.end["state"] == "complete"
    assert trial.end["exitCode"] == 0


def test_local_modules_and_files_of_the_working_directory_are_found(runner):
    runner.write("sub/model.py", "SIZE = 3")
    runner.write("sub/train.py", "import model, os\nprint(model.SIZE, os.listdir('.'))")
    trial = runner.run(script="sub/train.py", directory="sub")
    assert trial.stdout.startswith("3 ['")
    assert "train.py" in trial.stdout


@pytest.mark.parametrize("directory", ["", "app", "other"])
def test_module_form_resolves_relative_imports(runner, directory):
    runner.write("app/__init__.py", "")
    runner.write("app/data.py", "X = 5")
    runner.write("app/train.py", "from .data import X\nimport sys\nprint(X, __package__, __spec__.name, sys.argv[1:])")
    trial = runner.run(script="app/train.py", module=True, arguments=["a"], directory=directory)
    assert trial.stdout == "5 app app.train ['a']\n"


def test_classes_of_main_can_be_pickled_and_spawned_processes_find_them(runner):
    trial = runner.run(
        "import multiprocessing as mp, pickle\n"
        "class Model:\n    def __init__(self, x): self.x = x\n"
        "def double(model): return Model(model.x * 2)\n"
        "if __name__ == '__main__':\n"
        "    print(pickle.loads(pickle.dumps(Model(1))).x)\n"
        "    with mp.get_context('spawn').Pool(2) as pool:\n"
        "        print([m.x for m in pool.map(double, [Model(2), Model(3)])])\n"
    )
    assert trial.stdout == "1\n[4, 6]\n", trial.stderr


def test_standard_input_is_at_its_end(runner):
    trial = runner.run("input('name? ')")
    assert trial.end["error"]["type"] == "EOFError"


def test_edited_text_replaces_the_snapshots_byte_for_byte(runner):
    runner.write("train.py", "print('old')")
    trial = runner.run(files={"train.py": "# é\r\nprint(open(__file__, 'rb').read())\r\n"})
    assert trial.stdout.strip() == repr("# é\r\nprint(open(__file__, 'rb').read())\r\n".encode())
    assert (runner.source / "train.py").read_text() == "print('old')"


def test_output_is_live_and_keeps_carriage_returns_and_cut_characters(runner):
    runner.start("import sys, time, os\nprint('\\r10%', end='\\r')\nos.write(1, b'\\xc3'); time.sleep(0.3); os.write(1, b'\\xa9\\n')\ntime.sleep(30)")
    text = ""
    while "é" not in text:
        event = runner.next_event()
        text += event.get("text", "")
    assert text == "\r10%\ré\n"
    runner.send(type="cancel", trial=0)
    assert runner.finish().end["state"] == "cancelled"


def test_script_that_closes_descriptors_does_not_write_metrics_into_its_own_files(runner):
    trial = runner.run(
        "import os\nos.closerange(3, 256)\nfiles = [open(f'f{i}.txt', 'w') for i in range(20)]\n"
        "from sklearn.metrics import accuracy_score\naccuracy_score([1, 0], [1, 0])\n"
        "[f.close() for f in files]\nprint(sum(os.path.getsize(f'f{i}.txt') for i in range(20)))"
    )
    assert trial.stdout.splitlines()[-1] == "0"
    assert trial.end["state"] == "complete"


def test_seed_makes_runs_equal_and_its_absence_leaves_them_alone(runner):
    script = "import random, numpy\nprint(random.random(), numpy.random.rand())"
    seeded = [runner.run(script, seed=3).stdout for _ in range(2)]
    free = [runner.run(script).stdout for _ in range(2)]
    assert seeded[0] == seeded[1]
    assert free[0] != free[1]


def test_seed_of_the_script_itself_wins(runner):
    script = "import numpy as np\nnp.random.seed(1)\nprint(np.random.rand())"
    assert runner.run(script, seed=3).stdout == runner.run(script, seed=4).stdout


def test_environment_of_the_order_reaches_the_script(runner):
    assert runner.run("import os; print(os.environ['ALPHA'])", environment={"ALPHA": "ß"}).stdout == "ß\n"
