"""A runner of its own for each test, spoken to as the supervisor does."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

RUNNER = Path(__file__).resolve().parents[2] / "docker" / "runner"
sys.path.insert(0, str(RUNNER))

Event = dict[str, Any]

#: What a fork may find imported.
PRELOAD = ["numpy", "scipy", "pandas", "matplotlib", "sklearn", "tensorflow", "keras", "torch", "xgboost", "lightgbm", "catboost"]


class Trial:
    """What a runner told about one trial."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events
        self.end = events[-1]

    def of(self, kind: str) -> list[Event]:
        return [event for event in self.events if event["type"] == kind]

    @property
    def stdout(self) -> str:
        return self._text("stdout")

    @property
    def stderr(self) -> str:
        return self._text("stderr")

    @property
    def notices(self) -> str:
        return "\n".join(event["text"] for event in self.of("notice"))

    @property
    def result(self) -> Any:
        return self.end["result"]

    def metric(self, name: str, data: str, source: str = "hook") -> Event:
        found = [one for one in self.of("metric") if (one["name"], one["data"], one["source"]) == (name, data, source)]
        told = [(one["name"], one["data"], one["source"]) for one in self.of("metric")]
        assert found, f"no {source} {data} {name}, only {told}\n{self.stderr}\n{self.notices}"
        return found[-1]

    def _text(self, stream: str) -> str:
        return "".join(event["text"] for event in self.of("output") if event["stream"] == stream)


class Runner:
    """A runner process; `run` runs one trial to its end."""

    def __init__(self, folder: Path, preload: list[str], python: str = sys.executable) -> None:
        self.preload = preload
        self.folder = folder
        self.source = folder / "my project é" / "source"
        self.work = folder / "my project é" / "work"
        self.source.mkdir(parents=True)
        self.work.mkdir()
        self.links: list[dict[str, Any]] = []
        self.artifact_bytes = 10_000_000
        self.process = subprocess.Popen(
            [python, "-m", "hone_runner", "serve"],
            cwd=RUNNER,
            # Short scripts on a busy machine would have no time to spare for a checkpoint.
            env={**os.environ, "HONE_CHECKPOINT_SHARE": "0.9", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._events: queue.Queue[Event | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self._configured = False

    def write(self, name: str, text: str) -> None:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def send(self, **message: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def next_event(self, timeout: float = 120) -> Event:
        event = self._events.get(timeout=timeout)
        assert event is not None, "the runner's output ended"
        return event

    def start(self, text: str | None = None, **order: Any) -> None:
        if text is not None:
            self.write("train.py", text)
        if not self._configured:
            self.send(
                type="configure",
                protocol=1,
                source=str(self.source),
                work=str(self.work),
                links=self.links,
                artifactBytes=self.artifact_bytes,
                preload=self.preload,
            )
            self._configured = True
        self.send(**{**plain_order(), **order})

    def finish(self) -> Trial:
        events = []
        while not events or events[-1]["type"] != "trial-ended":
            events.append(self.next_event())
        return Trial(events)

    def run(self, text: str | None = None, **order: Any) -> Trial:
        self.start(text, **order)
        return self.finish()

    def artifact(self, name: str, trial: int = 0) -> Path:
        return self.work / str(trial) / "artifacts" / name

    def close(self) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait(timeout=20)

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._events.put(json.loads(line))
        self._events.put(None)


def plain_order() -> dict[str, Any]:
    return {
        "type": "trial",
        "trial": 0,
        "repeat": 0,
        "seed": None,
        "script": "train.py",
        "module": False,
        "arguments": [],
        "directory": "",
        "environment": {},
        "files": {},
        "timeoutSeconds": 300,
        "metric": None,
        "watch": [],
        "checkpoint": None,
    }


@pytest.fixture(params=["fresh", "fork"])
def runner(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Whatever a script does, it does the same in a process of its own and in a fork of one that has imported much."""
    one = Runner(tmp_path, PRELOAD if request.param == "fork" else [])
    yield one
    one.close()
