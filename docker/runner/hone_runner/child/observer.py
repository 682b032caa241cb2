"""What hooks report to: names, labels and paces what they see, and knows which call is inside which."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import Any, Callable, Iterator, Mapping

from ..metric_names import canonical_name, direction_of
from .checkpoints import Checkpoints
from .data_roles import DataRoles
from .evaluation_sample import keep_sample
from .evaluations import Evaluations
from .folds import Fit, Folds
from .loader_passes import LoaderPasses
from .reporter import Reporter

#: So many values of one metric are reported as they come; a loop that measures more is told of at this pace, and its last.
_UNPACED = 50
_UNPACED_ROUNDS = 200
_PACE_SECONDS = 0.2


class _Nesting(threading.local):
    depth = 0


class Observer:
    """One for the process. Hooks call it only from the thread that they were called in."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._nesting = _Nesting()
        self._counts: dict[tuple[str, str], int] = {}
        self._held: dict[tuple[str, str], dict[str, Any]] = {}
        self._last_told = 0.0
        self._at_end: list[Callable[[], None]] = []
        self._folds = Folds()
        self.roles = DataRoles()
        self.checkpoints = Checkpoints(reporter)
        self.evaluations = Evaluations()
        self.passes = LoaderPasses()
        #: Folder that a sample of the last evaluation is kept in; None keeps none.
        self.sample_folder: str | None = None

    @property
    def depth(self) -> int:
        """How many hooked calls are under way in this thread."""
        return self._nesting.depth

    @contextlib.contextmanager
    def inside(self) -> Iterator[None]:
        """For the time of a hooked call: what it measures inside is its own affair."""
        self._nesting.depth += 1
        try:
            yield
        finally:
            self._nesting.depth -= 1

    def at_end(self, function: Callable[[], None]) -> None:
        """Call `function` when the script has ended, to tell what is only known then."""
        self._at_end.append(function)

    def metric(self, name: str, value: Any, data: str, rows: int | None = None, direction: str | None = None) -> None:
        """Report a value, where it is a number; `name` as the library has it."""
        number = as_number(value)
        if number is None:
            return
        name = canonical_name(name)
        fields: dict[str, Any] = {
            "name": name,
            "value": number,
            "data": data,
            "direction": direction or direction_of(name),
            "rows": rows,
        }
        fitted = self.roles.fitted
        if fitted and rows and data != "train":
            self._folds.add(name, fields["direction"], number, rows, Fit(fitted[0][0], fitted[0], fitted[-1]))
        key = (name, data)
        self._counts[key] = self._counts.get(key, 0) + 1
        now = time.monotonic()
        # What was held back of it is not told any more: it is behind.
        self._held.pop(key, None)
        if self._counts[key] > _UNPACED and now - self._last_told < _PACE_SECONDS:
            self._held[key] = fields
            return
        self._tell_held()
        self._last_told = now
        self._reporter.metric(**fields)

    def epoch(self, epoch: int, epochs: int | None, metrics: Mapping[str, Any]) -> None:
        """Report an epoch, counted from 1; names with `val_` are of validation data."""
        values = {name: as_number(value) for name, value in metrics.items()}
        self._reporter.epoch(epoch, epochs, {_epoch_name(name): value for name, value in values.items() if value is not None})

    def parameters(self, count: Callable[[], int | None]) -> None:
        """Report how many trainable numbers the model has that was fitted last, where `count` can tell."""
        # A model of a kind that nobody foresaw must not fail for being counted.
        with contextlib.suppress(Exception):
            number = count()
            if number is not None:
                self._reporter.send("parameters", count=number)

    def notice(self, text: str) -> None:
        """Tell a person something."""
        self._reporter.notice(text)

    def finish(self) -> None:
        """Tell what is left to tell."""
        for function in self._at_end:
            with contextlib.suppress(Exception):
                function()
        self._tell_held()
        for found in self._folds.found():
            self._reporter.send("folds", **found)

    def keep_sample(self) -> None:
        """Keep a sample of what was measured last. To be called before Python ends: frameworks are taken down by then."""
        evaluation = self.evaluations.last()
        if evaluation is None or self.sample_folder is None:
            return
        # A full disk must not fail a script that went well.
        with contextlib.suppress(OSError), self.inside():
            keep_sample(evaluation, self.sample_folder)

    def _tell_held(self) -> None:
        held, self._held = self._held, {}
        for fields in held.values():
            self._reporter.metric(**fields)


class Pace:
    """Lets through the first, and after these what comes at a rate that a person can follow; costs a clock's reading."""

    def __init__(self, unpaced: int = _UNPACED_ROUNDS, seconds: float = _PACE_SECONDS) -> None:
        self._unpaced = unpaced
        self._seconds = seconds
        self._next = 0.0

    def due(self) -> bool:
        """Whether it is time to report."""
        now = time.monotonic()
        if self._unpaced <= 0 and now < self._next:
            return False
        self._unpaced -= 1
        self._next = now + self._seconds
        return True


def as_number(value: Any) -> float | None:
    """Return a scalar of any library as a float; None where it is none."""
    if isinstance(value, (str, bytes)) or value is None or getattr(value, "shape", ()) not in ((), (1,)):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _epoch_name(name: str) -> str:
    return f"val_{canonical_name(name[4:])}" if name.startswith("val_") else canonical_name(name)
