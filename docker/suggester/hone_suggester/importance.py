"""How much each dimension mattered."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import optuna
from optuna.importance import PedAnovaImportanceEvaluator, get_param_importances

from .history import study_of

#: With fewer complete trials importances are noise.
_LEAST = 10


def importance(request: Mapping[str, Any]) -> dict[str, float]:
    """Weigh the dimensions by PED-ANOVA, summing to 1. Empty with too few trials, or where nothing made a difference."""
    warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
    complete = [past for past in request["history"] if past["state"] == "complete"]
    if len(complete) < _LEAST or len({past["value"] for past in complete}) < 2:
        return {}
    study = study_of({**request, "history": complete})
    weights = get_param_importances(study, evaluator=PedAnovaImportanceEvaluator())
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()} if total > 0 else {}
