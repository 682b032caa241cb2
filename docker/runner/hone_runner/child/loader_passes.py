"""Batches that a script took from its loaders, and what a model answered to them."""

from __future__ import annotations

import sys
from typing import Any

#: Rows of a pass that are kept until the script ends, and their bytes.
_MOST_ROWS = 1_000
_MOST_BYTES = 16_000_000


class Batches:
    """Batches as one array, put together only where somebody looks at it. `rows` counts also those that were not kept."""

    def __init__(self) -> None:
        self._parts: list[Any] = []
        self.rows = 0

    @property
    def shape(self) -> tuple[int, ...]:
        """As arrays have it; of the rows alone."""
        return (self.rows,)

    def add(self, part: Any, keep: bool) -> None:
        """Count a batch, and keep it where there is room."""
        if keep:
            self._parts.append(part)
        self.rows += len(part)

    def __array__(self, *_args: Any, **_options: Any) -> Any:
        return sys.modules["torch"].cat([one.detach().cpu() for one in self._parts]).numpy()


class Pass:
    """One way through a loader."""

    def __init__(self, iterator: Any) -> None:
        self.iterator = iterator
        self.dataset = getattr(iterator, "_dataset", None)
        #: What the loader handed out last; None once it was answered.
        self.batch: Any = None
        self.inputs = Batches()
        self.truth = Batches()
        self._bytes = 0

    def add(self, inputs: Any, truth: Any) -> None:
        """Keep a batch that a model answered, as long as there is room."""
        keep = self.inputs.rows < _MOST_ROWS and self._bytes < _MOST_BYTES
        self._bytes += inputs.numel() * inputs.element_size()
        self.inputs.add(inputs, keep)
        self.truth.add(truth, keep)


class LoaderPasses:
    """The pass that goes on, and the data sets that were learnt from."""

    def __init__(self) -> None:
        self.now: Pass | None = None
        self._learnt: list[Any] = []

    def took(self, iterator: Any, batch: Any) -> None:
        """Note a batch that an iterator handed out."""
        if self.now is None or self.now.iterator is not iterator:
            self.now = Pass(iterator)
        self.now.batch = batch

    def learnt(self) -> None:
        """Note that a model learns from the pass that goes on."""
        if self.now is not None and self.role == "unknown":
            self._learnt.append(self.now.dataset)

    @property
    def role(self) -> str:
        """`train` for what was learnt from; of the rest nobody said what it is."""
        dataset = None if self.now is None else self.now.dataset
        return "train" if any(one is dataset for one in self._learnt) else "unknown"
