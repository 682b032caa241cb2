"""A trial works in its own copy; the user's data stays as it is; what the script wrote is kept."""

from __future__ import annotations

import json
import os

import pytest
from hone_runner import tree


@pytest.fixture
def data(runner, tmp_path):
    folder = tmp_path / "user data é"
    (folder / "raw").mkdir(parents=True)
    (folder / "raw" / "a.csv").write_text("1,2\n")
    runner.links.append({"path": "data", "target": str(folder), "directory": True})
    yield folder
    assert (folder / "raw" / "a.csv").read_text() == "1,2\n", "the user's data was changed"
    assert sorted(os.listdir(folder)) == ["raw"]


def test_linked_data_is_read_and_new_files_land_in_the_copy(runner, data):
    trial = runner.run("print(open('data/raw/a.csv').read(), end='')\nopen('data/new.txt', 'w').write('x')")
    assert trial.stdout == "1,2\n"
    assert [one["path"] for one in trial.end["artifacts"]] == ["data/new.txt"]
    assert not trial.notices


@pytest.mark.parametrize(
    "write",
    [
        "open('data/raw/a.csv', 'a').write('3,4\\n')",
        "import os; os.truncate('data/raw/a.csv', 1)",
        "import numpy as np; np.savetxt('data/raw/a.csv', [1])",
        "import os; fd = os.open('data/raw/a.csv', os.O_WRONLY | os.O_TRUNC); os.write(fd, b'x')",
    ],
)
def test_written_data_becomes_a_private_copy(runner, data, write):
    trial = runner.run(write)
    assert trial.end["state"] == "complete", trial.stderr
    assert [one["path"] for one in trial.end["artifacts"]] == ["data/raw/a.csv"]
    assert trial.notices.startswith("The script writes to data/raw/a.csv, which is linked data: it works on a copy of it")


@pytest.mark.parametrize("change", ["import os; os.remove('data/raw/a.csv')", "import shutil; shutil.rmtree('data')", "import os; os.rename('data/raw/a.csv', 'b.csv')"])
def test_removed_data_is_removed_from_the_copy_alone(runner, data, change):
    assert runner.run(change).end["state"] == "complete"


def test_large_folder_is_one_link_and_is_copied_when_written_to(runner, data, monkeypatch):
    # As large as it needs to be: the limit of the runner's own process cannot be lowered from here.
    many = data.parent / "many"
    many.mkdir()
    for number in range(tree.EXPANDED_ENTRIES + 1):
        (many / str(number)).touch()
    runner.links.append({"path": "many", "target": str(many), "directory": True})
    trial = runner.run("import os\nprint(os.path.islink('many'))\nopen('many/new', 'w').write('x')\nos.remove('many/0')\nprint(os.path.islink('many'))")
    assert trial.stdout == "True\nFalse\n", trial.stderr
    assert (many / "0").exists()
    assert not (many / "new").exists()
    assert [one["path"] for one in trial.end["artifacts"]] == ["many/new"]


def test_data_outside_the_tree_cannot_be_written_by_its_own_path(runner, data):
    trial = runner.run(f"open({str(data / 'raw' / 'a.csv')!r}, 'w')")
    assert trial.end["error"]["type"] == "OSError"
    assert "only linked" in trial.end["reason"]


def test_artifacts_are_kept_small_ones_first_up_to_the_limit(runner):
    runner.artifact_bytes = 2_000
    runner.write("config.json", "{}")
    trial = runner.run(
        "import os\nos.makedirs('out/é x'); open('out/é x/small.txt', 'w').write('hi')\nopen('big.bin', 'wb').write(b'0' * 5000)\n"
        "open('config.json', 'w').write('{\"a\": 1}')\nos.symlink('/etc/passwd', 'link'); os.mkfifo('pipe')\nos.makedirs('__pycache__', exist_ok=True); open('__pycache__/x.pyc', 'w')"
    )
    assert sorted(one["path"] for one in trial.end["artifacts"]) == ["config.json", "out/é x/small.txt"]
    assert runner.artifact("out/é x/small.txt").read_text() == "hi"
    assert "1 file (0.0 MB) that the script wrote are not kept" in trial.notices
    assert "big.bin" in trial.notices
    assert not (runner.work / "0" / "tree").exists()


def test_gigabytes_of_artifacts_are_left_out_and_gone_and_the_next_trial_runs(runner):
    script = "import os\nfor i in range(3):\n    open(f'{i}.bin', 'wb').truncate(4_000_000_000)\nopen('ok.txt', 'w').write('hi')"
    for number in (0, 1):
        trial = runner.run(script, trial=number)
        assert trial.end["state"] == "complete"
        assert [one["path"] for one in trial.end["artifacts"]] == ["ok.txt"]
        assert "3 files (12.0 GB) that the script wrote are not kept, the limit is 10 MB, `limits: {artifacts}` in hone.yaml: 0.bin" in trial.notices
    assert sum(file.stat().st_size for file in runner.work.rglob("*") if file.is_file()) < 1_000_000


