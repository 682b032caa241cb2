"""The files that a script has written so far: a part of the state of its training, as a best model that is read at the end."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import shutil
from typing import Any, BinaryIO, Callable

from ..tree import FileState, file_state, walk_files
from .snapshot_file import Content, Snapshot

_PREFIX = "files/"
_FILES = (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)


class WrittenFiles:
    """Files below `tree` that were made or changed since this was made."""

    def __init__(self, tree: str, limit_bytes: int, notice: Callable[[str], None]) -> None:
        self._tree = tree
        self._limit = limit_bytes
        self._notice = notice
        self._told = False
        self._before: dict[str, FileState] = {}
        for path in walk_files(tree):
            with contextlib.suppress(OSError):
                self._before[path] = file_state(path)

    def entries(self) -> dict[str, Content]:
        """Return them as entries of a snapshot, small ones first, those beyond the limit left out and told of once."""
        sizes = self._sizes()
        if sizes:
            _flush_open_files()
            sizes = self._sizes()
        left_out = []
        found: dict[str, Content] = {}
        used = 0
        for path in sorted(sizes, key=lambda path: (sizes[path], path)):
            relative = os.path.relpath(path, self._tree).replace(os.sep, "/")
            used += sizes[path]
            if used <= self._limit:
                found[_PREFIX + relative] = _copier(path)
            else:
                left_out.append(relative)
        if left_out and not self._told:
            self._told = True
            self._notice(f"Checkpoints leave out {left_out[0]}, which the script wrote and which is too large for them.")
        return found

    def _sizes(self) -> dict[str, int]:
        sizes: dict[str, int] = {}
        for path in walk_files(self._tree):
            # It may go away meanwhile, as temporary files do.
            with contextlib.suppress(OSError):
                state = file_state(path)
                if state != self._before.get(path):
                    sizes[path] = state.size
        return sizes

    def restore(self, snapshot: Snapshot) -> None:
        """Write the files of a snapshot where they were; what is open for writing goes on at their end. Raises OSError."""
        # What is held back would come after what is restored.
        _flush_open_files()
        written = set()
        for name in snapshot.names():
            if not name.startswith(_PREFIX):
                continue
            path = os.path.join(self._tree, *name[len(_PREFIX) :].split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if os.path.islink(path):
                os.unlink(path)
            # In place: who has opened it already shall not write into a file that is no longer there.
            with open(path, "wb") as stream:
                stream.write(snapshot.read(name))
            written.add(os.path.realpath(path))
        for file in _open_files():
            if os.path.realpath(file.name) in written:
                file.seek(0, os.SEEK_END)


def _copier(path: str) -> Callable[[BinaryIO], None]:
    def copy(stream: BinaryIO) -> None:
        with open(path, "rb") as source:
            shutil.copyfileobj(source, stream)

    return copy


def _flush_open_files() -> None:
    for file in _open_files():
        with contextlib.suppress(OSError, ValueError):
            file.flush()


def _open_files() -> list[Any]:
    """Files that are open for writing under a name, a text before the bytes below it."""
    found = [
        one
        for one in gc.get_objects()
        if type(one) in _FILES and not one.closed and isinstance(one.name, str) and one.writable() and one.seekable()
    ]
    return sorted(found, key=lambda one: _FILES.index(type(one)))
