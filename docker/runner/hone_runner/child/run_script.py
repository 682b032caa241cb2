"""Runs a script as `python script.py` or `python -m module` would, in the process that it is called in."""

from __future__ import annotations

import builtins
import importlib.util
import os
import sys
from importlib.machinery import SourceFileLoader
from types import ModuleType
from typing import Any, Callable

from .notebook import run_notebook
from .own_code import OwnCode


def run_script(job: dict[str, Any], code: OwnCode, notice: Callable[[str], None]) -> None:
    """Run `job["script"]`, an absolute path. The working directory is set already. Raises whatever the script raises."""
    script: str = job["script"]
    module_name = _module_name(script, job["tree"]) if job["module"] else None
    sys.argv = [script if module_name else os.path.relpath(script), *job["arguments"]]
    sys.path[0] = job["tree"] if module_name else os.path.dirname(script)
    main = ModuleType("__main__")
    main.__dict__["__builtins__"] = builtins
    sys.modules["__main__"] = main
    if script.endswith(".ipynb"):
        run_notebook(script, main, code, notice)
    elif module_name is not None:
        _run_module(module_name, main, code)
    else:
        _run_file(script, main, code)


def _run_file(script: str, main: ModuleType, code: OwnCode) -> None:
    with open(script, "rb") as stream:
        source = stream.read()
    main.__file__ = script
    main.__loader__ = SourceFileLoader("__main__", script)
    main.__dict__["__cached__"] = None
    exec(code.compile(source, script, main), main.__dict__)


def _run_module(name: str, main: ModuleType, code: OwnCode) -> None:
    spec = importlib.util.find_spec(name)
    if spec is not None and spec.submodule_search_locations is not None:
        spec = importlib.util.find_spec(f"{name}.__main__")
    if spec is None or spec.origin is None:
        raise ImportError(f"No module named {name}", name=name)
    loader: Any = spec.loader
    main.__spec__ = spec
    main.__file__ = sys.argv[0] = spec.origin
    main.__loader__ = loader
    main.__package__ = spec.parent
    main.__dict__["__cached__"] = spec.cached
    exec(code.compile(loader.get_data(spec.origin), spec.origin, main), main.__dict__)


def _module_name(script: str, tree: str) -> str | None:
    """Dotted name of a script as seen from the root of the snapshot; None where it has none and runs as a file."""
    parts = os.path.splitext(os.path.relpath(script, tree))[0].split(os.sep)
    if len(parts) > 1 and parts[-1] in ("__main__", "__init__"):
        parts.pop()
    return ".".join(parts) if all(part.isidentifier() for part in parts) else None
