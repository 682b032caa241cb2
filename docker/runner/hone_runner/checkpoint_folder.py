"""The folder in which a trial's process keeps the state of its training; it outlives the process, and the runner."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from typing import Any

from .protocol import TrialOrder
from .told_epochs import ToldEpochs
from .tree import remove_tree, walk_files

#: Grows when what is kept changes its form.
_FORM = 1
_SEED = "seed.txt"
_TOLD = "epochs.jsonl"


class CheckpointFolder:
    """The one of a trial, or of one repeat of it, below the trial's folder."""

    def __init__(self, order: TrialOrder, folder: str) -> None:
        self._order = order
        self._path = os.path.join(folder, "checkpoint" if order.repeat == 0 else f"checkpoint-{order.repeat}")
        #: Drawn for a trial that has none, so that a process that goes on has the same chances; None where nothing is kept.
        self.seed: int | None = None
        #: Of the trial's epochs; where nothing is kept, neither are these.
        self.told = ToldEpochs(os.path.join(self._path, _TOLD), order.checkpoint.heard if order.checkpoint else None)

    def prepare(self, tree: str) -> dict[str, Any] | None:
        """Make it, empty unless the trial resumes; what the script's process needs to know. Raises OSError."""
        wanted = self._order.checkpoint
        if wanted is None or not wanted.resume:
            self.remove()
        if wanted is None:
            return None
        os.makedirs(self._path, exist_ok=True)
        self.seed = self._chance()
        return {
            "folder": self._path,
            "bytes": wanted.bytes,
            "identity": _identity(self._order, tree),
            "resume": wanted.resume,
        }

    def remove(self) -> None:
        """Remove it, where it is."""
        remove_tree(self._path)

    def _chance(self) -> int:
        path = os.path.join(self._path, _SEED)
        try:
            with open(path, encoding="ascii") as stream:
                return int(stream.read())
        except (OSError, ValueError):
            seed = secrets.randbits(32)
            with open(path, "w", encoding="ascii") as stream:
                stream.write(str(seed))
            return seed


def _identity(order: TrialOrder, tree: str) -> str:
    """Return a hash of what decides which training this is: the code, and how it is called."""
    found = hashlib.sha256()
    fields = [_FORM, order.script, order.module, order.arguments, order.directory, order.seed]
    found.update(json.dumps(fields).encode())
    for path in sorted(walk_files(tree)):
        if path.endswith((".py", ".ipynb")):
            with open(path, "rb") as stream:
                content = hashlib.sha256(stream.read()).hexdigest()
            found.update(f"{os.path.relpath(path, tree)}\0{content}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()
