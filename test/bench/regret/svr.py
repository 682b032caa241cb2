from sklearn.datasets import load_diabetes
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVR

X, y = load_diabetes(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y / 100, test_size=0.5, random_state=6)
model = make_pipeline(StandardScaler(), SVR(C=0.1, gamma=0.3, epsilon=0.5, tol=0.01))
model.fit(X_train, y_train)
print(f"r2: {r2_score(y_test, model.predict(X_test)):.5f}")
