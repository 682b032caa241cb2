"""A file that holds a state of the training, whole or not at all: a hash of all that follows, then an archive."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import pickle
import zipfile
from typing import Any, BinaryIO, Callable, Mapping, Union, cast

_HASH_BYTES = 65
_CHUNK_BYTES = 1024 * 1024
_ABOUT = "about.json"
_UNFINISHED = ".part"

#: What an entry holds, or what writes it into a stream that cannot seek.
Content = Union[bytes, Callable[[BinaryIO], None]]


class DamagedError(Exception):
    """A file whose content is not what was written."""


class Snapshot:
    """A file that was read and found whole; `about` is what stands in it beside its entries."""

    def __init__(self, path: str) -> None:
        """Read and check a file. Raises OSError and DamagedError."""
        self.path = path
        with open(path, "rb") as stream:
            told = stream.read(_HASH_BYTES)
            found = hashlib.sha256()
            while chunk := stream.read(_CHUNK_BYTES):
                found.update(chunk)
        if told != _line(found.hexdigest()):
            raise DamagedError("is damaged")
        self.about: dict[str, Any] = json.loads(self.read(_ABOUT))

    @property
    def epoch(self) -> int | None:
        """Epochs, rounds or passes that were done."""
        epoch: int | None = self.about["epoch"]
        return epoch

    @property
    def finished(self) -> bool:
        """Whether this is the end of the training, which then needs not run again."""
        return bool(self.about["finished"])

    def names(self) -> list[str]:
        """Names of the entries."""
        with zipfile.ZipFile(self.path) as archive:
            return [name for name in archive.namelist() if name != _ABOUT]

    def read(self, name: str) -> bytes:
        """Content of an entry. Raises KeyError where there is none."""
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(name)

    def load(self, name: str) -> Any:
        """Return the value of an entry that `pickled` wrote."""
        return pickle.loads(self.read(name))


def pickled(value: Any) -> Content:
    """Return what writes a value for `Snapshot.load`."""
    return lambda stream: pickle.dump(value, stream, protocol=4)


def pickled_result(make: Callable[[], Any]) -> Content:
    """Return what makes a value only when it is written, so that its making counts as a part of saving."""
    return lambda stream: pickle.dump(make(), stream, protocol=4)


def write_snapshot(path: str, about: Mapping[str, Any], entries: Mapping[str, Content], limit_bytes: int) -> int:
    """Write a file that appears under its name once it is safe on the disk; its bytes.

    Raises OSError, with EFBIG where it gets larger than the limit, and whatever an entry's writer raises; nothing is left then.
    """
    unfinished = path + _UNFINISHED
    try:
        with open(unfinished, "wb") as file:
            file.write(_line("0" * 64))
            stream = _HashedStream(file, limit_bytes)
            with zipfile.ZipFile(cast(Any, stream), "w") as archive:
                for name, content in {_ABOUT: json.dumps(about).encode(), **entries}.items():
                    with archive.open(name, "w", force_zip64=True) as entry:
                        content(cast(BinaryIO, entry)) if callable(content) else entry.write(content)
            file.seek(0)
            file.write(_line(stream.hash.hexdigest()))
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(unfinished)
        raise
    _sync_folder(os.path.dirname(path))
    return stream.count + _HASH_BYTES


class _HashedStream:
    """Writes on to a file; without `tell`, so that an archive goes through it once, from its beginning to its end."""

    def __init__(self, file: BinaryIO, limit_bytes: int) -> None:
        self._file = file
        self._limit = limit_bytes
        self.hash = hashlib.sha256()
        self.count = 0

    def write(self, data: Any) -> int:
        size = memoryview(data).nbytes
        self.count += size
        if self.count > self._limit:
            raise OSError(errno.EFBIG, "checkpoints would take more disk than they may")
        self.hash.update(data)
        self._file.write(data)
        return size

    def flush(self) -> None:
        self._file.flush()


def _line(digest: str) -> bytes:
    return f"{digest}\n".encode("ascii")


def _sync_folder(folder: str) -> None:
    # Windows cannot open a folder; there the file system keeps the order itself.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
