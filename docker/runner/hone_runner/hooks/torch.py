"""PyTorch: how large the model is that an optimizer was made for; its loops measure for themselves."""

from __future__ import annotations

from types import ModuleType
from typing import Any, Callable

from ..child.observer import Observer
from .parameters import of_torch
from .wrapping import wrap


def hook_optimizer(module: ModuleType, observer: Observer) -> None:
    """Hook the making of optimizers; of several, as an adversarial pair has, the largest model counts."""
    largest = 0

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        value = original(*args, **kwargs)
        observer.parameters(lambda: of_larger_model(args[0]))
        return value

    def of_larger_model(optimizer: Any) -> int | None:
        nonlocal largest
        largest = max(largest, of_torch(optimizer.param_groups) or 0)
        return largest or None

    wrap(module.Optimizer, "__init__", around)
