"""Why a trial ended, in one sentence that a person can act on."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from .memory import MemoryWatch

_MEANING = {
    "SIGSEGV": "crashed in native code (segmentation fault)",
    "SIGABRT": "was aborted by native code",
    "SIGBUS": "crashed in native code (bus error)",
    "SIGFPE": "crashed in native code (arithmetic error)",
    "SIGILL": "used an instruction that this processor does not have",
    "SIGINT": "was interrupted",
    "SIGTERM": "was asked to end from outside",
}
_PYTHON_2 = ("Missing parentheses in call to", "multiple exception types must be parenthesized", "leading zeros in decimal")


def signal_name(exit_code: int) -> str | None:
    """Name of the signal that a process died of, as its exit code tells; None where it ended by itself."""
    if exit_code >= 0:
        return None
    try:
        return signal.Signals(-exit_code).name
    except ValueError:
        return f"signal {-exit_code}"


def describe_end(exit_code: int, error: dict[str, Any] | None, message: str | None, memory: MemoryWatch) -> str | None:
    """Say why a script did not end well; None where it did. `message` is what it gave to sys.exit."""
    killed_by = signal_name(exit_code)
    if killed_by == "SIGKILL":
        return memory.describe_kill()
    if killed_by:
        return f"The script {_MEANING.get(killed_by, 'was ended')} ({killed_by})."
    if error:
        return _describe_error(error)
    if exit_code == 0:
        return None
    if message:
        return f"The script ended itself: {_first_line(message)}"
    return f"The script ended with exit code {exit_code}."


def has_network() -> bool:
    """Whether there is any interface but the loopback; true where that cannot be known."""
    try:
        return any(name != "lo" for name in os.listdir("/sys/class/net"))
    except OSError:
        return True


def _describe_error(error: dict[str, Any]) -> str:
    kind, message = str(error["error"]), _first_line(str(error["message"]))
    if error.get("missing") and not _is_own_part(str(error["missing"]), error):
        where = "" if _in_container() else f" in {sys.executable}"
        return f"The script imports {error['missing']}, which is not installed{where}."
    if error.get("lookup"):
        why = "there is no such name or no name server" if has_network() else "the container has no network"
        return f"The script could not look up {error['lookup']}: {why}."
    if kind == "MemoryError":
        return "The script ran out of memory (MemoryError)."
    if kind == "ImportError" and message.startswith("attempted relative import with no known parent"):
        return "The script uses relative imports: set `module: true` in hone.yaml."
    if kind == "EOFError" and message == "EOF when reading a line":
        return "The script asks for input, and nobody is there to answer: pass it as an argument."
    frames = [frame for frame in error["frames"] if frame["own"]]
    where = f" in {frames[-1]['path']}, line {frames[-1]['line']}" if frames else ""
    text = f"{kind}{where}: {message}" if message else f"{kind}{where}."
    if kind == "SyntaxError" and message.startswith(_PYTHON_2):
        return f"{text} The script is written for Python 2; Python 3 is needed."
    return text


def _in_container() -> bool:
    """Whether an image brought the interpreter; else it is one of several, and its path says which."""
    return any(os.path.exists(path) for path in ("/.dockerenv", "/run/.containerenv"))


def _is_own_part(missing: str, error: dict[str, Any]) -> bool:
    """Whether the missing module is a part of a package that is there: not a thing to install."""
    return "." in missing and not str(error["message"]).endswith(f"'{missing.split('.')[0]}'")


def _first_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0][:500] if lines else ""
