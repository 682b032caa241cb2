"""Ends a fork as Python ends, but for what the frameworks take to tidy up: that costs more than many a training."""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import sys
import threading
import weakref
from types import ModuleType
from typing import Any, Callable, Iterator

_FILES = (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)


def run_to_end(run: Callable[[], None], tree: str) -> None:
    """Call `run`, then end the process with the exit code that Python would give; does not return.

    Threads are waited for, exit functions run, what the user's own modules hold is let go and files are written out.
    """
    code: Any = 0
    try:
        run()
    except SystemExit as request:
        code = request.code
    threading._shutdown()  # type: ignore[attr-defined]
    with contextlib.suppress(Exception):
        atexit._run_exitfuncs()
    if not (code is None or isinstance(code, int)):
        print(code, file=sys.stderr)
        code = 1
    _flush_files()
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    for module in _forget_own_modules(tree):
        _let_go(module)
    gc.collect()
    _flush_files()
    os._exit((code or 0) & 0xFF)


def _forget_own_modules(tree: str) -> Iterator[ModuleType]:
    """Let Python find that nobody needs the user's modules any more; those that someone still holds."""
    own = [
        name
        for name, module in reversed(list(sys.modules.items()))
        if name == "__main__" or str(getattr(module, "__file__", None) or "").startswith(tree + os.sep)
    ]
    forgotten = [weakref.ref(sys.modules.pop(name)) for name in own]
    gc.collect()
    for reference in forgotten:
        module = reference()
        if module is not None:
            yield module


def _let_go(module: ModuleType) -> None:
    """Drop a module's objects in the order in which Python does."""
    names = module.__dict__
    for private in (True, False):
        for name in list(names):
            if name != "__builtins__" and (private is False or (name[:1] == "_" and name[1:2] != "_")):
                names[name] = None


def _flush_files() -> None:
    for file in [*(one for one in gc.get_objects() if type(one) in _FILES), sys.stdout, sys.stderr]:
        # A file may be closed, its reader gone, its disk full: this is its end in any case.
        with contextlib.suppress(Exception):
            file.flush()
