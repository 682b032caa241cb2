"""Optuna's default sampler as a person would use it: asked for a point a line, told its value with the next."""

import json
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
task = json.loads(sys.stdin.readline())
study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=task["seed"]))
study.enqueue_trial({one["id"]: json.dumps(one["value"]) if one["range"]["kind"] == "categorical" else one["value"] for one in task["dimensions"]})
for _ in range(task["trials"]):
    trial = study.ask()
    point = {}
    for one in task["dimensions"]:
        span = one["range"]
        if span["kind"] == "categorical":
            point[one["id"]] = json.loads(trial.suggest_categorical(one["id"], [json.dumps(choice) for choice in span["choices"]]))
        elif span["kind"] == "int":
            point[one["id"]] = trial.suggest_int(one["id"], span["low"], span["high"], log=span["log"])
        else:
            point[one["id"]] = trial.suggest_float(one["id"], span["low"], span["high"], log=span["log"])
    print(json.dumps(point), flush=True)
    study.tell(trial, json.loads(sys.stdin.readline()))
