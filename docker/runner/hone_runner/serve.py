"""The supervised runner: takes orders as JSON lines on standard input, tells events on standard output."""

from __future__ import annotations

import contextlib
import os
import platform
import signal
import sys
import threading
from importlib import metadata
from typing import BinaryIO

from .channel import Channel
from .launcher import Launcher
from .protocol import PROTOCOL, Configuration, Event, ProtocolError, parse_configuration, parse_message, parse_order
from .trial import Trial
from .work_lock import lock_work

_PACKAGES = [
    "numpy",
    "scipy",
    "pandas",
    "matplotlib",
    "scikit-learn",
    "tensorflow",
    "tensorflow-cpu",
    "keras",
    "tf-keras",
    "torch",
    "torchvision",
    "lightning",
    "pytorch-lightning",
    "xgboost",
    "lightgbm",
    "catboost",
    "transformers",
    "optuna",
]


class Runner:
    """Holds the trials that run; each has a thread of its own."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._configuration: Configuration | None = None
        self._lock_of_work: BinaryIO | None = None
        self._launcher = Launcher((), "")
        self._trials: dict[int, Trial] = {}
        self._threads: dict[int, threading.Thread] = {}
        self._count = 0
        self._lock = threading.Lock()

    def announce(self) -> None:
        """Say that the runner is there, and what it runs with."""
        self._channel.send("ready", protocol=PROTOCOL, python=platform.python_version(), packages=_packages(), pid=os.getpid())

    def handle(self, message: Event) -> bool:
        """Do what a message says; false where it says to end. Raises ProtocolError where it cannot be understood."""
        kind = message["type"]
        if kind == "configure":
            self._configure(parse_configuration(message))
        elif kind == "trial":
            self._start(message)
        elif kind == "acknowledge":
            self._channel.acknowledge(int(message["sequence"]))
        elif kind == "resend":
            self._channel.resend(self._running())
        elif kind == "cancel":
            self._cancel(message.get("trial"), message.get("repeat"), message.get("pruned"))
        elif kind != "shutdown":
            raise ProtocolError(f"{kind} is no message")
        return bool(kind != "shutdown")

    def _running(self) -> list[Event]:
        """What runs; the end of a trial that is not among it has been said before."""
        with self._lock:
            return [{"trial": trial.number, "repeat": trial.repeat} for trial in self._trials.values()]

    def close(self) -> None:
        """End what runs, with its checkpoints kept, and wait until each trial has told its end."""
        with self._lock:
            trials = list(self._trials.values())
        for trial in trials:
            threading.Thread(target=trial.interrupt, daemon=True).start()
        for thread in self._snapshot_threads():
            thread.join(timeout=5)
        self._launcher.close()

    def _configure(self, configuration: Configuration) -> None:
        if configuration == self._configuration:
            return  # A supervisor that takes over cannot know whether the last one came to say it.
        self._launcher.close()
        if self._lock_of_work is None:
            self._lock_of_work = lock_work(configuration.work)
        self._configuration = configuration
        self._launcher = Launcher(configuration.preload, configuration.work)

    def _start(self, message: Event) -> None:
        if self._configuration is None:
            raise ProtocolError("a trial came before the configuration")
        trial = Trial(self._configuration, parse_order(message), self._channel, self._launcher)
        with self._lock:
            self._count += 1
            number = self._count
            self._trials[number] = trial
            self._threads[number] = threading.Thread(target=self._run, args=(number, trial), daemon=True)
        self._threads[number].start()

    def _run(self, number: int, trial: Trial) -> None:
        try:
            trial.run()
        finally:
            with self._lock:
                del self._trials[number], self._threads[number]

    def _cancel(self, number: int | None, repeat: int | None, pruned: str | None) -> None:
        """Cancel a trial, with its repeats or one of these, or all; does not wait, the next order may come at once."""
        with self._lock:
            trials = [trial for trial in self._trials.values() if number is None or trial.number == number]
        for trial in trials:
            if repeat is None or trial.repeat == repeat:
                threading.Thread(target=trial.cancel, args=(pruned,), daemon=True).start()

    def _snapshot_threads(self) -> list[threading.Thread]:
        with self._lock:
            return list(self._threads.values())


def serve() -> int:
    """Serve until standard input ends or says so; the exit code. Whatever else writes to descriptor 1 goes to standard error."""
    channel = Channel(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    runner = Runner(channel)
    signal.signal(signal.SIGTERM, _end_reading)
    runner.announce()
    with contextlib.suppress(KeyboardInterrupt):
        for line in sys.stdin.buffer:
            try:
                if not runner.handle(parse_message(line)):
                    break
            except (ProtocolError, KeyError, TypeError, ValueError) as error:
                print(f"hone_runner: a message was not understood: {error}", file=sys.stderr, flush=True)
    runner.close()
    return 0


def _end_reading(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _packages() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found
