"""Lightning: what a module logs, at the end of each epoch and of validation and test."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any, Callable, Iterator, Mapping

from ..child.observer import Observer
from ..metric_names import direction_of, split_name
from .lightning_checkpoints import fit_with_checkpoints
from .wrapping import Around, wrap


def hook_trainer(module: ModuleType, observer: Observer) -> None:
    """Hook `fit`, `validate` and `test` of the trainer."""
    wrap(module.Trainer, "fit", _fit(observer, module.__name__.rsplit(".", 2)[0]))
    wrap(module.Trainer, "validate", _measured(observer, "validation"))
    wrap(module.Trainer, "test", _measured(observer, "test"))


def _fit(observer: Observer, package: str) -> Around:
    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        trainer = args[0]
        trainer.callbacks.append(_epoch_callback(observer, package))
        with observer.inside():
            value = fit_with_checkpoints(observer, package, original, args, kwargs)
        _report(observer, trainer.callback_metrics, "train")
        return value

    return around


def _epoch_callback(observer: Observer, package: str) -> Any:
    base: Any = importlib.import_module(f"{package}.callbacks").Callback

    class EpochCallback(base):  # type: ignore[misc]
        def on_train_epoch_end(self, trainer: Any, _module: Any) -> None:
            epochs = trainer.max_epochs
            # It is -1 where there is no limit.
            observer.epoch(trainer.current_epoch + 1, epochs if epochs and epochs > 0 else None, _of_epoch(trainer))

    return EpochCallback()


def _of_epoch(trainer: Any) -> dict[str, Any]:
    """Values of the epoch by the names that every library's epochs have: without `train_`, and `val_` for validation."""
    values: dict[str, Any] = {}
    for name, metric, data in _named(trainer.callback_metrics):
        values[f"val_{metric}" if data == "validation" else metric] = trainer.callback_metrics[name]
    return values


def _measured(observer: Observer, data: str) -> Around:
    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        with observer.inside():
            value = original(*args, **kwargs)
        if not observer.depth:
            _report(observer, args[0].callback_metrics, data)
        return value

    return around


def _report(observer: Observer, metrics: Mapping[str, Any], unnamed: str) -> None:
    for name, metric, data in _named(metrics):
        observer.metric(metric, metrics[name], data if data != "unknown" else unnamed, None, direction_of(metric))


def _named(metrics: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield the name that a value was logged by, its metric and its data; one logged by step and by epoch once."""
    for name in metrics:
        if not name.endswith("_step"):
            yield (name, *split_name(name[: -len("_epoch")] if name.endswith("_epoch") else name))
