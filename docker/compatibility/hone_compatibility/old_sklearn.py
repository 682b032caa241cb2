"""scikit-learn before 0.24: modules that moved, the imputer, cross-validation that was told the number of rows."""

from __future__ import annotations

from types import ModuleType
from typing import Any

_MODEL_SELECTION = ("sklearn.model_selection",)

#: Package -> modules of it that became private; the package itself has their public names.
_MOVED = {
    "sklearn.ensemble": ("forest", "gradient_boosting", "weight_boosting", "bagging"),
    "sklearn.linear_model": ("logistic", "base", "ridge", "stochastic_gradient"),
    "sklearn.metrics": ("classification", "ranking", "regression", "scorer"),
    "sklearn.neighbors": ("classification", "regression"),
    "sklearn.preprocessing": ("data", "label", "imputation"),
    "sklearn.svm": ("classes",),
    "sklearn.tree": ("tree",),
    "sklearn.neural_network": ("multilayer_perceptron",),
    "sklearn.cluster": ("k_means_",),
    "sklearn.decomposition": ("pca",),
    "sklearn.feature_selection": ("univariate_selection",),
}

ALIASES: dict[str, tuple[str, ...]] = {
    "sklearn.cross_validation": (*_MODEL_SELECTION, "hone_compatibility.old_splits"),
    "sklearn.grid_search": _MODEL_SELECTION,
    "sklearn.learning_curve": _MODEL_SELECTION,
    "sklearn.lda": ("hone_compatibility.old_discriminants",),
    "sklearn.qda": ("hone_compatibility.old_discriminants",),
    "sklearn.externals.joblib": ("joblib",),
    "sklearn.externals.six": ("six",),
    "sklearn.utils.testing": ("sklearn.utils._testing",),
    "sklearn.datasets.samples_generator": ("sklearn.datasets",),
    "sklearn.datasets.base": ("sklearn.datasets", "sklearn.utils"),
    **{f"{package}.{name}": (package,) for package, names in _MOVED.items() for name in names},
}


def _restore_imputer(preprocessing: ModuleType) -> None:
    def imputer(missing_values: Any = "NaN", strategy: str = "mean", axis: int = 0, copy: bool = True, **_old: Any) -> Any:
        from sklearn.impute import SimpleImputer

        if axis != 0:
            raise ValueError("Imputer(axis=1) went with scikit-learn 0.22 and cannot be given back.")
        missing = float("nan") if missing_values == "NaN" else missing_values
        return SimpleImputer(missing_values=missing, strategy=strategy, copy=copy)

    if not hasattr(preprocessing, "Imputer"):
        preprocessing.Imputer = imputer  # type: ignore[attr-defined]


PATCHES = {"sklearn.preprocessing": _restore_imputer}
