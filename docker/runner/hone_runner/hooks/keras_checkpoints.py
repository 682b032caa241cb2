"""Keras: a `fit` that goes on after the last epoch that an earlier process kept, as if it had never been interrupted."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from typing import Any, Callable, Iterator, Mapping, Sequence

from ..child.checkpoints import Training
from ..child.observer import Observer
from ..child.plain_data import plain_copy, put_back
from ..child.snapshot_file import Snapshot, pickled_result
from .wrapping import call_with

_STATE = "fit"
_DATA_BYTES = 1_000_000


@dataclass(frozen=True)
class FitCall:
    """One call of `fit`; `logs` grows by the epoch, those of epochs that were done before included."""

    original: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    named: Mapping[str, Any]
    package: str
    logs: list[Mapping[str, Any]]

    @property
    def model(self) -> Any:
        """The model that is fitted."""
        return self.args[0]

    @property
    def epochs(self) -> int:
        """Number of the epoch that the fit ends before."""
        return int(self.named.get("epochs", self.named.get("nb_epoch", 1)))

    def run(self, callbacks: Sequence[Any], initial_epoch: int | None = None) -> Any:
        """Fit with these callbacks, from another epoch on where one is given."""
        changed: dict[str, Any] = {"callbacks": list(callbacks)}
        if initial_epoch is not None:
            changed["initial_epoch"] = initial_epoch
        return call_with(self.original, self.args, self.kwargs, **changed)


class _UnfitError(Exception):
    """A state that could not be restored."""


def fit_with_checkpoints(observer: Observer, call: FitCall, on_epoch: Any) -> Any:
    """Make the call, with the callback `on_epoch` last; what of it was done by an earlier process is not done again."""
    training = observer.checkpoints.begin("keras fit", [*observer.roles.fitted, str(call.named.get("epochs"))])
    theirs = call.named.get("callbacks") or []
    if training is None:
        return call.run([*theirs, on_epoch])
    try:
        return _KeptFit(training, call, _flat(theirs), on_epoch).run()
    finally:
        training.close()


class _KeptFit:
    def __init__(self, training: Training, call: FitCall, theirs: list[Any], on_epoch: Any) -> None:
        self._training = training
        self._call = call
        self._theirs = theirs
        self._on_epoch = on_epoch
        # Large arrays that callbacks were made with are data, no state.
        self._data = {id(value) for one in theirs for value in vars(one).values() if getattr(value, "nbytes", 0) > _DATA_BYTES}

    def run(self) -> Any:
        for snapshot in self._training.candidates():
            try:
                return self._replay(snapshot) if snapshot.finished else self._train(snapshot)
            except _UnfitError as error:
                self._training.reject(snapshot, error)
        return self._train(None)

    def _train(self, snapshot: Snapshot | None) -> Any:
        ours = self._boundary_callback(snapshot)
        # Ours comes first: between two epochs, what all others did after the one is done, and before the other is not begun.
        first = snapshot.epoch if snapshot else None
        value = self._call.run([ours, *self._theirs, self._on_epoch], first)
        epochs = self._call.model.history.epoch
        if epochs:
            self._save(epochs[-1] + 1, finished=True)
        return value

    def _replay(self, snapshot: Snapshot) -> Any:
        """Give what the finished fit gave. Without epochs it only builds what is not built yet; nobody's callback is called."""
        value = self._call.run([], max(self._call.epochs, snapshot.epoch or 0))
        for callback in self._theirs:
            callback.set_model(self._call.model)
        self._restore(snapshot)
        return value

    def _boundary_callback(self, snapshot: Snapshot | None) -> Any:
        base: Any = importlib.import_module(f"{self._call.package}.callbacks").Callback
        fit = self
        waiting = snapshot

        class BoundaryCallback(base):  # type: ignore[misc]
            def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
                nonlocal waiting
                del logs
                if waiting is not None:
                    fit._restore(waiting)
                    waiting = None
                elif fit._call.logs:
                    fit._save(epoch, finished=False)

        return BoundaryCallback()

    def _save(self, epoch: int, finished: bool) -> None:
        self._training.save({_STATE: pickled_result(self._state)}, epoch, finished)

    def _state(self) -> dict[str, Any]:
        history = self._call.model.history
        return {
            "variables": [_array(one) for one in _variables(self._call.model)],
            "callbacks": [self._attributes(one) for one in self._theirs],
            "history": (list(history.epoch), {name: list(values) for name, values in history.history.items()}),
            "logs": [dict(one) for one in self._call.logs],
            "stopped": bool(getattr(self._call.model, "stop_training", False)),
        }

    def _attributes(self, callback: Any) -> dict[str, Any]:
        return plain_copy({name: value for name, value in vars(callback).items() if id(value) not in self._data})

    def _restore(self, snapshot: Snapshot) -> None:
        try:
            state = snapshot.load(_STATE)
            variables = list(_variables(self._call.model))
            shapes = [tuple(one.shape) for one in variables]
            if shapes != [one.shape for one in state["variables"]] or len(state["callbacks"]) != len(self._theirs):
                raise _UnfitError("it is of a model of another shape")
            for variable, value in zip(variables, state["variables"]):
                variable.assign(value)
            for callback, attributes in zip(self._theirs, state["callbacks"]):
                put_back(vars(callback), attributes)
                _continue_log(callback)
            history = self._call.model.history
            history.epoch = state["history"][0]
            history.history.update(state["history"][1])
            self._call.model.stop_training = state["stopped"]
            self._training.accept(snapshot)
        except Exception as error:
            raise error if isinstance(error, _UnfitError) else _UnfitError(str(error)) from error
        self._call.logs.extend(state["logs"])


def _flat(callbacks: Any) -> list[Any]:
    """Callbacks in the order in which Keras calls them; they may stand in lists of lists."""
    if callbacks is None:
        return []
    return [inner for one in callbacks for inner in (_flat(one) if isinstance(one, (list, tuple)) else [one])]


def _variables(model: Any) -> Iterator[Any]:
    """Yield all that training changes: weights, the states of layers' generators, and those of optimizers."""
    yield from getattr(model, "variables", None) or model.weights
    for optimizer in _optimizers(model):
        build = getattr(optimizer, "build", None)
        if (
            build is not None
            and not getattr(optimizer, "built", getattr(optimizer, "_built", False))
            and optimizer is model.optimizer
        ):
            build(model.trainable_variables)
        own = optimizer.variables
        yield from own() if callable(own) else own


def _optimizers(model: Any) -> list[Any]:
    """Optimizers of a model: the compiled one, and those that a model with a step of its own keeps as attributes."""
    found = [getattr(model, "optimizer", None), *vars(model).values()]
    distinct = {id(one): one for one in found if hasattr(one, "apply_gradients") and hasattr(one, "variables")}
    return list(distinct.values())


def _array(variable: Any) -> Any:
    numpy = sys.modules["numpy"]
    return variable.numpy() if hasattr(variable, "numpy") else numpy.asarray(variable)


def _continue_log(callback: Any) -> None:
    """Have a CSVLogger, which opened its file anew, write no second header."""
    if getattr(callback, "csv_file", None) is not None and getattr(callback, "keys", None):
        callback.append_header = False
