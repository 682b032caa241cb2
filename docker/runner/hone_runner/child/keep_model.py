"""Keeps a model in the form of its own library. Only a container ever reads it again: to read some of these runs code."""

from __future__ import annotations

import os
import pickle
import shutil
import sys
import warnings
from typing import Any

from .answers import is_keras, is_torch

#: Of the saved model, bytes.
_MOST_BYTES = 500_000_000


def keep_model(model: Any, inputs: Any, folder: str) -> tuple[str | None, str | None]:
    """Write the model into `folder`; the name of the form, or None and why there is none, in one sentence."""
    try:
        form = _save(model, inputs, folder)
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        return None, f"The model could not be saved: {str(error)[:500]}"
    size = sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder))
    if size > _MOST_BYTES:
        shutil.rmtree(folder)
        return None, f"The model is larger than {_MOST_BYTES // 1_000_000} MB."
    return form, None


def _save(model: Any, inputs: Any, folder: str) -> str:
    package = type(model).__module__.split(".")[0]
    if is_keras(model):
        model.save(os.path.join(folder, "model.keras"))
        return "keras"
    if is_torch(model):
        _trace(model, inputs, os.path.join(folder, "model.pt"))
        return "torchscript"
    if package in ("__main__", "__mp_main__"):
        raise TypeError("its class is defined in the script itself")
    with open(os.path.join(folder, "model.pickle"), "wb") as stream:
        pickle.dump(model, stream, protocol=4)
    return "pickle"


def _trace(model: Any, inputs: Any, path: str) -> None:
    """What a model does with a row is kept, so that its class is not needed to run it. Its mode stays what it was."""
    torch = sys.modules["torch"]
    was_training = model.training
    model.eval()
    try:
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.jit.trace(model, torch.as_tensor(inputs[:2]), check_trace=False).save(path)
    finally:
        model.train(was_training)
