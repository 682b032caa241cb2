"""Chooses the kind of an object by its type."""

from __future__ import annotations

import collections
import csv
import datetime
import decimal
import enum
import fractions
import functools
import io
import os
import pathlib
import random
import re
import sys
import types
import uuid
from typing import Any

from .arrays import Arrays, RandomStates, array_atoms, random_states
from .containers import ATOMS, Bytes, Frozen, Mappings, Sequences, Sets, is_plain
from .kind import Kind
from .named import Cells, Classes, Functions, Instances, Modules
from .opaque import Files, Opaque, is_spent
from .roots import OwnModule, is_own_module
from .tensors import Storage, Storages, Stored, Tensors, is_tensor

_MORE_ATOMS = (
    *(enum.Enum, pathlib.PurePath, decimal.Decimal, fractions.Fraction, uuid.UUID, re.Pattern),
    *(datetime.date, datetime.time, datetime.timedelta, datetime.tzinfo, types.CodeType),
)
#: What a state refers to and has nothing in it that a training changes.
_FIXED = (
    *(types.ModuleType, types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType),
    *(types.MethodWrapperType, types.ClassMethodDescriptorType, types.GetSetDescriptorType, types.MemberDescriptorType),
    *(property, staticmethod, classmethod, types.MappingProxyType, functools._lru_cache_wrapper),
    type(csv.writer(io.StringIO())),
)
#: Packages whose objects watch a training, or are tools that do not learn.
_BYSTANDERS = (
    *(
        "logging",
        "tqdm",
        "weakref",
        "_weakref",
        "threading",
        "_thread",
        "typing",
        "warnings",
        "abc",
        "_abc",
        "argparse",
        "contextlib",
    ),
    *(
        "tensorboard",
        "tensorboardX",
        "torch.utils.tensorboard",
        "torch.profiler",
        "torch._dynamo",
        "torch._ops",
        "wandb",
        "mlflow",
    ),
    *("hone_runner", "rich", "alive_progress", "fastprogress", "comet_ml", "neptune", "clearml", "visdom"),
)
_CONTAINERS: dict[type, Kind] = {
    list: Sequences(),
    collections.deque: Sequences(),
    dict: Mappings(),
    collections.OrderedDict: Mappings(),
    collections.defaultdict: Mappings(),
    set: Sets(),
    bytearray: Bytes(),
}
_C_MADE = (types.MethodDescriptorType, types.WrapperDescriptorType)


class Kinds:
    """`tree` is where the script's own code is."""

    def __init__(self, tree: str, storages: Storages) -> None:
        self._tree = tree
        self._fixed = Kind()
        self._opaque = Opaque()
        self._functions, self._classes = Functions(), Classes()
        self._tensors = Tensors(storages)
        self._atoms = (*_MORE_ATOMS, *array_atoms())
        self._random = (random.Random, *random_states())
        self._known: dict[type, Kind | None] = {
            **dict.fromkeys(ATOMS),
            **_CONTAINERS,
            **dict.fromkeys(_FIXED, self._fixed),
            tuple: Frozen(tuple),
            frozenset: Frozen(_plain_only),
            types.SimpleNamespace: Instances(None),
            types.CellType: Cells(),
            types.MethodType: Frozen(lambda value: (value.__func__, value.__self__)),
            functools.partial: Frozen(lambda value: (value.func, value.args, value.keywords)),
            OwnModule: Modules(),
            Storage: Stored(),
        }

    def of(self, value: Any) -> Kind | None:
        """Return the kind of an object; None where a value is all there is of it."""
        kind = type(value)
        if kind in self._known:
            return self._known[kind]
        if isinstance(value, types.FunctionType):
            return self._functions if value.__code__.co_filename.startswith(self._tree + os.sep) else self._fixed
        if isinstance(value, type):
            own = is_own_module(sys.modules.get(value.__module__), self._tree) and not issubclass(value, enum.Enum)
            return self._classes if own else self._fixed
        if is_spent(value):
            return self._fixed
        known = self._of_type(value, kind)
        if not isinstance(value, (io.IOBase, types.GeneratorType)):
            self._known[kind] = known
        return known

    def _of_type(self, value: Any, kind: type) -> Kind | None:
        if isinstance(value, self._atoms):
            return None
        if is_tensor(value):
            return self._tensors
        numpy = sys.modules.get("numpy")
        if numpy is not None and isinstance(value, numpy.ndarray):
            return Arrays() if value.dtype.kind not in "OV" else self._opaque
        if isinstance(value, self._random):
            return RandomStates()
        if isinstance(value, io.IOBase):
            return Files()
        if isinstance(value, tuple):
            return Frozen(tuple)
        if any(kind.__module__ == name or kind.__module__.startswith(f"{name}.") for name in _BYSTANDERS):
            return self._fixed
        return self._of_instance(kind)

    def _of_instance(self, kind: type) -> Kind:
        containers = [one for one in kind.__mro__ if one in _CONTAINERS]
        known = (*_CONTAINERS, types.SimpleNamespace)
        if not all(one in known or one.__module__ == "typing" or _is_python(one) for one in kind.__mro__[:-1]):
            return self._opaque
        if not self._is_plain(kind):
            return self._opaque
        return Instances(_CONTAINERS[containers[0]] if containers else None)

    def _is_plain(self, kind: type) -> bool:
        """Whether an object is what its attributes are: libraries that say themselves how they are saved know better."""
        module = sys.modules.get(kind.__module__)
        if kind.__module__.startswith(("torch", "sklearn.", "collections", "argparse", "types")) or is_own_module(
            module, self._tree
        ):
            return True
        if any(one in _CONTAINERS for one in kind.__mro__):
            return True
        names = ("__reduce__", "__reduce_ex__", "__getstate__")
        return all(getattr(kind, name, None) is getattr(object, name, None) for name in names)


def _is_python(kind: type) -> bool:
    """Whether a class was made by a `class` statement: what is made in C has methods of C, and may hold more than is seen."""
    return not any(isinstance(one, _C_MADE) for one in vars(kind).values()) and type(kind).__name__ != "pybind11_type"


def _plain_only(value: frozenset[Any]) -> tuple[Any, ...]:
    if not all(map(is_plain, value)):
        raise TypeError("it is a set of objects")
    return ()
