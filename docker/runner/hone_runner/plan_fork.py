"""Decides by reading whether a script can run in a fork of a process that has its frameworks imported already."""

from __future__ import annotations

import ast
import re
from typing import Iterator, Mapping, NamedTuple, Sequence

from .own_sources import imported_names, read_own_sources

#: Variables that libraries read when they are imported or first used.
_LIBRARY_VARIABLE = re.compile(
    r"(KERAS|TF|CUDA|OMP|MKL|OPENBLAS|BLIS|NUMEXPR|VECLIB|KMP|XLA|JAX|TORCH|PYTORCH|NCCL|SKLEARN|LOKY|JOBLIB)_[A-Z0-9_]+"
    r"|MPLBACKEND|PYTHON[A-Z]+"
)
_ENVIRONMENT_CALLS = {"setdefault", "update", "pop", "clear", "putenv", "unsetenv", "load_dotenv"}
#: What is made of a set by these does not depend on its order.
_ORDERLESS = {"len", "sorted", "min", "max", "sum", "any", "all"}


class ForkPlan(NamedTuple):
    """`obstacle` says why a fork would not do; else `modules` are to be imported first, with `settings` in the environment."""

    obstacle: str | None
    modules: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()


def plan_fork(script: str, root: str, packages: Sequence[str], environment: Mapping[str, str]) -> ForkPlan:
    """Look at `script` and its own modules below `root`. Of `packages`, what the code imports can be imported before it."""
    try:
        sources = read_own_sources(script, root)
    except (OSError, SyntaxError, ValueError, RecursionError):
        return ForkPlan("the script cannot be read")
    wanted = [
        name
        for path, tree in sources.items()
        for name in imported_names(tree, path, root)
        if name.partition(".")[0] in packages and not name.endswith("*")
    ]
    settings, set_by = _settings_before_imports(sources[script], packages, environment)
    for path, tree in sources.items():
        obstacle = _obstacle(tree, set_by if path == script else set(), path == script)
        if obstacle:
            return ForkPlan(obstacle)
    return ForkPlan(None, tuple(dict.fromkeys(wanted)), tuple(settings.items()))


def _settings_before_imports(
    tree: ast.Module, packages: Sequence[str], environment: Mapping[str, str]
) -> tuple[dict[str, str], set[ast.AST]]:
    """Variables that plain lines set to plain texts before the first of `packages` is imported, and those lines."""
    settings: dict[str, str] = {}
    lines: set[ast.AST] = set()
    for statement in tree.body:
        if any(name.partition(".")[0] in packages for name in imported_names(ast.Module([statement], []), "", "")):
            break
        pair = _literal_setting(statement)
        if pair:
            name, value, always = pair
            if always or name not in environment:
                settings[name] = value if always else settings.get(name, value)
            lines.add(statement)
    return settings, lines


def _literal_setting(statement: ast.stmt) -> tuple[str, str, bool] | None:
    """Name and value of `os.environ["A"] = "b"` or `os.environ.setdefault("A", "b")`, and whether it is set in any case."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and _is_environment_item(statement.targets[0]):
        target = statement.targets[0]
        assert isinstance(target, ast.Subscript)
        name, value = _text(target.slice), _text(statement.value)
        return (name, value, True) if name is not None and value is not None else None
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call = statement.value
        if _is_environment_call(call) and _called_name(call) == "setdefault" and len(call.args) == 2:
            name, value = _text(call.args[0]), _text(call.args[1])
            return (name, value, False) if name is not None and value is not None else None
    return None


def _obstacle(tree: ast.Module, set_by: set[ast.AST], is_script: bool) -> str | None:
    last_import = max((node.lineno for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))), default=0)
    imports = [alias for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    chance = {alias.asname or alias.name for alias in imports if alias.name == "random"}
    orderless: set[ast.AST] = set()
    for node in _walk_outside(tree, set_by):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _LIBRARY_VARIABLE.fullmatch(node.value):
            return f"the script has to do with {node.value}"
        # A module's own code runs while others are still to be imported.
        if not is_script or getattr(node, "lineno", 0) < last_import:
            if _changes_environment(node):
                return "the script changes its environment before it imports"
            if is_script and isinstance(node, ast.Call) and _seeds_random(node, chance):
                return "the script seeds before it imports"
        if isinstance(node, ast.Attribute) and node.attr == "modules" and getattr(node.value, "id", "") == "sys":
            return "the script has to do with sys.modules"
        if isinstance(node, (ast.Attribute, ast.Name)) and _name(node) == "set_start_method":
            return "the script sets how processes start"
        if isinstance(node, ast.Call) and _called_name(node) in _ORDERLESS:
            orderless.update(node.args)
        if isinstance(node, ast.Compare):
            orderless.update([node.left, *node.comparators])
        if node not in orderless and _depends_on_hashes(node):
            return "the order of a set may matter to the script"
    return None


def _walk_outside(tree: ast.AST, skipped: set[ast.AST]) -> Iterator[ast.AST]:
    """All nodes, a parent before its children."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node not in skipped:
            yield node
            waiting.extend(ast.iter_child_nodes(node))


def _changes_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, (ast.Store, ast.Del)):
        return _is_environment_item(node)
    return isinstance(node, ast.Call) and _is_environment_call(node)


def _depends_on_hashes(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in ("set", "frozenset", "hash") and bool(node.args)
    if isinstance(node, ast.Set):
        return not all(isinstance(one, ast.Constant) and not isinstance(one.value, (str, bytes)) for one in node.elts)
    return isinstance(node, ast.SetComp)


def _seeds_random(call: ast.Call, chance: set[str]) -> bool:
    """Whether Python's own generator is seeded; NumPy's and others' are not drawn from by any import."""
    if not isinstance(call.func, ast.Attribute) or not isinstance(call.func.value, (ast.Attribute, ast.Name)):
        return False
    owner = call.func.value
    own = call.func.attr == "seed" and isinstance(owner, ast.Name) and owner.id in chance
    return own or (call.func.attr == "set_random_seed" and _name(owner) == "utils")


def _is_environment_item(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Subscript) and isinstance(node.value, (ast.Attribute, ast.Name)) and _name(node.value) == "environ"
    )


def _is_environment_call(call: ast.Call) -> bool:
    name = _called_name(call)
    if name in ("putenv", "unsetenv", "load_dotenv"):
        return True
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return name in _ENVIRONMENT_CALLS and isinstance(owner, (ast.Attribute, ast.Name)) and _name(owner) == "environ"


def _called_name(call: ast.Call) -> str:
    return _name(call.func) if isinstance(call.func, (ast.Attribute, ast.Name)) else ""


def _name(node: ast.Attribute | ast.Name) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id


def _text(node: ast.AST) -> str | None:
    # Python 3.8 wraps what stands in brackets.
    value = getattr(node, "value", None)
    if isinstance(value, ast.Constant):
        value = value.value
    return value if isinstance(value, str) else None
