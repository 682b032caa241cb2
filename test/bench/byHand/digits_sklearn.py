from confirmed import search
from sklearn.datasets import load_digits
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC


def suggest(trial):
    return {
        "C": trial.suggest_float("C", 0.01, 100, log=True),
        "gamma": trial.suggest_float("gamma", 1e-4, 1, log=True),
        "scale": trial.suggest_categorical("scale", [False, True]),
    }


def train(values, seed):
    X, y = load_digits(return_X_y=True)
    split = 42 if seed is None else seed
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=split, stratify=y)
    model = SVC(kernel="rbf", C=values["C"], gamma=values["gamma"])
    model = make_pipeline(StandardScaler(), model) if values["scale"] else model
    model.fit(X_train, y_train)
    return accuracy_score(y_test, model.predict(X_test))


search(suggest, {"C": 1.0, "gamma": 0.01, "scale": False}, train, 0.95, 100)
