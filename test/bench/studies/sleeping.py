import time

from sklearn.datasets import load_iris
from sklearn.svm import SVC

X, y = load_iris(return_X_y=True)
model = SVC(C=1.0, gamma=0.1)
model.fit(X[::10], y[::10])
time.sleep(1)
print(f"accuracy: {0.9 / (1 + abs(model.C - 2) + abs(model.gamma - 0.2)):.5f}")
