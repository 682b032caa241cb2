from sklearn.datasets import load_digits
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=0)
model = DecisionTreeClassifier(max_depth=6, min_samples_leaf=2, min_samples_split=4, random_state=0)
model.fit(X_train, y_train)
print(f"accuracy: {accuracy_score(y_test, model.predict(X_test)):.5f}")
