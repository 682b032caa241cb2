from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=2)
model = DecisionTreeClassifier(max_depth=5, min_samples_split=20, min_samples_leaf=8, criterion="gini", random_state=0)
model.fit(X_train, y_train)
print(f"accuracy: {model.score(X_test, y_test):.5f}")
