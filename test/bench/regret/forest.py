from sklearn.datasets import load_diabetes
from sklearn.ensemble import ExtraTreesRegressor
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split

X, y = load_diabetes(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=5)
model = ExtraTreesRegressor(n_estimators=8, max_depth=4, min_samples_leaf=4, max_features=0.5, random_state=0)
model.fit(X_train, y_train)
print(f"r2: {r2_score(y_test, model.predict(X_test)):.5f}")
