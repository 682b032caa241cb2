"""The way out to the supervisor: numbered JSON lines, kept until they are acknowledged."""

from __future__ import annotations

import json
import threading
from collections import deque
from typing import Any, BinaryIO, NamedTuple

from .protocol import Event

#: Output that nobody acknowledged is kept up to this size; older output is then given up. Other events are always kept.
KEPT_OUTPUT_BYTES = 16 * 1024 * 1024


class _Line(NamedTuple):
    sequence: int
    data: bytes
    output: bool


class Channel:
    """Sends events in order. A slow reader slows the sender down; a reader that went away loses nothing but old output."""

    def __init__(self, stream: BinaryIO, kept_output_bytes: int = KEPT_OUTPUT_BYTES) -> None:
        self._stream = stream
        self._capacity = kept_output_bytes
        self._kept: deque[_Line] = deque()
        self._output_bytes = 0
        self._given_up_bytes = 0
        self._sequence = 0
        # Two locks, so that an acknowledgement never waits for a reader that is slow.
        self._order = threading.Lock()
        self._keeping = threading.Lock()

    def send(self, kind: str, **fields: Any) -> None:
        """Number an event, keep it and write it."""
        with self._order:
            self._sequence += 1
            event: Event = {"type": kind, "sequence": self._sequence, **fields}
            line = _Line(self._sequence, json.dumps(event, allow_nan=False).encode("ascii") + b"\n", kind == "output")
            self._keep(line)
            self._write(line.data)

    def acknowledge(self, sequence: int) -> None:
        """Forget everything up to and including `sequence`."""
        with self._keeping:
            while self._kept and self._kept[0].sequence <= sequence:
                line = self._kept.popleft()
                self._output_bytes -= len(line.data) if line.output else 0

    def resend(self, trials: list[Event]) -> None:
        """Write again all that was not acknowledged, in order, between two marks; say how much output was given up.

        The first mark tells the `trials` that run. A reader that came late knows by it where what it may have missed begins.
        """
        with self._order:
            self._mark(trials, done=False)
            with self._keeping:
                lines, given_up = list(self._kept), self._given_up_bytes
                self._given_up_bytes = 0
            for line in lines:
                self._write(line.data)
            self._mark([], done=True)
        if given_up:
            self.send("notice", trial=0, text=f"{given_up / 1e6:.1f} MB of output came while nobody listened and are lost.")

    def _mark(self, trials: list[Event], *, done: bool) -> None:
        self._write(json.dumps({"type": "resending", "done": done, "trials": trials}).encode("ascii") + b"\n")

    def _keep(self, line: _Line) -> None:
        with self._keeping:
            self._kept.append(line)
            self._output_bytes += len(line.data) if line.output else 0
            if self._output_bytes > self._capacity:
                self._give_up_output()

    def _give_up_output(self) -> None:
        """Drop the older half of the kept output."""
        excess = self._output_bytes - self._capacity // 2
        remaining: deque[_Line] = deque()
        for line in self._kept:
            if line.output and excess > 0:
                excess -= len(line.data)
                self._output_bytes -= len(line.data)
                self._given_up_bytes += len(line.data)
            else:
                remaining.append(line)
        self._kept = remaining

    def _write(self, data: bytes) -> None:
        try:
            self._stream.write(data)
            self._stream.flush()
        except OSError:
            # The reader is gone. The line stays kept, and a reader that comes back asks for it.
            return
