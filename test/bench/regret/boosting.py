from sklearn.datasets import load_wine
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split

X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=3)
model = GradientBoostingClassifier(n_estimators=10, learning_rate=0.05, max_depth=3, subsample=0.9, random_state=0)
model.fit(X_train, y_train)
print(f"accuracy: {1 - log_loss(y_test, model.predict_proba(X_test)):.5f}")
