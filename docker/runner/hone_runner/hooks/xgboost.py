"""XGBoost: what `train` evaluates each round; the scikit-learn classes of XGBoost call it too."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any, Callable

from ..child.data_roles import row_count
from ..child.observer import Observer
from .boosting import BoostingRun
from .wrapping import arguments_of, call_with, wrap
from .xgboost_checkpoints import keep_rounds


def hook_training(module: ModuleType, observer: Observer) -> None:
    """Hook `xgboost.train`; done before the package imports it from here."""

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        # Inside the `fit` of an estimator is one level; deeper is a search over models.
        named = {} if observer.depth > 1 else arguments_of(original, args, kwargs)
        if not named:
            return original(*args, **kwargs)
        evals: list[tuple[Any, str]] = list(named.get("evals") or ())
        run = BoostingRun(observer, [(name, _role(observer, data, named["dtrain"], name), _rows(data)) for data, name in evals])
        _learn(observer, named["dtrain"], [data for data, _ in evals])
        callbacks = named.get("callbacks")
        rounds = int(named.get("num_boost_round", 10))
        ours = _callback(run, rounds)
        with observer.inside(), keep_rounds(observer, run, named, rounds) as first:
            booster = (
                call_with(original, args, kwargs, callbacks=[*first, *(callbacks or []), ours])
                if ours
                else original(*args, **kwargs)
            )
        run.finish(getattr(booster, "best_iteration", None) if named.get("early_stopping_rounds") or callbacks else None)
        return booster

    wrap(module, "train", around)


def hook_core(module: ModuleType, observer: Observer) -> None:
    """Hook what a booster predicts, of which metric functions see only the answers."""

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        value = original(*args, **kwargs)
        if not observer.depth:
            data = arguments_of(original, args, kwargs).get("data")
            observer.evaluations.predicted(args[0], _Rows(data), value)
        return value

    wrap(module.Booster, "predict", around)


class _Rows:
    """The rows of a matrix of XGBoost's, read only where somebody looks at them."""

    def __init__(self, matrix: Any) -> None:
        self._matrix = matrix
        self.shape = (matrix.num_row(), matrix.num_col())

    def __array__(self, *_args: Any, **_options: Any) -> Any:
        return self._matrix.get_data().toarray()


def _callback(run: BoostingRun, rounds: int) -> Any:
    """Make a callback; None for versions before 1.3, whose callbacks are another thing."""
    base: Any = getattr(importlib.import_module("xgboost.callback"), "TrainingCallback", None)
    if base is None:
        return None

    class RoundCallback(base):  # type: ignore[misc]
        def after_iteration(self, _model: Any, epoch: int, evals_log: dict[str, dict[str, list[Any]]]) -> bool:
            run.follow(evals_log)
            if evals_log:
                run.end_round(epoch, rounds)
            return False

    return RoundCallback()


def _learn(observer: Observer, train: Any, evaluated: list[Any]) -> None:
    """Remember the labels, which scripts measure their predictions against."""
    observer.roles.learn("train", train.get_label())
    for data in evaluated:
        if data is not train:
            observer.roles.learn("validation", data.get_label())


def _role(observer: Observer, data: Any, train: Any, name: str) -> str:
    same = data is train or name.lower() in ("train", "training", "dtrain")
    return "train" if same or observer.roles.same(data.get_label(), train.get_label()) else "validation"


def _rows(data: Any) -> int | None:
    return row_count(data.get_label())
