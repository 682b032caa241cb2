"""Old names of arguments."""

from __future__ import annotations

import functools
from typing import Any, Callable, Mapping

#: Old name -> new name; None drops one that has no meaning any more.
Arguments = Mapping[str, "str | None"]
Translations = Mapping[str, Callable[[Any], Any]]


def rename_arguments(owner: Any, function: str, names: Arguments, values: Translations | None = None) -> None:
    """Let a function of a class or module take arguments by their old names too, their values translated where asked."""
    original = getattr(owner, function, None)
    if original is None:
        return

    @functools.wraps(original)
    def renamed(*args: Any, **kwargs: Any) -> Any:
        for old, new in names.items():
            if old not in kwargs:
                continue
            value = kwargs.pop(old)
            if new is not None:
                kwargs.setdefault(new, values[old](value) if values and old in values else value)
        return original(*args, **kwargs)

    setattr(owner, function, staticmethod(renamed) if function == "__new__" else renamed)
