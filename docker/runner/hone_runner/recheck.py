"""`recheck FOLDER`: loads the model that a trial left, in a process of its own, and answers its sample anew."""

from __future__ import annotations

import base64
import json
import os
import pickle
from typing import Any

from .child.answers import answers_of

_KINDS = {"float32": "<f4", "float64": "<f8"}


def recheck(folder: str) -> int:
    """Print one JSON line with the answers, or with the reason why there are none; the exit code."""
    try:
        values = _answers(folder)
    except Exception as error:
        # Keras tells the whole configuration first, and what was wrong with it last.
        said = str(error).split("Exception encountered: ")[-1].strip().split("\n")[0]
        print(json.dumps({"reason": f"{type(error).__name__}: {said}"[:300]}))
        return 1
    data = base64.b64encode(values.astype("<f4").tobytes()).decode("ascii")
    print("\n" + json.dumps({"width": int(values.shape[1]), "values": data}))
    return 0


def _answers(folder: str) -> Any:
    import numpy  # type: ignore[import-not-found, unused-ignore]

    with open(os.path.join(folder, "sample.json"), encoding="ascii") as stream:
        sample = json.load(stream)
    place = sample["inputs"]
    with open(os.path.join(folder, "arrays.bin"), "rb") as stream:
        stream.seek(place["offset"])
        inputs: Any = numpy.fromfile(stream, _KINDS[place["kind"]], int(numpy.prod(place["shape"]))).reshape(place["shape"])
    inputs = inputs.astype(sample["dtype"])
    if sample["names"] is not None:
        import pandas  # type: ignore[import-not-found, import-untyped, unused-ignore]

        inputs = pandas.DataFrame(inputs, columns=sample["names"])
    return numpy.asarray(_load(sample["model"]["form"], os.path.join(folder, "model"), inputs))


def _load(form: str, folder: str, inputs: Any) -> Any:
    if form == "keras":
        import keras  # type: ignore[import-not-found, import-untyped, unused-ignore]

        return answers_of(keras.models.load_model(os.path.join(folder, "model.keras")), inputs)
    if form == "torchscript":
        import torch  # type: ignore[import-not-found, unused-ignore]

        return answers_of(torch.jit.load(os.path.join(folder, "model.pt")), inputs)
    if form != "pickle":
        raise ValueError("the trial left no model")
    with open(os.path.join(folder, "model.pickle"), "rb") as stream:
        return answers_of(pickle.load(stream), inputs)
