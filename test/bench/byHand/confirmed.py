"""A study as an expert writes it: the script's own values first, then Optuna, until five fresh seeds prove the target at 95 %."""

import json
import statistics
import sys
from collections.abc import Callable
from typing import Any

# Optuna's folder comes last, so that the frameworks stay those of the interpreter.
sys.path.append(sys.argv[2])
import optuna  # noqa: E402

optuna.logging.set_verbosity(optuna.logging.ERROR)
#: Student's t, one-sided at 95 %, of five values.
_T = 2.132
_REPEATS = 5

Suggest = Callable[[optuna.Trial], dict[str, Any]]


def search(suggest: Suggest, own: dict[str, Any], train: Callable[..., float], target: float, most: int) -> None:
    """Search, and print how many trials and repeats it took; `train` takes the values and a seed, or None for the script's own."""
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=int(sys.argv[1])))
    study.enqueue_trial(own)
    repeats = 0
    for _ in range(most):
        trial = study.ask()
        values = suggest(trial)
        accuracy = train(values, None)
        study.tell(trial, accuracy)
        if accuracy < target:
            continue
        fresh = [train(values, 1000 * (repeats + 1) + index) for index in range(_REPEATS)]
        repeats += _REPEATS
        if statistics.mean(fresh) - _T * statistics.stdev(fresh) / _REPEATS**0.5 >= target:
            break
    print(json.dumps({"trials": len(study.trials) - 1, "repeats": repeats, "reached": accuracy >= target}))
