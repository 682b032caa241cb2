from sklearn.datasets import load_breast_cancer
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=10)
model = KNeighborsClassifier(n_neighbors=5, weights="uniform", p=2)
model.fit(X_train, y_train)
print(f"accuracy: {1 - log_loss(y_test, model.predict_proba(X_test)):.5f}")
