"""The configuration of one Keras layer as TensorFlow.js reads it, and which layers it computes as Keras does.

Compared with the layers of tfjs-layers 4.22; what it lacks, or computes otherwise, is refused rather than guessed.
"""

from __future__ import annotations

from typing import Any, Dict

Config = Dict[str, Any]

_LAYERS = frozenset(
    [
        "Activation",
        "Add",
        "AlphaDropout",
        "Average",
        "AveragePooling1D",
        "AveragePooling2D",
        "AveragePooling3D",
        "BatchNormalization",
        "Bidirectional",
        "Concatenate",
        "Conv1D",
        "Conv2D",
        "Conv2DTranspose",
        "Conv3D",
        "Cropping2D",
        "Dense",
        "DepthwiseConv2D",
        "Dot",
        "Dropout",
        "ELU",
        "Embedding",
        "Flatten",
        "GaussianDropout",
        "GaussianNoise",
        "GlobalAveragePooling1D",
        "GlobalAveragePooling2D",
        "GlobalMaxPooling1D",
        "GlobalMaxPooling2D",
        "GRU",
        "InputLayer",
        "LSTM",
        "LayerNormalization",
        "LeakyReLU",
        "MaxPooling1D",
        "MaxPooling2D",
        "MaxPooling3D",
        "Maximum",
        "Minimum",
        "Multiply",
        "PReLU",
        "Permute",
        "ReLU",
        "RepeatVector",
        "Rescaling",
        "Reshape",
        "SeparableConv2D",
        "SimpleRNN",
        "Softmax",
        "SpatialDropout1D",
        "TimeDistributed",
        "UpSampling2D",
        "ZeroPadding2D",
    ]
)
_ACTIVATIONS = frozenset(
    [
        "elu",
        "gelu",
        "linear",
        "log_softmax",
        "relu",
        "relu6",
        "selu",
        "sigmoid",
        "softmax",
        "softplus",
        "softsign",
        "swish",
        "tanh",
    ]
)
#: Names that Keras 3 writes for what Keras 2 called otherwise.
_OTHER_NAMES = {"silu": "swish"}
#: Of no use to a prediction, and the part of a configuration that differs most between versions.
_TRAINING_ONLY = ("_initializer", "_regularizer", "_constraint", "renorm_clipping", "renorm_momentum")
_UNKNOWN_TO_READERS = (
    "quantization_config",
    "synchronized",
    "optional",
    "ragged",
    "sparse",
    "renorm",
    "seed",
    "zero_output_for_mask",
)
#: A layer is read only where these have one of the values that mean nothing to it.
_NEUTRAL: dict[str, tuple[Any, ...]] = {
    "groups": (1,),
    "output_padding": (None,),
    "threshold": (0, 0.0),
    "interpolation": ("nearest",),
    "reset_after": (False,),
    "rms_scaling": (False,),
    "mask_zero": (False,),
    "return_state": (False,),
    "stateful": (False,),
}
WRAPPED = ("layer", "backward_layer", "cell")


class CannotExportError(Exception):
    """The model is of a kind that has no plain form; the message says which part, in one sentence."""


def plain_layer(described: Config) -> Config:
    """Translate what `get_config` of a model says of a layer that is no model itself. Raises CannotExportError."""
    kind, config = described["class_name"], dict(described["config"])
    if kind not in _LAYERS or str(described.get("registered_name") or "").find(">") > 0:
        raise CannotExportError(f"TensorFlow.js has no {kind} layer.")
    for name in list(config):
        if name.endswith(_TRAINING_ONLY) or name in _UNKNOWN_TO_READERS:
            del config[name]
        elif name in _NEUTRAL and config[name] not in _NEUTRAL[name]:
            raise CannotExportError(f"TensorFlow.js has no {kind} layer with {name}={config[name]}.")
    for name in ("activation", "recurrent_activation"):
        if name in config:
            config[name] = _activation(config[name], kind)
    if "batch_shape" in config:
        config["batch_input_shape"] = config.pop("batch_shape")
    if isinstance(config.get("dtype"), dict):
        config["dtype"] = config["dtype"].get("config", {}).get("name", "float32")
    if "negative_slope" in config:
        slope = config.pop("negative_slope")
        if kind == "LeakyReLU":
            config["alpha"] = slope
        elif slope:
            raise CannotExportError(f"TensorFlow.js has no {kind} layer with negative_slope={slope}.")
    for name in WRAPPED:
        if isinstance(config.get(name), dict):
            config[name] = plain_layer(config[name])
    if isinstance(config.get("axis"), list) and len(config["axis"]) == 1:
        config["axis"] = config["axis"][0]
    return {"class_name": kind, "config": config}


def _activation(found: Any, kind: str) -> str:
    if not isinstance(found, str):
        raise CannotExportError(f"The activation of a {kind} layer is an object of its own.")
    name = _OTHER_NAMES.get(found, found)
    if name not in _ACTIVATIONS:
        raise CannotExportError(f"TensorFlow.js has no activation {found}.")
    return name
