"""Ends a fit that gets no better on validation data."""

from __future__ import annotations

import math
from typing import Any, Mapping

from ..metric_names import direction_of, split_name


class Patience:
    """For one fit: `metric` is followed where the fit tells it of validation data, else its validation loss."""

    def __init__(self, epochs: int, metric: str | None) -> None:
        self._epochs = epochs
        self._metric = split_name(metric)[0] if metric else None
        self._best = -math.inf
        self._in_vain = 0

    def is_over(self, values: Mapping[str, Any]) -> bool:
        """Take an epoch's values, `val_` before the names of those of validation data; whether they were the last to wait for."""
        told = {split_name(name)[0]: value for name, value in values.items() if name.startswith("val_")}
        name = self._metric if self._metric in told else "loss" if "loss" in told else next(iter(told), None)
        if name is None or not isinstance(told[name], (int, float)):
            return False
        value = told[name] if direction_of(name) == "maximize" else -told[name]
        self._in_vain = 0 if value > self._best else self._in_vain + 1
        self._best = max(self._best, value) if value == value else self._best
        return self._in_vain >= self._epochs
