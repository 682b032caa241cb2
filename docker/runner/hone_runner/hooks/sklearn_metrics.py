"""scikit-learn's metric functions: what a script measures by calling them."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, Callable

from ..child.data_roles import row_count
from ..child.observer import Observer, as_number
from .wrapping import arguments_of, wrap

_SCALAR_METRICS = [
    "accuracy_score",
    "balanced_accuracy_score",
    "f1_score",
    "precision_score",
    "recall_score",
    "log_loss",
    "matthews_corrcoef",
    "cohen_kappa_score",
    "jaccard_score",
    "roc_auc_score",
    "average_precision_score",
    "top_k_accuracy_score",
    "r2_score",
    "explained_variance_score",
    "mean_squared_error",
    "root_mean_squared_error",
    "mean_absolute_error",
    "median_absolute_error",
    "mean_absolute_percentage_error",
    "max_error",
]


def hook_metrics(module: ModuleType, observer: Observer) -> None:
    """Hook what `module` defines; done before `sklearn.metrics` imports from it, so that every form of import sees it."""
    for name in _SCALAR_METRICS:
        wrap(module, name, _scalar(name, observer))
    for name in ("classification_report", "confusion_matrix"):
        wrap(module, name, _tabular(observer))


def _scalar(name: str, observer: Observer) -> Callable[..., Any]:
    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if observer.depth:
            return original(*args, **kwargs)
        with observer.inside():
            value = original(*args, **kwargs)
        truth = _truth(args, kwargs)
        if as_number(value) is not None and truth is not None:
            # Older versions: the root by an argument of the square's function.
            observer.evaluations.measured_outputs(truth, _outputs(args, kwargs), observer.roles.role_of(truth))
            rooted = name == "mean_squared_error" and kwargs.get("squared") is False
            observer.metric("rmse" if rooted else name, value, observer.roles.role_of(truth), row_count(truth))
        return value

    return around


def _tabular(observer: Observer) -> Callable[..., Any]:
    """Reports and confusion matrices hold an accuracy that no function was asked for."""

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if observer.depth:
            return original(*args, **kwargs)
        with observer.inside():
            value = original(*args, **kwargs)
            named = arguments_of(original, args, kwargs)
            truth, accuracy = named.get("y_true"), _accuracy(named.get("y_true"), named.get("y_pred"))
        if accuracy is not None:
            role = observer.roles.role_of(truth)
            observer.evaluations.measured_outputs(truth, named.get("y_pred"), role)
            observer.metric("accuracy", accuracy, role, row_count(truth))
        return value

    return around


def _truth(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return args[0] if args else kwargs.get("y_true")


def _outputs(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return args[1] if len(args) > 1 else kwargs.get("y_pred", kwargs.get("y_score"))


def _accuracy(truth: Any, predicted: Any) -> float | None:
    numpy = sys.modules["numpy"]
    first, second = numpy.asarray(truth), numpy.asarray(predicted)
    if first.shape != second.shape or first.size == 0:
        return None
    same = first == second
    return float(numpy.mean(same if same.ndim == 1 else same.all(axis=1)))
