"""LightGBM: what `train` evaluates each round; the scikit-learn classes of LightGBM call it too."""

from __future__ import annotations

from types import ModuleType
from typing import Any, Callable

from ..child.data_roles import row_count
from ..child.observer import Observer
from .boosting import BoostingRun
from .lightgbm_checkpoints import BoostingCall, boost_with_checkpoints
from .sklearn_estimators import prediction_hook
from .wrapping import arguments_of, wrap


def hook_engine(module: ModuleType, observer: Observer) -> None:
    """Hook `lightgbm.train`; done before the package imports it from here."""

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        named = {} if observer.depth > 1 else arguments_of(original, args, kwargs)
        if not named:
            return original(*args, **kwargs)
        train, evaluated = named["train_set"], _listed(named.get("valid_sets"))
        names = _listed(named.get("valid_names")) or [f"valid_{index}" for index in range(len(evaluated))]
        run = BoostingRun(
            observer,
            [
                ("training" if data is train else name, "train" if data is train else "validation", row_count(data.label))
                for name, data in zip(names, evaluated)
            ],
        )
        observer.roles.learn("train", train.label)
        observer.roles.learn("validation", *[data.label for data in evaluated if data is not train])
        with observer.inside():
            call = BoostingCall(original, args, kwargs, named)
            callbacks = [*(named.get("callbacks") or []), _callback(run)]
            booster = boost_with_checkpoints(observer, module, run, call, callbacks)
        best = getattr(booster, "best_iteration", 0)
        run.finish(best - 1 if best and best > 0 else None)
        return booster

    wrap(module, "train", around)


def hook_basic(module: ModuleType, observer: Observer) -> None:
    """Hook what a booster predicts from an array."""
    wrap(module.Booster, "predict", prediction_hook(observer, "data"))


def _callback(run: BoostingRun) -> Callable[[Any], None]:
    log: dict[str, dict[str, list[Any]]] = {}
    run.follow(log)

    def after_round(env: Any) -> None:
        for name, metric, value, *_ in env.evaluation_result_list or ():
            log.setdefault(name, {}).setdefault(metric, []).append(value)
        if log:
            run.end_round(env.iteration, env.end_iteration)

    # Before the callback that stops early, which ends the round with an exception.
    after_round.order = 5  # type: ignore[attr-defined]
    return after_round


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]
