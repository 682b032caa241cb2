"""Chooses how a script's process comes about: as a fork where that changes nothing for the script, else as a new Python."""

from __future__ import annotations

import glob
import os
import sys
import threading
from typing import Callable, Mapping, Sequence

from .fork_server import ForkServer
from .fresh_process import FreshProcess
from .launch import Launch, Start, Started, WriteEnds
from .plan_fork import ForkPlan, plan_fork
from .protocol import TrialOrder
from .script_environment import script_environment

Notice = Callable[[str], None]


class Launcher:
    """Serves all trials of a runner; they may ask at the same time. `packages` may be imported ahead of a script."""

    def __init__(self, packages: Sequence[str], directory: str) -> None:
        self._packages = tuple(packages)
        self._directory = directory
        self._server: ForkServer | None = None
        self._served: object = None
        self._lock = threading.Lock()
        self._given_up = not (packages and sys.platform.startswith("linux"))
        self._told = False

    def choose(self, order: TrialOrder, tree: str, cancelled: threading.Event, notice: Notice) -> Start:
        """Return how to start the script of `order`, whose copy is in `tree`; waits for imports unless it is `cancelled`."""
        if self._given_up:
            return FreshProcess
        script = os.path.join(tree, *order.script.split("/"))
        root = tree if order.module else os.path.dirname(script)
        environment = script_environment(order.environment, None)
        plan = plan_fork(script, root, self._packages, environment)
        server = None
        obstacle = plan.obstacle or _visible_gpu({**environment, **dict(plan.settings)})
        if obstacle is None:
            server = self._server_for(plan, order.environment)
            obstacle = self._await(server, root, cancelled)
        if obstacle:
            self._tell(notice, obstacle)
        return FreshProcess if server is None or obstacle is not None or cancelled.is_set() else _fork_of(server)

    def close(self) -> None:
        """End the warm process."""
        with self._lock:
            self._given_up = True
            if self._server is not None:
                self._server.close()

    def _server_for(self, plan: ForkPlan, environment: Mapping[str, str]) -> ForkServer | None:
        """Return the warm process of the first script that asked; None for one that wants another environment."""
        wanted = (plan.settings, dict(environment))
        with self._lock:
            if self._server is not None and self._server.alive:
                return self._server if self._served == wanted else None
            if self._given_up:
                return None
            # Where the order of sets may matter to a script it gets a process of its own, so it can be the same for all.
            base = {"PYTHONHASHSEED": "0", **script_environment(environment, None), **dict(plan.settings)}
            self._server, self._served = ForkServer(plan.modules, base, self._directory), wanted
            return self._server

    def _await(self, server: ForkServer | None, root: str, cancelled: threading.Event) -> str | None:
        if server is None:
            return "they differ in their environment"
        if not server.wait_ready(cancelled):
            return None
        if server.failure is not None:
            self._given_up = True
            server.close()
            return server.failure
        own = {entry.name for entry in os.scandir(root) if _is_importable(entry)}
        hidden = sorted(name for name in server.modules if name in own or f"{name}.py" in own)
        return f"{hidden[0]} is also a module of the script's own folder" if hidden else None

    def _tell(self, notice: Notice, obstacle: str) -> None:
        if not self._told:
            self._told = True
            notice(f"Each trial imports its libraries anew: {obstacle}.")


def _fork_of(server: ForkServer) -> Start:
    def start(launch: Launch, ends: WriteEnds) -> Started:
        try:
            return server.start(launch, ends)
        except OSError:
            # It died; the next trial starts it again.
            return FreshProcess(launch, ends)

    return start


def _is_importable(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(".py") or os.path.isfile(os.path.join(entry.path, "__init__.py"))


def _visible_gpu(environment: Mapping[str, str]) -> str | None:
    hidden = environment.get("CUDA_VISIBLE_DEVICES") in ("", "-1")
    devices = [*glob.glob("/dev/nvidia[0-9]*"), *glob.glob("/dev/dxg"), *glob.glob("/dev/kfd")]
    return None if hidden or not devices else "a GPU does not work in forks"
