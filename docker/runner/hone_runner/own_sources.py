"""Reads a script and those modules of its own folder that it imports."""

from __future__ import annotations

import ast
import os
from typing import Iterator

from .notebook_source import readable_source

#: A script that pulls in more than this is not looked through.
_MOST_FILES = 200
_LARGEST_BYTES = 2_000_000


def read_own_sources(script: str, root: str) -> dict[str, ast.Module]:
    """Parse `script` and, by way of its imports, the modules below `root`, which is on its path; the script comes first.

    Raises OSError, SyntaxError, ValueError or RecursionError where a file cannot be read.
    """
    found: dict[str, ast.Module] = {}
    waiting = [script]
    while waiting and len(found) < _MOST_FILES:
        path = waiting.pop(0)
        if path in found:
            continue
        if os.path.getsize(path) > _LARGEST_BYTES:
            raise ValueError(f"{path} is too large")
        found[path] = ast.parse(readable_source(path))
        for name in imported_names(found[path], path, root):
            waiting += _files_of(name, root)
    return found


def imported_names(tree: ast.Module, path: str, root: str) -> Iterator[str]:
    """Dotted names that may be modules, of all imports: `a.b` and `a.b.c` for `from a.b import c`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            base = [node.module] if node.module else []
            if node.level:
                folder = path
                for _ in range(node.level):
                    folder = os.path.dirname(folder)
                if folder != root:
                    base.insert(0, os.path.relpath(folder, root).replace(os.sep, "."))
            name = ".".join(base)
            if name:
                yield name
            for alias in node.names:
                yield f"{name}.{alias.name}" if name else alias.name


def _files_of(name: str, root: str) -> list[str]:
    """Files below `root` that importing `name` would run."""
    files = []
    parts = name.split(".")
    for count in range(1, len(parts) + 1):
        place = os.path.join(root, *parts[:count])
        candidates = (os.path.join(place, "__init__.py"), f"{place}.py")
        files += [path for path in candidates if os.path.isfile(path)][:1]
    return files
