"""One runner at a time works in a folder: one that takes over waits until the last one is gone."""

from __future__ import annotations

import os
import sys
import time
from typing import BinaryIO

#: A runner that lost its supervisor has ended its trials by then.
_PATIENCE_SECONDS = 15.0
_POLL_SECONDS = 0.05


def lock_work(folder: str, patience_seconds: float = _PATIENCE_SECONDS) -> BinaryIO | None:
    """Hold the lock of `folder` as long as the result is open; None where it cannot be had in time, or the disk knows none."""
    deadline = time.monotonic() + patience_seconds
    stream = open(os.path.join(folder, ".lock"), "ab")
    while True:
        try:
            _lock(stream)
            return stream
        except BlockingIOError:
            if time.monotonic() < deadline:
                time.sleep(_POLL_SECONDS)
                continue
        except OSError:
            pass
        stream.close()
        return None


def _lock(stream: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error
        return
    import fcntl

    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
