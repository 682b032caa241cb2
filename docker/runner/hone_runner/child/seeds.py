"""Seeds every source of randomness, each when the script imports it."""

from __future__ import annotations

import random
import sys
from types import ModuleType

from .import_hooks import ImportHooks


def seed_when_imported(imports: ImportHooks, seed: int | None, by_chance: bool) -> None:
    """Seed random now, NumPy, PyTorch, TensorFlow and Keras as they come; leave all alone where `seed` is None.

    A seed that was drawn `by_chance` only makes that chance repeatable: TensorFlow, whose operations with a seed of their own
    draw other numbers once there is one for all, is left alone then.
    """
    if seed is None:
        return
    # NumPy takes 32 bits.
    number = seed % 2**32
    random.seed(number)

    # It draws when it is imported, which may have been before; scikit-learn and Keras bring it.
    imports.keep_random = True
    imports.when_imported("rich.style", lambda _module: None)

    def numpy(module: ModuleType) -> None:
        module.seed(number)

    def torch(module: ModuleType) -> None:
        module.manual_seed(number)

    def tensorflow(module: ModuleType) -> None:
        module.random.set_seed(number) if hasattr(module.random, "set_seed") else module.set_random_seed(number)

    def keras(module: ModuleType) -> None:
        # It seeds random and NumPy too, which the script may have seeded itself by now.
        numpy_random = sys.modules.get("numpy.random")
        before = random.getstate(), numpy_random.get_state() if numpy_random else None
        if hasattr(module.utils, "set_random_seed"):
            module.utils.set_random_seed(number)
        random.setstate(before[0])
        if numpy_random:
            numpy_random.set_state(before[1])

    imports.when_imported("numpy.random", numpy)
    imports.when_imported("torch", torch)
    if not by_chance:
        imports.when_imported("tensorflow", tensorflow)
        imports.when_imported("keras", keras)


def forget_randomness() -> None:
    """Give every generator that is there new entropy: forks must not share their chances. Python's own does so by itself."""
    numpy_random, torch = sys.modules.get("numpy.random"), sys.modules.get("torch")
    if numpy_random is not None:
        numpy_random.seed()
    if torch is not None:
        torch.default_generator.seed()
