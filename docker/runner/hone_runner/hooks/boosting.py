"""What the boosting libraries have in common: rounds, evaluation sets, and the round that the model ends with."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from ..child.observer import Observer, Pace

#: Evaluation set -> metric -> its value in each round.
RoundLog = Mapping[str, Mapping[str, Sequence[Any]]]


class BoostingRun:
    """One training; `sets` has the name, role and number of rows of each evaluation set."""

    def __init__(self, observer: Observer, sets: Sequence[tuple[str, str, int | None]]) -> None:
        self._observer = observer
        self._sets = {name: (role, rows) for name, role, rows in sets}
        self._log: RoundLog = {}
        self._pace = Pace()
        self._held: tuple[int, int | None] | None = None
        #: Rounds that an earlier process did, and reported.
        self.done = 0

    def follow(self, log: RoundLog) -> None:
        """Take the library's own log, which grows by the round."""
        self._log = log

    def end_round(self, index: int, rounds: int | None) -> None:
        """Report a round, counted from 0, at a pace; `finish` reports the last that was held back."""
        if index < self.done:
            return
        self._held = (index, rounds)
        if self._pace.due():
            self.report_round(index, rounds)

    def report_round(self, index: int, rounds: int | None) -> None:
        """Report a round, counted from 0, as an epoch."""
        self._held = None
        values: dict[str, Any] = {}
        for name, metrics in self._log.items():
            prefix = "" if self._role(name) == "train" else "val_"
            for metric, history in metrics.items():
                if index < len(history):
                    values[prefix + metric] = _plain(history[index])
        self._observer.epoch(index + 1, rounds, values)

    def finish(self, best: int | None) -> None:
        """Report the values of the round whose model is used: `best` where training stopped early, else the last."""
        if self._held is not None:
            self.report_round(*self._held)
        for name, metrics in self._log.items():
            role, rows = self._role(name), self._sets.get(name, ("validation", None))[1]
            for metric, history in metrics.items():
                values: list[Any] = list(history)
                if values:
                    index = best if best is not None and 0 <= best < len(values) else -1
                    self._observer.metric(metric, _plain(values[index]), role, rows)

    def _role(self, name: str) -> str:
        known = self._sets.get(name)
        return known[0] if known else ("train" if name.lower() in ("train", "training", "learn") else "validation")


def _plain(value: Any) -> Any:
    """Cross-validation gives a mean with its deviation."""
    return value[0] if isinstance(value, (tuple, list)) else value
