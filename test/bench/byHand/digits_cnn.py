import keras
from confirmed import search
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def suggest(trial):
    return {
        "filters": trial.suggest_int("filters", 4, 64, log=True),
        "units": trial.suggest_int("units", 16, 256, log=True),
        "dropout": trial.suggest_float("dropout", 0, 0.6),
        "learning_rate": trial.suggest_float("learning_rate", 1e-4, 1e-2, log=True),
        "batch_size": trial.suggest_int("batch_size", 8, 128, log=True),
    }


def train(values, seed):
    keras.utils.clear_session()
    keras.utils.set_random_seed(7 if seed is None else seed)
    digits = load_digits()
    images = digits.images[..., None] / 16.0
    split = 42 if seed is None else seed
    x_train, x_test, y_train, y_test = train_test_split(
        images, digits.target, test_size=0.25, random_state=split, stratify=digits.target
    )
    model = keras.Sequential(
        [
            keras.Input(shape=(8, 8, 1)),
            layers.Conv2D(values["filters"], kernel_size=3, activation="relu"),
            layers.MaxPooling2D(pool_size=2),
            layers.Flatten(),
            layers.Dense(values["units"], activation="relu"),
            layers.Dropout(values["dropout"]),
            layers.Dense(10, activation="softmax"),
        ]
    )
    optimizer = keras.optimizers.Adam(learning_rate=values["learning_rate"])
    model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_train, y_train, epochs=12, batch_size=values["batch_size"], validation_split=0.2, verbose=0)
    return model.evaluate(x_test, y_test, verbose=0)[1]


own = {"filters": 8, "units": 32, "dropout": 0.5, "learning_rate": 0.0005, "batch_size": 32}
search(suggest, own, train, 0.97, 60)
