"""The next point to try."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy
import optuna

from .history import study_of
from .space import distributions_of, from_params

#: A model of so few trials is a guess; before that points are drawn at random.
_STARTUP = 5


def suggest(request: Mapping[str, Any]) -> dict[str, Any]:
    """Find a value for every dimension. The same request has the same answer: the sampler is seeded by study and trial."""
    warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
    seed = int(numpy.random.SeedSequence([request["seed"], request["trial"]]).generate_state(1)[0])
    study = study_of(request, _sampler(request["strategy"], seed))
    trial = study.ask(distributions_of(request["dimensions"]))
    return from_params(request["dimensions"], trial.params)


def _sampler(strategy: str, seed: int) -> optuna.samplers.BaseSampler:
    if strategy == "random":
        return optuna.samplers.RandomSampler(seed=seed)
    # Trials side by side keep away from one another: those that run count as bad (constant liar).
    return optuna.samplers.TPESampler(seed=seed, multivariate=True, constant_liar=True, n_startup_trials=_STARTUP)
