"""The epochs that a trial told, kept beside its checkpoints: nobody may have listened when one came to hold them."""

from __future__ import annotations

import contextlib
import json
import os
from typing import Any, Dict

#: What comes after so much is not kept.
_MOST_BYTES = 16 * 1024 * 1024

#: The fields of an `epoch` event.
Epoch = Dict[str, Any]


class ToldEpochs:
    """A file of one line an epoch, the same as the supervisor journals. Nothing raises: a full disk costs what a curve shows."""

    def __init__(self, path: str, heard: int | None) -> None:
        """Keep them in `path`; of those there the supervisor has journalled the first `heard`, all where that is None."""
        self._path = path
        self._heard = heard

    def add(self, epoch: Epoch) -> None:
        """Keep one, before it is sent."""
        with contextlib.suppress(OSError), open(self._path, "ab") as stream:
            if stream.tell() < _MOST_BYTES:
                stream.write(_line(epoch))

    def go_on(self, after: int | None) -> list[Epoch]:
        """Forget what comes after an epoch, all where that is None; of what is left, what was never journalled."""
        told = self._read()
        heard = len(told) if self._heard is None else self._heard
        kept, unheard = ([one for one in some if one["epoch"] <= (after or 0)] for some in (told, told[heard:]))
        self._write(kept)
        return unheard

    def _read(self) -> list[Epoch]:
        try:
            with open(self._path, "rb") as stream:
                return [json.loads(line) for line in stream if line.endswith(b"\n")]
        except (OSError, ValueError):
            return []

    def _write(self, epochs: list[Epoch]) -> None:
        unfinished = f"{self._path}.part"
        with contextlib.suppress(OSError):
            with open(unfinished, "wb") as stream:
                stream.writelines(map(_line, epochs))
            os.replace(unfinished, self._path)


def _line(epoch: Epoch) -> bytes:
    return json.dumps(epoch).encode("ascii") + b"\n"
