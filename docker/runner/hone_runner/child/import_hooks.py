"""Calls a function right after a module was imported by the user's code; imports nothing itself."""

from __future__ import annotations

import importlib.util
import random
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Callable, Sequence

OnImport = Callable[[ModuleType], None]


class ImportHooks:
    """A finder that changes nothing but to call `on_import` functions once their module is executed."""

    def __init__(self, notice: Callable[[str], None]) -> None:
        self._notice = notice
        self._waiting: dict[str, list[OnImport]] = {}
        #: Whether modules that are waited for may draw no numbers from `random` while they are executed.
        self.keep_random = False

    def install(self) -> None:
        """Start to watch imports."""
        sys.meta_path.insert(0, self)

    def when_imported(self, name: str, on_import: OnImport) -> None:
        """Call `on_import` with module `name` as soon as it is there."""
        module = sys.modules.get(name)
        if module is not None:
            self._call(name, on_import, module)
        else:
            self._waiting.setdefault(name, []).append(on_import)

    def find_spec(self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None) -> ModuleSpec | None:
        """Find a module that is waited for as the other finders would, and watch its execution."""
        waiting = self._waiting.pop(name, None)
        if waiting is None:
            return None
        # Popped before this, so the search does not come back here.
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            self._waiting[name] = waiting
            return None
        self._watch(spec.loader, name, waiting)
        return spec

    def _watch(self, loader: Any, name: str, waiting: list[OnImport]) -> None:
        execute = loader.exec_module

        def exec_module(module: ModuleType) -> None:
            state = random.getstate() if self.keep_random else None
            execute(module)
            if state is not None:
                random.setstate(state)
            for on_import in waiting:
                self._call(name, on_import, module)

        # On this one loader object, so that its class, which others test for, stays what it was.
        loader.exec_module = exec_module

    def _call(self, name: str, on_import: OnImport, module: ModuleType) -> None:
        try:
            on_import(module)
        except Exception as error:
            # An unknown version of a library must cost its metrics, never the training.
            self._notice(f"This version of {name} is not known, some of its metrics may be missing ({error!r}).")
