"""Finds out which of some lines of the user's files never run: a mark is set before the statement that each stands in."""

from __future__ import annotations

import ast
import mmap
import os
from types import ModuleType
from typing import Any, Iterator, NamedTuple, Optional, Sequence, Tuple

#: Global of each module with a watched line. Functions that are sent to other processes take what it holds along.
_NAME = "__hone_ran__"

Place = Tuple[str, Optional[int]]


class _Marks(mmap.mmap):
    """A byte a line, shared with forks of this process; elsewhere only as good as any bytes."""

    def __reduce__(self) -> tuple[Any, ...]:
        return bytearray, (len(self),)


class _Statement(NamedTuple):
    first: int
    last: int
    depth: int
    body: list[ast.stmt]
    node: ast.stmt
    #: Whether its function is decorated: what compiles it may not know marks.
    decorated: bool


class LineWatch:
    """`watched` has absolute paths, cells of notebooks where they are known, and lines."""

    def __init__(self, watched: Sequence[dict[str, Any]]) -> None:
        self._lines: dict[Place, list[tuple[int, int]]] = {}
        count = 0
        for one in watched:
            place = self._lines.setdefault((os.path.realpath(one["path"]), one.get("cell")), [])
            for line in one["lines"]:
                place.append((line, count))
                count += 1
        self._count = count
        self._marks = _Marks(-1, max(1, count))

    def wants(self, path: str, cell: int | None) -> bool:
        """Whether a file, or cell of a notebook, has a watched line."""
        return (os.path.realpath(path), cell) in self._lines

    def rewrite(self, tree: ast.Module, path: str, cell: int | None, module: ModuleType) -> None:
        """Put marks into a parsed file, or cell of a notebook, that is to run in `module`; lines keep their numbers."""
        lines = self._lines[os.path.realpath(path), cell]
        module.__dict__[_NAME] = self._marks
        statements = list(_statements(tree.body, 0, False))
        for line, index in lines:
            around = [one for one in statements if one.first <= line <= one.last]
            inner = max(around, key=lambda one: one.depth, default=None)
            if inner is None or inner.decorated or _must_be_first(inner):
                self._marks[index] = 1
            else:
                inner.body.insert(inner.body.index(inner.node), _set_mark(index, inner.node))

    def unexecuted(self) -> list[int]:
        """Positions, over all watched lines, of those that never ran."""
        return [index for index in range(self._count) if not self._marks[index]]


def _statements(body: list[ast.stmt], depth: int, decorated: bool) -> Iterator[_Statement]:
    for node in body:
        decorators: list[ast.expr] = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(one.lineno for one in decorators)])
        yield _Statement(first, node.end_lineno or node.lineno, depth, body, node, decorated)
        inside = decorated or (bool(decorators) and not isinstance(node, ast.ClassDef))
        parts = [node, *getattr(node, "handlers", []), *getattr(node, "cases", [])]
        for part in parts:
            for name in ("body", "orelse", "finalbody"):
                yield from _statements(getattr(part, name, []), depth + 1, inside)


def _must_be_first(one: _Statement) -> bool:
    """Whether it is a docstring or an import from the future, which nothing may stand before."""
    node = one.node
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    return docstring or (isinstance(node, ast.ImportFrom) and node.module == "__future__")


def _set_mark(index: int, before: ast.stmt) -> ast.stmt:
    statement = ast.parse(f"{_NAME}[{index}] = 1").body[0]
    for node in ast.walk(statement):
        ast.copy_location(node, before)
    return statement
