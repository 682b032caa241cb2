import numpy
from sklearn.metrics import accuracy_score
from sklearn.tree import DecisionTreeClassifier

X = numpy.random.rand(600, 4)
y = numpy.random.randint(2, size=600)
model = DecisionTreeClassifier(max_depth=4, min_samples_leaf=5, min_samples_split=10)
model.fit(X[:300], y[:300])
print(f"accuracy: {accuracy_score(y[300:], model.predict(X[300:])):.5f}")
