"""One loop that trains, from its first pass to its last."""

from __future__ import annotations

import os
import weakref
from types import FrameType
from typing import Any, Iterator

from ..child.checkpoints import Checkpoints, Training
from ..child.random_state import capture_random, restore_random
from .find_loops import LoopSite
from .heap import Heap, UnsaveableError
from .roots import call_roots, names_of


class LoopRun:
    """Saves what the script can reach between two passes, and goes on from it."""

    def __init__(self, site: LoopSite, checkpoints: Checkpoints, tree: str) -> None:
        self.site = site
        self._checkpoints = checkpoints
        self._tree = tree
        self._passes = -1
        self._heap: Heap | None = None
        self._training: Training | None = None
        self._values: dict[str, Any] | None = None
        self._closing: Any = None

    def between(self, frame: FrameType, iterator: Iterator[Any], last: Any) -> None:
        """Called before each pass, the first too, in the loop's frame; `last` is what the pass before was given."""
        self._passes += 1
        if self._passes == 0:
            self._begin(frame, iterator)
        elif self._training is not None and self._training.due():
            assert self._heap is not None
            self._training.save(self._heap.state(lambda: self._variables(frame)), self._shown(last))

    def take_values(self) -> dict[str, Any] | None:
        """Return, once, the values for the function's names of a loop that was just resumed."""
        values, self._values = self._values, None
        return values

    def close(self) -> None:
        """Let another training begin, and let go what the loop began with."""
        self._heap = None
        if self._closing is not None:
            self._closing()

    def _begin(self, frame: FrameType, iterator: Iterator[Any]) -> None:
        heap = Heap(self._tree, self.site.keeps_graph)
        try:
            heap.add_all(call_roots(frame, self.site, self._tree))
            marks = [self.site.line, os.path.relpath(self.site.path, self._tree), heap.mark()]
        except UnsaveableError as obstacle:
            self._give_up(str(obstacle))
            return
        self._training = self._checkpoints.begin("loop", marks)
        if self._training is None:
            return
        self._heap = heap
        self._closing = weakref.finalize(self, self._training.close)
        if self._resume(self._training, heap):
            for _ in range(self._passes):
                next(iterator, None)

    def _resume(self, training: Training, heap: Heap) -> bool:
        for snapshot in training.candidates():
            before = chances = None
            try:
                before, chances = heap.keep(), capture_random()
                state = heap.restore(snapshot.read)
                training.accept(snapshot)
            except Exception as error:
                # What begins anew begins as if nobody had tried.
                if before is not None and chances is not None:
                    heap.restore(before)
                    restore_random(chances)
                training.reject(snapshot, error)
            else:
                self._passes = int(state["passes"])
                self._values = None if self.site.is_global else state["values"]
                return True
        return False

    def _variables(self, frame: FrameType) -> dict[str, Any]:
        names = {name: value for name, value in names_of(frame).items() if name in self.site.rebound}
        return {"passes": self._passes, "values": names}

    def _shown(self, last: Any) -> int:
        """Number of the last pass as the script shows it: what supervisors compare with the epochs they were told of."""
        value = last[0] if isinstance(last, tuple) and last else last
        return value + self.site.shown_from if type(value) is int and value >= 0 else self._passes

    def _give_up(self, obstacle: str) -> None:
        training = self._checkpoints.begin("loop", [])
        if training is not None:
            reason = f"The training loop in {self.site.place(self._tree)} cannot be resumed inside: {obstacle}."
            self._checkpoints.refuse(reason)
            self._checkpoints.begin_anew(reason)
            self._checkpoints.reporter.notice(reason)
            training.close()
