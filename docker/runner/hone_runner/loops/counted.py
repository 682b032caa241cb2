"""Tells whether the passes of a loop are known beforehand, so that those that were done can be skipped."""

from __future__ import annotations

import gc
import itertools
import sys
import types
from typing import Any

_ITERATORS: tuple[type, ...] = tuple(
    type(one)
    for one in (
        iter(range(0)),
        iter([1]),
        iter((1,)),
        iter(range(2**70)),
        reversed([1]),
        enumerate([1]),
        zip(),
        reversed(range(0)),
    )
)
_NUMBERS = (bool, int, float, str, type(None))
_BARS = ("tqdm", "rich", "alive_progress", "fastprogress", "progressbar")


def is_counted(passes: Any) -> bool:
    """Whether `passes` is a range, a list of plain values, or a count, zip, enumeration or progress bar of such."""
    if isinstance(passes, (range, itertools.count)):
        return True
    if isinstance(passes, (list, tuple)):
        return all(isinstance(one, _NUMBERS) or (type(one) in _ITERATORS and is_counted(one)) for one in passes)
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(passes, numpy.ndarray):
        return bool(passes.ndim == 1)
    if type(passes) in _ITERATORS:
        # What it goes through can only be had this way; an enumeration holds its number and its last pair as well.
        inner = [one for one in gc.get_referents(passes) if not isinstance(one, (*_NUMBERS, type))]
        return all(is_counted(one) for one in inner)
    if isinstance(passes, types.GeneratorType) and passes.gi_frame is not None:
        # What a bar gives when it is gone through.
        inside = passes.gi_frame
        own = inside.f_globals.get("__name__", "").partition(".")[0] in _BARS
        return own and any(is_counted(inside.f_locals.get(name)) for name in ("self", "sequence"))
    if type(passes).__module__.partition(".")[0] in _BARS:
        return is_counted(getattr(passes, "iterable", None))
    return False
