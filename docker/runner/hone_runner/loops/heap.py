"""All that a loop found when it began, by identity: what is in it is saved between two passes and put back in place.

A process that resumes runs the script again up to the loop, so it finds the same objects there, numbered in the same order.
Whoever else refers to one of them, such as an optimizer to a model's weights, then sees what was restored.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from typing import Any, Callable, Iterable, Iterator, Mapping, NamedTuple

from ..child.snapshot_file import Content
from .containers import is_plain
from .heap_pickle import HeapPickler, HeapUnpickler, UnsaveableError
from .kind import SAME, STORED, Kind
from .kinds import Kinds
from .tensors import Storages

__all__ = ["Heap", "UnsaveableError"]

#: Entries of a state: what refers to what, the numbers of tensors that were there, and of those that came later.
_OBJECTS, _NUMBERS, _NEW = "objects", "numbers/", "new/"

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
            kind = self._told(self._kinds.of, value, _labeller(name, parent))
            if kind is None or id(value) in seen:
                continue
            seen.add(id(value))
            label = _labeller(name, parent)
            if kind.in_place:
                self._add(value, kind, label)
            else:
                # Its identity is not looked at again, but must not be taken over by another meanwhile.
                self._passing.append(value)
            parts = self._told(kind.parts, value, label)
            waiting.extend((inner, label, part) for inner, part in reversed(parts) if not is_plain(part))
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

    def state(self, more: Callable[[], dict[str, Any]]) -> Mapping[str, Content]:
        """Return the present state, with `more` that may refer to it, as entries that are made when they are asked for."""
        return _Entries(lambda: self._entries(more()))

    def keep(self) -> Callable[[str], bytes]:
        """Return what `restore` takes to put the present state back."""
        return {name: _written(content) for name, content in self._entries({}).items()}.__getitem__

    def restore(self, read: Callable[[str], bytes]) -> Any:
        """Put a state back, of which `read` gives the entries, and return the `more` of it."""
        objects = [found.object for found in self._found]
        stored, contents, more = HeapUnpickler(io.BytesIO(read(_OBJECTS)), objects, lambda number: read(f"{_NEW}{number}")).load()
        for number, content in contents:
            self._found[number].kind.restore(objects[number], content)
        for number in stored:
            objects[number].put(read(f"{_NUMBERS}{number}"))
        return more

    def _entries(self, more: dict[str, Any]) -> dict[str, Content]:
        told = [(number, self._told(found.kind.content, found, found.label)) for number, found in enumerate(self._found)]
        stored = [number for number, content in told if content is STORED]
        contents = [(number, content) for number, content in told if content is not SAME and content is not STORED]
        stream = io.BytesIO()
        pickler = self._pickler(stream)
        try:
            pickler.dump((stored, contents, more))
        except UnsaveableError:
            raise
        except Exception as error:
            raise UnsaveableError(f"{self._culprit(contents, more)} cannot be saved: {error}") from error
        found: dict[str, Content] = {_OBJECTS: stream.getvalue()}
        found.update((f"{_NUMBERS}{number}", self._found[number].object.write) for number in stored)
        found.update((f"{_NEW}{number}", storage.write) for number, storage in enumerate(pickler.new_storages))
        return found

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
            result = function(argument)
            # What yields its results may fail as it does.
            return list(result) if isinstance(result, Iterator) else result
        except UnsaveableError:
            raise
        except Exception as error:
            value = argument.object if isinstance(argument, _Found) else argument
            raise UnsaveableError(f"{label()} ({type(value).__name__}) cannot be saved: {error}") from error

    def _culprit(self, contents: list[tuple[int, Any]], more: dict[str, Any]) -> str:
        for number, content in contents:
            if not self._can_pickle(content):
                inner = next((f".{name}" for name, value in _named(content) if not self._can_pickle(value)), "")
                return f"{self._found[number].label()}{inner}".lstrip(".")
        return next((name for name, value in _named(more.get("values")) if not self._can_pickle(value)), "a variable")

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


class _Entries(Mapping[str, Content]):
    """Made only when they are written, which counts as a part of what saving takes."""

    def __init__(self, make: Callable[[], dict[str, Content]]) -> None:
        self._make = make
        self._made: dict[str, Content] | None = None

    def _all(self) -> dict[str, Content]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __getitem__(self, name: str) -> Content:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def _written(content: Content) -> bytes:
    if isinstance(content, bytes):
        return content
    stream = io.BytesIO()
    content(stream)
    return stream.getvalue()


def _named(content: Any) -> Iterable[tuple[Any, Any]]:
    """Names and values of a content, where it has such."""
    if isinstance(content, dict):
        return content.items()
    pairs = content[0] if isinstance(content, tuple) and content else content
    return pairs if isinstance(pairs, list) and all(isinstance(one, tuple) and len(one) == 2 for one in pairs) else ()


def _labeller(name: str, parent: Callable[[], str] | None) -> Callable[[], str]:
    return lambda: f"{parent()}.{name}".lstrip(".") if parent is not None else name
