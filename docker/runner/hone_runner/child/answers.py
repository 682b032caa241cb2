"""What a model of any library answers to rows of inputs: the same in the trial and in the process that re-checks it."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

_BATCH = 128


class NoAnswerError(Exception):
    """The model's answers are not one row of numbers for each row of inputs; the message says why, in one sentence."""


def answers_of(model: Any, inputs: Any) -> Any:
    """Probabilities where the model has them, else what it predicts: one row each, at least one column. Raises NoAnswerError."""
    numpy = sys.modules["numpy"]
    values: Any = None
    if is_keras(model):
        # A call costs a fraction of what `predict` of Keras does for a few rows.
        values = _joined(model(inputs[start : start + _BATCH], training=False) for start in range(0, len(inputs), _BATCH))
    elif is_torch(model):
        values = _as_probabilities(_of_torch(model, inputs))
    elif type(model).__module__.startswith("xgboost") and not hasattr(model, "get_booster"):
        values = model.predict(sys.modules["xgboost"].DMatrix(inputs))
    else:
        with contextlib.suppress(AttributeError, NotImplementedError):
            values = model.predict_proba(inputs)
        if values is None:
            values = numpy.asarray(model.predict(inputs))
            known = getattr(model, "classes_", None)
            if known is not None and values.ndim == 1 and len(known):
                # A model without probabilities is sure of each of its answers.
                values = values[:, None] == numpy.asarray(known)[None, :]
    if isinstance(values, (list, dict)):
        raise NoAnswerError("The model has several outputs.")
    values = numpy.asarray(values)
    return values.reshape(len(values), -1)


def is_keras(model: Any) -> bool:
    """Whether a model is one of Keras, of any version."""
    return hasattr(model, "get_config") and hasattr(model, "layers")


def is_torch(model: Any) -> bool:
    """Whether a model is a module of PyTorch, scripted ones included."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(model, torch.nn.Module)


def _of_torch(model: Any, inputs: Any) -> Any:
    """Answers in evaluation mode; the model's mode stays what it was."""
    torch = sys.modules["torch"]
    first = next(iter(model.parameters()), None)
    device = first.device if first is not None else "cpu"
    was_training = model.training
    model.eval()
    try:
        with torch.no_grad():
            found = [model(torch.as_tensor(inputs[start : start + _BATCH]).to(device)) for start in range(0, len(inputs), _BATCH)]
    finally:
        model.train(was_training)
    return _joined(one if isinstance(one, (list, dict, tuple)) else one.detach().cpu() for one in found)


def _joined(parts: Any) -> Any:
    numpy = sys.modules["numpy"]
    found = list(parts)
    if isinstance(found[0], (list, dict, tuple)):
        raise NoAnswerError("The model has several outputs.")
    return numpy.concatenate([numpy.asarray(one.detach() if hasattr(one, "detach") else one) for one in found])


def _as_probabilities(values: Any) -> Any:
    """Models of PyTorch mostly end before the softmax, or with its logarithm, which it brings back to probabilities too."""
    numpy = sys.modules["numpy"]
    if values.ndim != 2 or values.shape[1] == 1:
        return values
    if values.min() >= 0 and numpy.allclose(values.sum(axis=1), 1, atol=1e-3):
        return values
    powers = numpy.exp(values - values.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
