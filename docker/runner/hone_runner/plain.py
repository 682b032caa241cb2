"""The runner for a person: `docker run -v "$PWD":/workspace IMAGE` trains, shows the output and prints the accuracy."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, Sequence

from .ending import describe_end
from .find_scripts import find_scripts
from .fresh_process import FreshProcess
from .measurement import Measurement
from .memory import MemoryWatch
from .metric_files import is_metric_file, read_metric_files
from .metric_log import MetricLog
from .script_environment import script_environment
from .script_process import ScriptProcess
from .tree import FileState, file_state, walk_files


def run_plain(arguments: Sequence[str]) -> int:
    """Run HONE_SCRIPT, or the only training script of the working directory, in place; its exit code, 2 for wrong usage."""
    root = os.path.realpath(os.getcwd())
    wanted = os.environ.get("HONE_SCRIPT")
    scripts = [wanted] if wanted else find_scripts(root)
    if len(scripts) != 1:
        return _refuse(scripts)
    script = os.path.join(root, scripts[0])
    if not os.path.isfile(script):
        print(f"There is no {scripts[0]} in {root}; set HONE_SCRIPT to a script below it.", file=sys.stderr)
        return 2
    return _run(root, script, list(arguments))


def _refuse(scripts: list[str]) -> int:
    if not scripts:
        print("No script that trains was found here; name one with HONE_SCRIPT.", file=sys.stderr)
    else:
        listed = "".join(f"\n  {script}" for script in scripts)
        print(f"Several scripts train here; name one with HONE_SCRIPT:{listed}", file=sys.stderr)
    return 2


def _run(root: str, script: str, arguments: list[str]) -> int:
    log = MetricLog(_show_notice, None)
    before, memory = _metric_files(root), MemoryWatch()
    job: dict[str, Any] = {
        "tree": root,
        "script": script,
        "module": False,
        "arguments": arguments,
        "seed": None,
        "seedByChance": False,
        "checkpoint": None,
        "evaluation": None,
        "targets": [],
        "figures": os.path.join(root, "figures"),
        "watch": [],
    }

    def show(stream: str, chunk: bytes) -> None:
        log.on_output(stream, chunk)
        os.write(2 if stream == "stderr" else 1, chunk)

    process = ScriptProcess(FreshProcess, job, os.path.dirname(script), script_environment({}, None), show, log.on_line)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: _stop(process, number))
    process.wait(None)
    code = process.finish()
    after = _metric_files(root)
    result = log.finish(read_metric_files([path for path in after if after[path] != before.get(path)], None))
    reason = describe_end(code, log.error, log.exit_message, memory) or log.not_finite(result)
    if reason:
        print(reason, file=sys.stderr)
    print(_render(result) if result else "The script reported no metric.", flush=True)
    return code if code >= 0 else 128 - code


def _stop(process: ScriptProcess, number: int) -> None:
    process.stop()
    sys.exit(128 + number)


def _show_notice(kind: str, **fields: Any) -> None:
    if kind == "notice":
        print(fields["text"], file=sys.stderr, flush=True)


def _metric_files(root: str) -> dict[str, FileState]:
    return {path: file_state(path) for path in walk_files(root) if is_metric_file(path)}


def _render(result: Measurement) -> str:
    value: float | None = result.value
    data = "" if result.data == "unknown" else f"{result.data} "
    rows = f" ({result.rows} rows)" if result.rows is not None else ""
    return f"{data}{result.name}: {'not finite' if value is None else format(value, '.4f')}{rows}"
