"""CatBoost: what a fit evaluated, and the scores of its classes."""

from __future__ import annotations

from types import ModuleType
from typing import Any, Callable

from ..child.observer import Observer
from .boosting import BoostingRun
from .catboost_checkpoints import fit_with_snapshots
from .sklearn_estimators import prediction_hook, score_hook
from .wrapping import arguments_of, wrap

#: Its own callbacks hand over the whole history each round, so rounds are told after the fit, this many of them.
_TOLD_ROUNDS = 200


def hook_core(module: ModuleType, observer: Observer) -> None:
    """Hook the one method that every `fit` of CatBoost ends in, and the scores."""

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        named = {} if observer.depth else arguments_of(original, args, kwargs)
        if not named:
            with observer.inside():
                return original(*args, **kwargs)
        _learn(observer, named)
        with observer.inside():
            value, done = fit_with_snapshots(observer, original, args, kwargs, named)
        _report(observer, args[0], done)
        return value

    wrap(module.CatBoost, "_fit", around)
    for name in ("CatBoostClassifier", "CatBoostRegressor"):
        wrap(getattr(module, name), "score", score_hook(observer))
        for method in ("predict", "predict_proba"):
            wrap(getattr(module, name), method, prediction_hook(observer, "data"))


def _learn(observer: Observer, named: dict[str, Any]) -> None:
    observer.roles.learn("train", *_arrays(named.get("X"), named.get("y")))
    evaluated = named.get("eval_set")
    for one in evaluated if isinstance(evaluated, list) else [evaluated]:
        observer.roles.learn("validation", *(_arrays(*one) if isinstance(one, tuple) else _arrays(one, None)))


def _arrays(data: Any, labels: Any) -> list[Any]:
    """Return the data and its labels, which a Pool holds itself."""
    if labels is None and hasattr(data, "get_label"):
        labels = data.get_label()
    return [data, labels]


def _report(observer: Observer, model: Any, done: int) -> None:
    log = model.get_evals_result() or {}
    lengths = [len(history) for metrics in log.values() for history in metrics.values()]
    if not lengths:
        return
    rounds = max(lengths)
    run = BoostingRun(observer, [(name, "train" if name == "learn" else "validation", None) for name in log])
    run.follow(log)
    step = max(1, rounds // _TOLD_ROUNDS)
    for index in sorted({*range(0, rounds, step), rounds - 1}):
        if index >= done:
            run.report_round(index, rounds)
    best = model.get_best_iteration()
    run.finish(best if best is not None and model.tree_count_ == best + 1 else None)
