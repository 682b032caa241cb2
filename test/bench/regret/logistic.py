from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import train_test_split

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=4)
model = SGDClassifier(
    loss="log_loss", penalty="elasticnet", alpha=0.001, l1_ratio=0.15, learning_rate="constant", eta0=0.001, max_iter=20, tol=None, random_state=0
)
model.fit(X_train, y_train)
print(f"accuracy: {model.score(X_test, y_test):.5f}")
