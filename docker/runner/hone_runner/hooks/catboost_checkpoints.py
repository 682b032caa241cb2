"""CatBoost: its own snapshots, which go on exactly, kept as every other state of a training is."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import Any, BinaryIO, Callable, Mapping

from ..child.checkpoints import Training
from ..child.observer import Observer
from ..child.snapshot_file import Snapshot
from .wrapping import call_with

_SNAPSHOT = "snapshot"
_INTERVAL_SECONDS = 1


def fit_with_snapshots(
    observer: Observer, original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], named: Mapping[str, Any]
) -> tuple[Any, int]:
    """Make a call of `_fit`; what it returns, and how many rounds were done by an earlier process."""
    obstacle = _obstacle(args[0], named)
    if obstacle:
        observer.checkpoints.refuse(obstacle)
    training = None if obstacle else observer.checkpoints.begin("catboost", list(observer.roles.fitted))
    if training is None:
        return original(*args, **kwargs), 0
    place = training.scratch
    try:
        snapshot = training.resume(lambda one: _write(one, place))
        done = (snapshot.epoch or 0) if snapshot else 0
        keeper = _Keeper(training, place, done)
        value = call_with(
            original,
            args,
            kwargs,
            callbacks=[keeper],
            save_snapshot=True,
            snapshot_file=place,
            snapshot_interval=_INTERVAL_SECONDS,
        )
        if snapshot is None or not snapshot.finished:
            keeper.save(finished=True)
        return value, done
    finally:
        with contextlib.suppress(OSError):
            os.unlink(place)
        training.close()


class _Keeper:
    """A callback that takes over each snapshot that the library has written."""

    def __init__(self, training: Training, place: str, done: int) -> None:
        self._training = training
        self._place = place
        self._rounds = done
        self._written: int | None = self._last_written()

    def after_iteration(self, info: Any) -> bool:
        """Called after each round; the library writes after it, so what is there is of the round before."""
        written = self._last_written()
        if written is not None and written != self._written and self._training.due():
            self._written = written
            self.save(finished=False)
        self._rounds = int(info.iteration)
        return True

    def save(self, finished: bool) -> None:
        """Keep what the library wrote last."""
        self._training.save({_SNAPSHOT: self._copy}, self._rounds, finished)

    def _copy(self, stream: BinaryIO) -> None:
        with open(self._place, "rb") as source:
            shutil.copyfileobj(source, stream)

    def _last_written(self) -> int | None:
        try:
            return os.stat(self._place).st_mtime_ns
        except OSError:
            return None


def _write(snapshot: Snapshot, place: str) -> None:
    with open(place, "wb") as stream:
        stream.write(snapshot.read(_SNAPSHOT))


def _obstacle(model: Any, named: Mapping[str, Any]) -> str | None:
    parameters = model.get_params()
    if parameters.get("allow_writing_files") is False:
        return "CatBoost cannot be resumed inside where it may write no files (allow_writing_files)."
    if str(parameters.get("task_type", "CPU")).upper() != "CPU" or named.get("callbacks") or named.get("init_model"):
        return "CatBoost on a GPU, with callbacks or on from another model cannot be resumed inside."
    if named.get("save_snapshot") or parameters.get("save_snapshot"):
        return "The script keeps CatBoost's snapshots itself."
    return None
