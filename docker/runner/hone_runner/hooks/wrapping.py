"""Putting a function around another, so that nothing but the observer notices."""

from __future__ import annotations

import functools
import inspect
from typing import Any, Callable, Dict, Tuple

Around = Callable[[Callable[..., Any], Tuple[Any, ...], Dict[str, Any]], Any]


def wrap(owner: Any, name: str, around: Around) -> None:
    """Replace `owner.name` by a function that calls `around(original, args, kwargs)`; nothing where there is none."""
    original = owner.__dict__.get(name)
    if original is None or getattr(original, "__hone_hook__", False) or not callable(original):
        return

    @functools.wraps(original)
    def hooked(*args: Any, **kwargs: Any) -> Any:
        return around(original, args, kwargs)

    hooked.__hone_hook__ = True  # type: ignore[attr-defined]
    setattr(owner, name, hooked)


def arguments_of(function: Callable[..., Any], args: Tuple[Any, ...], kwargs: Dict[str, Any]) -> Dict[str, Any]:
    """Return the arguments of a call by name, those in `**kwargs` too; empty where the call is wrong, which it will say itself."""
    try:
        bound = inspect.signature(function).bind(*args, **kwargs).arguments
    except (TypeError, ValueError):
        return {}
    named = dict(bound)
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            named.update(named.pop(parameter.name, {}))
    return named
