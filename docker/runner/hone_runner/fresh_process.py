"""A script's process as a new Python of its own."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys

from .launch import Launch, WriteEnds
from .leftovers import MARK_VARIABLE
from .metric_pipe import inherited_end

#: First code of a script's process, and of the one that others are forked from.
BOOTSTRAP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "child", "bootstrap.py")


class FreshProcess:
    """Starts at once; imports everything anew."""

    def __init__(self, launch: Launch, ends: WriteEnds) -> None:
        token, options = inherited_end(ends.metrics)
        self._process = subprocess.Popen(
            [sys.executable, BOOTSTRAP],
            stdin=subprocess.PIPE,
            stdout=ends.stdout,
            stderr=ends.stderr,
            cwd=launch.directory,
            env={**launch.environment, MARK_VARIABLE: launch.mark},
            **options,
        )
        self.pid = self._process.pid
        assert self._process.stdin
        # A child that died at once is told of by its exit code.
        with contextlib.suppress(OSError):
            self._process.stdin.write(json.dumps({**launch.job, "metrics": token, "parent": os.getpid()}).encode("ascii"))
            self._process.stdin.close()

    def wait(self, timeout_seconds: float | None) -> int | None:
        """Wait for its end: the exit code, negative for a signal, or None where the time is over."""
        try:
            return self._process.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            return None
