"""The states of all generators of random numbers that a process shares: a resumed training draws what it would have drawn."""

from __future__ import annotations

import random
import sys
from typing import Any


def capture_random() -> dict[str, Any]:
    """Return the states as plain data that can be pickled; draws nothing."""
    states: dict[str, Any] = {"random": random.getstate()}
    numpy_random, torch = sys.modules.get("numpy.random"), sys.modules.get("torch")
    if numpy_random is not None:
        states["numpy"] = numpy_random.get_state()
    if torch is not None:
        states["torch"] = torch.get_rng_state().numpy()
        if torch.cuda.is_initialized():
            states["cuda"] = [one.cpu().numpy() for one in torch.cuda.get_rng_state_all()]
    if _tensorflow_context() is not None:
        states["tensorflow"] = _capture_tensorflow()
    generator = _keras_generator(create=False)
    if generator is not None:
        states["keras"] = _numpy(generator.state)
    return states


def restore_random(states: dict[str, Any]) -> None:
    """Put all generators back to captured states."""
    if "keras" in states:
        # One that is made anew draws its seed from `random`, so this comes first.
        _keras_generator(create=True).state.assign(states["keras"])
    if "tensorflow" in states and _tensorflow_context() is not None:
        _restore_tensorflow(states["tensorflow"])
    torch = sys.modules.get("torch")
    if "torch" in states and torch is not None:
        torch.set_rng_state(torch.from_numpy(states["torch"]))
        if "cuda" in states:
            torch.cuda.set_rng_state_all([torch.from_numpy(one) for one in states["cuda"]])
    numpy_random = sys.modules.get("numpy.random")
    if "numpy" in states and numpy_random is not None:
        numpy_random.set_state(states["numpy"])
    random.setstate(states["random"])


def _tensorflow_context() -> Any:
    """Return what makes a seed for each operation of TensorFlow that is given none."""
    module = sys.modules.get("tensorflow.python.eager.context")
    context = module.context() if module is not None else None
    return context if hasattr(context, "_rng") else None


def _capture_tensorflow() -> dict[str, Any]:
    context = _tensorflow_context()
    stateful = sys.modules.get("tensorflow.python.ops.stateful_random_ops")
    generator = getattr(stateful, "global_generator", None)
    return {
        "operations": context._rng.getstate() if context._rng is not None else None,
        "generator": _numpy(generator.state) if generator is not None else None,
    }


def _restore_tensorflow(states: dict[str, Any]) -> None:
    context = _tensorflow_context()
    if states["operations"] is not None and context._rng is not None:
        context._rng.setstate(states["operations"])
    if states["generator"] is not None:
        sys.modules["tensorflow.python.ops.stateful_random_ops"].get_global_generator().state.assign(states["generator"])


def _keras_generator(create: bool) -> Any:
    """Return the generator that Keras 3 takes its seeds from where it is given none."""
    state = sys.modules.get("keras.src.backend.common.global_state")
    if state is None:
        return None
    if create:
        return sys.modules["keras.src.random.seed_generator"].global_seed_generator()
    return state.get_global_attribute("global_seed_generator")


def _numpy(value: Any) -> Any:
    return sys.modules["numpy"].asarray(value)
