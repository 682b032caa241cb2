"""Follows a script's output for lines that tell a metric."""

from __future__ import annotations

import codecs
import re
from typing import Dict, Optional

from .measurement import Measurement
from .told_metrics import EpochLine, last_of_each, parse_bare, parse_epoch, parse_told

_LINE_END = re.compile(r"[\r\n]+")
_LONGEST_REST = 4_000


class PrintedEpoch(Dict[str, Optional[float]]):
    """Metrics of an epoch by name, `val_` before those of validation data."""

    def __init__(self, line: EpochLine, told: list[Measurement]) -> None:
        super().__init__()
        self.epoch = line.epoch
        self.epochs = line.epochs
        for one in told:
            self[f"val_{one.name}" if one.data in ("validation", "test") else one.name] = one.value


_FRAME = re.compile(r"\s+File \"[^\"]*\", line \d+")


class OutputStream:
    """One of the two streams of a script: decodes it and finds what its lines tell."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._told: list[Measurement] = []
        self._epoch: EpochLine | None = None
        self._last_line = ""
        self._in_traceback = False

    def decode(self, chunk: bytes) -> str:
        """Text of the next bytes; a character cut by the chunk's end comes with the next."""
        return self._decoder.decode(chunk)

    def read(self, text: str) -> list[PrintedEpoch]:
        """Look at the lines that `text` ends; epochs that they tell."""
        *lines, rest = _LINE_END.split(self._rest + text)
        self._rest = rest[-_LONGEST_REST:]
        found = [self._read_line(line) for line in lines]
        return [epoch for epoch in found if epoch]

    def finish(self) -> None:
        """The stream is at its end, so is its last line."""
        if self._rest:
            self._read_line(self._rest)
        self._rest = ""

    def told(self, expected: str | None) -> list[Measurement]:
        """What the lines told: the last value of each metric; a bare number counts only as the very last line."""
        if self._told:
            return last_of_each(iter(self._told))
        bare = parse_bare(self._last_line, "print", expected)
        return [bare] if bare else []

    def _read_line(self, line: str) -> PrintedEpoch | None:
        if not line.strip() or self._is_traceback(line):
            return None
        self._last_line = line
        heading = parse_epoch(line)
        self._epoch = heading or self._epoch
        told = parse_told(line, "print")
        self._told = last_of_each(iter([*self._told, *told])) if told else self._told
        if not told or self._epoch is None:
            return None
        # A heading of an epoch counts for the lines below it up to the first that tells something.
        epoch, self._epoch = PrintedEpoch(self._epoch, told), None
        return epoch

    def _is_traceback(self, line: str) -> bool:
        """Whether a line is of a traceback: it quotes what the script would have printed, and ends with what went wrong."""
        was_in = self._in_traceback
        self._in_traceback = _FRAME.match(line) is not None or (was_in and line[:1].isspace())
        return was_in or self._in_traceback
