"""Finds loops that train: whose body, or what it calls, goes backward, has an optimizer take a step, or fits a model further."""

from __future__ import annotations

import ast
import os
from dataclasses import dataclass
from typing import Any, Iterable, Iterator, Sequence, Union

from .name_use import free_names, stored_names, use_of, walk_scope

Loop = Union[ast.For, ast.While]
Block = Sequence[ast.AST]
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: Methods that everyone has: to call one of another object says nothing of who trains.
_COMMON = {name for kind in (dict, list, set, str, bytes) for name in dir(kind)} | {
    "close",
    "flush",
    "write",
    "read",
    "step",
}
#: Of what compiles a function itself, from its code as it finds it.
_COMPILERS = {"jit", "njit", "compile", "script", "function"}


@dataclass(frozen=True)
class LoopSite:
    """A loop in the source. `live` names may be read in it or after it before they are given a value anew."""

    path: str
    line: int
    last_line: int
    #: Whether its names are the module's and not a function's.
    is_global: bool
    targets: frozenset[str]
    live: frozenset[str]
    #: Names of its function that the loop may give other values.
    rebound: tuple[str, ...]
    #: What is added to the loop's variable where the script shows it as the number of an epoch.
    shown_from: int
    #: Whether what was computed in one pass may be gone backward through in another.
    keeps_graph: bool

    def place(self, tree: str) -> str:
        """Return where it is, for a person."""
        return f"line {self.line} of {os.path.relpath(self.path, tree).replace(os.sep, '/')}"


def training_functions(trees: Iterable[ast.AST]) -> frozenset[str]:
    """Names of all functions of a program that train, themselves or by what they call."""
    functions = [
        (node, steps) for tree in trees for steps in [_steps(tree)] for node in ast.walk(tree) if isinstance(node, _DEFINITIONS)
    ]
    called = [(one.name, _called(one)) for one, _ in functions]
    found = {one.name for one, steps in functions if _takes_step(one, steps)}
    before = -1
    while len(found) > before:
        before = len(found)
        found |= {name for name, names in called if names & found}
    return frozenset(found)


def find_loops(
    tree: ast.Module, path: str, training: frozenset[str], also_live: Iterable[str] = ()
) -> Iterator[tuple[Loop, LoopSite]]:
    """Yield the loops of a module that train, an outer one before those in it; other code reads the names `also_live`."""
    module_live = set(also_live) | {
        name for node in ast.walk(tree) if isinstance(node, (*_DEFINITIONS, ast.Lambda)) for name in free_names(node)
    }
    steps = _steps(tree)
    for scope, function in _scopes(tree):
        live_anyway = module_live if function is None else _read_by_inner(function)
        for loop, after in _loops(scope, []):
            if _takes_step(loop, steps) or _called(loop) & training:
                yield loop, _site(loop, after, path, tree, function, live_anyway)


def _site(loop: Loop, after: list[Block], path: str, tree: ast.Module, function: Any, live_anyway: set[str]) -> LoopSite:
    targets = frozenset(stored_names(loop.target)) if isinstance(loop, ast.For) else frozenset()
    live = use_of([loop]).read.union(live_anyway, *(use_of(block).read for block in after))
    declared = {name for node in ast.walk(function or loop) if isinstance(node, ast.Global) for name in node.names}
    # After the last pass the code that follows may read the loop's variable.
    rebound = () if function is None else tuple(sorted((stored_names(loop) & (live | targets)) - declared))
    return LoopSite(
        path=path,
        line=loop.lineno,
        last_line=loop.end_lineno or loop.lineno,
        is_global=function is None,
        targets=targets,
        live=live | targets,
        rebound=rebound,
        shown_from=_shown_from(tree, targets),
        keeps_graph=any(isinstance(one, ast.keyword) and one.arg in ("retain_graph", "create_graph") for one in ast.walk(tree)),
    )


def _scopes(tree: ast.Module) -> Iterator[tuple[Sequence[ast.stmt], Any]]:
    """The module's statements and those of each function that runs from its beginning to its end at once."""
    yield tree.body, None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and not _is_generator(node) and not _is_compiled(node):
            yield node.body, node


def _loops(block: Sequence[ast.stmt], after: list[Block]) -> Iterator[tuple[Loop, list[Block]]]:
    """Loops of a scope with the blocks that may run after each: any of them next, since code jumps."""
    for index, node in enumerate(block):
        rest: list[Block] = [block[index + 1 :], *after]
        if isinstance(node, (ast.For, ast.While)):
            yield node, [node.orelse, *rest]
            yield from _loops(node.body, [[node], node.orelse, *rest])
            yield from _loops(node.orelse, rest)
        elif not isinstance(node, (*_DEFINITIONS, ast.ClassDef)):
            for part in [node, *getattr(node, "handlers", []), *getattr(node, "cases", [])]:
                for name in ("body", "orelse", "finalbody"):
                    yield from _loops(getattr(part, name, []), [*_after_part(node, name), *rest])


def _after_part(node: ast.stmt, name: str) -> list[Block]:
    """Blocks of a `try` that may run after one of its others."""
    later = [
        *(one.body for one in getattr(node, "handlers", [])),
        getattr(node, "orelse", []),
        getattr(node, "finalbody", []),
    ]
    return later if isinstance(node, ast.Try) and name == "body" else later[-1:]


def _read_by_inner(function: ast.FunctionDef) -> set[str]:
    inner = [node for node in ast.walk(function) if isinstance(node, (*_DEFINITIONS, ast.Lambda)) and node is not function]
    return {name for node in inner for name in free_names(node)}


def _steps(tree: ast.AST) -> set[str]:
    """Names of methods that take a model a step further; `fit` begins anew where no model keeps what it has learnt."""
    keeps = any(
        isinstance(one, ast.keyword) and one.arg == "warm_start" and getattr(one.value, "value", False) is True
        for one in ast.walk(tree)
    )
    return {"backward", "partial_fit", "fit"} if keeps else {"backward", "partial_fit"}


def _takes_step(node: ast.AST, steps: set[str]) -> bool:
    return any(
        isinstance(one, ast.Call)
        and isinstance(one.func, ast.Attribute)
        and (one.func.attr in steps or (one.func.attr == "step" and "opt" in _last_name(one.func.value).lower()))
        for one in ast.walk(node)
    )


def _called(node: ast.AST) -> set[str]:
    return {_last_name(one.func) for one in ast.walk(node) if isinstance(one, ast.Call) and not _is_common(one.func)}


def _is_common(called: ast.expr) -> bool:
    """Whether it is a method, of something else than the object itself, of a name that everyone has."""
    return isinstance(called, ast.Attribute) and called.attr in _COMMON and _last_name(called.value) != "self"


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is_generator(function: ast.FunctionDef) -> bool:
    kinds = (ast.Yield, ast.YieldFrom, ast.Await)
    return any(isinstance(node, kinds) for part in function.body for node in walk_scope(part))


def _is_compiled(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, (ast.Name, ast.Attribute)) and _last_name(node) in _COMPILERS
        for decorator in function.decorator_list
        for node in ast.walk(decorator)
    )


def _shown_from(tree: ast.Module, targets: frozenset[str]) -> int:
    """1 where a text is made with `epoch + 1` in it, else 0."""
    for node in ast.walk(tree):
        is_text = isinstance(node, (ast.JoinedStr, ast.Call)) or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod))
        if is_text and not (isinstance(node, ast.Call) and _last_name(node.func) not in ("print", "format", "info", "write")):
            for part in ast.walk(node):
                if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add) and _last_name(part.left) in targets:
                    return 1
    return 0
