from sklearn.datasets import load_diabetes
from sklearn.linear_model import SGDRegressor
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

X, y = load_diabetes(return_X_y=True)
X = StandardScaler().fit_transform(PolynomialFeatures(2, include_bias=False).fit_transform(X))
X_train, X_test, y_train, y_test = train_test_split(X, y / 100, test_size=0.5, random_state=9)
model = SGDRegressor(penalty="elasticnet", alpha=0.01, l1_ratio=0.5, eta0=0.0005, power_t=0.25, max_iter=10, tol=None, random_state=0)
model.fit(X_train, y_train)
print(f"r2: {max(-1.0, r2_score(y_test, model.predict(X_test))):.5f}")
