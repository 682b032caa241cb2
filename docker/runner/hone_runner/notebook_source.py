"""The Python of a script or notebook, for reading it."""

from __future__ import annotations

from .child.notebook import plain_python, read_cells


def readable_source(path: str) -> str | bytes:
    """Source of a file; of a notebook, its code cells one after the other. Raises OSError, ValueError."""
    if not path.endswith(".ipynb"):
        with open(path, "rb") as stream:
            return stream.read()
    return "\n".join(plain_python(cell.source, lambda _text: None) for cell in read_cells(path))
