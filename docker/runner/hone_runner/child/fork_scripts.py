"""A warm process that has frameworks imported and nothing else done: each script runs in a fork of it."""

from __future__ import annotations

import array
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import threading
import warnings
from typing import Any, Dict

from ..leftovers import MARK_VARIABLE
from .process_ties import flush_c_streams, show_in_environment
from .seeds import forget_randomness

Job = Dict[str, Any]

#: What comes with each request: the job, the script's two streams, its metrics, and where its end is told.
DESCRIPTORS = 5

#: What a library imports at its first use, of seconds' length: PyTorch at the first optimizer.
_LATE = {"torch": "torch._dynamo"}


def fork_scripts(order: Job) -> Job:
    """Import `order["preload"]`, say what is there now, and fork for each request; returns in the forks, with their job.

    The requests come over the socket of descriptor `order["control"]`. When that ends, all forks and this process end.
    """
    control = socket.socket(fileno=order["control"])
    failure = _import_all(order["preload"])
    gc.collect()
    # What is imported stays: no collection need look at it, or touch its pages, again.
    gc.freeze()
    said = {"failure": failure, "modules": sorted({name.partition(".")[0] for name in sys.modules})}
    control.sendall(json.dumps(said).encode("ascii") + b"\n")
    return _ForkLoop(control).run()


class _ForkLoop:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._forks: dict[int, int] = {}
        self._woken, self._wake = os.pipe()

    def run(self) -> Job:
        os.set_blocking(self._wake, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        while True:
            ready, _, _ = select.select([self._control.fileno(), self._woken], [], [])
            if self._woken in ready:
                os.read(self._woken, 4096)
                self._reap()
            if self._control.fileno() in ready:
                descriptors = _receive(self._control)
                if not descriptors:
                    self._end()
                job = self._fork(descriptors)
                if job is not None:
                    return job

    def _fork(self, descriptors: list[int]) -> Job | None:
        """Fork; the job in the fork, None in this process."""
        given, out, err, metrics, status = descriptors
        flush_c_streams()
        with warnings.catch_warnings():
            # Newer Pythons warn of threads that libraries started; theirs are made anew after a fork.
            warnings.simplefilter("ignore")
            process = os.fork()
        if process:
            self._forks[process] = status
            for descriptor in (given, out, err, metrics):
                os.close(descriptor)
            return None
        os.setsid()
        os.write(status, f"pid {os.getpid()}\n".encode("ascii"))
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._control.close()
        for descriptor, place in ((given, 0), (out, 1), (err, 2)):
            os.dup2(descriptor, place)
        for descriptor in (given, out, err, status, self._woken, self._wake, *self._forks.values()):
            os.close(descriptor)
        return _become_script(metrics)

    def _reap(self) -> None:
        for process, status in list(self._forks.items()):
            done, code = os.waitpid(process, os.WNOHANG)
            if done:
                del self._forks[process]
                number = -os.WTERMSIG(code) if os.WIFSIGNALED(code) else os.WEXITSTATUS(code)
                _tell(status, number)

    def _end(self) -> None:
        """Nobody is there to listen: the forks end with this process."""
        for process in self._forks:
            os.kill(process, signal.SIGKILL)
        os._exit(0)


def _become_script(metrics: int) -> Job:
    """Make the fork what a new process would be."""
    from .entry import read_job

    job = read_job()
    job["metrics"] = str(metrics)
    environment = job["environment"]
    show_in_environment(MARK_VARIABLE, environment[MARK_VARIABLE])
    os.environ.clear()
    os.environ.update(environment)
    before = os.getcwd()
    os.chdir(job["directory"])
    _move_python_path(environment.get("PYTHONPATH", ""), before)
    forget_randomness()
    return job


def _move_python_path(entries: str, before: str) -> None:
    """Look up relative entries of PYTHONPATH from where the script starts: they were resolved where this process did."""
    places = {
        os.path.abspath(os.path.join(before, entry)): os.path.abspath(entry) for entry in entries.split(os.pathsep) if entry
    }
    sys.path[:] = [places.get(path, path) for path in sys.path]


def _import_all(modules: list[str]) -> str | None:
    """Import what there is; why forks would not do, or None."""
    late = [name for library, name in _LATE.items() if library in modules]
    for name in [*modules, *late]:
        try:
            importlib.import_module(name)
        except ImportError:
            # The script will say so itself, or knows what to do without it.
            continue
        except BaseException as error:
            return f"importing {name} ended with {type(error).__name__}: {error}"
    if threading.active_count() > 1:
        return "a library starts threads when it is imported"
    return "JAX does not work in forks" if "jax" in sys.modules else None


def _receive(control: socket.socket) -> list[int]:
    """Descriptors of the next request; none at the end of the socket."""
    size = DESCRIPTORS * array.array("i").itemsize
    data, ancillary, _, _ = control.recvmsg(1, socket.CMSG_SPACE(size))
    received = array.array("i")
    for level, kind, content in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            received.frombytes(content[: len(content) - len(content) % received.itemsize])
    for descriptor in received:
        os.set_inheritable(descriptor, False)
    return list(received) if data else []


def _tell(status: int, code: int) -> None:
    try:
        os.write(status, f"end {code}\n".encode("ascii"))
    except OSError:
        # Who asked for it is gone; so will this process be, in a moment.
        return
    finally:
        os.close(status)
