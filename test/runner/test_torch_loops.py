"""Epoch loops that a script writes out itself go on, bit by bit, where a killed process left them."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import Runner, Trial

LOOPS = Path(__file__).parents[1] / "fixtures" / "loops"
BYTES = 1_000_000_000
#: Moments at which each script is killed.
MOMENTS = max(1, int(os.environ.get("HONE_FAULT_MOMENTS", "5")) // 5)
SCRIPTS = sorted(path.stem for path in LOOPS.iterdir() if path.suffix == ".py" or (path / "train.py").exists())


def torch_python() -> str | None:
    """An interpreter that has PyTorch: one that is named, or Debian's."""
    for one in (os.environ.get("HONE_TORCH_PYTHON", ""), "/usr/bin/python3"):
        if one and subprocess.run([one, "-c", "import torch, tqdm"], capture_output=True, check=False).returncode == 0:
            return one
    return None


PYTHON = torch_python()
REQUIRED = "torch" in os.environ.get("HONE_REQUIRE", "").split(",")
assert PYTHON or not REQUIRED, "HONE_REQUIRE names torch, and no Python here has torch and tqdm"
needs_torch = pytest.mark.skipif(PYTHON is None, reason="no Python here has torch and tqdm")


@pytest.fixture(scope="module")
def warm_runner(tmp_path_factory: pytest.TempPathFactory) -> Any:
    assert PYTHON is not None
    one = Runner(tmp_path_factory.mktemp("loops"), ["numpy", "torch"], PYTHON)
    yield one
    one.close()


def put(runner: Runner, name: str) -> None:
    shutil.rmtree(runner.source)
    folder = LOOPS / name
    files = [path for path in folder.rglob("*.py")] if folder.is_dir() else [LOOPS / f"{name}.py"]
    for path in files:
        runner.write(
            path.relative_to(folder).as_posix() if folder.is_dir() else "train.py", path.read_text(encoding="utf-8")
        )


def kept(trial: Trial) -> Any:
    (told,) = trial.of("resumed")
    return told["epoch"]


def result(trial: Trial) -> list[str]:
    """The lines that tell of the weights, the history and the metric."""
    assert trial.end["state"] == "complete", trial.stderr
    return trial.stdout.splitlines()[-2:]


def killed(runner: Runner, after_seconds: float, kind: str = "checkpoint", count: int = 1, **order: Any) -> Trial:
    """Start a trial and kill it some time after so many states were saved, or epochs told."""
    runner.start(checkpoint={"bytes": BYTES, "resume": False}, **order)
    events = [runner.next_event()]
    process = 0
    while events[-1]["type"] != "trial-ended":
        if events[-1]["type"] == "trial-started":
            process = events[-1]["pid"]
        count -= events[-1]["type"] == kind
        if count == 0 and process:
            time.sleep(after_seconds)
            os.kill(process, signal.SIGKILL)
            process = 0
        events.append(runner.next_event())
    assert events[-1]["signal"] == "SIGKILL", (events[-1], Trial(events).notices, Trial(events).stderr)
    return Trial(events)


def resumed(runner: Runner, **order: Any) -> Trial:
    return runner.run(checkpoint={"bytes": BYTES, "resume": True}, **order)


@needs_torch
@pytest.mark.parametrize("name", SCRIPTS)
def test_killed_loop_goes_on_to_the_same_weights_bit_by_bit(warm_runner, name):
    put(warm_runner, name)
    undisturbed = warm_runner.run()
    chance = random.Random(name)
    for _ in range(MOMENTS):
        first = killed(warm_runner, chance.uniform(0, 0.4))
        second = resumed(warm_runner)
        assert result(second) == result(undisturbed), (second.notices, second.stderr)
        epoch = kept(second)
        assert epoch == first.of("checkpoint")[-1]["epoch"] or epoch == first.of("checkpoint")[-1]["epoch"] + 1
        # Where a script counts its epochs twice, their numbers do not tell which of them were forgotten.
        if name != "two_loops":
            told = [one["epoch"] for one in first.of("epoch") if one["epoch"] <= epoch]
            told += [one["epoch"] for one in second.of("epoch")]
            assert told == [one["epoch"] for one in undisturbed.of("epoch")]


#: What stands before and in a loop that is killed in its sixth pass, when there could be a checkpoint.
LOOP = """
import sqlite3, time, torch
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(0)
data = TensorDataset(torch.randn(40, 3), torch.randn(40, 1))
model = torch.nn.Linear(3, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
def learn(x, y):
    optimizer.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
    return loss
{before}
for epoch in range(8):
    {each}
    time.sleep(0.15)
    print(f"Epoch {{epoch}} loss: {{loss.item():.4f}}")
print("hash", model.weight.tolist())
print("loss:", loss.item())
"""
WHOLE = "loss = learn(*data.tensors)"


@needs_torch
@pytest.mark.parametrize(
    ("before", "each", "reason"),
    [
        (
            "loader = DataLoader(data, 8, num_workers=1, persistent_workers=True)",
            "for x, y in loader: loss = learn(x, y)",
            "loader._iterator cannot be saved",
        ),
        ("batches = iter(DataLoader(data, 2, shuffle=True))", "loss = learn(*next(batches))", r"batches._sampler_iter \(generator\) cannot be saved"),
        (
            "table = sqlite3.connect(':memory:')\ntable.execute('create table seen (epoch)')",
            WHOLE + "; table.execute('insert into seen values (?)', (epoch,))",
            r"table \(Connection\) cannot be saved",
        ),
        (
            "total = 0",
            "total = total + torch.nn.functional.mse_loss(model(data.tensors[0]), data.tensors[1])\n"
            "    total.backward(retain_graph=True); loss = total",
            "backward through it",
        ),
        ("numbers = (n for n in range(99))", WHOLE + "; next(numbers)", r"numbers \(generator\) cannot be saved"),
    ],
)
def test_loop_whose_state_cannot_be_saved_begins_anew_and_says_why(warm_runner, before, each, reason):
    shutil.rmtree(warm_runner.source)
    warm_runner.write("train.py", LOOP.format(before=before, each=each))
    undisturbed = warm_runner.run()
    killed(warm_runner, 0, kind="epoch", count=6)
    second = resumed(warm_runner)
    (told,) = second.of("resumed")
    assert told["epoch"] is None
    assert re.search(reason, told["reason"]), told
    assert result(second) == result(undisturbed)


