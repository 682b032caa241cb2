"""The runner's side of the warm process that scripts are forked from."""

from __future__ import annotations

import array
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from typing import Sequence

from .fresh_process import BOOTSTRAP
from .launch import Launch, Started, WriteEnds
from .leftovers import MARK_VARIABLE

#: A fork overwrites it with its own mark, of the same length.
_NO_MARK = "0" * 16
#: How long an import may take before trials go on without it.
_IMPORT_SECONDS = 300
_POLL_SECONDS = 0.02
_CLOSE_SECONDS = 1
_KEPT_OUTPUT = 4096


class ForkServer:
    """Begins to import `modules` when it is made, in `environment`. Close it, or it lives as long as the runner."""

    def __init__(self, modules: Sequence[str], environment: dict[str, str], directory: str) -> None:
        self._control, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, BOOTSTRAP],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=directory,
            env={**environment, MARK_VARIABLE: _NO_MARK},
            pass_fds=(theirs.fileno(),),
            start_new_session=True,
        )
        assert self._process.stdin
        with contextlib.suppress(OSError):
            self._process.stdin.write(json.dumps({"preload": list(modules), "control": theirs.fileno()}).encode("ascii"))
            self._process.stdin.close()
        theirs.close()
        self._asking = threading.Lock()
        self._ready = threading.Event()
        self._output = b""
        #: Why it serves no forks, once it is ready.
        self.failure: str | None = None
        #: Top-level names of what it has imported, once it is ready.
        self.modules: frozenset[str] = frozenset()
        for target in (self._drain, self._await_ready):
            threading.Thread(target=target, daemon=True).start()

    @property
    def alive(self) -> bool:
        """Whether forks can be asked for."""
        return self._process.poll() is None

    def wait_ready(self, given_up: threading.Event) -> bool:
        """Wait until the imports are done; false where `given_up` was set first, or they take too long."""
        for _ in range(int(_IMPORT_SECONDS / _POLL_SECONDS)):
            if self._ready.wait(_POLL_SECONDS):
                return True
            if given_up.is_set():
                return False
        self.close()
        self.failure = f"importing takes more than {_IMPORT_SECONDS} seconds"
        return True

    def start(self, launch: Launch, ends: WriteEnds) -> Started:
        """Run a script in a fork. Raises OSError where the server is gone."""
        given, job = os.pipe()
        status, told = os.pipe()
        try:
            self._request([given, *ends, told])
        except OSError:
            os.close(job)
            os.close(status)
            raise
        finally:
            os.close(given)
            os.close(told)
        environment = {**launch.environment, MARK_VARIABLE: launch.mark}
        more = {"directory": launch.directory, "environment": environment, "parent": self._process.pid}
        with contextlib.suppress(OSError), os.fdopen(job, "wb") as stream:
            stream.write(json.dumps({**launch.job, **more}).encode("ascii"))
        return _ForkedProcess(status)

    def close(self) -> None:
        """End it, with all its forks."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(_CLOSE_SECONDS if self._ready.is_set() else 0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _request(self, descriptors: list[int]) -> None:
        ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))]
        with self._asking:
            self._control.sendmsg([b"f"], ancillary)

    def _await_ready(self) -> None:
        with contextlib.suppress(OSError, ValueError), self._control.makefile("rb") as stream:
            said = json.loads(stream.readline())
            self.failure, self.modules = said["failure"], frozenset(said["modules"])
            self._ready.set()
            return
        self.failure = f"importing ended the process: {self._last_line()}"
        self._ready.set()

    def _drain(self) -> None:
        """What imports print belongs to no trial; its end tells why a server died."""
        assert self._process.stdout
        while chunk := os.read(self._process.stdout.fileno(), _KEPT_OUTPUT):
            self._output = (self._output + chunk)[-_KEPT_OUTPUT:]

    def _last_line(self) -> str:
        code = self._process.wait()
        lines = self._output.decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), f"exit code {code}")


class _ForkedProcess:
    """A fork whose pid and end come over a pipe; that pipe ends without them where the server was killed."""

    def __init__(self, status: int) -> None:
        self._status = os.fdopen(status, "rb")
        word, _, number = self._status.readline().partition(b" ")
        if word != b"pid":
            self._status.close()
            raise OSError("the process that scripts are forked from is gone")
        self.pid = int(number)
        self._ended = threading.Event()
        self._code = -9
        threading.Thread(target=self._await_end, daemon=True).start()

    def wait(self, timeout_seconds: float | None) -> int | None:
        """Wait for its end: the exit code, negative for a signal, or None where the time is over."""
        return self._code if self._ended.wait(timeout_seconds) else None

    def _await_end(self) -> None:
        with self._status as stream:
            line = stream.readline()
        if line.startswith(b"end "):
            self._code = int(line[4:])
        self._ended.set()
