"""Lists, dictionaries and their kin."""

from __future__ import annotations

import collections
import enum
import pathlib
from typing import Any, Callable, Iterable

from .kind import Kind

#: Types of which a value is all there is.
ATOMS = frozenset({type(None), bool, int, float, complex, str, bytes, range, slice, type(...), type(NotImplemented)})


class Sequences(Kind):
    """Lists and double-ended queues."""

    def parts(self, value: Any) -> Iterable[tuple[str, Any]]:
        return () if _is_flat(value) else ((str(index), one) for index, one in enumerate(value))

    def content(self, value: Any, _before: Any) -> Any:
        return list(value)

    def restore(self, value: Any, content: Any) -> None:
        if len(value) != len(content) or any(one is not other for one, other in zip(value, content)):
            value.clear()
            value.extend(content)


class Bytes(Kind):
    """Byte arrays."""

    def content(self, value: Any, _before: Any) -> Any:
        return bytes(value)

    def restore(self, value: Any, content: Any) -> None:
        value[:] = content


class Mappings(Kind):
    """Dictionaries of all sorts, in the order in which they were filled."""

    def parts(self, value: Any) -> Iterable[tuple[str, Any]]:
        base = mapping_base(value)
        if not (_is_flat(base.keys(value)) and _is_flat(base.values(value))):
            for key, one in base.items(value):
                yield "a key", key
                yield str(key) if type(key) in ATOMS else "an item", one

    def content(self, value: Any, _before: Any) -> Any:
        return list(mapping_base(value).items(value))

    def restore(self, value: Any, content: Any) -> None:
        base = mapping_base(value)
        refill(
            content,
            lambda: list(base.items(value)),
            lambda: base.clear(value),
            lambda *one: base.__setitem__(value, *one),
        )


class Sets(Kind):
    """Sets of plain values; those of other objects have another order in each process."""

    def before(self, value: Any) -> Any:
        if not all(is_plain(one) for one in value):
            raise TypeError("it is a set of objects")

    def content(self, value: Any, _before: Any) -> Any:
        return list(value)

    def restore(self, value: Any, content: Any) -> None:
        if value != set(content):
            value.clear()
            value.update(content)


class Frozen(Kind):
    """Tuples and others that do not change but lead to what does."""

    in_place = False

    def __init__(self, parts: Callable[[Any], Iterable[Any]]) -> None:
        self._parts = parts

    def parts(self, value: Any) -> Iterable[tuple[str, Any]]:
        return ((str(index), one) for index, one in enumerate(self._parts(value)))


def mapping_base(value: Any) -> Any:
    """Return the class whose methods change a dictionary as nobody overrode them."""
    return collections.OrderedDict if isinstance(value, collections.OrderedDict) else dict


def refill(
    content: list[tuple[Any, Any]],
    items: Callable[[], list[Any]],
    clear: Callable[[], None],
    put: Callable[[Any, Any], None],
) -> None:
    """Give a mapping other items, or leave it alone where it has these."""
    now = items()
    if len(now) == len(content) and all(
        (one[0] is other[0] or (type(one[0]) in ATOMS and one[0] == other[0])) and one[1] is other[1]
        for one, other in zip(now, content)
    ):
        return
    clear()
    for key, one in content:
        put(key, one)


def is_plain(value: Any) -> bool:
    """Whether a value is all there is of it, as of numbers, texts and tuples of them."""
    if type(value) is tuple:
        return all(map(is_plain, value))
    return type(value) in ATOMS or isinstance(value, (enum.Enum, pathlib.PurePath))


def _is_flat(values: Iterable[Any]) -> bool:
    return ATOMS.issuperset(map(type, values))
