"""Lightning: a `fit` that goes on from a checkpoint of its own making, taken at the end of each epoch."""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
from typing import Any, BinaryIO, Callable

from ..child.checkpoints import Training
from ..child.observer import Observer
from ..child.snapshot_file import Snapshot
from .wrapping import arguments_of, call_with

_CHECKPOINT = "checkpoint"


def fit_with_checkpoints(
    observer: Observer, package: str, original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Any:
    """Make a call of `Trainer.fit`; one that goes on from a checkpoint of the script's own is left alone."""
    trainer, named = args[0], arguments_of(original, args, kwargs)
    training = None
    if named and named.get("ckpt_path") is None and getattr(trainer, "world_size", 1) == 1:
        marks = [type(named.get("model")).__name__, trainer.max_epochs, trainer.max_steps]
        training = observer.checkpoints.begin("lightning", marks)
    if training is None:
        return original(*args, **kwargs)
    place = training.scratch
    try:
        for snapshot in training.candidates():
            keeper = _keeper(package, training, place, snapshot)
            trainer.callbacks.append(keeper)
            try:
                with open(place, "wb") as stream:
                    stream.write(snapshot.read(_CHECKPOINT))
                return call_with(original, args, kwargs, ckpt_path=place)
            except Exception as error:
                if keeper.waiting is None:
                    raise
                trainer.callbacks.remove(keeper)
                training.reject(snapshot, error)
        trainer.callbacks.append(_keeper(package, training, place, None))
        return original(*args, **kwargs)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(place)
        training.close()


def _keeper(package: str, training: Training, place: str, snapshot: Snapshot | None) -> Any:
    """Make a callback that is called after all others; `waiting` is what it has still to go on from."""
    base: Any = importlib.import_module(f"{package}.callbacks").Checkpoint

    class KeepingCallback(base):  # type: ignore[misc]
        waiting = snapshot

        def on_train_epoch_start(self, _trainer: Any, _module: Any) -> None:
            if self.waiting is not None:
                training.accept(self.waiting)
                self.waiting = None

        def on_train_epoch_end(self, trainer: Any, _module: Any) -> None:
            done = trainer.current_epoch + 1
            # The last epoch is trained again: without it there would be no metrics that the script may read afterwards.
            is_last = trainer.should_stop or (trainer.max_epochs and 0 < trainer.max_epochs <= done)
            if not is_last:
                training.save({_CHECKPOINT: lambda stream: self._write(trainer, stream)}, done)

        def _write(self, trainer: Any, stream: BinaryIO) -> None:
            trainer.save_checkpoint(place)
            with open(place, "rb") as source:
                shutil.copyfileobj(source, stream)

    return KeepingCallback()
