"""A measured value, and the rule by which one of many becomes the result of a trial."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Dict, Optional, Sequence

from .metric_names import ACCURACY_LIKE, canonical_name, is_loss

_DATA = ("test", "validation", "unknown", "train")
_SOURCES = ("hook", "file", "print")


@dataclass(frozen=True)
class Measurement:
    """One value. It is None where it was not finite; `rows` is the size of the evaluation set where that is known."""

    name: str
    value: Optional[float]
    data: str
    source: str
    direction: str
    rows: Optional[int]

    def fields(self) -> Dict[str, Any]:
        """As a message has it."""
        return asdict(self)


def choose_result(measurements: Sequence[Measurement], expected: Optional[str]) -> Optional[Measurement]:
    """Choose what a trial is judged by.

    1. Anything before a loss.
    2. Test before validation before unknown before training data.
    3. The metric that reading the code leads to expect, then accuracy and its kin, then others.
    4. A hook before a file before a printed line.
    5. The later before the earlier: it is of the model that the script ends with.

    A file or printed line that only repeats a number that a hook measured adds nothing to the choice.
    """
    hint = canonical_name(expected) if expected else None
    hooked = [one for one in measurements if one.source == "hook"]
    distinct = [one for one in measurements if one.source == "hook" or not any(_same(one, other) for other in hooked)]
    best = min(
        enumerate(distinct),
        key=lambda item: (
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


def _same(told: Measurement, measured: Measurement) -> bool:
    """Whether a told number is a measured one, as far as its digits go."""
    if told.name != measured.name or told.value is None or measured.value is None:
        return False
    if told.data not in ("unknown", measured.data):
        return False
    return abs(told.value - measured.value) <= 0.006
