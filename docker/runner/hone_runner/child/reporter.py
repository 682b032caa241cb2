"""Tells the runner what happens in the script's process, one JSON object a line."""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
import threading
from typing import Any, Mapping

from .wait_until_read import wait_until_read


class Reporter:
    """Writes to the metric pipe. Never raises and never writes from a forked child or into a file of the script's."""

    def __init__(self) -> None:
        self._descriptor = -1
        self._pipe: tuple[int, int] | None = None
        self._process = 0
        self._lock = threading.Lock()
        # Frameworks may be imported, and have something said of them, before there is a script.
        self._early: list[tuple[str, dict[str, Any]]] | None = []

    def open(self, descriptor: int) -> None:
        """Write to `descriptor` from now on, from this process alone; first what was said before."""
        self._descriptor = descriptor
        self._pipe = _identity(descriptor)
        self._process = os.getpid()
        early, self._early = self._early, None
        for kind, fields in early or ():
            self.send(kind, **fields)

    def send(self, kind: str, **fields: Any) -> None:
        """Write one message."""
        if self._early is not None:
            self._early.append((kind, fields))
            return
        if os.getpid() != self._process or _identity(self._descriptor) != self._pipe:
            # A script may close descriptors that it did not open, and get the number again for a file of its own.
            return
        data = json.dumps({"type": kind, **fields}, default=str).encode("ascii") + b"\n"
        with self._lock:
            try:
                while data:
                    data = data[os.write(self._descriptor, data) :]
            except OSError:
                # Nobody listens any more; the script's own work matters more than its report.
                self._pipe = None

    def settle(self) -> None:
        """Wait a moment until all that was sent and printed so far has been read."""
        if os.getpid() != self._process:
            return
        for stream in (sys.stdout, sys.stderr):
            # A script may have put anything there.
            with contextlib.suppress(Exception):
                stream.flush()
        wait_until_read(self._descriptor, 1, 2)

    def notice(self, text: str) -> None:
        """Tell a person something."""
        self.send("notice", text=text)

    def metric(self, name: str, value: float, data: str, direction: str, rows: int | None) -> None:
        """Report a measured value."""
        number, spelling = _finite(value)
        self.send("metric", name=name, value=number, spelling=spelling, data=data, direction=direction, rows=rows)

    def epoch(self, epoch: int, epochs: int | None, metrics: Mapping[str, float]) -> None:
        """Report an epoch or boosting round; `epoch` counts from 1."""
        values: dict[str, float | None] = {name: _finite(value)[0] for name, value in metrics.items()}
        self.send("epoch", epoch=epoch, epochs=epochs, metrics=values)


def _identity(descriptor: int) -> tuple[int, int] | None:
    try:
        status = os.fstat(descriptor)
    except OSError:
        return None
    return (status.st_dev, status.st_ino)


def _finite(value: float) -> tuple[float | None, str | None]:
    number = float(value)
    return (number, None) if math.isfinite(number) else (None, str(number))
