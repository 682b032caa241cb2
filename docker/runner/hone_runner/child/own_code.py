"""Compiles the user's files as they are, or as rewriters change them in memory: files, lines and names stay what they were."""

from __future__ import annotations

import ast
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType
from typing import Protocol, Sequence


class Rewriter(Protocol):
    """Changes parsed code before it runs."""

    def wants(self, path: str, cell: int | None) -> bool:
        """Whether it changes anything in a file, or in a cell of a notebook."""

    def rewrite(self, tree: ast.Module, path: str, cell: int | None, module: ModuleType) -> None:
        """Change what is to run in `module`; lines keep their numbers."""


class OwnCode:
    """The rewriters work one after the other; those that go by lines come first."""

    def __init__(self, rewriters: Sequence[Rewriter]) -> None:
        self._rewriters = rewriters

    def install(self) -> None:
        """Have modules that a rewriter wants changed when they are imported."""
        if not self._rewriters:
            return
        execute = SourceFileLoader.exec_module
        code = self

        def exec_module(loader: SourceFileLoader, module: ModuleType) -> None:
            path = loader.get_filename(module.__name__)
            if code._wanted(path):
                exec(code.compile(loader.get_data(path), path, module), module.__dict__)
            else:
                execute(loader, module)

        SourceFileLoader.exec_module = exec_module  # type: ignore[assignment,method-assign]

    def compile(self, source: bytes, path: str, module: ModuleType) -> CodeType:
        """Compile a file for `module`. Raises SyntaxError as `compile` does."""
        if not self._wanted(path):
            return compile(source, path, "exec", dont_inherit=True)
        tree = ast.parse(source, path)
        self.rewrite(tree, path, None, module)
        return compile(tree, path, "exec", dont_inherit=True)

    def rewrite(self, tree: ast.Module, path: str, cell: int | None, module: ModuleType) -> None:
        """Change a parsed file, or cell of a notebook, that is to run in `module`."""
        for rewriter in self._rewriters:
            if rewriter.wants(path, cell):
                rewriter.rewrite(tree, path, cell, module)

    def _wanted(self, path: str) -> bool:
        return any(rewriter.wants(path, None) for rewriter in self._rewriters)
