"""Dimensions of a search as Optuna has them, and their values to and fro."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy
from numpy.typing import NDArray
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution

Dimension = Mapping[str, Any]


def distributions_of(dimensions: Sequence[Dimension]) -> dict[str, BaseDistribution]:
    """One distribution a dimension, by its id."""
    return {dimension["id"]: _distribution(dimension["range"]) for dimension in dimensions}


def _distribution(span: Mapping[str, Any]) -> BaseDistribution:
    if span["kind"] == "categorical":
        # Lists are no choices of Optuna's; their text is.
        return CategoricalDistribution([json.dumps(choice) for choice in span["choices"]])
    low, high, log = span["low"], span["high"], bool(span["log"]) and span["low"] > 0
    if span["kind"] == "int":
        return IntDistribution(int(low), int(high), log=log)
    return FloatDistribution(float(low), float(high), log=log)


def to_params(dimensions: Sequence[Dimension], assignment: Mapping[str, Any]) -> dict[str, Any]:
    """Convert an assignment to Optuna's values: numbers outside their range count as its end, strange choices are left out."""
    params: dict[str, Any] = {}
    for dimension in dimensions:
        span, value = dimension["range"], assignment.get(dimension["id"])
        if span["kind"] == "categorical":
            if value in span["choices"]:
                params[dimension["id"]] = json.dumps(value)
        elif _is_number(value):
            within = min(max(value, span["low"]), span["high"])
            params[dimension["id"]] = int(within) if span["kind"] == "int" else float(within)
    return params


def from_params(dimensions: Sequence[Dimension], params: Mapping[str, Any]) -> dict[str, Any]:
    """Convert Optuna's values to an assignment."""
    return {
        dimension["id"]: json.loads(params[dimension["id"]])
        if dimension["range"]["kind"] == "categorical"
        else params[dimension["id"]]
        for dimension in dimensions
    }


def places(dimensions: Sequence[Dimension], assignments: Sequence[Mapping[str, Any]]) -> NDArray[numpy.float64]:
    """Lay out assignments, one a row: a number's place in its range, 0 to 1; a choice's index; -1 for what is missing."""
    rows = [[_place(each["range"], assignment.get(each["id"])) for each in dimensions] for assignment in assignments]
    return numpy.array(rows, dtype=float).reshape(len(rows), len(dimensions))


def _place(span: Mapping[str, Any], value: Any) -> float:
    if span["kind"] == "categorical":
        return float(span["choices"].index(value)) if value in span["choices"] else -1.0
    if not _is_number(value):
        return -1.0
    scale = math.log if span["log"] and span["low"] > 0 else float
    low, high, at = (scale(number) for number in (span["low"], span["high"], min(max(value, span["low"]), span["high"])))
    return (at - low) / (high - low) if high > low else 0.0


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
