"""The one entry of a script's process: everything around the user's code is set up here, then the code runs."""

from __future__ import annotations

import atexit
import json
import os
import sys
from typing import Any, Dict, NamedTuple

from ..hooks.registry import install_hooks
from ..loops.loop_code import read_loop_code
from ..metric_pipe import open_metric_pipe
from .data_guard import DataGuard
from .failure import describe_failure, print_failure
from .figures import install_figures
from .import_hooks import ImportHooks
from .line_watch import LineWatch
from .observer import Observer
from .own_code import OwnCode, Rewriter
from .process_ties import die_with_parent
from .reporter import Reporter
from .run_script import run_script
from .seeds import seed_when_imported

Job = Dict[str, Any]


class Equipment(NamedTuple):
    """What watches the frameworks; it has to be there before they are imported."""

    reporter: Reporter
    imports: ImportHooks
    observer: Observer


def read_job() -> Job:
    """Read the job from standard input, and leave that at its end."""
    with open(0, encoding="ascii", closefd=False) as stream:
        job: Job = json.load(stream)
    return job


def equip() -> Equipment:
    """Have every hook put on as its framework is imported. Nothing is told before `run_job`."""
    reporter = Reporter()
    imports = ImportHooks(reporter.notice)
    imports.install()
    observer = Observer(reporter)
    # Registered first, so it runs last: also what a script measures while it exits is told.
    atexit.register(observer.finish)
    install_hooks(imports, observer)
    return Equipment(reporter, imports, observer)


def run_job(job: Job, equipment: Equipment) -> None:
    """Run a script as its job says. Returns when it ended by itself, raises SystemExit where it asks for an exit code."""
    reporter, imports, observer = equipment
    die_with_parent(job["parent"])
    reporter.open(open_metric_pipe(job["metrics"]))
    _show_output_at_once()
    guard = DataGuard(job["tree"], job["targets"], reporter.notice)
    guard.install()
    install_figures(imports, job["figures"])
    seed_when_imported(imports, job["seed"], job["seedByChance"])
    observer.sample_folder = job["evaluation"]
    watch = LineWatch(job["watch"])
    rewriters: list[Rewriter] = [watch] if job["watch"] else []
    if job["checkpoint"] is not None:
        rewriters += _keep_checkpoints(observer, job)
    code = OwnCode(rewriters)
    code.install()
    observer.at_end(lambda: reporter.send("unexecuted", lines=watch.unexecuted()))
    try:
        run_script(job, code, reporter.notice)
        observer.keep_sample()
    except SystemExit as request:
        if not request.code:
            observer.keep_sample()
        if not (request.code is None or isinstance(request.code, int)):
            reporter.send("exit", message=str(request.code))
        raise
    except BaseException as error:
        reporter.send("error", **describe_failure(error, job["tree"], guard.last_lookup))
        print_failure(error)
        sys.exit(130 if isinstance(error, KeyboardInterrupt) else 1)


def _keep_checkpoints(observer: Observer, job: Job) -> list[Rewriter]:
    """Keep the states of the script's trainings; what has to be rewritten for that."""
    wanted = job["checkpoint"]
    try:
        observer.checkpoints.open(job["tree"], wanted["folder"], wanted["bytes"], wanted["identity"], wanted["resume"])
    except OSError as error:
        observer.notice(f"No checkpoints are kept: {error}.")
        return []
    observer.at_end(observer.checkpoints.finish)
    loops = read_loop_code(job["script"], job["tree"], job["module"], observer.checkpoints)
    return [loops] if loops is not None else []


def _show_output_at_once() -> None:
    """Flush at each line end and carriage return, as a terminal would, and whole lines where the image asks for unbuffered."""
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(line_buffering=True, write_through=False)
