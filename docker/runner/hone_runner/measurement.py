"""A measured value, and the rule by which one of many becomes the result of a trial."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Sequence

from .metric_names import ACCURACY_LIKE, is_loss, split_name

_DATA = ("test", "validation", "unknown", "train")
_SOURCES = ("hook", "file", "print")
#: How far a told number may be from the measured one that it is: percentages without decimals; four decimals.
_ROUNDED = 0.006
_SAME = 0.00006


@dataclass(frozen=True)
class Measurement:
    """One value. It is None where it was not finite; `rows` is the size of the evaluation set where that is known."""

    name: str
    value: float | None
    data: str
    source: str
    direction: str
    rows: int | None

    def fields(self) -> dict[str, Any]:
        """As a message has it."""
        return asdict(self)


def choose_result(measurements: Sequence[Measurement], expected: str | None, chosen: bool = False) -> Measurement | None:
    """Choose what a trial is judged by; before all else the expected metric where the user has `chosen` it.

    1. Anything before a loss, but an expected loss before all that is not accuracy or its kin.
    2. Test before validation before unknown before training data.
    3. The metric that reading the code leads to expect, then accuracy and its kin, then others.
    4. A hook before a file before a printed line.
    5. The later before the earlier: it is of the model that the script ends with.
    """
    hint, hint_data = split_name(expected) if expected else (None, "unknown")
    if not chosen and any(one.name in ACCURACY_LIKE for one in measurements) and hint is not None and is_loss(hint):
        # A classification that tells its accuracy is judged by it, also where reading the code saw only its evaluation sets.
        hint = None
    best = min(
        enumerate(measurements),
        key=lambda item: (
            chosen and item[1].name != hint,
            chosen and hint_data not in ("unknown", item[1].data),
            is_loss(item[1].name) and item[1].name != hint,
            _DATA.index(item[1].data),
            item[1].name != hint,
            ACCURACY_LIKE.index(item[1].name) if item[1].name in ACCURACY_LIKE else len(ACCURACY_LIKE),
            _SOURCES.index(item[1].source),
            -item[0],
        ),
        default=None,
    )
    return best[1] if best else None


def repeats(told: Measurement, measured: Measurement) -> bool:
    """Whether a number in a file or line is one that a hook measured, as far as its digits go; then it says nothing new."""
    if told.value is None or measured.value is None:
        return False
    apart = abs(told.value - measured.value)
    if told.name == measured.name and told.data in ("unknown", measured.data):
        return apart <= _ROUNDED
    # By another name or of other data it is the same only with all its digits, and where these say something: many things are 1.
    return apart <= _SAME and not measured.value.is_integer()
