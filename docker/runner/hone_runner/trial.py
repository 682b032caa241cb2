"""One trial: from its order to its one end."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import asdict
from typing import Any

from .artifacts import describe_left_out, keep_artifacts
from .channel import Channel
from .checkpoint_folder import CheckpointFolder
from .ending import describe_end, signal_name
from .launcher import Launcher
from .measurement import Measurement
from .memory import MemoryWatch
from .metric_files import read_metric_files
from .metric_log import MetricLog
from .protocol import NAME_LENGTH, PATH_LENGTH, TEXT_LENGTH, Configuration, TrialOrder
from .script_environment import script_environment
from .script_process import ScriptProcess
from .tree import FileState, build_tree, changed_files, record_state, remove_tree

_MESSAGE_LENGTH = 8_000
#: Of lines that never ran: a space has a few hundred, and the whole list travels in one message.
_MOST_LINES = 2_000


class Trial:
    """Runs in a thread of its own; `cancel` may come from another at any time."""

    def __init__(self, configuration: Configuration, order: TrialOrder, channel: Channel, launcher: Launcher) -> None:
        #: What a cancellation names.
        self.number = order.trial
        self.repeat = order.repeat
        self._configuration = configuration
        self._order = order
        self._channel = channel
        self._launcher = launcher
        self._folder = os.path.join(os.path.realpath(configuration.work), str(order.trial))
        # A repeat measures again what the trial made, so it keeps no artifacts and may run beside it.
        self._tree = os.path.join(self._folder, "tree" if order.repeat == 0 else f"tree-{order.repeat}")
        self._artifacts = os.path.join(self._folder, "artifacts")
        self._checkpoints = CheckpointFolder(order, self._folder)
        self._process: ScriptProcess | None = None
        self._interrupted = False
        self._cancelled = threading.Event()
        self._pruned: str | None = None
        self._began = 0.0

    def run(self) -> None:
        """Run it and send all its events; the last is `trial-ended`, whatever happens."""
        self._began = time.monotonic()
        log = MetricLog(self._send, self._order.metric, self._order.metric_chosen)
        try:
            remove_tree(self._tree)
            if self._order.repeat == 0:
                remove_tree(self._artifacts)
                remove_tree(os.path.join(self._folder, "evaluation"))
            build_tree(self._tree, self._configuration.source, self._order.files, self._configuration.links)
            before = record_state(self._tree)
            memory = MemoryWatch()
            exit_code, over_time = self._run_script(log)
            result, artifacts = self._collect(log, before)
            remove_tree(self._tree)
            killed = signal_name(exit_code) == "SIGKILL" and not over_time and not self._cancelled.is_set()
            if not killed and not self._interrupted:
                self._checkpoints.remove()
            self._end(log, exit_code, over_time, memory, result, artifacts)
        except Exception as error:
            # A full disk, or a bug here: a trial without an end would make everyone wait for ever.
            remove_tree(self._tree)
            self._send_end(log, "failed", None, None, f"The trial could not be run: {error}", None, [])

    def cancel(self, pruned: str | None = None) -> None:
        """End the trial within a second; it reports its end itself, as pruned where that is the reason."""
        if not self._cancelled.is_set():
            self._pruned = pruned
        self._cancelled.set()
        if self._process is not None:
            self._process.stop()

    def interrupt(self) -> None:
        """End the trial as `cancel` does, but keep its checkpoints: the runner ends, and another may go on."""
        self._interrupted = not self._cancelled.is_set()
        self.cancel()

    def _run_script(self, log: MetricLog) -> tuple[int, bool]:
        order = self._order
        checkpoint = self._checkpoints.prepare(self._tree)
        seed = self._checkpoints.seed if order.seed is None else order.seed
        job: dict[str, Any] = {
            "tree": self._tree,
            "script": os.path.join(self._tree, *order.script.split("/")),
            "module": order.module,
            "arguments": list(order.arguments),
            "seed": seed,
            "seedByChance": order.seed is None,
            "checkpoint": checkpoint,
            "targets": [link.target for link in self._configuration.links],
            "figures": os.path.join(self._artifacts if order.repeat == 0 else self._tree, "figures"),
            # A repeat measures again what the trial made, and a sample of one is enough.
            "evaluation": os.path.join(self._folder, "evaluation") if order.repeat == 0 else None,
            "watch": [{**asdict(one), "path": os.path.join(self._tree, *one.path.split("/"))} for one in order.watch],
        }
        directory = os.path.join(self._tree, *order.directory.split("/"))
        os.makedirs(directory, exist_ok=True)

        def on_output(stream: str, chunk: bytes) -> None:
            text = log.on_output(stream, chunk)
            if text:
                whose = {"trial": order.trial, "repeat": order.repeat} if order.repeat else {"trial": order.trial}
                self._channel.send("output", **whose, stream=stream, text=text)

        asked = time.monotonic()
        start = self._launcher.choose(order, self._tree, self._cancelled, self._send_notice)
        # Libraries that all trials share are imported once: that is no time of the trial that came first.
        self._began += time.monotonic() - asked
        process = ScriptProcess(start, job, directory, script_environment(order.environment, seed), on_output, log.on_line)
        self._process = process
        self._send("trial-started", pid=process.pid)
        if self._cancelled.is_set():
            process.stop()
        over_time = process.wait(order.timeout_seconds) is None
        if over_time:
            process.stop()
        return process.finish(), over_time

    def _collect(self, log: MetricLog, before: dict[str, FileState]) -> tuple[Measurement | None, list[dict[str, Any]]]:
        changed = list(changed_files(self._tree, before, self._configuration.links))
        result = log.finish(read_metric_files(changed, self._order.metric))
        if self._order.repeat > 0:
            return result, []
        artifacts = keep_artifacts(self._tree, changed, self._artifacts, self._configuration.artifact_bytes)
        if artifacts.left_out:
            self._send_notice(describe_left_out(artifacts, self._configuration.artifact_bytes))
        return result, artifacts.kept

    def _end(
        self,
        log: MetricLog,
        exit_code: int,
        over_time: bool,
        memory: MemoryWatch,
        result: Measurement | None,
        artifacts: list[dict[str, Any]],
    ) -> None:
        state = "complete" if exit_code == 0 and not over_time else "failed"
        reason = describe_end(exit_code, log.error, log.exit_message, memory) or log.not_finite(result)
        if self._cancelled.is_set():
            state, reason = ("cancelled", "The trial was cancelled.") if self._pruned is None else ("pruned", self._pruned)
        elif over_time:
            reason = f"The script was stopped at its time limit of {self._order.timeout_seconds:g} seconds."
        error = None
        if log.error is not None and state == "failed" and not over_time:
            error = _error_fields(log.error)
        out_of_memory = signal_name(exit_code) == "SIGKILL" and memory.killed_for_memory()
        self._send_end(log, state, exit_code, result, reason, error, artifacts, out_of_memory)

    def _send_end(
        self,
        log: MetricLog,
        state: str,
        exit_code: int | None,
        result: Measurement | None,
        reason: str | None,
        error: dict[str, Any] | None,
        artifacts: list[dict[str, Any]],
        out_of_memory: bool = False,
    ) -> None:
        self._send(
            "trial-ended",
            state=state,
            result=result.fields() if result else None,
            seconds=round(log.seconds_before + time.monotonic() - self._began, 3),
            exitCode=exit_code if exit_code is not None and exit_code >= 0 else None,
            signal=None if exit_code is None else signal_name(exit_code),
            reason=reason[:_MESSAGE_LENGTH] if reason else None,
            error=error,
            artifacts=artifacts,
            parameters=log.parameters,
            outOfMemory=out_of_memory,
            unexecuted=self._unexecuted(log),
        )

    def _unexecuted(self, log: MetricLog) -> list[dict[str, str | int]]:
        watched: list[dict[str, str | int]] = [
            {"path": one.path, "line": line} if one.cell is None else {"path": one.path, "line": line, "cell": one.cell}
            for one in self._order.watch
            for line in one.lines
        ]
        return [watched[index] for index in log.unexecuted[:_MOST_LINES] if 0 <= index < len(watched)]

    def _send(self, kind: str, **fields: Any) -> None:
        if kind == "notice":
            self._send_notice(fields["text"])
            return
        if kind == "epoch":
            self._checkpoints.told.add(fields)
        for unheard in self._checkpoints.told.go_on(fields["epoch"]) if kind == "resumed" else ():
            self._channel.send("epoch", trial=self._order.trial, repeat=self._order.repeat, **unheard)
        self._channel.send(kind, trial=self._order.trial, repeat=self._order.repeat, **fields)

    def _send_notice(self, text: str) -> None:
        self._channel.send("notice", trial=self._order.trial, text=text[:TEXT_LENGTH])


def _error_fields(error: dict[str, Any]) -> dict[str, Any]:
    frames = [
        {
            "path": str(frame["path"])[:PATH_LENGTH],
            "line": int(frame["line"]),
            "function": str(frame["function"])[:NAME_LENGTH],
            "own": bool(frame["own"]),
        }
        for frame in error["frames"][-100:]
    ]
    return {"type": str(error["error"])[:NAME_LENGTH], "message": str(error["message"])[:_MESSAGE_LENGTH], "frames": frames}
