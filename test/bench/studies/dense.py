import keras
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X / 16, y, test_size=0.25, random_state=0)
model = keras.Sequential(
    [keras.layers.Dense(24, activation="relu"), keras.layers.Dropout(0.3), keras.layers.Dense(10, activation="softmax")]
)
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=0.02, momentum=0.0),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
model.fit(X_train, y_train, epochs=20, batch_size=64, validation_split=0.2, verbose=0)
print(f"accuracy: {model.evaluate(X_test, y_test, verbose=0)[1]:.4f}")
