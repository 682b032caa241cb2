"""How many numbers of a model are learnt, where its library can tell."""

from __future__ import annotations

from typing import Any, Iterable


def of_keras(model: Any) -> int | None:
    """Trainable weights of a Keras model that is built."""
    return _sum_sizes(getattr(model, "trainable_weights", ()))


def of_torch(groups: Iterable[dict[str, Any]]) -> int | None:
    """Parameters that an optimizer was given and that take gradients."""
    return _sum_sizes(one for group in groups for one in group["params"] if one.requires_grad)


def of_sklearn(estimator: Any) -> int | None:
    """Coefficients of a neural network or linear model, also at the end of a pipeline or inside a search; None for others."""
    estimator = getattr(estimator, "best_estimator_", estimator)
    steps = getattr(estimator, "steps", None)
    if steps:
        return of_sklearn(steps[-1][1])
    if hasattr(estimator, "coefs_"):
        return _sum_sizes([*estimator.coefs_, *estimator.intercepts_])
    linear = "coef_" in getattr(estimator, "__dict__", {})
    return _sum_sizes([estimator.coef_, getattr(estimator, "intercept_", 0.0)]) if linear else None


def _sum_sizes(arrays: Iterable[Any]) -> int | None:
    total = 0
    for one in arrays:
        size = 1
        for length in getattr(one, "shape", ()):
            if length is None:
                return None
            size *= int(length)
        total += size
    return total or None
