"""Collects what a trial measures, from all three sources, and passes it on as it comes."""

from __future__ import annotations

import json
import math
import threading
from typing import Any, Callable, Iterable

from .measurement import Measurement, choose_result, repeats
from .metric_names import split_name
from .printed_metrics import OutputStream
from .protocol import NAME_LENGTH, TEXT_LENGTH

Send = Callable[..., None]
_MOST_NAMES = 200
#: A printed mean has four decimals, or three.
_MEAN_DIGITS = 0.0006
_MOST_NOTICES = 50
_DATA = ("train", "validation", "test", "unknown")


class MetricLog:
    """The measurements of one trial. `send` takes the kind of an event and its fields."""

    def __init__(self, send: Send, expected: str | None, chosen: bool = False) -> None:
        self._send = send
        self._expected = expected
        self._chosen = chosen
        self._lock = threading.Lock()
        self._measurements: dict[object, Measurement] = {}
        self._spelling: dict[str, str] = {}
        self._streams = {"stdout": OutputStream(), "stderr": OutputStream()}
        self._hook_epochs = False
        self._notices = 0
        self._lost: str | None = None
        self._possible_folds: list[dict[str, Any]] = []
        #: The exception that ended the script, as its process told; and what it gave to sys.exit.
        self.error: dict[str, Any] | None = None
        self.exit_message: str | None = None
        #: Trainable numbers of the last model that a hook saw fitted.
        self.parameters: int | None = None
        #: Seconds that earlier processes of the trial had worked on what this one goes on from.
        self.seconds_before = 0.0
        #: Positions of the watched lines that never ran.
        self.unexecuted: list[int] = []

    def on_output(self, stream: str, chunk: bytes) -> str:
        """Take output of the script; its text."""
        text = self._streams[stream].decode(chunk)
        for epoch in self._streams[stream].read(text):
            with self._lock:
                if not self._hook_epochs:
                    self._tell_epoch(epoch.epoch, epoch.epochs, dict(epoch))
        return text

    def on_line(self, line: bytes) -> None:
        """Take a line of the metric pipe. What is not as it should be is dropped: the pipe is no wall."""
        try:
            message = json.loads(line)
            with self._lock:
                self._take(message)
        except (ValueError, TypeError, KeyError):
            return

    def finish(self, from_files: Iterable[Measurement]) -> Measurement | None:
        """At the script's end: add what files and output tell, and choose the result."""
        for stream in self._streams.values():
            stream.finish()
        told = [*self._streams["stderr"].told(None), *self._streams["stdout"].told(self._expected)]
        for folds in self._possible_folds:
            if any(one.name == folds["name"] and one.value and abs(one.value - folds["value"]) <= _MEAN_DIGITS for one in told):
                self._replace_folds(folds)
        measured = list(self._measurements.values())
        for one in [*from_files, *told]:
            if not any(repeats(one, other) for other in measured):
                self._add(one)
        result = choose_result(list(self._measurements.values()), self._expected, self._chosen)
        if self._chosen and self._expected and result and result.name != split_name(self._expected)[0]:
            self._send("notice", text=f"The script reported no {self._expected}; it is judged by its {result.name}.")
        return result

    def not_finite(self, result: Measurement | None) -> str | None:
        """Say why a result has no value, or that the loss was lost on the way to it; None where neither is so."""
        if result is None or result.value is not None:
            return self._lost
        return f"The script's {result.name} is not a finite number ({self._spelling.get(result.name, 'nan')})."

    def _take(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "metric":
            if message.get("spelling"):
                self._spelling[message["name"]] = str(message["spelling"])
            data = message["data"] if message["data"] in _DATA else "unknown"
            rows = message["rows"] if isinstance(message["rows"], int) else None
            name = str(message["name"])[:NAME_LENGTH]
            direction = "maximize" if message["direction"] == "maximize" else "minimize"
            self._add(Measurement(name, _number(message["value"]), data, "hook", direction, rows))
        elif kind == "folds":
            if message["sure"]:
                self._replace_folds(message)
            else:
                self._possible_folds.append(message)
        elif kind == "epoch":
            self._hook_epochs = True
            values = {str(name)[:NAME_LENGTH]: _number(value) for name, value in list(message["metrics"].items())[:_MOST_NAMES]}
            epochs = message["epochs"] if isinstance(message["epochs"], int) else None
            self._tell_epoch(int(message["epoch"]), epochs, values)
        elif kind == "notice" and self._notices < _MOST_NOTICES:
            self._notices += 1
            self._send("notice", text=str(message["text"])[:TEXT_LENGTH])
        elif kind == "checkpoint":
            fields = {"epoch": _count(message["epoch"]), "bytes": int(message["bytes"]), "seconds": _seconds(message["seconds"])}
            self._send("checkpoint", **fields)
        elif kind == "resumed":
            self.seconds_before = _seconds(message["seconds"])
            reason = message["reason"]
            self._send("resumed", epoch=_count(message["epoch"]), reason=reason and str(reason)[:TEXT_LENGTH])
        elif kind == "error":
            self.error = message
        elif kind == "parameters":
            self.parameters = max(0, int(message["count"]))
        elif kind == "unexecuted":
            self.unexecuted = [int(index) for index in message["lines"]]
        elif kind == "exit":
            self.exit_message = str(message["message"])

    def _replace_folds(self, message: dict[str, Any]) -> None:
        """The mean of a cross-validation takes the place of its last fold, which is no result."""
        name = str(message["name"])[:NAME_LENGTH]
        for key, one in list(self._measurements.items()):
            if one.name == name and one.source == "hook" and one.value in message["folds"]:
                del self._measurements[key]
        direction = "maximize" if message["direction"] == "maximize" else "minimize"
        self._add(Measurement(name, _number(message["value"]), "validation", "hook", direction, int(message["rows"])))

    def _tell_epoch(self, epoch: int, epochs: int | None, metrics: dict[str, float | None]) -> None:
        self._send("epoch", epoch=epoch, epochs=epochs, metrics=metrics)
        if self._lost is None and "loss" in metrics and metrics["loss"] is None:
            self._lost = f"The loss became NaN in epoch {epoch}."
            self._send("notice", text=self._lost)

    def _add(self, one: Measurement) -> None:
        key = (one.name, one.data, one.source)
        # A later one takes the place of the earlier, and its turn.
        self._measurements.pop(key, None)
        self._measurements[key] = one
        self._send("metric", **one.fields())


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _count(value: Any) -> int | None:
    return None if value is None else max(0, int(value))


def _seconds(value: Any) -> float:
    seconds = float(value)
    return seconds if 0 <= seconds < math.inf else 0.0
