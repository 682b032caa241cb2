"""Runs a notebook's code cells in order, as its kernel would after "Restart and Run All"."""

from __future__ import annotations

import ast
import json
import linecache
import os
import re
from types import ModuleType
from typing import Any, Callable, NamedTuple

from .own_code import OwnCode

Notice = Callable[[str], None]

#: Cell magics whose body is Python that runs as if they were not there.
_TRANSPARENT = {"time", "capture", "timeit", "prun"}
_MAGIC = re.compile(r"^(?P<indent>\s*)(?P<kind>[%!?])(?P<rest>.*)$")
_ASSIGNED = re.compile(r"^(?P<head>\s*[\w., ]+=\s*)(?P<kind>[%!])(?P<rest>.*)$")
_VALUED = re.compile(r"^%?(time|timeit)\s+(?P<code>.+)$")


class Cell(NamedTuple):
    """A code cell; `number` counts from 0 over all cells, the texts included."""

    number: int
    source: str


def cell_filename(path: str, number: int) -> str:
    """Return the name that tracebacks give a cell."""
    return f"{path}, cell {number}"


def read_cells(path: str) -> list[Cell]:
    """Read the code cells of a notebook. Raises ValueError where it is none."""
    with open(path, encoding="utf-8-sig") as stream:
        notebook = json.load(stream)
    sheets = notebook.get("worksheets") or [notebook]
    cells = [cell for sheet in sheets for cell in sheet.get("cells", [])]
    found: list[Cell] = []
    for number, cell in enumerate(cells):
        source = cell.get("source", cell.get("input", ""))
        if cell.get("cell_type") == "code":
            found.append(Cell(number, source if isinstance(source, str) else "".join(source)))
    return found


def run_notebook(path: str, main: ModuleType, code: OwnCode, notice: Notice) -> None:
    """Run all code cells in `main`; print what a cell's last line evaluates to. Raises whatever a cell raises."""
    main.__dict__["display"] = _display
    for cell in read_cells(path):
        filename = cell_filename(path, cell.number)
        linecache.cache[filename] = (len(cell.source), None, cell.source.splitlines(True), filename)
        source = plain_python(cell.source, notice)
        if source.strip():
            tree = ast.parse(source, filename)
            code.rewrite(tree, path, cell.number, main)
            _run_cell(tree, filename, main, shows_last=not source.rstrip().endswith(";"))


def plain_python(source: str, notice: Notice) -> str:
    """Return a cell without what only IPython understands; every line stays on its line."""
    if source.lstrip().startswith("%%"):
        return _cell_magic(source, notice)
    try:
        ast.parse(source)
        return source
    except (SyntaxError, ValueError):
        return "\n".join(_plain_line(line, notice) for line in source.split("\n"))


def _cell_magic(source: str, notice: Notice) -> str:
    head, _, body = source.lstrip().partition("\n")
    name, _, argument = head[2:].partition(" ")
    if name in _TRANSPARENT:
        return plain_python("\n" + body, notice)
    if name == "writefile":
        return f"__import__('pathlib').Path({argument.split()[-1]!r}).write_text({body!r} + chr(10), encoding='utf-8');"
    notice(f"A notebook cell of %%{name} was left out.")
    return ""


def _plain_line(line: str, notice: Notice) -> str:
    assigned = _ASSIGNED.match(line)
    if assigned:
        valued = _VALUED.match(assigned["rest"]) if assigned["kind"] == "%" else None
        if not valued:
            notice(f"A notebook line was left out: {line.strip()}")
        return assigned["head"] + (valued["code"] if valued else "[]")
    magic = _MAGIC.match(line)
    if not magic:
        return "" if line.rstrip().endswith("?") and not line.lstrip().startswith("#") else line
    rest = magic["rest"].strip()
    valued = _VALUED.match(rest) if magic["kind"] == "%" else None
    if valued:
        return magic["indent"] + valued["code"]
    if magic["kind"] == "%" and rest.startswith("cd "):
        return f"{magic['indent']}__import__('os').chdir({os.path.expanduser(rest[3:].strip())!r})"
    if magic["kind"] == "!" or rest.startswith(("pip", "conda", "run")):
        notice(f"A notebook line was left out: {line.strip()}")
    return f"{magic['indent']}pass"


def _run_cell(tree: ast.Module, filename: str, main: ModuleType, shows_last: bool) -> None:
    last: ast.expr | None = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and shows_last:
        last = tree.body.pop().value  # type: ignore[attr-defined]
    exec(compile(tree, filename, "exec", dont_inherit=True), main.__dict__)
    if last is not None:
        value = eval(compile(ast.Expression(last), filename, "eval", dont_inherit=True), main.__dict__)
        if value is not None:
            main.__dict__["_"] = value
            print(repr(value))


def _display(*values: Any, **_options: Any) -> None:
    for value in values:
        print(repr(value))