def test_folders_without_rights_are_removed_too(runner):
    runner.run("import os\nos.makedirs('a/b'); open('a/b/c', 'w'); os.chmod('a/b', 0); os.chmod('a', 0o500)")
    assert not (runner.work / "0" / "tree").exists()


def test_metric_file_below_a_folder_is_found(runner):
    trial = runner.run("import os\nos.mkdir('cnn')\nopen('cnn/Accuracy.txt', 'w').write('97.25\\n')")
    assert trial.result == {"name": "accuracy", "value": 0.9725, "data": "unknown", "source": "file", "direction": "maximize", "rows": None}


def test_file_of_an_earlier_run_is_no_result(runner):
    runner.write("accuracy.txt", "0.99")
    assert runner.run("print(open('accuracy.txt').read() + ' before')").result is None


def test_repeat_beside_its_trial_keeps_nothing_of_its_own(runner):
    assert runner.run("open('m.bin', 'w').write('x')", repeat=0).end["artifacts"]
    assert runner.run("open('m.bin', 'w').write('x')", repeat=1).end["artifacts"] == []
    assert runner.artifact("m.bin").exists()


def test_figures_that_would_be_shown_are_kept(runner):
    trial = runner.run("import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()\nplt.plot([2, 1]); plt.show()\nprint(len(plt.get_fignums()))")
    assert [one["path"] for one in trial.end["artifacts"]] == ["figures/figure-1.png", "figures/figure-2.png"]
    assert trial.stdout == "0\n"
    assert trial.stderr == ""


def test_notebook_runs_its_cells_in_order(runner):
    cells = [
        ("markdown", "# Title"),
        ("code", "%matplotlib inline\n!pip install x\nx = 2\n"),
        ("code", ["x = x + 1\n", "x * 2"]),
        ("code", "%%time\ny = [\n  5\n]\nfiles = !ls\n'x;'; print('no value');"),
        ("code", "%%writefile made.py\nZ = 7"),
        ("code", "import made\nprint(made.Z, y)\n\nraise ValueError('here')"),
    ]
    notebook = {"cells": [{"cell_type": kind, "source": source} for kind, source in cells], "nbformat": 4}
    runner.write("book é.ipynb", json.dumps(notebook))
    trial = runner.run(script="book é.ipynb")
    assert trial.stdout == "6\nno value\n7 [5]\n", trial.stderr
    assert trial.end["error"]["frames"] == [{"path": "book é.ipynb", "line": 4, "function": "cell 5", "own": True}]
    assert "book é.ipynb, cell 5\", line 4" in trial.stderr
    assert "raise ValueError('here')" in trial.stderr
    assert "!pip install x" in trial.notices


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("latin.py", "# -*- coding: latin-1 -*-\r\nname = 'Größe'\r\n".encode("latin-1")),
        ("windows.py", b"# coding: latin-1\nprice = '\x80 5'\n"),
        ("marked.py", "\ufeffname = 'é'\n".encode()),
        ("plain.py", "name = 'é'\n".encode()),
        ("cyrillic.py", "# coding: cp1251\nname = 'Имя'\n".encode("cp1251")),
    ],
)
def test_an_edited_file_keeps_its_encoding(tmp_path, name, content):
    source = tmp_path / "source"
    source.mkdir()
    (source / name).write_bytes(content)
    # As the host reads it: the web's latin-1 is Windows-1252.
    encoding = {"latin.py": "cp1252", "windows.py": "cp1252", "cyrillic.py": "cp1251"}.get(name, "utf-8")
    tree.build_tree(
        str(tmp_path / "tree"), str(source), {name: content.decode(encoding).replace("name =", "title =")}, []
    )
    assert (tmp_path / "tree" / name).read_bytes() == content.replace(b"name =", b"title =")


def test_a_character_that_the_encoding_lacks_is_an_error(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.py").write_bytes(b"# coding: latin-1\nname = 'a'\n")
    with pytest.raises(OSError, match="cannot be written in iso-8859-1"):
        tree.build_tree(str(tmp_path / "tree"), str(source), {"a.py": "# coding: latin-1\nname = '中'\n"}, [])


def test_data_beside_the_project_is_found_upwards_and_stays_as_it_is(runner, tmp_path):
    sets = tmp_path / "sets"
    sets.mkdir()
    (sets / "a.csv").write_text("1,2\n")
    for path in ("../sets", "../../far"):
        runner.links.append({"path": path, "target": str(sets), "directory": True})
    trial = runner.run("print(open('../sets/a.csv').read() + open('../../far/a.csv').read())\nopen('../sets/a.csv', 'w')")
    assert trial.stdout == "1,2\n1,2\n\n", trial.stderr
    assert "Hone keeps it unchanged" in trial.stderr
    assert (sets / "a.csv").read_text() == "1,2\n"
