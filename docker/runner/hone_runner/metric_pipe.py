"""The pipe that carries a trial's metrics from the script's process, apart from what it prints."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

#: Names the pipe's end in the child's environment; the child takes it out again before the user's code runs.
PIPE_VARIABLE = "HONE_METRIC_PIPE"


class MetricPipe:
    """The runner's side. `options` go to Popen, `token` into the child's environment."""

    def __init__(self) -> None:
        self.read_end, self._write_end = os.pipe()
        self.token, self.options = _inherit(self._write_end)

    def close_write_end(self) -> None:
        """Leave the child as the only writer, so that its end is the pipe's end."""
        os.close(self._write_end)


def open_metric_pipe(token: str) -> int:
    """In the child: return the descriptor that `token` names, kept from the child's own children."""
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
