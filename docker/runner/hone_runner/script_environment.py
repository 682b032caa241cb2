"""The environment that a script's process starts with."""

from __future__ import annotations

import os
from typing import Mapping


def script_environment(wanted: Mapping[str, str], seed: int | None) -> dict[str, str]:
    """The runner's own environment and what the user set, PYTHONPATH in front; plots are drawn off screen, text is UTF-8."""
    environment = dict(os.environ)
    environment.setdefault("MPLBACKEND", "Agg")
    environment.setdefault("PYTHONIOENCODING", "utf-8")
    inherited = environment.get("PYTHONPATH")
    environment.update(wanted)
    if inherited and "PYTHONPATH" in wanted:
        environment["PYTHONPATH"] = os.pathsep.join([wanted["PYTHONPATH"], inherited])
    if seed is not None:
        # The order of sets of strings is a source of randomness as well, and only settable from outside.
        environment.setdefault("PYTHONHASHSEED", str(seed % 2**32))
    return environment
