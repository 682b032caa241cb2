"""Keras: `fit`, `evaluate` and loops over `train_on_batch`, of Keras 2 and 3 and of those inside TensorFlow."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any, Callable, Mapping, Optional, Sequence

from ..child.data_roles import row_count
from ..child.observer import Observer
from ..metric_names import direction_of, split_name
from .keras_checkpoints import FitCall, fit_with_checkpoints
from .parameters import of_keras
from .wrapping import Around, arguments_of, wrap

#: Takes epoch, number of epochs and values.
OnEpoch = Callable[[int, Optional[int], Mapping[str, Any]], None]


def hook_trainer(module: ModuleType, observer: Observer) -> None:
    """Hook the classes that `module` defines and that define `fit`."""
    package = "tensorflow.python.keras" if module.__name__.startswith("tensorflow.") else module.__name__.split(".")[0]
    for owner in list(vars(module).values()):
        if not isinstance(owner, type) or owner.__module__ != module.__name__:
            continue
        for name in ("fit", "fit_generator"):
            wrap(owner, name, _fit(observer, package))
        for name in ("evaluate", "evaluate_generator"):
            wrap(owner, name, _evaluate(observer))
        wrap(owner, "predict", _predict(observer))
        wrap(owner, "train_on_batch", _train_on_batch(observer))


def _fit(observer: Observer, package: str) -> Around:
    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        named = {} if observer.depth else arguments_of(original, args, kwargs)
        callbacks = named.get("callbacks")
        if not named or not (callbacks is None or isinstance(callbacks, (list, tuple))):
            return original(*args, **kwargs)
        history: list[Mapping[str, Any]] = []

        def on_epoch(epoch: int, epochs: int | None, logs: Mapping[str, Any]) -> None:
            history.append(logs)
            observer.epoch(epoch, epochs, logs)

        validation = named.get("validation_data")
        observer.roles.learn("train", named.get("x", named.get("generator")), named.get("y"))
        observer.roles.learn("validation", *(validation[:2] if isinstance(validation, (list, tuple)) else [validation]))
        call = FitCall(original, args, kwargs, named, package, history)
        ours = _epoch_callback(package, on_epoch)
        with observer.inside():
            value = fit_with_checkpoints(observer, call, ours)
        observer.parameters(lambda: of_keras(args[0]))
        if isinstance(validation, (list, tuple)) and len(validation) > 1:
            observer.evaluations.measured(args[0], validation[0], validation[1], "validation")
        if history:
            _report_epoch(observer, history[_kept_epoch(callbacks or (), len(history), package)], named)
        return value

    return around


def _epoch_callback(package: str, on_epoch: OnEpoch) -> Any:
    """Make a callback of the trainer's own Keras; it looks at epochs alone, so Keras calls nothing for it at each batch."""
    base: Any = importlib.import_module(f"{package}.callbacks").Callback

    class EpochCallback(base):  # type: ignore[misc]
        def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
            params = getattr(self, "params", None) or {}
            on_epoch(epoch + 1, params.get("epochs", params.get("nb_epoch")), dict(logs or {}))

    return EpochCallback()


def _kept_epoch(callbacks: Sequence[Any], epochs: int, package: str) -> int:
    """Index of the epoch whose weights the model ends with: the last, unless a callback restored those of its best."""
    for callback in callbacks:
        if getattr(callback, "restore_best_weights", False) and getattr(callback, "best_weights", None) is not None:
            stopped = getattr(callback, "stopped_epoch", 0) > 0
            # Keras 3 restores in any case, Keras 2 only where it stopped early.
            if stopped or package == "keras":
                return min(int(getattr(callback, "best_epoch", epochs - 1)), epochs - 1)
    return epochs - 1


def _report_epoch(observer: Observer, logs: Mapping[str, Any], named: dict[str, Any]) -> None:
    validation = named.get("validation_data")
    rows, split = row_count(named.get("x")), named.get("validation_split") or 0.0
    held_out = row_count(validation[0]) if isinstance(validation, (list, tuple)) else None
    if validation is None and split and rows is not None:
        held_out = rows - int(rows * (1 - split))
        rows -= held_out
    for name, value in logs.items():
        # What has no `val_` is of the training data; the learning rate is among the logs and no metric.
        metric, data = split_name(name) if name.startswith("val_") else (name, "train")
        if name not in ("lr", "learning_rate"):
            observer.metric(metric, value, data, held_out if data == "validation" else rows)


def _evaluate(observer: Observer) -> Around:
    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if observer.depth:
            return original(*args, **kwargs)
        with observer.inside():
            value = original(*args, **kwargs)
        named = arguments_of(original, args, kwargs)
        data, truth = named.get("x", named.get("generator")), named.get("y")
        rows = row_count(data) if truth is None else row_count(truth)
        role = observer.roles.role_of(data, truth)
        observer.evaluations.measured(args[0], data, truth, role)
        for name, one in _named_values(args[0], value).items():
            observer.metric(name, one, role, rows, _direction(name))
        return value

    return around


def _predict(observer: Observer) -> Around:
    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        value = original(*args, **kwargs)
        if not observer.depth:
            observer.evaluations.predicted(args[0], arguments_of(original, args, kwargs).get("x"), value)
        return value

    return around


def _train_on_batch(observer: Observer) -> Around:
    last: dict[int, tuple[Any, Any]] = {}

    def tell_last() -> None:
        for model, value in last.values():
            for name, one in _named_values(model, value).items():
                observer.metric(name, one, "train", None, _direction(name))

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        value = original(*args, **kwargs)
        if not observer.depth:
            if not last:
                observer.at_end(tell_last)
            last[id(args[0])] = (args[0], value)
        return value

    return around


def _named_values(model: Any, value: Any) -> dict[str, Any]:
    """Results of a model by the names that its metrics were compiled with."""
    if isinstance(value, dict):
        return value
    values = list(value) if isinstance(value, (list, tuple)) else [value]
    names = list(getattr(model, "metrics_names", None) or ["loss"])
    if "compile_metrics" in names or len(names) != len(values):
        # Keras 3 names all compiled metrics as one; their own names stand in its results.
        names = list(model.get_metrics_result()) if hasattr(model, "get_metrics_result") else names
    return dict(zip(names, values))


def _direction(name: str) -> str:
    return direction_of(split_name(name)[0])
