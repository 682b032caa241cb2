"""NumPy's arrays, and generators of random numbers that the script made itself."""

from __future__ import annotations

import hashlib
import random
import sys
from typing import Any

from .kind import SAME, Kind

#: An array of this size is saved only where the loop changed it, and must otherwise be the same when the loop is resumed.
LARGE_BYTES = 1_000_000


class Arrays(Kind):
    """Arrays of numbers."""

    def before(self, value: Any) -> Any:
        # Of the user's files, or of what cannot be written to, nothing is learnt by reading it all.
        return digest_of(value) if value.nbytes >= LARGE_BYTES and value.flags.writeable else ""

    def mark(self, value: Any, before: Any) -> str:
        return f"{value.dtype} {value.shape} {before}"

    def content(self, value: Any, before: Any) -> Any:
        if not value.flags.writeable or (before and digest_of(value) == before):
            return SAME
        return value.copy()

    def restore(self, value: Any, content: Any) -> None:
        if value.shape != content.shape:
            value.resize(content.shape, refcheck=False)
        value[...] = content


class RandomStates(Kind):
    """Generators of random numbers of Python's, NumPy's and PyTorch's."""

    def content(self, value: Any, _before: Any) -> Any:
        if isinstance(value, random.Random):
            return value.getstate()
        if hasattr(value, "bit_generator"):
            return value.bit_generator.state
        state = value.get_state()
        return state.numpy().copy() if hasattr(state, "numpy") else state

    def restore(self, value: Any, content: Any) -> None:
        if isinstance(value, random.Random):
            value.setstate(content)
        elif hasattr(value, "bit_generator"):
            value.bit_generator.state = content
        elif type(value).__module__.startswith("torch"):
            value.set_state(sys.modules["torch"].from_numpy(content))
        else:
            value.set_state(content)


def array_atoms() -> tuple[type, ...]:
    """Types of NumPy's and PyTorch's of which a value is all there is."""
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    found: list[type] = [numpy.generic, numpy.dtype] if numpy is not None else []
    if torch is not None:
        found += [torch.dtype, torch.device, torch.Size, torch.layout, torch.memory_format]
    return tuple(found)


def random_states() -> tuple[type, ...]:
    """Types of generators that are there."""
    found: list[type] = []
    numpy_random, torch = sys.modules.get("numpy.random"), sys.modules.get("torch")
    if numpy_random is not None:
        found += [numpy_random.RandomState, numpy_random.Generator]
    if torch is not None:
        found.append(torch.Generator)
    return tuple(found)


def digest_of(array: Any) -> str:
    """Return a hash of what is in an array."""
    numpy = sys.modules["numpy"]
    return hashlib.sha256(memoryview(numpy.ascontiguousarray(array)).cast("B")).hexdigest()
