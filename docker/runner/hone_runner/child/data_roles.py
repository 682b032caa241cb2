"""Remembers which data a model was fitted on, so that a later number can be told to be of the same data or of other."""

from __future__ import annotations

import sys
import zlib
from typing import Any, Iterator, Tuple

_SAMPLED_ROWS = 1024
_SAMPLED_VALUES = 8192
#: Plain lists longer than this are not looked at: turning them into arrays would cost the script time.
_LONGEST_LIST = 200_000

Fingerprint = Tuple[int, int, int]


class DataRoles:
    """Fingerprints of arrays by role. Arrays are not kept; a fingerprint is a hash of rows taken at even distances."""

    def __init__(self) -> None:
        self._roles: dict[object, str] = {}
        self._train_rows: set[int] = set()
        # An id says nothing once its object is gone, so data without content to hash (generators, data sets) is kept.
        self._kept: list[object] = []
        #: Fingerprints of what the latest fit was given.
        self.fitted: list[Fingerprint] = []

    @property
    def learned(self) -> bool:
        """Whether anything was fitted at all."""
        return bool(self._roles)

    def learn(self, role: str, *data: Any) -> None:
        """Remember that `data` was given to a fit as `role`: `train` or `validation`. What is train stays train."""
        if role == "train":
            self.fitted = [mark for mark in map(fingerprint, data) if mark is not None]
        for one in data:
            for key in _keys(one):
                if self._roles.get(key) != "train":
                    self._roles[key] = role
            if role == "train":
                self._train_rows.add(row_count(one) or 0)
            if one is not None and fingerprint(one) is None:
                self._kept.append(one)

    def same(self, one: Any, other: Any) -> bool:
        """Whether two arrays hold the same, as far as their fingerprints tell."""
        mark = fingerprint(one)
        return mark is not None and mark == fingerprint(other)

    def role_of(self, *data: Any) -> str:
        """Role of data that a number is of: known from a fit, else `test` where something was fitted, else `unknown`."""
        for one in data:
            for key in _keys(one):
                if key in self._roles:
                    return self._roles[key]
        if not self._roles:
            return "unknown"
        # As many rows as a fit saw, but other values: probably the same labels in another encoding, so nothing is claimed.
        rows = next((row_count(one) for one in data if row_count(one)), None)
        return "unknown" if rows in self._train_rows else "test"


def row_count(data: Any) -> int | None:
    """Number of rows of array-like data, of the first of a dictionary's or a tuple's arrays; None where it is not known."""
    if isinstance(data, dict):
        return row_count(next(iter(data.values()), None))
    shape = getattr(data, "shape", None)
    if shape is not None:
        try:
            return int(shape[0]) if len(shape) else None
        except (TypeError, ValueError):
            return None
    if isinstance(data, (list, tuple)):
        return row_count(data[0]) if data and hasattr(data[0], "shape") else len(data)
    return None


def fingerprint(data: Any) -> Fingerprint | None:
    """Rows, size and hash of array-like data; the same for a list, an array and a Series of the same values."""
    sampled = _sample(data)
    return None if sampled is None else _hash(*sampled)


def _keys(data: Any) -> Iterator[object]:
    if data is None:
        return
    if isinstance(data, (list, tuple)) and data and hasattr(data[0], "shape") and len(getattr(data[0], "shape", ())):
        # Several inputs of one model: each is known by itself.
        for one in data:
            yield from _keys(one)
        return
    sampled = _sample(data)
    if sampled is None:
        yield id(data)
        return
    rows, values = sampled
    yield _hash(rows, values)
    if values.ndim == 2 and values.shape[1] > 1 and values.dtype.kind in "fiub" and set(values.ravel().tolist()) <= {0, 1}:
        # One-hot labels are often measured as class numbers.
        yield _hash(rows, values.argmax(axis=1))


def _sample(data: Any) -> tuple[int, Any] | None:
    numpy = sys.modules.get("numpy")
    if numpy is None or isinstance(data, (str, bytes, dict)):
        return None
    if isinstance(data, (list, tuple)):
        if not data or len(data) > _LONGEST_LIST:
            return None
        data = numpy.asarray(data)
    shape = getattr(data, "shape", None)
    if shape is None or len(shape) == 0 or not isinstance(shape[0], int) or shape[0] == 0:
        return None
    rows = shape[0]
    step = max(1, rows // _SAMPLED_ROWS)
    part = data.iloc[::step] if hasattr(data, "iloc") else data[::step]
    for name in ("detach", "cpu", "toarray"):
        convert = getattr(part, name, None)
        part = convert() if convert is not None else part
    return rows, numpy.asarray(part)


def _hash(rows: int, values: Any) -> Fingerprint:
    numpy = sys.modules["numpy"]
    flat = values.reshape(-1)
    flat = flat[:: max(1, flat.size // _SAMPLED_VALUES)]
    data = flat.astype(numpy.float64).tobytes() if flat.dtype.kind in "fiub" else repr(flat.tolist()).encode()
    return (rows, int(values.size), zlib.crc32(data))
