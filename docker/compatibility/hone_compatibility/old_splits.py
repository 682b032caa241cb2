"""`sklearn.cross_validation`: splitters that are told what to split when they are made, and are looped over."""

from __future__ import annotations

from typing import Any, Iterator

import numpy
from sklearn import model_selection


class _Splits:
    def __init__(self, splitter: Any, rows: int, labels: Any = None) -> None:
        self._splitter, self._rows, self._labels = splitter, numpy.zeros((rows, 1)), labels

    def __iter__(self) -> Iterator[Any]:
        return iter(self._splitter.split(self._rows, self._labels))

    def __len__(self) -> int:
        return int(self._splitter.get_n_splits(self._rows, self._labels))


def _state(shuffle: bool, random_state: Any) -> dict[str, Any]:
    return {"shuffle": shuffle, "random_state": random_state if shuffle else None}


def KFold(n: int, n_folds: int = 3, shuffle: bool = False, random_state: Any = None) -> _Splits:  # noqa: N802
    """`n` rows in so many folds."""
    return _Splits(model_selection.KFold(n_folds, **_state(shuffle, random_state)), n)


def StratifiedKFold(y: Any, n_folds: int = 3, shuffle: bool = False, random_state: Any = None) -> _Splits:  # noqa: N802
    """The rows of `y` in so many folds, each with its classes in proportion."""
    return _Splits(model_selection.StratifiedKFold(n_folds, **_state(shuffle, random_state)), len(y), numpy.asarray(y))


def ShuffleSplit(n: int, n_iter: int = 10, test_size: Any = 0.1, train_size: Any = None, random_state: Any = None) -> _Splits:  # noqa: N802
    """`n` rows split at random so many times."""
    return _Splits(model_selection.ShuffleSplit(n_iter, test_size=test_size, train_size=train_size, random_state=random_state), n)


def LeaveOneOut(n: int) -> _Splits:  # noqa: N802
    """Each of `n` rows by itself."""
    return _Splits(model_selection.LeaveOneOut(), n)
