"""What a loop can reach by name: the variables of its function, of those that called it, and of the script's modules."""

from __future__ import annotations

import os
import sys
from types import FrameType, ModuleType
from typing import Any, Iterator

from .find_loops import LoopSite

_OPTIMIZED = 0x1


def call_roots(frame: FrameType, site: LoopSite, tree: str) -> Iterator[tuple[str, Any]]:
    """Yield labelled values in an order that is the same in each process: variables before modules, the loop's own first."""
    if not site.is_global:
        yield from ((name, value) for name, value in names_of(frame).items() if name in site.live)
    caller = frame.f_back
    while caller is not None:
        if caller.f_code.co_filename.startswith(tree + os.sep):
            yield from names_of(caller).items()
        caller = caller.f_back
    for name, module in list(sys.modules.items()):
        if is_own_module(module, tree):
            # What stands in the script itself needs no prefix to be found by its author.
            yield (
                "" if name == "__main__" else name,
                OwnModule(module, site.live if site.is_global and module.__dict__ is frame.f_globals else None),
            )


def names_of(frame: FrameType) -> dict[str, Any]:
    """Return the variables of a function by name; none of a module, which has them itself."""
    if not frame.f_code.co_flags & _OPTIMIZED:
        return {}
    found = dict(frame.f_locals)
    if sys.version_info < (3, 13) and sys.gettrace() is None and not {"locals", "vars"} & set(frame.f_code.co_names):
        # The frame would hold on to these values for as long as it runs; the script may have been given this dictionary.
        frame.f_locals.clear()
    return found


def is_own_module(module: Any, tree: str) -> bool:
    """Whether a module was loaded from below `tree`, or is the script itself."""
    if not isinstance(module, ModuleType):
        return False
    # A fork has another main module beside the script's, under a name of its own.
    return module is sys.modules.get("__main__") or str(getattr(module, "__file__", None) or "").startswith(tree + os.sep)


class OwnModule:
    """The variables of a module, of which only `live` matter; None where all do."""

    def __init__(self, module: ModuleType, live: frozenset[str] | None) -> None:
        self._module = module
        self._live = live

    @property
    def variables(self) -> dict[str, Any]:
        """The module's own dictionary."""
        return self._module.__dict__

    def items(self) -> dict[str, Any]:
        """Return those variables that matter."""
        return {
            name: value
            for name, value in self._module.__dict__.items()
            if not name.startswith("__") and (self._live is None or name in self._live)
        }
