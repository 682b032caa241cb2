"""Describes the exception that ended a script: for the runner as data, for the person as Python prints it."""

from __future__ import annotations

import os
import re
import socket
import sys
import traceback
from types import TracebackType
from typing import Any, Iterator

_OWN_CODE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_CELL = re.compile(r"^(?P<path>.*), cell (?P<cell>\d+)$")
_LOOKUP = re.compile(
    r"name resolution|Name or service not known|getaddrinfo failed|Could not resolve host|nodename nor servname",
)
#: The innermost frames say what happened; a recursion has a thousand.
_MOST_FRAMES = 50


def describe_failure(error: BaseException, tree: str, last_lookup: str | None) -> dict[str, Any]:
    """Return the fields of an `error` message: type, message, frames from the outermost, and what tells the cause."""
    frames = [
        _frame(part.filename, part.lineno or 0, part.name, tree)
        for part in traceback.extract_tb(_without_runner(error.__traceback__))
    ]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append(_frame(error.filename, error.lineno or 0, "<module>", tree))
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    lookup = any(isinstance(cause, socket.gaierror) or _LOOKUP.search(str(cause)) for cause in _causes(error))
    return {
        "error": type(error).__name__,
        "message": _message(error),
        "frames": frames[-_MOST_FRAMES:],
        "missing": missing,
        "lookup": (last_lookup or "a host") if lookup else None,
    }


def print_failure(error: BaseException) -> None:
    """Print the traceback as Python would, without the frames of this package; a hook that the script set is used."""
    for cause in _causes(error):
        cause.__traceback__ = _without_runner(cause.__traceback__)
    if sys.excepthook is sys.__excepthook__:
        # The built-in hook of older versions reads sources from disk alone, where a notebook's cells are not.
        traceback.print_exception(type(error), error, error.__traceback__)
    else:
        sys.excepthook(type(error), error, error.__traceback__)


def _message(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return str(error.msg)
    try:
        return str(error)
    except Exception as failure:
        return f"<its text cannot be had: {type(failure).__name__}>"


def _frame(filename: str, line: int, function: str, tree: str) -> dict[str, Any]:
    cell = _CELL.match(filename)
    path = cell["path"] if cell else filename
    own = os.path.isabs(path) and path.startswith(tree + os.sep)
    name = f"cell {cell['cell']}" if cell and function == "<module>" else function
    shown = os.path.relpath(path, tree).replace(os.sep, "/") if own else path
    return {"path": shown, "line": line, "function": name, "own": own}


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the exception and all those it was raised from, each once."""
    waiting: list[BaseException | None] = [error]
    seen = set()
    while waiting:
        cause = waiting.pop()
        if cause is not None and id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            waiting += [cause.__cause__, cause.__context__]


def _without_runner(tb: TracebackType | None) -> TracebackType | None:
    kept = []
    while tb is not None:
        name = tb.tb_frame.f_code.co_filename
        if not name.startswith((_OWN_CODE, "<frozen ")):
            kept.append(tb)
        tb = tb.tb_next
    rebuilt: TracebackType | None = None
    for part in reversed(kept):
        rebuilt = TracebackType(rebuilt, part.tb_frame, part.tb_lasti, part.tb_lineno)
    return rebuilt
