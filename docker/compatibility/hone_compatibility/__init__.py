"""Gives old names of libraries back, with the meaning that they had, where no release for this Python still has them."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Callable, Sequence

#: Library -> the module here that knows its old names; it has `ALIASES` and `PATCHES`.
_LIBRARIES = {"keras": "old_keras", "tensorflow": "old_tensorflow", "scikit-learn": "old_sklearn", "pandas": "old_pandas"}

Patch = Callable[[ModuleType], None]


def install(*libraries: str) -> None:
    """Watch imports of these libraries; none is imported here. Python may read a .pth file twice."""
    if any(isinstance(finder, _Patcher) for finder in sys.meta_path):
        return
    patches: dict[str, Patch] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    for library in libraries:
        old = importlib.import_module(f"{__name__}.{_LIBRARIES[library]}")
        patches.update(old.PATCHES)
        aliases.update(old.ALIASES)
    sys.meta_path.insert(0, _Patcher(patches))
    # Last: a module that the library still has wins.
    sys.meta_path.append(_Aliaser(aliases))


class _Patcher(importlib.abc.MetaPathFinder):
    """Calls a patch with its module right after that was executed."""

    def __init__(self, patches: dict[str, Patch]) -> None:
        self._patches = patches

    def find_spec(self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        patch = self._patches.pop(name, None)
        spec = None if patch is None else importlib.util.find_spec(name)
        if patch is None or spec is None or spec.loader is None:
            return None
        loader: Any = spec.loader
        execute = loader.exec_module

        def exec_module(module: ModuleType) -> None:
            execute(module)
            patch(module)

        loader.exec_module = exec_module
        return spec


class _Aliaser(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Makes a module that is no more out of the public names of those that took its place."""

    def __init__(self, aliases: dict[str, tuple[str, ...]]) -> None:
        self._aliases = aliases

    def find_spec(self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name in self._aliases else None

    def exec_module(self, module: ModuleType) -> None:
        for name in self._aliases[module.__name__]:
            source = importlib.import_module(name)
            module.__dict__.update({key: value for key, value in vars(source).items() if not key.startswith("_")})
