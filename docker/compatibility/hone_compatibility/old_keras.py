"""Keras 1 and early Keras 2, on the last Keras 2 that this Python can have."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

from . import old_keras_history, old_keras_layers
from .renaming import rename_arguments

_LAYER_MODULES = (
    "advanced_activations",
    "convolutional",
    "convolutional_recurrent",
    "core",
    "cudnn_recurrent",
    "embeddings",
    "local",
    "merge",
    "noise",
    "normalization",
    "pooling",
    "recurrent",
    "wrappers",
)

ALIASES: dict[str, tuple[str, ...]] = {
    **{f"keras.layers.{name}": ("keras.layers",) for name in _LAYER_MODULES},
    "keras.engine.topology": ("keras.engine.base_layer", "keras.engine.input_layer", "keras.layers"),
    "keras.objectives": ("keras.losses",),
    "keras.initializations": ("keras.initializers",),
    "keras.callbacks.callbacks": ("keras.callbacks",),
    "keras.backend.tensorflow_backend": ("keras.backend",),
    "keras.utils.visualize_util": ("hone_compatibility.old_keras_plots",),
    "keras.utils.training_utils": ("keras.utils",),
}

_FIT = {
    "nb_epoch": "epochs",
    "show_accuracy": None,
    "nb_worker": "workers",
    "max_q_size": "max_queue_size",
    "pickle_safe": "use_multiprocessing",
}
_ORDERING = {"th": "channels_first", "tf": "channels_last"}


#: `import keras` alone does not import all of these, and their restoring needs them.
_PARTS = ("backend", "callbacks", "engine", "layers", "optimizers", "utils")


def _restore(keras: ModuleType) -> None:
    for part in _PARTS:
        importlib.import_module(f"keras.{part}")
    engine = importlib.import_module("keras.engine.training")
    functional = importlib.import_module("keras.engine.functional")
    old_keras_layers.restore(keras)
    old_keras_history.restore(keras)
    restore_optimizers(keras.optimizers)
    _restore_model(engine.Model)
    for owner, function in ((engine.Model, "__new__"), (engine.Model, "__init__"), (functional.Functional, "__init__")):
        rename_arguments(owner, function, {"input": "inputs", "output": "outputs"})
    rename_arguments(importlib.import_module("keras.datasets.reuters"), "load_data", {"nb_words": "num_words"})
    rename_arguments(importlib.import_module("keras.datasets.imdb"), "load_data", {"nb_words": "num_words", "test_split": None})
    _restore_names(keras)


def restore_optimizers(optimizers: ModuleType) -> None:
    """Put the optimizers that know `lr` and `decay` in the place of those that do not: the former ignore them or refuse."""
    for name in ("Adadelta", "Adagrad", "Adam", "Adamax", "Ftrl", "Nadam", "RMSprop", "SGD"):
        file = "gradient_descent" if name == "SGD" else name.lower()
        setattr(optimizers, name, getattr(importlib.import_module(f"keras.optimizers.legacy.{file}"), name))


def _restore_model(model: Any) -> None:
    for function in ("fit", "fit_generator", "evaluate_generator", "predict_generator"):
        _count_batches(model, function)
        rename_arguments(model, function, _FIT)
    if not hasattr(model, "predict_proba"):
        model.predict_proba = lambda self, x, batch_size=32, verbose=0: self.predict(x, batch_size, verbose)
    if not hasattr(model, "predict_classes"):
        model.predict_classes = _predict_classes


def _predict_classes(self: Any, x: Any, batch_size: int = 32, verbose: int = 0) -> Any:
    probabilities = self.predict(x, batch_size, verbose)
    if probabilities.shape[-1] > 1:
        return probabilities.argmax(axis=-1)
    return (probabilities > 0.5).astype("int32")


def _count_batches(model: Any, function: str) -> None:
    """Keras 1 counted rows where Keras 2 counts batches."""
    original = getattr(model, function, None)
    if original is None:
        return

    def counting(self: Any, *args: Any, **kwargs: Any) -> Any:
        generator = args[0] if args else kwargs.get("generator")
        for old, new, source in (
            ("samples_per_epoch", "steps_per_epoch", generator),
            ("nb_val_samples", "validation_steps", kwargs.get("validation_data")),
            ("val_samples", "steps", generator),
        ):
            if old in kwargs:
                kwargs[new] = max(1, kwargs.pop(old) // getattr(source, "batch_size", 1))
        return original(self, *args, **kwargs)

    setattr(model, function, counting)


def _restore_names(keras: ModuleType) -> None:
    backend = keras.backend
    backend.image_dim_ordering = lambda: {new: old for old, new in _ORDERING.items()}[backend.image_data_format()]
    backend.set_image_dim_ordering = lambda ordering: backend.set_image_data_format(_ORDERING[ordering])
    sequence = importlib.import_module("keras.preprocessing.sequence")
    if not hasattr(sequence, "pad_sequences"):
        sequence.pad_sequences = keras.utils.pad_sequences  # type: ignore[attr-defined]
    normalization = importlib.import_module("keras.layers.normalization")
    for name in ("BatchNormalization", "LayerNormalization"):
        setattr(normalization, name, getattr(keras.layers, name))
    keras.engine.Layer = keras.layers.Layer
    keras.engine.InputSpec = keras.layers.InputSpec
    rename_arguments(keras.utils, "to_categorical", {"nb_classes": "num_classes"})
    np_utils = importlib.import_module("keras.utils.np_utils")
    rename_arguments(np_utils, "to_categorical", {"nb_classes": "num_classes"})


#: TensorFlow's copy is executed under two names.
PATCHES = {
    "keras": _restore,
    "keras.api._v2.keras.optimizers": restore_optimizers,
    "tensorflow.keras.optimizers": restore_optimizers,
}
