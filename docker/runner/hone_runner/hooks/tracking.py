"""Tracking services: what a script would send to a server stays beside it, where the container has no network."""

from __future__ import annotations

import os
from types import ModuleType
from typing import Any, Callable

from ..child.observer import Observer
from .wrapping import wrap

#: Set where there is no network.
_OFFLINE = "HONE_OFFLINE"


def hook_mlflow(module: ModuleType, _observer: Observer) -> None:
    """Keep MLflow at its local default, whatever server the script names."""
    if _OFFLINE not in os.environ:
        return

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        uri = args[0] if args else kwargs.get("uri")
        if isinstance(uri, str) and uri.startswith(("http:", "https:", "databricks")):
            return None
        return original(*args, **kwargs)

    wrap(module, "set_tracking_uri", around)
