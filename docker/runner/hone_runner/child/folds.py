"""Recognizes a cross-validation that a script writes as a loop: the same metric after each of several fits, on other rows."""

from __future__ import annotations

from typing import Any, NamedTuple

from .data_roles import Fingerprint

_FEWEST_FOLDS = 3


class Fit(NamedTuple):
    """What a model was fitted on: rows, and the fingerprints of data and labels."""

    rows: int
    data: Fingerprint
    labels: Fingerprint


class _Fold(NamedTuple):
    value: float
    rows: int
    labels: Fingerprint


class Folds:
    """Measurements by the fit that they came after. Folds of one split have as many rows together, and labels of their own."""

    def __init__(self) -> None:
        self._folds: dict[tuple[str, str, int], dict[Fingerprint, _Fold]] = {}

    def add(self, name: str, direction: str, value: float, rows: int, fit: Fit) -> None:
        """Remember a measurement on `rows` that the model was not fitted on; the last of each fit counts."""
        group = self._folds.setdefault((name, direction, fit.rows + rows), {})
        group[fit.data] = _Fold(value, rows, fit.labels)

    def found(self) -> list[dict[str, Any]]:
        """Metric, mean, rows and folds of each cross-validation; where it is not sure, a told mean must confirm it."""
        return [
            {
                "name": name,
                "direction": direction,
                "value": sum(fold.value for fold in group.values()) / len(group),
                "rows": sum(fold.rows for fold in group.values()),
                # Sorted labels are alike in each stratified fold, as they are for several models on one split.
                "sure": len({fold.labels for fold in group.values()}) >= _FEWEST_FOLDS,
                "folds": [fold.value for fold in group.values()],
            }
            for (name, direction, _), group in self._folds.items()
            if len(group) >= _FEWEST_FOLDS
        ]
