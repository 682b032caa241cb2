"""Canonical names of metrics, and what each name says: direction, bound, and how the lists of libraries spell it."""

from __future__ import annotations

import re

#: Metrics bounded by 1 that more is better of; people also write them as percentages. In order of how well they judge.
ACCURACY_LIKE = (
    "accuracy",
    "balanced_accuracy",
    "f1",
    "roc_auc",
    "average_precision",
    "precision",
    "recall",
    "top_k_accuracy",
    "iou",
    "dice",
)

_SCORES = (
    *ACCURACY_LIKE,
    "r2",
    "explained_variance",
    "matthews_corrcoef",
    "cohen_kappa",
    "ndcg",
    "map",
    "score",
    "silhouette",
    "neg_loss",
)

_SPELLINGS = {
    "acc": "accuracy",
    "categorical_accuracy": "accuracy",
    "sparse_categorical_accuracy": "accuracy",
    "binary_accuracy": "accuracy",
    "multiclass_accuracy": "accuracy",
    "multiclassaccuracy": "accuracy",
    "binaryaccuracy": "accuracy",
    "accuracy_score": "accuracy",
    "balanced_accuracy_score": "balanced_accuracy",
    "f1_score": "f1",
    "f1score": "f1",
    "f_score": "f1",
    "fscore": "f1",
    "f1_macro": "f1",
    "f1_micro": "f1",
    "f1_weighted": "f1",
    "precision_score": "precision",
    "recall_score": "recall",
    "auc": "roc_auc",
    "rocauc": "roc_auc",
    "auroc": "roc_auc",
    "roc_auc_score": "roc_auc",
    "roc_auc_ovr": "roc_auc",
    "roc_auc_ovo": "roc_auc",
    "aucpr": "average_precision",
    "average_precision_score": "average_precision",
    "r2_score": "r2",
    "r_squared": "r2",
    "r_2": "r2",
    "mean_squared_error": "mse",
    "squared_error": "mse",
    "l2": "mse",
    "root_mean_squared_error": "rmse",
    "mean_absolute_error": "mae",
    "absolute_error": "mae",
    "l1": "mae",
    "mean_absolute_percentage_error": "mape",
    "logloss": "log_loss",
    "mlogloss": "log_loss",
    "binary_logloss": "log_loss",
    "multi_logloss": "log_loss",
    "multiclass": "log_loss",
    "cross_entropy": "log_loss",
    "crossentropy": "log_loss",
    "error": "error_rate",
    "merror": "error_rate",
    "binary_error": "error_rate",
    "multi_error": "error_rate",
    "average_loss": "loss",
    "avg_loss": "loss",
    "jaccard": "iou",
}

_PREFIX = re.compile(r"^(train|training|tr|learn|val|valid|validation|dev|test|testing|eval)[_/ -]")
_PREFIX_DATA = {
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "dev": "validation",
    "eval": "validation",
    "test": "test",
    "testing": "test",
}


def canonical_name(name: str) -> str:
    """`Sparse Categorical Accuracy` or `acc` -> `accuracy`; an unknown name in lower snake case."""
    snake = re.sub(r"[^0-9a-z]+", "_", name.lower()).strip("_")
    # A second metric object of the same kind gets a number from its library.
    return _SPELLINGS.get(snake) or _SPELLINGS.get(re.sub(r"_\d+$", "", snake)) or snake


def split_name(name: str) -> tuple[str, str]:
    """`val_acc` -> (`accuracy`, `validation`); the data is `unknown` where the name does not say."""
    prefix = _PREFIX.match(name.lower())
    if not prefix:
        return canonical_name(name), "unknown"
    return canonical_name(name[prefix.end() :]), _PREFIX_DATA.get(prefix[1], "train")


def direction_of(name: str) -> str:
    """`maximize` for a score, `minimize` for an error or a loss; `name` is canonical."""
    return "maximize" if name in _SCORES or name.endswith(("accuracy", "_auc", "_score")) else "minimize"


def is_bounded(name: str) -> bool:
    """Whether the metric lies within 0..1, so that 97 means 0.97."""
    return name in ACCURACY_LIKE or name.endswith("accuracy")


def is_loss(name: str) -> bool:
    """Whether the metric is what training minimizes rather than what a person judges by."""
    return name in ("loss", "log_loss", "error_rate") or name.endswith("_loss")
