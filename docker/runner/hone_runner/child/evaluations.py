"""Remembers on what data, and with which model, the script measured last, so that a sample of it can be re-checked."""

from __future__ import annotations

from collections import deque
from typing import Any, NamedTuple

from .data_roles import row_count

#: A script that predicts for several models before it measures seldom has more of them.
_MOST_PREDICTIONS = 8
#: What is looked at first where a script measured on several.
_ROLES = ("test", "validation", "unknown")


class Prediction(NamedTuple):
    """A call of `predict` or of its like."""

    model: Any
    inputs: Any
    outputs: Any


class Evaluation(NamedTuple):
    """What a number was measured on. Arrays are the script's own, not copies."""

    model: Any
    inputs: Any
    truth: Any
    #: test, validation or unknown
    data: str


class Evaluations:
    """The last evaluation of each kind of data, as hooks saw it."""

    def __init__(self) -> None:
        self._predictions: deque[Prediction] = deque(maxlen=_MOST_PREDICTIONS)
        self._last: dict[str, Evaluation] = {}

    def predicted(self, model: Any, inputs: Any, outputs: Any) -> None:
        """Remember a prediction: a metric that is computed from it names only its outputs."""
        self._predictions.append(Prediction(model, inputs, outputs))

    def measured(self, model: Any, inputs: Any, truth: Any, data: str) -> None:
        """Remember what a model was measured on; what it was trained on says nothing about its mistakes."""
        if data != "train" and inputs is not None and truth is not None and row_count(truth) == row_count(inputs):
            self._last[data] = Evaluation(model, inputs, truth, data)

    def measured_outputs(self, truth: Any, outputs: Any, data: str) -> None:
        """Remember what a metric function compared with the truth, where a prediction is known that it can be from."""
        rows = row_count(truth)
        fitting = [one for one in self._predictions if rows and row_count(one.inputs) == rows]
        same = [one for one in fitting if one.outputs is outputs] or fitting[-1:]
        if same:
            self.measured(same[-1].model, same[-1].inputs, truth, data)

    def last(self) -> Evaluation | None:
        """What a sample is to be taken of; None where nothing was measured on data that is known."""
        return next((self._last[one] for one in _ROLES if one in self._last), None)
