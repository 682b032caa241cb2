"""Which names code may read before it has given them a value, as compilers work out what is live."""

from __future__ import annotations

import ast
from typing import Any, Iterator, NamedTuple, Sequence, Union

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

Function = Union[ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda]


class NameUse(NamedTuple):
    """Names that may be read first, and names that have a value in any case afterwards."""

    read: frozenset[str]
    written: frozenset[str]

    def then(self, other: NameUse) -> NameUse:
        """Return the use of this and after it `other`."""
        return NameUse(self.read | (other.read - self.written), self.written | other.written)


_NOTHING = NameUse(frozenset(), frozenset())


def use_of(statements: Sequence[ast.AST]) -> NameUse:
    """Return how statements, one after the other, use names; where in doubt, a name is read and not written."""
    use = _NOTHING
    for statement in statements:
        use = use.then(_use_of_statement(statement))
    return use


def stored_names(node: ast.AST) -> set[str]:
    """Names that code gives values to, that of functions inside left out but for what these share with it."""
    found: set[str] = set()
    for part in walk_scope(node):
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
            found.add(part.id)
        elif isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(part.name)
        elif isinstance(part, (ast.Import, ast.ImportFrom)):
            found.update((alias.asname or alias.name).partition(".")[0] for alias in part.names)
        elif isinstance(part, ast.ExceptHandler) and part.name:
            found.add(part.name)
        elif type(part).__name__ in ("MatchAs", "MatchStar", "MatchMapping"):
            # What a pattern of `match` captures.
            captured: list[str | None] = [getattr(part, "name", None), getattr(part, "rest", None)]
            found.update(name for name in captured if name is not None)
    for inner in ast.walk(node):
        if isinstance(inner, ast.Nonlocal):
            found.update(inner.names)
    return found


def free_names(function: Function) -> set[str]:
    """Names that a function takes from where it is defined, those of functions in it included."""
    arguments = function.args
    named = [*arguments.args, *arguments.kwonlyargs, *getattr(arguments, "posonlyargs", [])]
    own = {one.arg for one in [*named, arguments.vararg, arguments.kwarg] if one is not None}
    body: list[Any] = function.body if isinstance(function.body, list) else [function.body]
    shared = {
        name for part in body for one in ast.walk(part) if isinstance(one, (ast.Global, ast.Nonlocal)) for name in one.names
    }
    for part in body:
        own |= stored_names(part)
    read = {name for part in body for name in loaded_names(part)}
    return (read - own) | shared


def walk_scope(node: ast.AST) -> Iterator[ast.AST]:
    """Walk over code, itself first, without what is in functions and classes defined in it."""
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (*_FUNCTIONS, ast.ClassDef)):
            yield child
        else:
            yield from walk_scope(child)


def _use_of_statement(node: ast.AST) -> NameUse:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return NameUse(frozenset(loaded_names(node)), frozenset({node.name}))
    if isinstance(node, ast.If):
        body, other = use_of(node.body), use_of(node.orelse)
        return _reads(node.test).then(NameUse(body.read | other.read, body.written & other.written))
    if isinstance(node, (ast.For, ast.AsyncFor)):
        body = _writes(node.target).then(use_of(node.body))
        return _reads(node.iter).then(NameUse(body.read | use_of(node.orelse).read, frozenset()))
    if isinstance(node, ast.While):
        inside = NameUse(use_of(node.body).read | use_of(node.orelse).read, frozenset())
        return _reads(node.test).then(inside)
    if isinstance(node, (ast.With, ast.AsyncWith)):
        use = _NOTHING
        for item in node.items:
            use = use.then(_reads(item.context_expr)).then(_writes(item.optional_vars) if item.optional_vars else _NOTHING)
        # It may end its body early, without a word.
        return use.then(NameUse(use_of(node.body).read, frozenset()))
    if isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
        return _use_of_try(node)
    if type(node).__name__ == "Match":
        return NameUse(frozenset(loaded_names(node)), frozenset())
    return _use_of_simple(node)


def _use_of_try(node: Any) -> NameUse:
    body = use_of([*node.body, *node.orelse])
    handlers = [use_of(handler.body) for handler in node.handlers]
    end = use_of(node.finalbody)
    read = body.read.union(
        *(one.read for one in handlers), *(loaded_names(one.type) for one in node.handlers if one.type), end.read
    )
    written = body.written.intersection(*(one.written for one in handlers))
    return NameUse(read, written | end.written)


def _use_of_simple(node: ast.AST) -> NameUse:
    if isinstance(node, ast.AugAssign):
        target = frozenset({node.target.id}) if isinstance(node.target, ast.Name) else frozenset()
        return NameUse(_reads(node.value).read | _reads(node.target).read | target, target)
    stores = frozenset(stored_names(node)) if not isinstance(node, (ast.Global, ast.Nonlocal)) else frozenset()
    if isinstance(node, ast.AnnAssign) and node.value is None:
        stores = frozenset()
    # A name that an expression gives a value to may be in a part of it that is not run.
    surely = stores - {one.target.id for one in ast.walk(node) if isinstance(one, ast.NamedExpr)}
    return NameUse(frozenset(loaded_names(node)), surely)


def _reads(node: ast.AST) -> NameUse:
    return NameUse(frozenset(loaded_names(node)), frozenset())


def _writes(target: ast.AST) -> NameUse:
    return NameUse(frozenset(loaded_names(target)), frozenset(stored_names(target)))


def loaded_names(node: ast.AST) -> set[str]:
    """Names that code reads, wherever in it, without those that only its own functions and comprehensions have."""
    if isinstance(node, _FUNCTIONS):
        outside: list[ast.AST] = [*node.args.defaults, *(one for one in node.args.kw_defaults if one is not None)]
        outside += getattr(node, "decorator_list", [])
        return free_names(node).union(*(loaded_names(one) for one in outside))
    found = {node.id} if isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Load, ast.Del)) else set()
    for child in ast.iter_child_nodes(node):
        found |= loaded_names(child)
    if isinstance(node, _COMPREHENSIONS):
        targets = {name for generator in node.generators for name in stored_names(generator.target)}
        first = loaded_names(node.generators[0].iter)
        return (found - targets) | first
    return found
