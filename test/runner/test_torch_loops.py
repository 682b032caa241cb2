"""Epoch loops that a script writes out itself go on, bit by bit, where a killed process left them."""

from __future__ import annotations

import os
import random
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


def killed(runner: Runner, after_seconds: float) -> Trial:
    """Start a trial and kill it some time after its first state was saved."""
    runner.start(checkpoint={"bytes": BYTES, "resume": False})
    events = [runner.next_event()]
    process = 0
    while events[-1]["type"] != "trial-ended":
        if events[-1]["type"] == "trial-started":
            process = events[-1]["pid"]
        if events[-1]["type"] == "checkpoint" and process:
            time.sleep(after_seconds)
            os.kill(process, signal.SIGKILL)
            process = 0
        events.append(runner.next_event())
    assert events[-1]["signal"] == "SIGKILL", (events[-1], Trial(events).notices, Trial(events).stderr)
    return Trial(events)


def resumed(runner: Runner) -> Trial:
    return runner.run(checkpoint={"bytes": BYTES, "resume": True})


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
