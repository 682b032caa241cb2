"""All that a loop found when it began, by identity: what is in it is saved between two passes and put back in place.

A process that resumes runs the script again up to the loop, so it finds the same objects there, numbered in the same order.
Whoever else refers to one of them, such as an optimizer to a model's weights, then sees what was restored.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from typing import Any, BinaryIO, Callable, Iterable, NamedTuple

from .heap_pickle import HeapPickler, HeapUnpickler, UnsaveableError
from .kind import SAME, Kind
from .kinds import Kinds
from .tensors import Storages

__all__ = ["Heap", "UnsaveableError"]

#: What leads to more objects than this is not walked through between two passes.
_MOST = 1_000_000


class _Found(NamedTuple):
    object: Any
    kind: Kind
    #: What the kind has to know of how the object was when the loop began.
    before: Any
    label: Callable[[], str]


class Heap:
    """Filled once, when the loop begins; it keeps its objects alive."""

    def __init__(self, tree: str, keeps_graph: bool) -> None:
        self._storages = Storages()
        self._kinds = Kinds(tree, self._storages)
        self._keeps_graph = keeps_graph
        self._found: list[_Found] = []
        self._numbers: dict[int, int] = {}
        self._passing: list[Any] = []

    def add_all(self, roots: Iterable[tuple[str, Any]]) -> None:
        """Take all that labelled values lead to. Raises UnsaveableError where something can neither be saved nor left out."""
        waiting: list[tuple[str, Callable[[], str] | None, Any]] = [(name, None, value) for name, value in roots]
        waiting.reverse()
        seen: set[int] = set()
        while waiting:
            name, parent, value = waiting.pop()
            kind = self._kinds.of(value)
            if kind is None or id(value) in seen:
                continue
            seen.add(id(value))
            label = _labeller(name, parent)
            if kind.in_place:
                self._add(value, kind, label)
            else:
                # Its identity is not looked at again, but must not be taken over by another meanwhile.
                self._passing.append(value)
            parts = [(inner, label, part) for inner, part in self._told(kind.parts, value, label)]
            waiting.extend(reversed(parts))
            if len(self._found) > _MOST:
                raise UnsaveableError(f"it leads to more than {_MOST} objects")
        self._passing.clear()
        self._storages.freeze()

    def mark(self) -> str:
        """Return what is the same in each process that comes to the loop in the same way."""
        digest = hashlib.sha256()
        for found in self._found:
            digest.update(f"{type(found.object).__qualname__} {self._told(found.kind.mark, found, found.label)}\n".encode())
        return digest.hexdigest()

    def writer(self, more: dict[str, Any]) -> Callable[[BinaryIO], None]:
        """Return what writes the present state, and `more`, which may refer to what is in it."""

        def write(stream: BinaryIO) -> None:
            contents = [
                (number, content)
                for number, found in enumerate(self._found)
                if (content := self._told(found.kind.content, found, found.label)) is not SAME
            ]
            try:
                self._pickler(stream).dump((contents, more))
            except (UnsaveableError, OSError):
                raise
            except Exception as error:
                raise UnsaveableError(f"{self._culprit(contents, more)} cannot be saved ({error})") from error

        return write

    def restore(self, data: bytes) -> Any:
        """Put a state back that was written, and return the `more` of it. Raises before anything is changed."""
        objects = [found.object for found in self._found]
        contents, more = HeapUnpickler(io.BytesIO(data), objects).load()
        for number, content in contents:
            found = self._found[number]
            found.kind.restore(found.object, content)
        return more

    def _add(self, value: Any, kind: Kind, label: Callable[[], str]) -> None:
        self._numbers[id(value)] = len(self._found)
        self._found.append(_Found(value, kind, self._told(kind.before, value, label), label))

    def _pickler(self, stream: Any) -> HeapPickler:
        return HeapPickler(stream, self._numbers, self._storages, self._keeps_graph)

    def _told(self, function: Callable[..., Any], argument: Any, label: Callable[[], str]) -> Any:
        """Call a kind's function on an object; name the object where that fails."""
        try:
            if isinstance(argument, _Found):
                return function(argument.object, argument.before)
            return function(argument)
        except UnsaveableError:
            raise
        except Exception as error:
            value = argument.object if isinstance(argument, _Found) else argument
            raise UnsaveableError(f"{label()} ({type(value).__name__}) cannot be saved: {error}") from error

    def _culprit(self, contents: list[tuple[int, Any]], more: dict[str, Any]) -> str:
        for number, content in contents:
            if not self._can_pickle(content):
                names = content if isinstance(content, dict) else {}
                inner = [f".{name}" for name, value in names.items() if not self._can_pickle(value)]
                return self._found[number].label() + (inner[0] if inner else "")
        values = more.get("values", {})
        return next((name for name, value in values.items() if not self._can_pickle(value)), "a variable")

    def _can_pickle(self, value: Any) -> bool:
        try:
            self._pickler(io.BytesIO()).dump(value)
        except (
            UnsaveableError,
            pickle.PicklingError,
            TypeError,
            AttributeError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ):
            return False
        return True


def _labeller(name: str, parent: Callable[[], str] | None) -> Callable[[], str]:
    return lambda: f"{parent()}.{name}".lstrip(".") if parent is not None else name
