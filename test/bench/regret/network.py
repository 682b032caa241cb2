from sklearn.datasets import load_wine
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(StandardScaler().fit_transform(X), y, test_size=0.5, random_state=8)
model = MLPClassifier(hidden_layer_sizes=(8,), alpha=0.01, learning_rate_init=0.001, batch_size=32, max_iter=12, random_state=0)
model.fit(X_train, y_train)
print(f"accuracy: {1 - log_loss(y_test, model.predict_proba(X_test)):.5f}")
