"""Keras: `fit`, `evaluate` and loops over `train_on_batch`, of Keras 2 and 3 and of those inside TensorFlow."""

from __future__ import annotations

import importlib
import math
from types import ModuleType
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

from ..child.data_roles import row_count
from ..child.observer import Observer
from .wrapping import arguments_of, wrap

Around = Callable[..., Any]


def hook_trainer(module: ModuleType, observer: Observer) -> None:
    """Hook the classes of `module` that define `fit`."""
    callback = _CallbackSource(module.__name__)
    for owner in [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__]:
        for name in ("fit", "fit_generator"):
            wrap(owner, name, _fit(observer, callback))
        for name in ("evaluate", "evaluate_generator"):
            wrap(owner, name, _evaluate(observer))
        wrap(owner, "train_on_batch", _train_on_batch(observer))


class _CallbackSource:
    """Makes Keras callbacks of the same Keras that a trainer belongs to."""

    def __init__(self, trainer_module: str) -> None:
        self._package = "tensorflow.python.keras" if trainer_module.startswith("tensorflow.") else trainer_module.split(".")[0]

    def epochs(self, on_epoch: Callable[[int, Optional[int], Mapping[str, Any]], None]) -> Any:
        """Make a callback that only looks at epochs, so Keras calls nothing for it at each batch."""
        base: Any = importlib.import_module(f"{self._package}.callbacks").Callback

        class EpochCallback(base):  # type: ignore[misc]
            def on_epoch_end(self, epoch: int, logs: Optional[Dict[str, Any]] = None) -> None:
                epochs = (self.params or {}).get("epochs", (self.params or {}).get("nb_epoch"))
                on_epoch(epoch + 1, epochs, dict(logs or {}))

        return EpochCallback()


def _fit(observer: Observer, source: _CallbackSource) -> Around:
    def around(original: Callable[..., Any], args: Tuple[Any, ...], kwargs: Dict[str, Any]) -> Any:
        named = arguments_of(original, args, kwargs)
        callbacks = named.get("callbacks")
        if observer.depth or not named or (callbacks is not None and not isinstance(callbacks, (list, tuple))):
            return original(*args, **kwargs)
        history: List[Dict[str, Any]] = []

        def on_epoch(epoch: int, epochs: Optional[int], logs: Mapping[str, Any]) -> None:
            history.append(dict(logs))
            observer.epoch(epoch, epochs, logs)

        _learn(observer, named)
        ours = source.epochs(on_epoch)
        with observer.inside():
            value = original(*_with_callbacks(original, args, kwargs, [*(callbacks or []), ours]))
        _report_history(observer, named, history, callbacks or ())
        return value

    def _with_callbacks(original: Callable[..., Any], args: Tuple[Any, ...], kwargs: Dict[str, Any], callbacks: List[Any]) -> Any:
        raise NotImplementedError

    del _with_callbacks
    return around


def _evaluate(observer: Observer) -> Around:
    def around(original: Callable[..., Any], args: Tuple[Any, ...], kwargs: Dict[str, Any]) -> Any:
        if observer.depth:
            return original(*args, **kwargs)
        with observer.inside():
            value = original(*args, **kwargs)
        named = arguments_of(original, args, kwargs)
        data, truth = named.get("x", named.get("generator")), named.get("y")
        role = observer.roles.role_of(data, truth)
        for name, one in _named_results(args[0], value).items():
            observer.metric(name, one, role, row_count(truth) if truth is not None else row_count(data))
        return value

    return around
