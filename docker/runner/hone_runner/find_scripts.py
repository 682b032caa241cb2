"""Finds the scripts that train, by reading; only for the plain runner, the full scanner is not in the container."""

from __future__ import annotations

import ast
import os

from .notebook_source import readable_source
from .tree import walk_files

_FRAMEWORKS = {
    "sklearn",
    "keras",
    "tensorflow",
    "torch",
    "lightning",
    "pytorch_lightning",
    "xgboost",
    "lightgbm",
    "catboost",
    "tf_keras",
}
_TRAINING = {
    "fit",
    "fit_generator",
    "fit_transform",
    "partial_fit",
    "train_on_batch",
    "backward",
    "cross_val_score",
    "cross_validate",
}
_LARGEST_BYTES = 2_000_000


def find_scripts(root: str) -> list[str]:
    """Relative paths of the files that import a framework and train with it, those imported by another of them left out."""
    training: dict[str, set[str]] = {}
    for path in sorted(walk_files(root)):
        if path.endswith((".py", ".ipynb")) and os.path.getsize(path) <= _LARGEST_BYTES:
            tree = _parse(path)
            if tree is not None and _trains(tree):
                training[os.path.relpath(path, root).replace(os.sep, "/")] = _imports(tree)
    imported = set().union(*training.values()) if training else set()
    return [path for path in training if os.path.splitext(os.path.basename(path))[0] not in imported or len(training) == 1]


def _parse(path: str) -> ast.Module | None:
    try:
        return ast.parse(readable_source(path))
    except (SyntaxError, ValueError, OSError, RecursionError):
        return None


def _trains(tree: ast.Module) -> bool:
    if not _imports(tree) & _FRAMEWORKS:
        return False
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
    # `xgb.train(...)` trains, `model.train()` of PyTorch only switches a mode.
    native = any(
        isinstance(call, ast.Attribute)
        and call.attr == "train"
        and getattr(call.value, "id", "") in ("xgb", "lgb", "xgboost", "lightgbm")
        for call in calls
    )
    return native or bool(names & _TRAINING)


def _imports(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(part for alias in node.names for part in alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            found.update((node.module or "").split("."))
            found.update(alias.name for alias in node.names if node.level)
    return found
