"""Waits until what this process wrote into a pipe was read: what dies with a pipe is lost, whatever a checkpoint holds."""

from __future__ import annotations

import os
import stat
import sys
import time

_MOST_SECONDS = 0.1
_LOOK_SECONDS = 0.0005


def wait_until_read(*descriptors: int) -> None:
    """Wait a moment until these pipes are empty. Never raises; what is no pipe is taken for read, as all is on Windows."""
    deadline = time.monotonic() + _MOST_SECONDS
    for descriptor in descriptors:
        while _unread_bytes(descriptor) and time.monotonic() < deadline:
            time.sleep(_LOOK_SECONDS)


if sys.platform == "win32":

    def _unread_bytes(_descriptor: int) -> int:
        return 0

else:
    import fcntl
    import termios

    def _unread_bytes(descriptor: int) -> int:
        try:
            if not stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                return 0
            return int.from_bytes(fcntl.ioctl(descriptor, termios.FIONREAD, b"\0" * 4), sys.byteorder)
        except OSError:
            return 0
