"""Runs Keras scripts in one process: each line is a code and a seed, each answer what the fit told by epoch and what the script printed last."""

import contextlib
import io
import json
import re
import sys

import keras

for line in sys.stdin:
    order = json.loads(line)
    output = io.StringIO()
    answer = {"value": None, "epochs": []}
    try:
        keras.utils.clear_session()
        keras.utils.set_random_seed(order["seed"])
        names = {"__name__": "__main__"}
        with contextlib.redirect_stdout(output):
            exec(compile(order["code"], "train.py", "exec"), names)
        told = names["model"].history.history
        answer["epochs"] = [
            {name: values[epoch] for name, values in told.items()} for epoch in range(len(told["loss"]))
        ]
        answer["value"] = float(re.findall(r"\d+\.\d+", output.getvalue())[-1])
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    print(json.dumps(answer), flush=True)
