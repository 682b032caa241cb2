"""A trial to look into: `look JOB TREE` lays out its files and starts a shell there, the script under debugpy, or its model."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import Any

from .protocol import Link
from .script_environment import script_environment
from .tree import build_tree, remove_tree, walk_files

#: bash where there is one: it edits lines and completes names.
_CONTAINER_SHELL = ["/bin/sh", "-c", "if command -v bash >/dev/null; then exec bash; else exec sh; fi"]


def look(job_path: str, tree: str) -> int:
    """Do what the JSON file at `job_path` says in a fresh `tree`; the exit code of what was started. Raises OSError."""
    with open(job_path, encoding="utf-8") as stream:
        job: dict[str, Any] = json.load(stream)
    tree = os.path.join(os.path.realpath(os.path.dirname(tree)), os.path.basename(tree))
    remove_tree(tree)
    links = [Link(link["path"], link["target"], link["directory"]) for link in job["links"]]
    build_tree(tree, job["source"], job["files"], links)
    if job["action"] == "check":
        return subprocess.call(_recheck(job), env={**os.environ, "PYTHONPATH": _search_path(tree, job)})
    if job["artifacts"] is not None:
        _lay(job["artifacts"], tree, anew=job["action"] == "debug")
    directory = os.path.join(tree, *job["directory"].split("/"))
    os.makedirs(directory, exist_ok=True)
    environment = script_environment({}, job["seed"])
    # The runner was found through the working directory; nothing of it is in the way of the user's code.
    command = _shell(job["shell"]) if job["action"] == "shell" else _debugger(job, tree)
    try:
        return subprocess.call(command, cwd=directory, env=environment)
    except KeyboardInterrupt:
        return 130


def _lay(artifacts: str, tree: str, anew: bool) -> None:
    """Copy what the trial wrote to where it wrote it. A run that begins anew gets copies of the data that it wrote to instead."""
    for path in walk_files(artifacts):
        place = os.path.join(tree, os.path.relpath(path, artifacts))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        data = os.path.realpath(place) if os.path.islink(place) else None
        if os.path.realpath(os.path.dirname(place)) != os.path.dirname(place) or (anew and data is None):
            continue
        if data is not None:
            os.unlink(place)
        shutil.copyfile(data if anew and data is not None else path, place)


def _recheck(job: dict[str, Any]) -> list[str]:
    return [sys.executable, "-m", "hone_runner", "recheck", job["artifacts"]]


def _search_path(tree: str, job: dict[str, Any]) -> str:
    """Where a model's own classes are found: as the script found them, which a process of its own does not."""
    script = os.path.dirname(os.path.join(tree, *job["script"].split("/")))
    return os.pathsep.join([script, tree, *filter(None, [os.environ.get("PYTHONPATH")])])


def _shell(wanted: str | None) -> list[str]:
    return _CONTAINER_SHELL if wanted is None else [wanted]


def _debugger(job: dict[str, Any], tree: str) -> list[str]:
    """Waits for a client: nothing of the script runs before breakpoints are set."""
    listen = ["-m", "debugpy", "--listen", f"127.0.0.1:{job['port']}", "--wait-for-client"]
    script = os.path.join(tree, *job["script"].split("/"))
    what = ["-m", _module_name(job["script"])] if job["module"] else [script]
    # Frozen modules of Python 3.11 and later hide their lines from a debugger, which says so at length.
    options = ["-X", "frozen_modules=off"] if sys.version_info >= (3, 11) else []
    return [sys.executable, *options, *listen, *what, *job["arguments"]]


def _module_name(script: str) -> str:
    parts = os.path.splitext(script)[0].split("/")
    if len(parts) > 1 and parts[-1] in ("__main__", "__init__"):
        parts.pop()
    return ".".join(parts)
