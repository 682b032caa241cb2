"""TensorFlow 1: graphs, placeholders and sessions, by the part of TensorFlow 2 that still has them."""

from __future__ import annotations

import sys
from types import ModuleType

ALIASES: dict[str, tuple[str, ...]] = {}

#: What TensorFlow 2 does better under the same name, or what Keras needs as it is.
_KEPT = {"keras", "compat", "estimator", "version"}


def _restore(tensorflow: ModuleType) -> None:
    old = tensorflow.compat.v1
    old.disable_v2_behavior()
    for name in dir(old):
        if not name.startswith("_") and name not in _KEPT:
            setattr(tensorflow, name, getattr(old, name))
            # A module of that name may be imported by its path.
            if f"tensorflow.compat.v1.{name}" in sys.modules:
                sys.modules[f"tensorflow.{name}"] = sys.modules[f"tensorflow.compat.v1.{name}"]


PATCHES = {"tensorflow": _restore}
