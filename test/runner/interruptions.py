"""Kills a script's process at seeded random moments, resumes it, and compares with a run that nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import dataclass
from typing import Any

from conftest import Runner, Trial

BYTES = 1_000_000_000
MOMENTS = int(os.environ.get("HONE_FAULT_MOMENTS", "5"))


@dataclass
class Resumed:
    """What two processes of one trial told."""

    first: Trial
    second: Trial

    @property
    def kept(self) -> Any:
        """Epoch that the second process went on after; None where it began anew."""
        (told,) = self.second.of("resumed")
        return told["epoch"]

    @property
    def reason(self) -> Any:
        (told,) = self.second.of("resumed")
        return told["reason"]

    def epochs(self) -> list[int]:
        """Epochs of both, those forgotten that were done again."""
        first = [one["epoch"] for one in self.first.of("epoch")]
        return [one for one in first if one <= (self.kept or 0)] + [one["epoch"] for one in self.second.of("epoch")]


def moments(runner: Runner, seconds: float) -> list[float]:
    """Moments of a training that takes so long; one late one where each costs its imports anew."""
    chance = random.Random(11)
    return [chance.uniform(0.0, seconds) for _ in range(MOMENTS)] if runner.preload else [seconds * 0.8]


def undisturbed(runner: Runner, text: str, **order: Any) -> tuple[Trial, float]:
    """A run that keeps nothing, and the seconds from the start of its process to its end."""
    runner.start(text, **order)
    events = [runner.next_event()]
    began = time.monotonic()
    while events[-1]["type"] != "trial-ended":
        events.append(runner.next_event())
        if events[-1]["type"] == "trial-started":
            began = time.monotonic()
    return Trial(events), time.monotonic() - began


def interrupt(
    runner: Runner, text: str, after_seconds: float, after_checkpoints: int = 0, heard: int | None = None, **order: Any
) -> Resumed | None:
    """Kill so many seconds after the start, or after some checkpoint, and resume; None where the script was over by then.

    Whoever resumes journalled the first `heard` epochs, all where that is None.
    """
    runner.start(text, checkpoint={"bytes": BYTES, "resume": False}, **order)
    events = [runner.next_event()]
    while not any(one["type"] == "trial-started" for one in events) or sum(
        one["type"] == "checkpoint" for one in events
    ) < after_checkpoints:
        events.append(runner.next_event())
        if events[-1]["type"] == "trial-ended":
            return None
    time.sleep(after_seconds)
    try:
        os.kill(next(one["pid"] for one in events if one["type"] == "trial-started"), signal.SIGKILL)
    except ProcessLookupError:
        runner.finish()
        return None
    while events[-1]["type"] != "trial-ended":
        events.append(runner.next_event())
    if events[-1]["state"] == "complete":
        return None
    assert events[-1]["signal"] == "SIGKILL"
    return Resumed(Trial(events), resume(runner, heard, **order))


def interruptions(runner: Runner, text: str, seconds: float) -> list[Resumed]:
    """What comes of kills at seeded moments, and of one right after the first checkpoint: what a moment meets depends on the machine."""
    killed = [interrupt(runner, text, moment) for moment in moments(runner, seconds)]
    killed.append(interrupt(runner, text, 0.0, after_checkpoints=1))
    return [one for one in killed if one]


def resume(runner: Runner, heard: int | None = None, **order: Any) -> Trial:
    """Go on with a trial."""
    return runner.run(checkpoint={"bytes": BYTES, "resume": True, "heard": heard}, **order)


def folder(runner: Runner, trial: int = 0) -> Any:
    """Where the state of a trial is kept."""
    return runner.work / str(trial) / "checkpoint"
