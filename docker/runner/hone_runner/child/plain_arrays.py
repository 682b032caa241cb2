"""Arrays as plain numbers in a file, which any language can read without running anything."""

from __future__ import annotations

import hashlib
import sys
from typing import Any


class PlainArrays:
    """Writes arrays one after another, little-endian and in C order, and hashes what it writes."""

    def __init__(self, path: str) -> None:
        self._stream = open(path, "wb")
        self._hash = hashlib.sha256()
        self._offset = 0

    def add(self, array: Any, kind: str) -> dict[str, Any]:
        """Append an array as `kind`, `float32`, `float64` or `int32`; its offset in bytes, kind and shape."""
        numpy = sys.modules["numpy"]
        values = numpy.ascontiguousarray(array, dtype=numpy.dtype(kind).newbyteorder("<"))
        data = values.tobytes()
        self._stream.write(data)
        self._hash.update(data)
        place = {"offset": self._offset, "kind": kind, "shape": [int(one) for one in values.shape]}
        self._offset += len(data)
        return place

    def close(self) -> str:
        """Close the file; the SHA-256 of what is in it, in hexadecimal."""
        self._stream.close()
        return self._hash.hexdigest()