@needs_torch
def test_loop_through_data_alone_begins_anew_and_says_why(warm_runner):
    shutil.rmtree(warm_runner.source)
    text = LOOP.format(before="loader = DataLoader(data, 4)", each="loss = learn(*batch)")
    warm_runner.write("train.py", text.replace("epoch in range(8)", "epoch, batch in enumerate(loader)"))
    killed(warm_runner, 0, kind="epoch", count=6)
    (told,) = resumed(warm_runner).of("resumed")
    assert told["epoch"] is None
    assert "line 15 of train.py goes through data" in told["reason"]


@needs_torch
def test_state_is_not_used_where_the_script_comes_to_its_loop_with_other_data(warm_runner):
    shutil.rmtree(warm_runner.source)
    before = "import os\nnoise = torch.frombuffer(bytearray(os.urandom(2_000_000)), dtype=torch.uint8)"
    warm_runner.write("train.py", LOOP.format(before=before, each=WHOLE + "; noise.sum()"))
    killed(warm_runner, 0.1)
    (told,) = resumed(warm_runner).of("resumed")
    assert told["epoch"] is None
    assert "is of other data or another model than the script comes to now" in told["reason"]


@needs_torch
def test_rewritten_loop_fails_as_it_was_written(warm_runner):
    shutil.rmtree(warm_runner.source)
    text = LOOP.format(before="def fit(x):\n    return learn(x, [])", each="loss = fit(data.tensors[0])")
    warm_runner.write("train.py", text)
    plain = warm_runner.run()
    kept_trial = warm_runner.run(checkpoint={"bytes": BYTES, "resume": False}, watch=[{"path": "train.py", "lines": [17, 21]}])
    assert kept_trial.end["error"] == plain.end["error"]
    assert kept_trial.stderr == plain.stderr
    assert [one["line"] for one in kept_trial.end["unexecuted"]] == [21]


@needs_torch
def test_notebook_goes_on_in_the_cell_that_was_interrupted(warm_runner):
    shutil.rmtree(warm_runner.source)
    before, loop = LOOP.format(before="", each=WHOLE).split("for epoch")
    loop, after = loop.split('print("hash"')
    cells = [before, "seen = []", "for epoch" + loop + "    seen.append(loss.item())\n", 'print(seen)\nprint("hash"' + after]
    notebook = {"cells": [{"cell_type": "code", "source": text} for text in cells]}
    warm_runner.write("book.ipynb", json.dumps(notebook))
    undisturbed = warm_runner.run(script="book.ipynb")
    killed(warm_runner, 0.1, script="book.ipynb")
    second = resumed(warm_runner, script="book.ipynb")
    assert kept(second) is not None
    assert second.stdout.splitlines()[-3:] == undisturbed.stdout.splitlines()[-3:]


@needs_torch
def test_function_with_a_loop_works_in_other_processes(warm_runner):
    shutil.rmtree(warm_runner.source)
    text = (
        "import pickle, multiprocessing as mp, torch\n"
        "def train(lr):\n"
        "    w = torch.zeros(1, requires_grad=True)\n"
        "    for epoch in range(3):\n"
        "        (w - lr).abs().sum().backward()\n"
        "    return w.grad.item()\n"
        "if __name__ == '__main__':\n"
        "    loops = pickle.loads(pickle.dumps(__hone_loops__))\n"
        "    print(list(loops.each(0, range(3))), loops.values, loops.begin(0), loops.again(0), loops.end(0))\n"
        "    with mp.get_context('fork').Pool(2) as pool: print(pool.map(train, [1.0, -1.0]))\n"
        "    with mp.get_context('spawn').Pool(1) as pool: print(pool.map(train, [1.0]))\n"
    )
    warm_runner.write("train.py", text)
    trial = warm_runner.run(checkpoint={"bytes": BYTES, "resume": False})
    assert trial.stdout == "[0, 1, 2] None None None None\n[-3.0, 3.0]\n[-3.0]\n", trial.stderr


@needs_torch
def test_state_that_fails_while_it_is_put_back_leaves_the_script_as_it_was(warm_runner, tmp_path):
    shutil.rmtree(warm_runner.source)
    # The second process cannot have the first one's file back: a folder is in its place.
    before = (
        "import os\n"
        "if os.path.exists(os.environ['FLAG']): os.mkdir('seen.txt')\n"
        "open(os.environ['FLAG'], 'w').close()\n"
        "def note(): os.path.isdir('seen.txt') or open('seen.txt', 'a').close()"
    )
    warm_runner.write("train.py", LOOP.format(before=before, each=WHOLE + "; note()"))
    undisturbed = warm_runner.run(environment={"FLAG": str(tmp_path / "plain")})
    order = {"environment": {"FLAG": str(tmp_path / "killed")}}
    killed(warm_runner, 0.1, **order)
    second = resumed(warm_runner, **order)
    (told,) = second.of("resumed")
    assert told["epoch"] is None
    assert "IsADirectoryError" in told["reason"]
    assert result(second) == result(undisturbed)
