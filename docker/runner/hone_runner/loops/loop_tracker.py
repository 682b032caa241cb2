"""What rewritten loops call: follows the outermost training loop that is under way."""

from __future__ import annotations

import os
import sys
import threading
import weakref
from types import FrameType
from typing import Any, Iterable, Iterator

from ..child.checkpoints import Checkpoints
from .counted import is_counted
from .find_loops import LoopSite
from .loop_run import LoopRun

#: What a function that is sent to another process finds there instead: loops as they were written.
_ELSEWHERE = (
    "__import__('types').SimpleNamespace(values=None, each=lambda number, passes: passes,"
    " begin=lambda number: None, again=lambda number: None, end=lambda number: None)"
)
#: A loop that begins more often than this is a part of another's pass, and not worth to look at each time.
_MOST_RUNS = 20


class LoopTracker:
    """One for the process. Loops inside of a tracked one, in threads and in forks are left as they are."""

    def __init__(self, checkpoints: Checkpoints, tree: str) -> None:
        self._checkpoints = checkpoints
        self._tree = tree
        self._process = os.getpid()
        self._sites: list[LoopSite] = []
        self._active: weakref.ref[LoopRun] | None = None
        self._begun: dict[int, int] = {}
        #: A `while` has nothing to hold on to its run.
        self._whiles: dict[int, LoopRun] = {}
        #: Values that the names of the function take, whose loop was resumed just now.
        self.values: dict[str, Any] | None = None

    def add(self, site: LoopSite) -> int:
        """Return the number by which the code of a loop names it."""
        self._sites.append(site)
        return len(self._sites) - 1

    def each(self, number: int, passes: Iterable[Any]) -> Iterable[Any]:
        """Return what a `for` goes through: `passes`, as far as an earlier process did not go."""
        if not self._is_outermost(number, sys._getframe(1)):
            return passes
        if not is_counted(passes):
            place = self._sites[number].place(self._tree)
            self._checkpoints.refuse(f"The training loop in {place} goes through data: passes of it cannot be left out.")
            return passes
        return _Passes(self, self._start(number), passes)

    def begin(self, number: int) -> None:
        """A `while` begins."""
        self._whiles.pop(number, None)
        if self._is_outermost(number, sys._getframe(1)):
            self._whiles[number] = self._start(number)

    def again(self, number: int) -> None:
        """A pass of a `while` begins."""
        run = self._whiles.get(number)
        if run is not None and run is self.active:
            run.between(sys._getframe(1), iter(()), None)
            self.values = run.take_values()

    def end(self, number: int) -> None:
        """A loop is left, other than by an exception or out of its function."""
        run = self.active
        if run is not None and run.site is self._sites[number]:
            self._whiles.pop(number, None)
            self._active = None
            run.close()

    @property
    def active(self) -> LoopRun | None:
        """The loop that is tracked now."""
        return self._active() if self._active is not None else None

    def __reduce__(self) -> tuple[Any, ...]:
        return eval, (_ELSEWHERE,)

    def _start(self, number: int) -> LoopRun:
        self._begun[number] = self._begun.get(number, 0) + 1
        before = self.active
        if before is not None:
            before.close()
        run = LoopRun(self._sites[number], self._checkpoints, self._tree)
        self._active = weakref.ref(run)
        return run

    def _is_outermost(self, number: int, frame: FrameType) -> bool:
        if os.getpid() != self._process or threading.current_thread() is not threading.main_thread():
            return False
        run = self.active
        return self._begun.get(number, 0) < _MOST_RUNS and (
            run is None or run.site is self._sites[number] or not _is_inside(run.site, frame)
        )


class _Passes:
    """Goes through the passes of a `for`; its run ends with it."""

    def __init__(self, tracker: LoopTracker, run: LoopRun, passes: Iterable[Any]) -> None:
        self._tracker = tracker
        self._run = run
        self._iterator = iter(passes)
        self._last: Any = None

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        if self._run is self._tracker.active:
            self._run.between(sys._getframe(1), self._iterator, self._last)
            self._tracker.values = self._run.take_values()
        self._last = next(self._iterator)
        return self._last


def _is_inside(site: LoopSite, frame: FrameType | None) -> bool:
    """Whether a frame was called, near or far, from within a loop."""
    while frame is not None:
        if frame.f_code.co_filename == site.path and site.line <= frame.f_lineno <= site.last_line:
            return True
        frame = frame.f_back
    return False
