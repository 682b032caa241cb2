"""LightGBM: rounds that an earlier process boosted are not boosted again; callbacks are given what these evaluated to.

Where rows or columns are sampled, those that come after are sampled otherwise: the library cannot go on with its generators.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Callable, Iterator, Mapping, Sequence

from ..child.checkpoints import Training
from ..child.observer import Observer
from ..child.snapshot_file import Snapshot, pickled, pickled_result
from .boosting import BoostingRun
from .wrapping import call_with

_MODEL = "model"
_ROUNDS = "rounds"
#: Before all others, which begin at what the engine counts from minus their number.
_FIRST = -1_000_000


@dataclass(frozen=True)
class BoostingCall:
    """One call of `train`."""

    original: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    named: Mapping[str, Any]

    def run(self, **changed: Any) -> Any:
        """Train with some arguments replaced."""
        return call_with(self.original, self.args, self.kwargs, **changed)


def boost_with_checkpoints(
    observer: Observer, engine: ModuleType, run: BoostingRun, call: BoostingCall, callbacks: list[Any]
) -> Any:
    """Make the call with these callbacks, the last of which is no one's but ours; return the booster."""
    obstacle = _obstacle(call.named)
    if obstacle:
        observer.checkpoints.refuse(obstacle)
    training = None if obstacle else observer.checkpoints.begin("lightgbm", list(observer.roles.fitted))
    if training is None:
        return call.run(callbacks=callbacks)
    try:
        return _KeptBoosting(training, engine, run, call, callbacks).run()
    finally:
        training.close()


class _KeptBoosting:
    def __init__(self, training: Training, engine: Any, run: BoostingRun, call: BoostingCall, callbacks: list[Any]) -> None:
        self._training = training
        self._engine = engine
        self._run = run
        self._call = call
        self._callbacks = callbacks
        self._params = {**call.named["params"]}
        self._rounds = int(call.named.get("num_boost_round", 100))
        for alias in engine._ConfigAliases.get("num_iterations"):
            if alias in self._params:
                self._rounds = int(self._params.pop(alias))
        #: What each round evaluated to, as callbacks are given it.
        self._results: list[Any] = []

    def run(self) -> Any:
        kept: list[tuple[Any, list[Any]]] = []
        snapshot = self._training.resume(lambda one: kept.append(self._load(one)))
        if snapshot is None:
            booster = self._call.run(callbacks=[*self._callbacks, *self._recorders(0)])
        else:
            model, self._results = kept[-1]
            self._run.done = len(self._results)
            if snapshot.finished:
                self._repeat(model)
                return model
            booster = self._go_on(model)
        state = pickled_result(lambda: (booster.model_to_string(num_iteration=-1), booster.best_iteration, booster.best_score))
        self._training.save({_MODEL: state, _ROUNDS: pickled(self._results)}, len(self._results), finished=True)
        return booster

    def _load(self, snapshot: Snapshot) -> tuple[Any, list[Any]]:
        train = self._call.named["train_set"]
        if not snapshot.finished and train._handle is not None and train.data is None:
            raise ValueError("the data set was built before, and its data are gone")
        text, best_iteration, best_score = snapshot.load(_MODEL)
        model = self._engine.Booster(model_str=text)
        model.best_iteration, model.best_score, model.params = best_iteration, best_score, self._params
        return model, snapshot.load(_ROUNDS)

    def _go_on(self, model: Any) -> Any:
        done = list(self._results)
        continued = [_Continued(one, done) for one in self._callbacks]
        with self._continuing_early_stopping(done):
            return self._call.run(
                params=self._params,
                init_model=model,
                num_boost_round=self._rounds - len(done),
                callbacks=[*continued, *self._recorders(len(done))],
            )

    def _repeat(self, model: Any) -> None:
        """Give all rounds to the callbacks, which scripts look into afterwards."""
        environment = self._engine.callback.CallbackEnv(model, self._params, 0, 0, self._rounds, None)
        for callback in [one for one in self._callbacks if not getattr(one, "before_iteration", False)]:
            with contextlib.suppress(self._engine.callback.EarlyStopException):
                _Continued(callback, ()).give(environment, self._results)

    def _recorders(self, first: int) -> list[Any]:
        def before_round(env: Any) -> None:
            if env.iteration > first:
                model = pickled_result(lambda: (env.model.model_to_string(num_iteration=-1), 0, {}))
                self._training.save({_MODEL: model, _ROUNDS: pickled(self._results)}, env.iteration)

        def after_round(env: Any) -> None:
            self._results.append(env.evaluation_result_list)

        recorders: list[Any] = [before_round, after_round]
        for one in recorders:
            one.order = _FIRST
        recorders[0].before_iteration = True
        return recorders

    @contextlib.contextmanager
    def _continuing_early_stopping(self, done: Sequence[Any]) -> Iterator[None]:
        """What the engine makes of its parameters is to go on, too."""
        module = self._engine.callback
        original = module.early_stopping
        module.early_stopping = lambda *args, **kwargs: _Continued(original(*args, **kwargs), done)
        try:
            yield
        finally:
            module.early_stopping = original


class _Continued:
    """A callback that is given the rounds that were done before the first that it sees."""

    def __init__(self, callback: Any, done: Sequence[Any]) -> None:
        self._callback = callback
        self._done: Sequence[Any] | None = done
        self.before_iteration = getattr(callback, "before_iteration", False)
        if hasattr(callback, "order"):
            self.order = callback.order

    def __call__(self, env: Any) -> None:
        if self._done is not None:
            done, self._done = self._done, None
            self.give(env, done)
        self._call(env, env.iteration, env.evaluation_result_list)

    def give(self, env: Any, results: Sequence[Any]) -> None:
        """Give it rounds from the first on."""
        for index, result in enumerate(results):
            self._call(env, index, None if self.before_iteration else result)

    def _call(self, env: Any, iteration: int, results: Any) -> None:
        self._callback(type(env)(env.model, env.params, iteration, 0, env.end_iteration, results))


def _obstacle(named: Mapping[str, Any]) -> str | None:
    kinds = {str(named["params"].get(alias, "")) for alias in ("boosting", "boosting_type", "boost")}
    if kinds & {"dart", "rf", "random_forest"}:
        return "Boosting of this kind (dart, rf) cannot be resumed inside."
    if named.get("init_model") is not None:
        return "Boosting on from another model cannot be resumed inside."
    if not all(str(getattr(one, "__module__", "")).startswith("lightgbm.") for one in named.get("callbacks") or ()):
        return "Boosting with callbacks of the script's own cannot be resumed inside."
    return None
