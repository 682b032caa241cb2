"""Putting a function around another, so that nothing but the observer notices."""

from __future__ import annotations

import functools
import inspect
from typing import Any, Callable, Dict, Tuple

#: Takes the original function and the arguments of a call; returns what the call returns.
Around = Callable[[Callable[..., Any], Tuple[Any, ...], Dict[str, Any]], Any]


def wrap(owner: Any, name: str, around: Around) -> None:
    """Replace `owner.name` by a function that calls `around(original, args, kwargs)`; nothing where there is none."""
    original = owner.__dict__.get(name)
    if original is not None and not callable(original) and callable(getattr(original, "fn", None)):
        # scikit-learn's methods that are there only for some estimators are descriptors around the function.
        owner, name, original = original, "fn", original.fn
    if not callable(original):
        return

    @functools.wraps(original)
    def hooked(*args: Any, **kwargs: Any) -> Any:
        return around(original, args, kwargs)

    setattr(owner, name, hooked)


def arguments_of(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call by name, those in `**kwargs` too; empty where the call is wrong, as it will say itself."""
    signature = inspect.signature(function)
    try:
        named = dict(signature.bind(*args, **kwargs).arguments)
    except TypeError:
        return {}
    for parameter in signature.parameters.values():
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            named.update(named.pop(parameter.name, {}))
    return named


def call_with(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], **changed: Any) -> Any:
    """Call a function with some of its arguments replaced, wherever they stood."""
    bound = inspect.signature(function).bind(*args, **kwargs)
    bound.arguments.update(changed)
    return function(*bound.args, **bound.kwargs)
