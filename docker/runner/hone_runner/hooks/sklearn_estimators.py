"""scikit-learn's estimators, and those of others that build on its base: what they are fitted on, and what `score` says."""

from __future__ import annotations

from types import ModuleType
from typing import Any, Callable

from ..child.data_roles import row_count
from ..child.observer import Observer
from .parameters import of_sklearn
from .wrapping import arguments_of, wrap


def hook_base(module: ModuleType, observer: Observer) -> None:
    """Hook `fit` of every class that derives from BaseEstimator from now on, and the two `score` methods most inherit."""
    base = module.BaseEstimator
    fit, predict = _fit(observer), prediction_hook(observer)
    hooked: set[type] = set()

    def init_subclass(cls: Any, /, **options: Any) -> None:
        super(base, cls).__init_subclass__(**options)
        owner = next((one for one in cls.__mro__ if "fit" in one.__dict__), base)
        # Forests and networks inherit it from a class that does not predict itself.
        if "predict" in dir(cls) and issubclass(owner, base) and owner not in hooked:
            hooked.add(owner)
            wrap(owner, "fit", fit)
        for name in ("predict", "predict_proba"):
            wrap(cls, name, predict)

    base.__init_subclass__ = classmethod(init_subclass)
    wrap(module.ClassifierMixin, "score", score_hook(observer))
    wrap(module.RegressorMixin, "score", score_hook(observer))


def hook_pipeline(module: ModuleType, observer: Observer) -> None:
    """Hook the score of pipelines."""
    wrap(module.Pipeline, "score", score_hook(observer))


def score_hook(observer: Observer) -> Callable[..., Any]:
    """Around a `score(X, y)`: reports it by the name of what it computes."""

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if observer.depth:
            return original(*args, **kwargs)
        with observer.inside():
            value = original(*args, **kwargs)
        named = arguments_of(original, args, kwargs)
        data, truth = named.get("X"), named.get("y")
        if truth is not None:
            role = observer.roles.role_of(data, truth)
            observer.evaluations.measured(args[0], data, truth, role)
            observer.metric(_score_name(args[0]), value, role, row_count(truth), "maximize")
        return value

    return around


def prediction_hook(observer: Observer, inputs: str = "X") -> Callable[..., Any]:
    """Around a `predict`: remembers what was predicted from which data, the argument of the name `inputs`."""

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if observer.depth:
            return original(*args, **kwargs)
        with observer.inside():
            value = original(*args, **kwargs)
        named = arguments_of(original, args, kwargs)
        observer.evaluations.predicted(args[0], named.get(inputs), value)
        return value

    return around


def _fit(observer: Observer) -> Callable[..., Any]:
    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if observer.depth or not hasattr(args[0], "predict"):
            return original(*args, **kwargs)
        named = arguments_of(original, args, kwargs)
        if type(args[0]).__module__.startswith("sklearn."):
            observer.checkpoints.refuse(f"A fit of {type(args[0]).__name__} cannot be resumed inside.")
        with observer.inside():
            value = original(*args, **kwargs)
        observer.parameters(lambda: of_sklearn(args[0]))
        observer.roles.learn("train", named.get("X"), named.get("y"))
        for pair in named.get("eval_set") or ():
            if isinstance(pair, (tuple, list)) and len(pair) == 2:
                observer.roles.learn("validation", *pair)
        return value

    return around


def _score_name(estimator: Any) -> str:
    scoring = getattr(estimator, "scoring", None)
    if isinstance(scoring, str):
        return scoring if not scoring.startswith("neg_") else "neg_loss"
    kind = getattr(estimator, "_estimator_type", None)
    try:
        tags = estimator.__sklearn_tags__()
        kind = tags.estimator_type or kind
    except (AttributeError, TypeError):
        # Versions before 1.6 have no tags; the attribute says it.
        kind = kind or None
    return {"classifier": "accuracy", "regressor": "r2"}.get(str(kind), "score")
