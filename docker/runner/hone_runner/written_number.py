"""Reads numbers as people write them: with a decimal point or comma, with groups of thousands."""

from __future__ import annotations

import re

#: A whole number as it is written; what is in doubt is left to `read_number`, so that no number is cut at its comma.
NUMBER = r"[-+]?(?:\d+(?:[.,]\d+)+|\d+\.?|\.\d+)(?:[eE][-+]?\d+)?|nan|inf"
#: Stands behind NUMBER where more digits must not follow.
NUMBER_END = r"(?!\w|[.,]\d)"
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+(?:[eE][-+]?\d+)?")
_MAYBE_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")


def read_number(text: str, percent: bool) -> float | None:
    """Read what NUMBER matched; None where it is in doubt: `1,234` is one or a thousand, unless it is a percentage."""
    whole, point, _ = text.partition(".")
    if "," not in text:
        return float(text) if text.count(".") <= 1 else None
    if _GROUPED.fullmatch(whole) and (point or whole.count(",") > 1):
        return float(text.replace(",", "")) if text.count(".") <= 1 and "," not in text[len(whole) :] else None
    if _DECIMAL_COMMA.fullmatch(text) and (percent or not _MAYBE_GROUPED.fullmatch(text)):
        return float(text.replace(",", "."))
    return None
