"""A study in memory, with all that was tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import optuna
from optuna.trial import FrozenTrial, TrialState, create_trial

from .space import distributions_of, to_params

_STATES = {
    "complete": TrialState.COMPLETE,
    "pruned": TrialState.PRUNED,
    "failed": TrialState.FAIL,
    "running": TrialState.RUNNING,
}


def study_of(request: Mapping[str, Any], sampler: optuna.samplers.BaseSampler | None = None) -> optuna.Study:
    """Make the study that a request tells of. In the order of its trials: the sampler looks at it."""
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(study_name="hone", direction=request["direction"], sampler=sampler)
    for past in request["history"]:
        study.add_trial(_trial_of(request, past))
    return study


def _trial_of(request: Mapping[str, Any], past: Mapping[str, Any]) -> FrozenTrial:
    distributions = distributions_of(request["dimensions"])
    params = to_params(request["dimensions"], past["assignment"])
    return create_trial(
        state=_STATES[past["state"]],
        value=past["value"] if past["state"] == "complete" else None,
        params=params,
        distributions={name: distributions[name] for name in params},
        intermediate_values={point["step"]: point["value"] for point in past["intermediate"]},
    )
