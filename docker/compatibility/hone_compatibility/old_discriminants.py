"""`sklearn.lda` and `sklearn.qda`."""

from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis

LDA = LinearDiscriminantAnalysis
QDA = QuadraticDiscriminantAnalysis

__all__ = ["LDA", "QDA"]
