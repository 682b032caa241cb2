"""What has names in it: the script's own modules, classes and functions, and objects of classes written in Python."""

from __future__ import annotations

import copyreg
import types
from typing import Any, Iterable

from .containers import refill
from .kind import Kind


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


def _slots(value: Any) -> dict[str, Any]:
    names = copyreg._slotnames(type(value))  # type: ignore[attr-defined]
    return {name: getattr(value, name) for name in names if name not in ("__dict__", "__weakref__") and hasattr(value, name)}


def _cell_content(cell: types.CellType) -> tuple[Any, ...]:
    try:
        return (cell.cell_contents,)
    except ValueError:
        # It has no value yet.
        return ()
