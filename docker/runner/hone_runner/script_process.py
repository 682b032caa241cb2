"""The process that a script runs in: starts it, reads what it says, and ends it with all that it started."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import threading
from typing import Any, Callable

from .launch import Launch, Start, WriteEnds
from .leftovers import kill_marked

_READ_BYTES = 32 * 1024
#: A metric line is small; what is longer comes from a script that writes to a pipe that is not its own.
_METRIC_LINE_BYTES = 256 * 1024
#: How long a script may take to end by itself when it is told to.
GRACE_SECONDS = 0.5

OnOutput = Callable[[str, bytes], None]
OnMetricLine = Callable[[bytes], None]


class ScriptProcess:
    """One run of a script. The callbacks come from reading threads, one at a time for each stream."""

    def __init__(
        self,
        start: Start,
        job: dict[str, Any],
        directory: str,
        environment: dict[str, str],
        on_output: OnOutput,
        on_metric: OnMetricLine,
    ) -> None:
        self._mark = secrets.token_hex(8)
        self._ending = threading.Lock()
        out, err, metrics = os.pipe(), os.pipe(), os.pipe()
        try:
            self._process = start(Launch(job, directory, environment, self._mark), WriteEnds(out[1], err[1], metrics[1]))
        except BaseException:
            for read_end, _ in (out, err, metrics):
                os.close(read_end)
            raise
        finally:
            # The script is left as the only writer, so that its end is the pipes' end.
            for _, write_end in (out, err, metrics):
                os.close(write_end)
        self.pid = self._process.pid
        self._readers: list[threading.Thread] = [
            _start(_read_chunks, out[0], lambda chunk: on_output("stdout", chunk)),
            _start(_read_chunks, err[0], lambda chunk: on_output("stderr", chunk)),
            _start(_read_lines, metrics[0], on_metric),
        ]

    def wait(self, timeout_seconds: float | None) -> int | None:
        """Wait for the script's end; the exit code, negative for a signal, or None where the time is over."""
        return self._process.wait(timeout_seconds)

    def stop(self) -> None:
        """End the script and all its processes within a second: asked first, then killed. Safe to call at any time."""
        with self._ending:
            self._signal_group(force=False)
            self.wait(GRACE_SECONDS)
            self._signal_group(force=True)
            kill_marked(self._mark)

    def finish(self) -> int:
        """After the script's end: kill what it left running, read the rest of its output, and return the exit code."""
        code = self._process.wait(None)
        self._signal_group(force=True)
        kill_marked(self._mark)
        for reader in self._readers:
            # Someone may have escaped with the pipe in hand; nothing more of it is waited for.
            reader.join(timeout=5)
        return -signal.SIGKILL if code is None else code

    def _signal_group(self, force: bool) -> None:
        if sys.platform == "win32":
            if force or self._process.wait(0) is None:
                command = ["taskkill", "/T", *(["/F"] if force else []), "/PID", str(self.pid)]
                subprocess.run(command, capture_output=True, check=False)
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL if force else signal.SIGTERM)


def _start(
    read: Callable[[int, Callable[[bytes], None]], None], descriptor: int, sink: Callable[[bytes], None]
) -> threading.Thread:
    thread = threading.Thread(target=read, args=(descriptor, sink), daemon=True)
    thread.start()
    return thread


def _read_chunks(descriptor: int, sink: Callable[[bytes], None]) -> None:
    with contextlib.suppress(OSError):
        while chunk := os.read(descriptor, _READ_BYTES):
            sink(chunk)
    os.close(descriptor)


def _read_lines(descriptor: int, sink: Callable[[bytes], None]) -> None:
    rest = b""

    def split(chunk: bytes) -> None:
        nonlocal rest
        *lines, rest = (rest + chunk).split(b"\n")
        rest = rest if len(rest) <= _METRIC_LINE_BYTES else b""
        for line in lines:
            sink(line)

    _read_chunks(descriptor, split)
