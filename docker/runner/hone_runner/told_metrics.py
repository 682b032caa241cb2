"""Finds metrics in what people write: printed lines and text files."""

from __future__ import annotations

import math
import re
from typing import Iterator, NamedTuple

from .measurement import Measurement
from .metric_names import canonical_name, direction_of, is_bounded
from .written_number import NUMBER, NUMBER_END, read_number

_WORD = re.compile(
    r"(?<![a-z])(balanced[ _]accuracy|accuracy(?:[ _]score)?|acc|f1(?:[ _-]?score)?|f-score|precision|recall|roc[ _-]?auc"
    r"|auroc|auc|r2(?:[ _]score)?|r\^2|r²|r-squared|rmse"
    r"|root mean squared error|mse|mean squared error|mae|mean absolute error|mape"
    r"|log[ _]?loss|loss|iou|dice|score)(?![a-z])",
    re.IGNORECASE,
)
_SPELLING = {"r^2": "r2", "r²": "r2", "r-squared": "r2", "f1-score": "f1", "f-score": "f1", "log loss": "log_loss"}
_DATA_WORD = re.compile(
    r"(?<![a-z])(test(?:ing)?|held[- ]?out|val(?:id(?:ation)?)?|dev|eval(?:uation)?|cv|cross[- ]validat\w+|train(?:ing)?)"
    r"(?![a-z])",
    re.I,
)
_FRACTION = re.compile(r"(?P<hits>\d+)\s*/\s*(?P<rows>\d+)\s*\(\s*(?P<percent>\d+(?:\.\d+)?)\s*%?\s*\)")
_ASSIGNED = re.compile(
    rf"(?:[:=]|=>|\bis\b|\bof\b|\bat\b)\s*[\[(]?\s*(?P<number>{NUMBER}){NUMBER_END}(?!/)\s*(?P<percent>%?)", re.I
)
_PERCENT = re.compile(rf"(?P<number>{NUMBER})\s*(?P<percent>%)", re.I)
_LONE = re.compile(rf"(?<![\w.])(?<!\d,)(?P<number>{NUMBER}){NUMBER_END}\s*(?P<percent>%?)", re.I)
_BARE = re.compile(rf"^[^\w.+-]*(?P<number>{NUMBER})\s*(?P<percent>%?)\W*$", re.I)
_BRACKETS = re.compile(r"\([^()%]*\)")
#: Progress bars repeat what hooks tell better.
_PROGRESS = re.compile(r"\d+\s*m?s/(?:step|epoch|batch)|it/s|s/it|ETA")
_EPOCH = re.compile(r"\bepoch\W{0,3}(?P<epoch>\d+)(?:\s*(?:/|of)\s*(?P<epochs>\d+))?", re.I)
_LONGEST_LINE = 1000


class EpochLine(NamedTuple):
    """An epoch as a printed line tells it."""

    epoch: int
    epochs: int | None


def parse_told(line: str, source: str) -> list[Measurement]:
    """All metrics that a line tells, in order. Never raises."""
    if len(line) > _LONGEST_LINE or _PROGRESS.search(line):
        return []
    words = list(_WORD.finditer(line))
    found: list[Measurement] = []
    for index, word in enumerate(words):
        end = words[index + 1].start() if index + 1 < len(words) else len(line)
        start = words[index - 1].end() if index else 0
        name = canonical_name(_SPELLING.get(word[0].lower(), word[0]))
        value = _value(line[word.end() : end], line[start : word.start()], name)
        if value is not None:
            before = line[: word.start()] if not index else line[start : word.start()] or line[: word.start()]
            data = _data_of(before, _up_to_last_number(line[word.end() : end])) or _data_of(line[: word.start()], "") or "unknown"
            found.append(Measurement(name, value.number, data, source, direction_of(name), value.rows))
    return found


def parse_bare(line: str, source: str, expected: str | None) -> Measurement | None:
    """Read a line that is only a number, as scripts print last and write to accuracy.txt; None for any other line."""
    match = _BARE.match(line.strip())
    if not match or len(line) > 60:
        return None
    name = canonical_name(expected) if expected else "accuracy"
    percent = bool(match["percent"])
    number = read_number(match["number"], percent)
    if number is None:
        return None
    value = _scaled(number, percent, name)
    # A bare 7 is a count; as accuracy it would be seven percent.
    if is_bounded(name) and (
        value is None or not 0 <= value <= 1 or (number > 1 and not percent and number.is_integer() and number < 50)
    ):
        return None
    return Measurement(name, value, "unknown", source, direction_of(name), None)


def parse_epoch(line: str) -> EpochLine | None:
    """Read `Epoch 3/10`, `epoch: 3`; None where a line tells no epoch."""
    match = _EPOCH.search(line) if len(line) <= _LONGEST_LINE else None
    return EpochLine(int(match["epoch"]), int(match["epochs"]) if match["epochs"] else None) if match else None


def last_of_each(measurements: Iterator[Measurement]) -> list[Measurement]:
    """The last measurement of each name and data, in the order of these last ones."""
    latest: dict[object, Measurement] = {}
    for one in measurements:
        latest.pop((one.name, one.data), None)
        latest[(one.name, one.data)] = one
    return list(latest.values())


class _Value(NamedTuple):
    number: float | None
    rows: int | None


def _value(rest: str, before: str, name: str) -> _Value | None:
    fraction = _FRACTION.search(rest)
    if fraction and int(fraction["rows"]) and is_bounded(name):
        return _Value(int(fraction["hits"]) / int(fraction["rows"]), int(fraction["rows"]))
    plain = _BRACKETS.sub(" ", rest)
    for pattern, text in ((_ASSIGNED, plain), (_PERCENT, plain), (_LONE, plain), (_ASSIGNED, rest), (_LONE, rest)):
        for match in pattern.finditer(text):
            number = read_number(match["number"], bool(match["percent"]))
            if number is None:
                return None
            value = _checked(number, bool(match["percent"]), name)
            if value is not None:
                return value
    behind = list(_PERCENT.finditer(before))
    number = read_number(behind[-1]["number"], True) if behind and is_bounded(name) else None
    return None if number is None else _checked(number, True, name)


def _checked(number: float, percent: bool, name: str) -> _Value | None:
    value = _scaled(number, percent, name)
    return None if value is not None and is_bounded(name) and not 0 <= value <= 1 else _Value(value, None)


def _scaled(number: float, percent: bool, name: str) -> float | None:
    """Bring a percentage of a bounded metric to 0..1; None where the number is not finite."""
    if not math.isfinite(number):
        return None
    return number / 100 if percent or (is_bounded(name) and number > 1) else number


def _up_to_last_number(rest: str) -> str:
    """What stands behind the number belongs to the next metric: `loss: 0.9 val acc: 0.5`."""
    return re.sub(r"\D*$", "", rest)


def _data_of(before: str, after: str) -> str | None:
    words = _DATA_WORD.findall(before) or _DATA_WORD.findall(after)[:1]
    if not words:
        return None
    word = words[-1].lower()
    if word.startswith(("test", "held")):
        return "test"
    return "train" if word.startswith("train") else "validation"
