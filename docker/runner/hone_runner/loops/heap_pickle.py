"""Pickling what refers to objects that are there again in the process that reads it."""

from __future__ import annotations

import importlib
import pickle
import sys
import types
from typing import Any, BinaryIO, Callable, Mapping, Sequence

from .tensors import Storage, Storages, flat_bytes, is_tensor, rebuild_storage, rebuild_tensor


class UnsaveableError(Exception):
    """Something that can neither be saved nor left out: which, and why."""


class HeapPickler(pickle.Pickler):
    """Writes a number for each object of `numbers`, by its id; the others as Python does, but for tensors."""

    def __init__(self, stream: Any, numbers: Mapping[int, int], storages: Storages, keeps_graph: bool) -> None:
        super().__init__(stream, protocol=4)
        self._numbers = numbers
        self._storages = storages
        self._keeps_graph = keeps_graph
        # By address: what is kept here stays where it is, so that no other takes its place in memory.
        self._new: dict[int, tuple[int, Storage]] = {}

    @property
    def new_storages(self) -> list[Storage]:
        """Storages that were not there, in the order of their numbers."""
        return [storage for _, storage in self._new.values()]

    def persistent_id(self, value: Any) -> Any:
        """Return the number of an object that is there again; of a storage that is not, a number among such."""
        number = self._numbers.get(id(value))
        if number is None and type(value) is Storage:
            return self._new[value.address][0], str(value.flat.device)
        return number

    def reducer_override(self, value: Any) -> Any:
        """Say how a new object is made again. Raises UnsaveableError."""
        if is_tensor(value):
            return self._reduce_tensor(value)
        if isinstance(value, types.ModuleType):
            return importlib.import_module, (value.__name__,)
        numpy = sys.modules.get("numpy")
        if numpy is not None and isinstance(value, numpy.ndarray) and value.nbytes:
            if self._storages.holds(value.__array_interface__["data"][0]):
                raise UnsaveableError("an array shares its numbers with a tensor")
        elif isinstance(value, (types.GeneratorType, map, filter, zip, enumerate)):
            raise UnsaveableError(f"an iterator ({type(value).__name__}) is under way")
        return NotImplemented

    def _reduce_tensor(self, value: Any) -> Any:
        torch = sys.modules["torch"]
        kind = type(value)
        if kind not in (torch.Tensor, torch.nn.Parameter):
            raise UnsaveableError(f"a tensor of a special kind ({kind.__name__}) is new")
        if not value.is_leaf and value.requires_grad and self._keeps_graph:
            raise UnsaveableError("a later pass may go backward through it")
        flat = flat_bytes(value)
        numbers = None if flat is None else self._storages.of(value)
        if flat is not None and id(numbers) not in self._numbers:
            numbers = self._new.setdefault(flat.data_ptr(), (len(self._new), Storage(flat, False)))[1]
        look = (value.storage_offset(), tuple(value.size()), value.stride())
        learns = bool(value.requires_grad and value.is_leaf)
        grad = value.grad if value.is_leaf else None
        return rebuild_tensor, (numbers, value.dtype, value.device, look, learns, grad, kind)


class HeapUnpickler(pickle.Unpickler):
    """Reads what a HeapPickler wrote; `read_new` gives the bytes of a storage that was not there."""

    def __init__(self, stream: BinaryIO, objects: Sequence[Any], read_new: Callable[[int], bytes]) -> None:
        super().__init__(stream)
        self._objects = objects
        self._read_new = read_new
        self._new: dict[int, Storage] = {}

    def persistent_load(self, number: Any) -> Any:
        """Return the object of a number."""
        if isinstance(number, int):
            return self._objects[number]
        new, device = number
        if new not in self._new:
            self._new[new] = rebuild_storage(self._read_new(new), device)
        return self._new[new]
