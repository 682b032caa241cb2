"""Finds processes that a script left behind, also those that left its process group."""

from __future__ import annotations

import contextlib
import os
import signal
import sys

#: Every process of a trial inherits this variable, and `/proc` shows it.
MARK_VARIABLE = "HONE_TRIAL_MARK"


def kill_marked(mark: str) -> None:
    """Kill every process that carries `mark`; nothing on systems without `/proc`."""
    if not sys.platform.startswith("linux"):
        return
    wanted = f"{MARK_VARIABLE}={mark}".encode()
    # A process that forks without end may add one while we look, so look until there is none.
    for _ in range(50):
        if not _kill_once(wanted):
            return


def _kill_once(wanted: bytes) -> bool:
    found = False
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        # Others' processes may not be read, and processes end while one looks: neither is ours to kill.
        with contextlib.suppress(OSError):
            with open(f"/proc/{name}/environ", "rb") as stream:
                marked = wanted in stream.read().split(b"\0")
            if marked:
                os.kill(int(name), signal.SIGKILL)
                found = True
    return found
