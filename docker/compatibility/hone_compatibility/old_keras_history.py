"""Accuracy by its old short name: `history['acc']`, `monitor='val_acc'`."""

from __future__ import annotations

from types import ModuleType
from typing import Any

_LONG = {"acc": "accuracy", "val_acc": "val_accuracy"}


class _History(dict[str, Any]):
    def __missing__(self, key: str) -> Any:
        return self[_LONG[key]] if key in _LONG else self._refuse(key)

    @staticmethod
    def _refuse(key: str) -> Any:
        raise KeyError(key)


def restore(keras: ModuleType) -> None:
    """Let histories be read, and callbacks look, by the short name where only the long one is recorded."""
    callbacks = keras.callbacks
    begin = callbacks.History.on_train_begin

    def on_train_begin(self: Any, logs: Any = None) -> None:
        begin(self, logs)
        self.history = _History(self.history)

    callbacks.History.on_train_begin = on_train_begin
    for callback in (callbacks.EarlyStopping, callbacks.ModelCheckpoint, callbacks.ReduceLROnPlateau):
        _look_by_long_name(callback)


def _look_by_long_name(callback: Any) -> None:
    end = callback.on_epoch_end

    def on_epoch_end(self: Any, epoch: int, logs: Any = None) -> None:
        long = _LONG.get(self.monitor)
        if long is not None and logs is not None and self.monitor not in logs and long in logs:
            self.monitor = long
        end(self, epoch, logs)

    callback.on_epoch_end = on_epoch_end
