"""Which hook belongs to which module; a hook is loaded when its module is."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Callable

from ..child.import_hooks import ImportHooks
from ..child.observer import Observer

#: Module that defines what is hooked -> hook module and its function, which takes the module and the observer.
_HOOKS: dict[str, str] = {
    "sklearn.base": "sklearn_estimators:hook_base",
    "sklearn.pipeline": "sklearn_estimators:hook_pipeline",
    "sklearn.model_selection._search": "sklearn_selection:hook_search",
    "sklearn.model_selection._validation": "sklearn_selection:hook_validation",
    "sklearn.metrics._classification": "sklearn_metrics:hook_metrics",
    "sklearn.metrics._ranking": "sklearn_metrics:hook_metrics",
    "sklearn.metrics._regression": "sklearn_metrics:hook_metrics",
    "sklearn.metrics.classification": "sklearn_metrics:hook_metrics",
    "sklearn.metrics.ranking": "sklearn_metrics:hook_metrics",
    "sklearn.metrics.regression": "sklearn_metrics:hook_metrics",
    "keras.src.backend.tensorflow.trainer": "keras:hook_trainer",
    "keras.src.backend.torch.trainer": "keras:hook_trainer",
    "keras.src.backend.jax.trainer": "keras:hook_trainer",
    "keras.src.engine.training": "keras:hook_trainer",
    "keras.src.engine.training_v1": "keras:hook_trainer",
    "keras.engine.training": "keras:hook_trainer",
    "tf_keras.src.engine.training": "keras:hook_trainer",
    "tensorflow.python.keras.engine.training": "keras:hook_trainer",
    "torch.optim.optimizer": "torch:hook_optimizer",
    "torch.nn.modules.module": "torch_evaluation:hook_module",
    "torch.utils.data.dataloader": "torch_evaluation:hook_loader",
    "xgboost.core": "xgboost:hook_core",
    "xgboost.training": "xgboost:hook_training",
    "lightgbm.basic": "lightgbm:hook_basic",
    "lightgbm.engine": "lightgbm:hook_engine",
    "catboost.core": "catboost:hook_core",
    "mlflow.tracking._tracking_service.utils": "tracking:hook_mlflow",
    "lightning.pytorch.trainer.trainer": "lightning:hook_trainer",
    "pytorch_lightning.trainer.trainer": "lightning:hook_trainer",
}


def install_hooks(imports: ImportHooks, observer: Observer) -> None:
    """Have every hook put on as soon as its module is imported."""
    for name, place in _HOOKS.items():
        imports.when_imported(name, _loader(place, observer))


def _loader(place: str, observer: Observer) -> Callable[[ModuleType], None]:
    module_name, _, function = place.partition(":")

    def load(module: ModuleType) -> None:
        hook = importlib.import_module(f"{__package__}.{module_name}")
        getattr(hook, function)(module, observer)

    return load
