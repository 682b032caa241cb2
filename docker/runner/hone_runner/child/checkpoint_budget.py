"""How often the state of a training is saved: as often as it can be without costing it much time."""

from __future__ import annotations

import os
import time
from typing import Callable

#: Of the wall time, what all saving together may take, where the variable does not say otherwise.
_SHARE = 0.05
_VARIABLE = "HONE_CHECKPOINT_SHARE"
#: What a first save is taken to cost, seconds.
_FIRST_SECONDS = 0.02
#: A save that failed is tried again no sooner, seconds.
_RETRY_SECONDS = 5.0


class CheckpointBudget:
    """Counts from `began`, a monotonic clock's reading."""

    def __init__(self, began: float) -> None:
        self._began = began
        self._share = _share()
        self._spent = 0.0
        self._cost = _FIRST_SECONDS
        self._not_before = began
        self._told = False

    def due(self) -> bool:
        """Whether another save stays within the share."""
        now = time.monotonic()
        return now >= self._not_before and self._spent + self._cost <= self._share * (now - self._began)

    def saved(self, seconds: float) -> None:
        """Count a save."""
        self._spent += seconds
        self._cost = seconds
        self._told = False

    def failed(self, seconds: float, error: OSError, notice: Callable[[str], None]) -> None:
        """Count a save that failed, and tell of the first of a row."""
        self._spent += seconds
        self._cost = max(self._cost, seconds)
        self._not_before = time.monotonic() + _RETRY_SECONDS
        if not self._told:
            self._told = True
            notice(f"A checkpoint could not be saved ({error.strerror or error}): the one before is kept, the training goes on.")


def _share() -> float:
    try:
        return float(os.environ[_VARIABLE])
    except (KeyError, ValueError):
        return _SHARE
