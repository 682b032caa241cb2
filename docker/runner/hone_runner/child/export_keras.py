"""Writes a Keras model as plain JSON and numbers, so that another runtime computes its predictions without unpickling.

The topology is the one that TensorFlow.js reads, which is Keras 2's; what matters only to training is left out of it.
"""

from __future__ import annotations

import json
import os
from typing import Any, Dict

from .plain_arrays import PlainArrays
from .plain_layer import CannotExportError, plain_layer

Config = Dict[str, Any]


def export_keras(model: Any, folder: str) -> None:
    """Write `model.json` and `weights.bin` (float32, little-endian) into `folder`. Raises CannotExportError."""
    try:
        topology = _model(model)
    except CannotExportError:
        raise
    except Exception as error:
        raise CannotExportError(f"The model tells no configuration: {error}.") from error
    weights = PlainArrays(os.path.join(folder, "weights.bin"))
    layers: list[Config] = []
    for layer in model.layers:
        values = [weights.add(value, "float32") for value in layer.get_weights()]
        if values:
            layers.append({"name": layer.name, "weights": values})
    described = {"version": 1, "topology": topology, "layers": layers, "sha256": weights.close()}
    with open(os.path.join(folder, "model.json"), "w", encoding="ascii") as stream:
        json.dump(described, stream)


def _model(model: Any) -> Config:
    kind = "Sequential" if type(model).__name__ == "Sequential" else "Model"
    config = model.get_config()
    if "layers" not in config:
        raise CannotExportError(f"{type(model).__name__} is a model in code of its own, not a graph of layers.")
    if kind == "Sequential":
        return {
            "class_name": kind,
            "config": {"name": config["name"], "layers": [_layer(one) for one in _with_input(model, config)]},
        }
    return _graph(config)


def _with_input(model: Any, config: Config) -> list[Config]:
    """A Sequential model that was given no input shape knows it since it was built."""
    layers: list[Config] = list(config["layers"])
    first = layers[0] if layers else None
    if first is None or first["class_name"] == "InputLayer" or "batch_input_shape" in first["config"]:
        return layers
    shape = list(model.input_shape)
    return [
        {
            "class_name": "InputLayer",
            "config": {"name": "input_of_" + config["name"], "batch_input_shape": shape, "dtype": "float32"},
        },
        *layers,
    ]


def _layer(described: Config) -> Config:
    if "layers" in described["config"]:
        return _nested(described["class_name"], described["config"])
    return plain_layer(described)


def _nested(kind: str, config: Config) -> Config:
    if kind == "Sequential":
        return {"class_name": kind, "config": {"name": config["name"], "layers": [_layer(one) for one in config["layers"]]}}
    return _graph(config)


def _graph(config: Config) -> Config:
    models = {_name(one) for one in config["layers"] if "layers" in one["config"]}
    layers = [
        {**_layer(one), "name": _name(one), "inbound_nodes": _nodes(one.get("inbound_nodes", []), models)}
        for one in config["layers"]
    ]
    ends = {name: _ends(config[name]) for name in ("input_layers", "output_layers")}
    return {"class_name": "Model", "config": {"name": config["name"], "layers": layers, **ends}}


def _name(described: Config) -> str:
    return str(described.get("name") or described["config"]["name"])


def _ends(found: Any) -> list[Any]:
    """One end of a graph stands for itself in Keras 3, several in a list."""
    return [found] if found and isinstance(found[0], str) else list(found)


def _nodes(nodes: list[Any], models: set[str]) -> list[Any]:
    """Calls of a layer: Keras 3 keeps their arguments, Keras 2 and TensorFlow.js the tensors alone."""
    return [_node(one, models) if isinstance(one, dict) else one for one in nodes]


def _node(call: Config, models: set[str]) -> list[Any]:
    tensors: list[Any] = []
    for argument in call.get("args", []):
        for tensor in argument if isinstance(argument, (list, tuple)) else [argument]:
            if not isinstance(tensor, dict) or tensor.get("class_name") != "__keras_tensor__":
                raise CannotExportError("A layer is called with something that is no tensor.")
            layer, node, index = tensor["config"]["keras_history"]
            # The call that made a model what it is counts as its first for readers, and not for Keras 3.
            tensors.append([layer, node + 1 if layer in models else node, index, {}])
    return tensors
