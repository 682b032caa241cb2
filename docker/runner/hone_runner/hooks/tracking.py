"""Tracking services: what a script would send to a server stays beside it, where the container has no network."""

from __future__ import annotations

import os
from types import ModuleType
from typing import Any, Callable

from ..child.observer import Observer
from .wrapping import wrap

_STORE = "MLFLOW_TRACKING_URI"


def hook_mlflow(module: ModuleType, _observer: Observer) -> None:
    """Keep MLflow at the local store that the environment names, whatever server the script names."""
    store = os.environ.get(_STORE, "")
    if not store.startswith("file:"):
        return

    def around(original: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        uri = args[0] if args else kwargs.get("uri")
        if isinstance(uri, str) and uri.startswith(("http:", "https:", "databricks")):
            args, kwargs = (store, *args[1:]), {name: value for name, value in kwargs.items() if name != "uri"}
        return original(*args, **kwargs)

    wrap(module, "set_tracking_uri", around)
