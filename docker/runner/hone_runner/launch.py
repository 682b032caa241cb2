"""What starting a script takes and gives, whichever way its process comes about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, NamedTuple, Protocol


@dataclass(frozen=True)
class Launch:
    """A script to start. `job` says what runs, `mark` stands in the environment of all its processes."""

    job: dict[str, Any]
    directory: str
    environment: dict[str, str]
    mark: str


class WriteEnds(NamedTuple):
    """The descriptors that the script's process writes to; whoever made them closes them after the start."""

    stdout: int
    stderr: int
    metrics: int


class Started(Protocol):
    """A process that leads a group of its own."""

    pid: int

    def wait(self, timeout_seconds: float | None) -> int | None:
        """Wait for its end: the exit code, negative for a signal, or None where the time is over."""


#: Raises OSError where no process can be had.
Start = Callable[[Launch, WriteEnds], Started]
