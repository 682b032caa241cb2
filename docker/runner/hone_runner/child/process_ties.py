"""What ties a process to others on Linux, by calls that Python has no name for; elsewhere nothing is done."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import Any

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Have this process killed when the thread that started it is gone; at once where process `parent` is gone by now."""
    libc = _libc()
    if libc is not None and libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0 and os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def show_in_environment(name: str, value: str) -> None:
    """Overwrite a variable, of the same length, where `/proc` shows it: a fork shows what its first ancestor began with."""
    libc = _libc()
    if libc is None:
        return
    import ctypes

    libc.getenv.restype = ctypes.c_void_p
    place = libc.getenv(name.encode())
    if place and len(ctypes.string_at(place)) == len(value):
        ctypes.memmove(place, value.encode(), len(value))


def flush_c_streams() -> None:
    """Write out what C libraries still hold back; each fork would write it again."""
    libc = _libc()
    if libc is not None:
        libc.fflush(None)


def _libc() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    # A Python can be built without it.
    with contextlib.suppress(ImportError, OSError):
        import ctypes

        return ctypes.CDLL(None)
    return None
