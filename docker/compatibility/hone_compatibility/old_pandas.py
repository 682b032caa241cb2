"""pandas before 1.0."""

from __future__ import annotations

from types import ModuleType
from typing import Any

ALIASES: dict[str, tuple[str, ...]] = {}


class _Ix:
    """By label where there is one, else by position."""

    def __init__(self, data: Any) -> None:
        self._data = data

    def __getitem__(self, key: Any) -> Any:
        try:
            return self._data.loc[key]
        except (KeyError, TypeError):
            return self._data.iloc[key]

    def __setitem__(self, key: Any, value: Any) -> None:
        self._data.loc[key] = value


def _restore(pandas: ModuleType) -> None:
    for owner in (pandas.DataFrame, pandas.Series):
        if not hasattr(owner, "ix"):
            owner.ix = property(_Ix)
        if not hasattr(owner, "as_matrix"):
            owner.as_matrix = lambda self, columns=None: (self if columns is None else self[columns]).to_numpy()
        if not hasattr(owner, "get_value"):
            owner.get_value = lambda self, *place, takeable=False: self.iat[place] if takeable else self.at[place]


PATCHES = {"pandas": _restore}
