"""A bounded sample of what the script's model was measured on, as plain numbers: inputs, truth, and what the model answers."""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import Any, Dict

from .answers import NoAnswerError, answers_of, is_keras
from .data_roles import row_count
from .evaluations import Evaluation
from .export_keras import export_keras
from .keep_model import keep_model
from .plain_arrays import PlainArrays
from .plain_layer import CannotExportError

VERSION = 1
#: Rows and bytes of inputs that are kept at most.
_MOST_ROWS = 1_000
_MOST_BYTES = 16_000_000
_MOST_CLASSES = 1_000
_LONGEST_NAME = 200
_LONGEST_REASON = 1_000
_MOST_NAMES = 10_000

Sample = Dict[str, Any]


class NoSampleError(Exception):
    """Why no sample was kept, in one sentence."""


def keep_sample(evaluation: Evaluation, folder: str) -> None:
    """Write `sample.json`, its arrays and the model into `folder`; where that cannot be, the reason alone. Raises OSError."""
    draft = folder + ".draft"
    _empty(draft)
    try:
        sample = _write(evaluation, draft)
    except Exception as error:
        # Models and data are of kinds that nobody foresaw; a script that went well must not fail for being looked at.
        _empty(draft)
        reason = str(error) if isinstance(error, (NoSampleError, NoAnswerError)) else f"{type(error).__name__}: {error}"
        sample = {"version": VERSION, "reason": reason[:_LONGEST_REASON]}
    with open(os.path.join(draft, "sample.json"), "w", encoding="ascii") as stream:
        json.dump(sample, stream)
    os.rename(draft, folder)


def _empty(folder: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)


def _write(evaluation: Evaluation, folder: str) -> Sample:
    numpy = sys.modules["numpy"]
    inputs, truth = evaluation.inputs, evaluation.truth
    names = [str(one)[:_LONGEST_NAME] for one in list(getattr(inputs, "columns", ()))[:_MOST_NAMES]] or None
    values = _numbers(numpy, inputs)
    count = len(values)
    most = max(1, min(_MOST_ROWS, _MOST_BYTES // max(1, values[:1].nbytes)))
    rows = numpy.unique(numpy.linspace(0, count - 1, min(most, count)).astype(int))
    part = inputs.iloc[rows] if hasattr(inputs, "iloc") else numpy.asarray(inputs)[rows]
    outputs = answers_of(evaluation.model, part)
    classes, answers = _truth(numpy, evaluation.model, truth, rows, outputs)
    arrays = PlainArrays(os.path.join(folder, "arrays.bin"))
    sample: Sample = {
        "version": VERSION,
        "reason": None,
        "data": evaluation.data,
        "rows": len(rows),
        "total": row_count(inputs) or count,
        "task": "regression" if classes is None else "classification",
        "classes": classes,
        "names": names,
        # What the inputs are turned back into for the model's own library.
        "dtype": str(values.dtype),
        "inputs": arrays.add(values[rows], _kind(values)),
        "outputs": arrays.add(outputs, "float32"),
        "truth": arrays.add(answers, "float32" if classes is None else "int32"),
    }
    sample["sha256"] = arrays.close()
    sample["model"] = _model(evaluation.model, part, os.path.join(folder, "model"))
    return sample


def _numbers(numpy: Any, inputs: Any) -> Any:
    if hasattr(inputs, "toarray"):
        raise NoSampleError("The data is sparse.")
    values = numpy.asarray(inputs)
    if values.dtype.kind not in "fiub" or values.ndim < 2:
        raise NoSampleError("The data is not one array of numbers.")
    return values


def _kind(values: Any) -> str:
    """Whole numbers up to 2**53 and what is computed with double precision keep all of their digits."""
    return "float32" if values.dtype.itemsize <= 2 or values.dtype == "float32" else "float64"


def _truth(numpy: Any, model: Any, truth: Any, rows: Any, outputs: Any) -> tuple[list[str] | None, Any]:
    """Names of the classes, and the number of its class for each row; None and the values themselves for a regression."""
    answers = numpy.asarray(truth)
    if answers.ndim > 1 and answers.shape[-1] == 1:
        answers = answers.reshape(len(answers))
    known = getattr(model, "classes_", None)
    if known is not None and not isinstance(known, list):
        names = numpy.asarray(known)
        if len(names) > _MOST_CLASSES:
            raise NoSampleError(f"The model has more than {_MOST_CLASSES} classes.")
        numbers = numpy.searchsorted(names, answers[rows])
        return [str(one)[:_LONGEST_NAME] for one in names.tolist()], numbers.clip(0, len(names) - 1)
    count = outputs.shape[1]
    if answers.ndim == 2 and answers.shape[1] == count > 1:
        return _numbered(count), answers[rows].argmax(axis=1)
    if answers.ndim > 1:
        raise NoSampleError("The truth is not one value a row.")
    whole = bool(numpy.all(numpy.equal(numpy.mod(answers.astype(float), 1), 0))) if answers.dtype.kind in "fiub" else False
    between = bool(outputs.min() >= 0 and outputs.max() <= 1)
    if whole and (count > 1 or (between and set(numpy.unique(answers).tolist()) <= {0, 1})):
        return _numbered(max(count, 2)), answers[rows].astype(int)
    if whole and bool((outputs % 1 == 0).all()):
        raise NoSampleError("The model answers with the numbers of classes.")
    if count > 1:
        raise NoSampleError("The model answers with several numbers a row.")
    return None, answers[rows]


def _numbered(count: int) -> list[str]:
    if count > _MOST_CLASSES:
        raise NoSampleError(f"The model has more than {_MOST_CLASSES} classes.")
    return [str(one) for one in range(count)]


def _model(model: Any, inputs: Any, folder: str) -> dict[str, Any]:
    """Keep the model in the plainest form that it has; which one, and why not a plainer."""
    os.makedirs(folder)
    reason = None
    if is_keras(model):
        try:
            export_keras(model, folder)
            return {"form": "layers", "reason": None}
        except CannotExportError as error:
            reason = str(error)
    form, why = keep_model(model, inputs, folder)
    return {"form": form, "reason": reason or why}
