"""PyTorch: what a model answered in evaluation mode, beside the truth that came in the same batch."""

from __future__ import annotations

import contextlib
import sys
from types import ModuleType
from typing import Any, Callable

from ..child.loader_passes import LoaderPasses
from ..child.observer import Observer
from .wrapping import wrap


def hook_loader(module: ModuleType, observer: Observer) -> None:
    """Hook the iterators of loaders: they hand out the truth that belongs to a batch."""

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        batch = original(*args, **kwargs)
        observer.passes.took(args[0], batch)
        return batch

    wrap(module._BaseDataLoaderIter, "__next__", around)


def hook_module(module: ModuleType, observer: Observer) -> None:
    """Hook the models that are put into evaluation mode: only these, and only the outermost, so that layers cost nothing."""
    hooked: set[int] = set()
    answered = _Answered(observer)

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        model = args[0]
        mode = args[1] if len(args) > 1 else kwargs.get("mode", True)
        # Before its parts are put into the mode by their whole.
        if not mode and id(model) not in hooked and not observer.depth:
            hooked.update(id(part) for part in model.modules())
            model.register_forward_hook(answered)
        return original(*args, **kwargs)

    wrap(module.Module, "train", around)


class _Answered:
    """What a hooked model calls with each of its answers. A model that is saved or copied takes along what does nothing."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer

    def __call__(self, model: Any, inputs: tuple[Any, ...], outputs: Any) -> None:
        torch, observer = sys.modules["torch"], self._observer
        if len(inputs) != 1 or not isinstance(inputs[0], torch.Tensor) or not isinstance(outputs, torch.Tensor):
            return
        if model.training or torch.is_grad_enabled():
            observer.passes.learnt()
        elif not observer.depth:
            observer.evaluations.predicted(model, inputs[0], outputs)
            _pair(observer, observer.passes, model, inputs[0])

    def __reduce__(self) -> tuple[Any, ...]:
        return getattr, (contextlib.nullcontext(), "__exit__")


def _pair(observer: Observer, passes: LoaderPasses, model: Any, inputs: Any) -> None:
    """Put an answered batch beside its truth, and have the pass known as what the model is measured on."""
    torch = sys.modules["torch"]
    now = passes.now
    if now is None or not isinstance(now.batch, (list, tuple)) or len(now.batch) < 2:
        return
    truth = now.batch[1]
    if isinstance(truth, torch.Tensor) and truth.ndim > 0 and len(truth) == len(inputs):
        now.batch = None
        now.add(inputs, truth)
        observer.evaluations.measured(model, now.inputs, now.truth, passes.role)
