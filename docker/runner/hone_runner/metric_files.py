"""Finds the metric in the small text files that scripts write it to."""

from __future__ import annotations

import os
from typing import Iterable

from .measurement import Measurement
from .told_metrics import last_of_each, parse_bare, parse_told

_NAMES = {"accuracy", "acc", "output", "result", "results", "report", "score", "scores", "metric", "metrics", "evaluation"}
_LARGEST_BYTES = 256 * 1024


def is_metric_file(path: str) -> bool:
    """Whether a file's name says that it holds a result: `Accuracy.txt`, `cnn/accuracy.txt`."""
    stem, extension = os.path.splitext(os.path.basename(path).lower())
    return stem in _NAMES and extension in (".txt", ".log", "")


def read_metric_files(paths: Iterable[str], expected: str | None) -> list[Measurement]:
    """What the files among `paths` tell that are named for a result, oldest first."""
    found: list[Measurement] = []
    for path in sorted(filter(is_metric_file, paths), key=os.path.getmtime):
        if os.path.getsize(path) <= _LARGEST_BYTES:
            with open(path, encoding="utf-8", errors="replace") as stream:
                found += parse_metric_text(stream.read(), expected)
    return found


def parse_metric_text(text: str, expected: str | None) -> list[Measurement]:
    """The last value of each metric that a text tells; else its last bare number."""
    lines = [line for line in text.splitlines() if line.strip()]
    told = last_of_each(one for line in lines for one in parse_told(line, "file"))
    if told:
        return told
    for line in reversed(lines):
        bare = parse_bare(line, "file", expected)
        if bare:
            return [bare]
    return []
