"""Lists, dictionaries and their kin, the variables of modules, instances, classes and functions."""

from __future__ import annotations

import collections
import copyreg
import enum
import pathlib
import types
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


class Modules(Kind):
    """The script's own modules, as `OwnModule`."""

    def parts(self, value: Any) -> Iterable[tuple[str, Any]]:
        return list(value.items().items())

    def content(self, value: Any, _before: Any) -> Any:
        return value.items()

    def restore(self, value: Any, content: Any) -> None:
        variables, now = value.variables, value.items()
        for name in now.keys() - content.keys():
            del variables[name]
        for name, one in content.items():
            if now.get(name) is not one or name not in now:
                variables[name] = one


class Instances(Kind):
    """Objects of classes written in Python: their attributes, and what is in them where they are containers as well."""

    def __init__(self, container: Kind | None) -> None:
        self._container = container

    def parts(self, value: Any) -> Iterable[tuple[str, Any]]:
        yield from dict(getattr(value, "__dict__", {})).items()
        yield from _slots(value).items()
        if self._container is not None:
            yield from self._container.parts(value)

    def before(self, value: Any) -> Any:
        return self._container.before(value) if self._container is not None else None

    def content(self, value: Any, before: Any) -> Any:
        inner = self._container.content(value, before) if self._container is not None else None
        return list(getattr(value, "__dict__", {}).items()), _slots(value), inner, type(value)

    def restore(self, value: Any, content: Any) -> None:
        attributes, slots, inner, kind = content
        if kind is not type(value):
            object.__setattr__(value, "__class__", kind)
        own = getattr(value, "__dict__", None)
        if own is not None:
            refill(attributes, lambda: list(own.items()), own.clear, own.__setitem__)
        now = _slots(value)
        for name in now.keys() - slots.keys():
            object.__delattr__(value, name)
        for name, one in slots.items():
            if now.get(name) is not one or name not in now:
                object.__setattr__(value, name, one)
        if self._container is not None:
            self._container.restore(value, inner)


class Classes(Kind):
    """The script's own classes: values that are kept in them, and their methods."""

    def parts(self, value: Any) -> Iterable[tuple[str, Any]]:
        functions = [
            (name, getattr(one, "__func__", one))
            for name, one in vars(value).items()
            if hasattr(getattr(one, "__func__", one), "__code__")
        ]
        return [*self._data(value).items(), *functions]

    def content(self, value: Any, _before: Any) -> Any:
        return self._data(value)

    def restore(self, value: Any, content: Any) -> None:
        now = self._data(value)
        for name in now.keys() - content.keys():
            type.__delattr__(value, name)
        for name, one in content.items():
            if now.get(name) is not one or name not in now:
                type.__setattr__(value, name, one)

    def _data(self, value: Any) -> dict[str, Any]:
        return {
            name: one
            for name, one in vars(value).items()
            if not name.startswith(("__", "_abc_")) and not hasattr(type(one), "__get__")
        }


class Functions(Kind):
    """The script's own functions: variables that they share with others, and what they were given as defaults."""

    def parts(self, value: Any) -> Iterable[tuple[str, Any]]:
        yield from zip(value.__code__.co_freevars, value.__closure__ or ())
        yield "its defaults", value.__defaults__
        yield "its defaults", value.__kwdefaults__
        yield "its attributes", value.__dict__

    def content(self, value: Any, _before: Any) -> Any:
        return value.__defaults__, value.__kwdefaults__

    def restore(self, value: Any, content: Any) -> None:
        value.__defaults__, value.__kwdefaults__ = content


class Cells(Kind):
    """Variables that functions share."""

    def parts(self, value: Any) -> Iterable[tuple[str, Any]]:
        return [("its value", one) for one in _cell_content(value)]

    def content(self, value: Any, _before: Any) -> Any:
        return _cell_content(value)

    def restore(self, value: types.CellType, content: Any) -> None:
        if content:
            value.cell_contents = content[0]
        elif _cell_content(value):
            del value.cell_contents


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


def _slots(value: Any) -> dict[str, Any]:
    names = copyreg._slotnames(type(value))  # type: ignore[attr-defined]
    return {name: getattr(value, name) for name in names if name not in ("__dict__", "__weakref__") and hasattr(value, name)}


def _cell_content(cell: types.CellType) -> tuple[Any, ...]:
    try:
        return (cell.cell_contents,)
    except ValueError:
        # It has no value yet.
        return ()
