"""Layers with the arguments that they had in Keras 1."""

from __future__ import annotations

from types import ModuleType
from typing import Any, Sequence

from .renaming import Arguments, rename_arguments

_ORDERINGS = {"th": "channels_first", "tf": "channels_last"}
_WEIGHTS: Arguments = {
    "init": "kernel_initializer",
    "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer",
    "W_constraint": "kernel_constraint",
    "b_constraint": "bias_constraint",
    "bias": "use_bias",
}
_PLANES: Arguments = {
    "border_mode": "padding", "subsample": "strides", "dim_ordering": "data_format", "subsample_length": "strides",
}
_RECURRENT: Arguments = {
    **_WEIGHTS,
    "output_dim": "units",
    "inner_init": "recurrent_initializer",
    "inner_activation": "recurrent_activation",
    "U_regularizer": "recurrent_regularizer",
    "dropout_W": "dropout",
    "dropout_U": "recurrent_dropout",
    "forget_bias_init": None,
    "consume_less": None,
}
_CONVOLUTION: Arguments = {
    **_WEIGHTS, **_PLANES, "nb_filter": "filters", "filter_length": "kernel_size", "atrous_rate": "dilation_rate",
}
_POOLING: Arguments = {**_PLANES, "pool_length": "pool_size", "stride": "strides"}

_ARGUMENTS: dict[str, Arguments] = {
    "Dense": {**_WEIGHTS, "output_dim": "units"},
    "Dropout": {"p": "rate"},
    "SpatialDropout1D": {"p": "rate"},
    "SpatialDropout2D": {"p": "rate"},
    "GaussianNoise": {"sigma": "stddev"},
    "GaussianDropout": {"p": "rate"},
    "Embedding": {"init": "embeddings_initializer", "W_regularizer": "embeddings_regularizer", "dropout": None},
    "BatchNormalization": {"mode": None, "beta_init": "beta_initializer", "gamma_init": "gamma_initializer"},
    "Conv1D": _CONVOLUTION,
    "Conv2D": _CONVOLUTION,
    "Conv3D": _CONVOLUTION,
    "SeparableConv2D": _CONVOLUTION,
    "LSTM": _RECURRENT,
    "GRU": _RECURRENT,
    "SimpleRNN": _RECURRENT,
    **{f"{kind}Pooling{rank}D": _POOLING for kind in ("Max", "Average") for rank in (1, 2, 3)},
    **{f"Global{kind}Pooling2D": _PLANES for kind in ("Max", "Average")},
    **{f"{kind}2D": _PLANES for kind in ("UpSampling", "ZeroPadding", "Cropping")},
    "Flatten": _PLANES,
}


def restore(keras: ModuleType) -> None:
    """Let the layers take their old arguments, and give `merge` and `Convolution2D(32, 3, 3)` back."""
    layers = keras.layers
    for name, arguments in _ARGUMENTS.items():
        rename_arguments(getattr(layers, name), "__init__", arguments, {"dim_ordering": _ORDERINGS.get})
    for rank in (2, 3):
        old = _old_convolution(getattr(layers, f"Conv{rank}D"), rank)
        setattr(layers, f"Convolution{rank}D", old)
    layers.AtrousConvolution2D = layers.Convolution2D
    layers.merge = _merge_of(layers)


def _old_convolution(convolution: Any, rank: int) -> Any:
    """In `Convolution2D(32, 3, 3)` both threes are the kernel; Keras 2 takes the second for strides."""
    sides = ("nb_row", "nb_col") if rank == 2 else ("kernel_dim1", "kernel_dim2", "kernel_dim3")

    def initialize(self: Any, *args: Any, **kwargs: Any) -> None:
        if all(side in kwargs for side in sides):
            kwargs["kernel_size"] = tuple(kwargs.pop(side) for side in sides)
        elif len(args) > rank and all(isinstance(side, int) for side in args[1 : rank + 1]):
            activation = {} if len(args) <= rank + 2 else {"activation": args[rank + 2]}
            args, kwargs = (args[0], tuple(args[1 : rank + 1])), {**activation, **kwargs}
        convolution.__init__(self, *args, **kwargs)

    return type(f"Convolution{rank}D", (convolution,), {"__init__": initialize})


def _merge_of(layers: Any) -> Any:
    kinds = {"sum": layers.add, "mul": layers.multiply, "ave": layers.average, "max": layers.maximum}

    def merge(
        inputs: Sequence[Any], mode: Any = "sum", concat_axis: int = -1, dot_axes: Any = -1, name: str | None = None, **_old: Any
    ) -> Any:
        """Several tensors as one."""
        if callable(mode):
            return layers.Lambda(mode, name=name)(inputs)
        if mode == "concat":
            return layers.concatenate(inputs, axis=concat_axis, name=name)
        if mode in ("dot", "cos"):
            return layers.dot(inputs, axes=dot_axes, normalize=mode == "cos", name=name)
        return kinds[mode](inputs, name=name)

    return merge
