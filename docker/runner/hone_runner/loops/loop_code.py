"""Rewrites a script's training loops in memory, so that each pass can be the last of one process and the next of another."""

from __future__ import annotations

import ast
import os
import sys
from types import ModuleType
from typing import Any, Iterable, Mapping, Sequence

from ..child.checkpoints import Checkpoints
from ..child.notebook import cell_filename
from ..own_sources import read_own_sources
from .find_loops import Loop, LoopSite, find_loops, training_functions
from .loop_tracker import LoopTracker
from .name_use import loaded_names, stored_names

#: Global of each module with such a loop.
_NAME = "__hone_loops__"


def read_loop_code(script: str, tree: str, is_module: bool, checkpoints: Checkpoints) -> LoopCode | None:
    """Read a script and its own modules for loops that train; None where there are none."""
    try:
        sources = read_own_sources(script, tree if is_module else os.path.dirname(script))
    except (OSError, SyntaxError, ValueError, RecursionError):
        # It will say so itself when it runs.
        return None
    training = training_functions(sources.values())
    found = {path: loaded_names(parsed) for path, parsed in sources.items() if any(find_loops(parsed, path, training))}
    return LoopCode(found, training, LoopTracker(checkpoints, tree)) if found else None


class LoopCode:
    """Changes the files in which there are loops that train: `names` are all that the code of each reads."""

    def __init__(self, names: Mapping[str, set[str]], training: frozenset[str], tracker: LoopTracker) -> None:
        self._names = names
        self._training = training
        self._tracker = tracker

    def wants(self, path: str, _cell: int | None) -> bool:
        """Whether there are such loops in a file."""
        return path in self._names

    def rewrite(self, tree: ast.Module, path: str, cell: int | None, module: ModuleType) -> None:
        """Rewrite the loops of a parsed file, or cell of a notebook, that is to run in `module`; lines keep their numbers."""
        filename = path if cell is None else cell_filename(path, cell)
        # Others read what a cell makes, or a module.
        outside: set[str] = set() if module is sys.modules.get("__main__") else stored_names(tree)
        also_live = outside if cell is None else self._names[path]
        for loop, site in list(find_loops(tree, filename, self._training, also_live)):
            module.__dict__[_NAME] = self._tracker
            _rewrite(tree, loop, site, self._tracker.add(site))


def _rewrite(tree: ast.Module, loop: Loop, site: LoopSite, number: int) -> None:
    if isinstance(loop, ast.For):
        given = loop.iter
        loop.iter = _expression(f"{_NAME}.each({number}, None)", given)
        loop.iter.args[1] = given  # type: ignore[attr-defined]
        if site.rebound:
            loop.body[:0] = _take(site, site.targets, loop.body[0])
            loop.orelse[:0] = _take(site, (), loop.body[-1])
    else:
        loop.body[:0] = [_statement(f"{_NAME}.again({number})", loop.body[0]), *_take(site, (), loop.body[0])]
        _insert(tree, loop, [_statement(f"{_NAME}.begin({number})", loop)], 0)
    _insert(tree, loop, [_statement(f"{_NAME}.end({number})", loop)], 1)


def _take(site: LoopSite, without: Iterable[str], place: ast.stmt) -> list[ast.stmt]:
    """Statements that give a function's names the values that a resumed loop goes on with."""
    names = [name for name in site.rebound if name not in without]
    lines = [f"    if {name!r} in {_NAME}.values: {name} = {_NAME}.values[{name!r}]" for name in names]
    code = "\n".join([f"if {_NAME}.values is not None:", *lines, f"    {_NAME}.values = None"])
    return [_statement(code, place)]


def _insert(tree: ast.Module, loop: Loop, statements: Sequence[ast.stmt], offset: int) -> None:
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and loop in block:
                at = block.index(loop) + offset
                block[at:at] = statements
                return


def _statement(code: str, place: ast.AST) -> ast.stmt:
    return _placed(ast.parse(code).body[0], place)  # type: ignore[no-any-return]


def _expression(code: str, place: ast.AST) -> ast.expr:
    return _placed(ast.parse(code, mode="eval").body, place)  # type: ignore[no-any-return]


def _placed(made: Any, place: ast.AST) -> Any:
    for node in ast.walk(made):
        ast.copy_location(node, place)
    return made
