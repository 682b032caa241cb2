"""The next point to try."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy
import optuna

from .history import study_of
from .space import distributions_of, from_params, places

#: A model of so few trials is a guess; before that points are drawn at random.
_STARTUP = 5
#: What is nearer to a tried point in every dimension, as a share of its range, says too little for what a trial costs.
_NEAR = 0.1
#: So many points are looked at for one that is not; then the one that is furthest from all that was tried.
_LOOKS = 10


def suggest(request: Mapping[str, Any]) -> dict[str, Any]:
    """Find a value for every dimension. The same request has the same answer: the sampler is seeded by study and trial."""
    warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
    seed = int(numpy.random.SeedSequence([request["seed"], request["trial"]]).generate_state(1)[0])
    study = study_of(request, _sampler(request["strategy"], seed))
    dimensions, distributions = request["dimensions"], distributions_of(request["dimensions"])
    tried = places(dimensions, [past["assignment"] for past in request["history"]])
    # Where points are many for so few dimensions: half of what would be between them, were they spread evenly.
    near = min(_NEAR, 0.5 / max(1, len(tried)) ** (1 / max(1, len(dimensions))))
    furthest, point = -1.0, {}
    for _ in range(_LOOKS):
        # What was asked for and not taken counts as running, so that the sampler looks elsewhere.
        asked = from_params(dimensions, study.ask(distributions).params)
        apart = numpy.abs(tried - places(dimensions, [asked])).max(axis=1, initial=0).min(initial=1)
        if apart > furthest:
            furthest, point = apart, asked
        if apart > near:
            break
    return point


def _sampler(strategy: str, seed: int) -> optuna.samplers.BaseSampler:
    if strategy == "random":
        return optuna.samplers.RandomSampler(seed=seed)
    # Trials side by side keep away from one another: those that run count as bad (constant liar).
    return optuna.samplers.TPESampler(seed=seed, multivariate=True, constant_liar=True, n_startup_trials=_STARTUP)
