"""Plain data among the attributes of an object, of a kind that nobody foresaw: what can be kept and put back without harm."""

from __future__ import annotations

from collections import OrderedDict, defaultdict, deque
from typing import Any, Mapping

_ATOMS = (type(None), bool, int, float, complex, str, bytes)
_LISTS = (list, tuple, set, frozenset, deque)
_MAPPINGS = (dict, OrderedDict, defaultdict)


def plain_copy(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return copies of those that are plain data: numbers, texts, arrays of NumPy, and lists, sets and mappings of these."""
    return {name: _copy(value) for name, value in attributes.items() if _is_plain(value)}


def put_back(attributes: dict[str, Any], kept: Mapping[str, Any]) -> None:
    """Set attributes to what was kept; lists and mappings stay the objects that they are, for others may hold them too."""
    for name, value in kept.items():
        present: Any = attributes.get(name)
        if type(value) in (list, deque) and type(present) is type(value):
            present.clear()
            present.extend(value)
        elif isinstance(value, (dict, set)) and type(present) is type(value):
            present.clear()
            present.update(value)
        else:
            attributes[name] = value


def _is_plain(value: Any, depth: int = 0) -> bool:
    if depth > 8:
        return False
    if type(value) in _ATOMS or _is_array(value):
        return True
    if type(value) in _LISTS:
        return all(_is_plain(one, depth + 1) for one in value)
    if type(value) is defaultdict and value.default_factory not in (None, int, float, list, dict, set):
        return False
    if type(value) in _MAPPINGS:
        return all(_is_plain(one, depth + 1) for pair in value.items() for one in pair)
    return False


def _is_array(value: Any) -> bool:
    return type(value).__module__ == "numpy" and hasattr(value, "dtype") and value.dtype.kind in "biufcSUMm"


def _copy(value: Any) -> Any:
    if isinstance(value, _ATOMS):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return type(value)(_copy(one) for one in value)
    if isinstance(value, deque):
        return deque((_copy(one) for one in value), value.maxlen)
    if isinstance(value, Mapping):
        copied = value.copy()  # type: ignore[attr-defined]
        for key, one in value.items():
            copied[key] = _copy(one)
        return copied
    return value.copy()
