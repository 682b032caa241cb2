"""Objects whose insides are not known: they must be, between any two passes, what they were before the first."""

from __future__ import annotations

import gc
import hashlib
import io
import pickle
import sys
import types
from typing import Any

from .kind import SAME, Kind


class Opaque(Kind):
    """What can be pickled is compared by that; what cannot be is in the way."""

    def before(self, value: Any) -> Any:
        return _digest(value)

    def mark(self, _value: Any, before: Any) -> str:
        return str(before)

    def content(self, value: Any, before: Any) -> Any:
        if _digest(value) != before:
            raise TypeError("the loop changes it")
        return SAME


class Files(Kind):
    """Open files: those for writing go on at their end, as every checkpoint provides; others where they were read to."""

    def before(self, value: Any) -> Any:
        if value.closed or value in (sys.stdin, sys.stdout, sys.stderr) or isinstance(getattr(value, "name", None), int):
            return None
        if isinstance(value, (io.StringIO, io.BytesIO)) or not isinstance(getattr(value, "name", None), str):
            raise TypeError("it is no file on the disk")
        return "w" if value.writable() else "r"

    def mark(self, _value: Any, before: Any) -> str:
        return str(before)

    def content(self, value: Any, before: Any) -> Any:
        return value.tell() if before == "r" and not value.closed else SAME

    def restore(self, value: Any, content: Any) -> None:
        value.seek(content)


def is_spent(value: Any) -> bool:
    """Whether an iterator has nothing more to give, so that no one can tell it from another."""
    if isinstance(value, types.GeneratorType):
        return value.gi_frame is None
    if isinstance(value, (filter, map, zip, enumerate)):
        sources = [one for one in gc.get_referents(value) if hasattr(one, "__next__")]
        return any(is_spent(one) for one in sources)
    hint = getattr(value, "__length_hint__", None) if hasattr(value, "__next__") else None
    return hint is not None and hint() == 0


def _digest(value: Any) -> str:
    return hashlib.sha256(pickle.dumps(value, protocol=4)).hexdigest()
