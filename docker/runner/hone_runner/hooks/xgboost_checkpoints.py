"""XGBoost: rounds that an earlier process boosted are not boosted again.

The library's own loop runs all of them, so that whatever counts rounds counts these too; a round that was done takes no time and
evaluates to what was kept. Where rows or columns are sampled, those that come after are sampled otherwise: the library cannot
go on with its generator.
"""

from __future__ import annotations

import contextlib
import importlib
from types import ModuleType
from typing import Any, Dict, Iterator, List, Mapping

from ..child.checkpoints import Training
from ..child.observer import Observer
from ..child.snapshot_file import pickled
from .boosting import BoostingRun

#: Evaluation set -> metric -> its value in each round.
EvalsLog = Dict[str, Dict[str, List[float]]]

_BOOSTER = "booster"
_LOG = "log"


@contextlib.contextmanager
def keep_rounds(observer: Observer, run: BoostingRun, named: Mapping[str, Any], rounds: int) -> Iterator[list[Any]]:
    """Give the callbacks, none or one, that have to come first in a training of so many rounds with these arguments."""
    module = importlib.import_module("xgboost.callback")
    training = None
    if all(type(one).__module__.startswith("xgboost.") for one in named.get("callbacks") or ()):
        training = observer.checkpoints.begin("xgboost", [*observer.roles.fitted, rounds])
    else:
        observer.checkpoints.refuse("Boosting with callbacks of the script's own cannot be resumed inside.")
    if training is None or not hasattr(module, "TrainingCallback"):
        yield []
        return
    try:
        kept: list[tuple[Any, EvalsLog]] = []
        snapshot = training.resume(lambda one: kept.append((one.load(_BOOSTER), one.load(_LOG))))
        run.done = (snapshot.epoch or 0) if snapshot else 0
        yield [_callback(module, training, run.done, *(kept[-1] if snapshot else (None, {})))]
    finally:
        training.close()


def _callback(module: ModuleType, training: Training, done: int, kept: Any, kept_log: EvalsLog) -> Any:
    base: Any = module.TrainingCallback

    class KeepingCallback(base):  # type: ignore[misc]
        """Comes first: before a round, what all callbacks did after the one before it is done."""

        def __init__(self) -> None:
            super().__init__()
            self._log: EvalsLog = {}
            self._rounds = 0

        def before_training(self, model: Any) -> Any:
            if done:
                # These stand before the methods of the class until the kept state takes their place.
                model.update = lambda *_args, **_options: None
                model.eval_set = lambda _sets, iteration=0, *_args, **_options: _evaluated(kept_log, iteration)
            return model

        def before_iteration(self, model: Any, epoch: int, _evals_log: EvalsLog) -> bool:
            if done and epoch == done:
                _exchange(model, kept)
            elif epoch > done:
                self._save(model, epoch, finished=False)
            return False

        def after_iteration(self, _model: Any, epoch: int, evals_log: EvalsLog) -> bool:
            self._log, self._rounds = evals_log, epoch + 1
            return False

        def after_training(self, model: Any) -> Any:
            if "update" in vars(model):
                _exchange(model, kept)
            else:
                self._save(model, self._rounds, finished=True)
            return model

        def _save(self, model: Any, epoch: int, finished: bool) -> None:
            training.save({_BOOSTER: pickled(model), _LOG: pickled(self._log)}, epoch, finished)

    return KeepingCallback()


def _evaluated(log: EvalsLog, index: int) -> str:
    """Write the values of a round as the library does."""
    values = [f"{name}-{metric}:{values[index]!r}" for name, one in log.items() for metric, values in one.items()]
    return "\t".join([f"[{index}]", *values])


def _exchange(model: Any, kept: Any) -> None:
    del model.update, model.eval_set
    model.handle, kept.handle = kept.handle, model.handle
