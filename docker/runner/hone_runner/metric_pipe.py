"""The pipe that carries a trial's metrics from the script's process, apart from what it prints."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any


def inherited_end(write_end: int) -> tuple[str, dict[str, Any]]:
    """Return a token by which a new process finds `write_end`, and what Popen needs to hand it down."""
    return _inherit(write_end)


def open_metric_pipe(token: str) -> int:
    """In the script's process: return the descriptor that `token` names, kept from that process's own children."""
    descriptor = _descriptor(token)
    os.set_inheritable(descriptor, False)
    return descriptor


if sys.platform == "win32":
    import msvcrt

    def _inherit(write_end: int) -> tuple[str, dict[str, Any]]:
        handle = msvcrt.get_osfhandle(write_end)
        os.set_handle_inheritable(handle, True)
        startup = subprocess.STARTUPINFO()
        startup.lpAttributeList = {"handle_list": [handle]}
        return str(handle), {"startupinfo": startup, "creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}

    def _descriptor(token: str) -> int:
        return msvcrt.open_osfhandle(int(token), os.O_WRONLY)

else:

    def _inherit(write_end: int) -> tuple[str, dict[str, Any]]:
        return str(write_end), {"pass_fds": (write_end,), "start_new_session": True}

    def _descriptor(token: str) -> int:
        return int(token)
