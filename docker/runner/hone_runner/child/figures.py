"""Keeps the figures that a script would show in a window."""

from __future__ import annotations

import os
from types import ModuleType
from typing import Any

from .import_hooks import ImportHooks

#: A script that shows a figure a step must not fill the disk.
MOST_FIGURES = 200


def install_figures(imports: ImportHooks, folder: str) -> None:
    """Make `plt.show()` save its figures as `figure-<n>.png` in `folder` and close them."""

    def pyplot(module: ModuleType) -> None:
        saved = 0

        def show(*_positional: Any, **_options: Any) -> None:
            nonlocal saved
            for number in module.get_fignums():
                if saved < MOST_FIGURES:
                    saved += 1
                    os.makedirs(folder, exist_ok=True)
                    module.figure(number).savefig(os.path.join(folder, f"figure-{saved}.png"))
            module.close("all")

        module.show = show  # type: ignore[attr-defined]

    imports.when_imported("matplotlib.pyplot", pyplot)
