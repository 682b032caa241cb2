"""scikit-learn's cross-validation and searches over parameters."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, Callable

from ..child.data_roles import row_count
from ..child.observer import Observer
from .sklearn_estimators import score_hook
from .wrapping import arguments_of, wrap


def hook_search(module: ModuleType, observer: Observer) -> None:
    """Hook the fit of searches: the best mean score is of held-out folds; then their `score`."""

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        value = original(*args, **kwargs)
        if not observer.depth:
            best = getattr(args[0], "best_score_", None)
            named = arguments_of(original, args, kwargs)
            _report(observer, getattr(args[0], "scoring", None), args[0].estimator, best, row_count(named.get("X")))
        return value

    # The classes were made before this hook, so the hook of their base's `fit` lies inside this one.
    wrap(module.BaseSearchCV, "fit", around)
    wrap(module.BaseSearchCV, "score", score_hook(observer))


def hook_validation(module: ModuleType, observer: Observer) -> None:
    """Hook `cross_val_score`, `cross_validate` and `cross_val_predict`."""

    def scores(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if observer.depth:
            return original(*args, **kwargs)
        with observer.inside():
            value = original(*args, **kwargs)
        named = arguments_of(original, args, kwargs)
        rows = row_count(named.get("X"))
        found = (
            {key: one for key, one in value.items() if key.startswith("test_")}
            if isinstance(value, dict)
            else {"test_score": value}
        )
        for key, one in found.items():
            scoring = named.get("scoring") if key == "test_score" else key[len("test_") :]
            _report(observer, scoring, named.get("estimator"), sys.modules["numpy"].mean(one), rows)
        return value

    def predictions(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        with observer.inside():
            value = original(*args, **kwargs)
        if not observer.depth:
            # Each row was predicted by a model that had not seen it.
            observer.roles.learn("validation", arguments_of(original, args, kwargs).get("y"))
        return value

    wrap(module, "cross_val_score", scores)
    wrap(module, "cross_validate", scores)
    wrap(module, "cross_val_predict", predictions)


def _report(observer: Observer, scoring: Any, estimator: Any, value: Any, rows: Any) -> None:
    if isinstance(scoring, str) and scoring.startswith("neg_"):
        # `neg_mean_squared_error` is the error with its sign turned.
        observer.metric(scoring[len("neg_") :], -value, "validation", rows, "minimize")
    elif value is not None:
        kind = "classifier" if _is_classifier(estimator) else "regressor"
        name = scoring if isinstance(scoring, str) else {"classifier": "accuracy", "regressor": "r2"}[kind]
        observer.metric(name, value, "validation", rows, "maximize")


def _is_classifier(estimator: Any) -> bool:
    return bool(sys.modules["sklearn.base"].is_classifier(estimator))
