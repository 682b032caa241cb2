"""What goes over the wire is what the other side expects; its guards are tested on the same examples."""

from __future__ import annotations

import io
import json
import os
import threading
import time
from pathlib import Path

import pytest
from hone_runner.channel import Channel
from hone_runner.protocol import ProtocolError, parse_configuration, parse_message, parse_order
from hone_runner.work_lock import lock_work

EXAMPLES = Path(__file__).resolve().parents[1] / "fixtures" / "protocol"

SCRIPT = """
import sys, os
from sklearn.datasets import load_iris
from sklearn.metrics import accuracy_score, r2_score
import xgboost
X, y = load_iris(return_X_y=True)
xgboost.train({}, xgboost.DMatrix(X, y), 2, evals=[(xgboost.DMatrix(X[:50], y[:50]), 'eval')], verbose_eval=False)
accuracy_score(y[::3], y[::3])
r2_score([1.0], [2.0])
print("Test accuracy: 97.5% \u00e9 \\x1b[0m")
open('accuracy.txt', 'w').write('0.5'); open('data/a.csv', 'w').write('1'); open('big.bin', 'wb').write(b'0' * 200_000)
"""
LOOP = """
import time
from sklearn.linear_model import SGDRegressor
model = SGDRegressor()
for _ in range(3):
    model.partial_fit([[1.0], [2.0]], [1.0, 2.0])
    time.sleep(0.5)
"""
SHAPES = [
    "ready", "trial-started", "output", "checkpoint", "resumed", "epoch", "metric hook", "metric file", "metric print", "notice",
    "trial-ended complete", "trial-ended failed", "trial-ended cancelled", "trial-ended pruned",
]  # fmt: skip


def shape(event):
    return " ".join([event["type"], *(str(event[key]) for key in ("source", "state") if key in event)])


def events_of_every_kind(runner, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").touch()
    runner.links.append({"path": "data", "target": str(tmp_path / "data"), "directory": True})
    runner.artifact_bytes = 100_000
    events = [*runner.run(SCRIPT, seed=1).events, *runner.run("import cv3", trial=1).events, *runner.run("import os; os.abort()", trial=2).events]
    runner.start("import time; time.sleep(60)", trial=3)
    runner.send(type="cancel", trial=3)
    events += runner.finish().events
    runner.start("import time; time.sleep(60)", trial=4, repeat=1)
    runner.send(type="cancel", trial=4, repeat=1, pruned="It trails the others.")
    events += runner.finish().events
    return [*events, *runner.run(LOOP, trial=5, checkpoint={"bytes": 1_000_000, "resume": True}).events]


def test_examples_for_the_other_side_have_every_kind_of_event_in_todays_form(runner, tmp_path):
    events = events_of_every_kind(runner, tmp_path)
    kinds = {shape(event): event for event in events}
    assert sorted(kinds) == sorted(SHAPES)
    path = EXAMPLES / "fromRunner.jsonl"
    if os.environ.get("UPDATE_FIXTURES"):
        text = "".join(json.dumps(event) + "\n" for event in events if event["type"] != "output" or "\x1b" in event["text"])
        path.write_text(text.replace(str(tmp_path), "/tmp/hone"), encoding="ascii")
    kept = [json.loads(line) for line in path.read_text().splitlines()]
    for event in kept:
        assert set(event) == set(kinds[shape(event)]), "run again with UPDATE_FIXTURES=1 and look at the difference"
    assert {shape(event) for event in kept} == set(kinds)


@pytest.mark.parametrize("line", (EXAMPLES / "toRunner.jsonl").read_bytes().splitlines())
def test_messages_of_the_other_side_are_understood(line):
    message = parse_message(line)
    if message["type"] == "configure":
        assert parse_configuration(message).artifact_bytes == 1000
    elif message["type"] == "trial":
        assert parse_order(message).script.endswith(("train.py", ".ipynb"))
    else:
        assert message["type"] in ("acknowledge", "resend", "cancel", "shutdown")


@pytest.mark.parametrize("change", [{"script": "../x.py"}, {"script": "/etc/x.py"}, {"files": {"../../x": ""}}, {"trial": "1"}, {"arguments": [1]}, {"directory": None}])
def test_orders_that_lead_out_of_the_tree_or_are_no_orders_are_refused(change):
    line = next(line for line in (EXAMPLES / "toRunner.jsonl").read_text().splitlines() if '"trial"' in line and '"script"' in line)
    with pytest.raises(ProtocolError):
        parse_order({**json.loads(line), **change})


def test_garbage_on_standard_input_does_not_end_the_runner(runner):
    assert runner.process.stdin
    runner.process.stdin.write(b'\xff\n{}\n[1]\n{"type": "trial"}\n{"type": "acknowledge"}\n')
    assert runner.run("print(1)").end["state"] == "complete"


def test_what_was_not_acknowledged_comes_again_in_order(runner):
    first = runner.run("print('hello')")
    events = [first.events[0], *first.events[1:]]
    runner.send(type="acknowledge", sequence=2)
    runner.send(type="resend")
    begin, *again, end = (runner.next_event() for _ in range(len(events)))
    # A trial that has told its end may be about to go from the list of those that run.
    assert [(one["type"], one["done"]) for one in (begin, end)] == [("resending", False), ("resending", True)]
    assert again == events[2:]


def test_a_configuration_that_is_said_again_leaves_what_runs_alone(runner):
    runner.start("import time; time.sleep(1); print('accuracy 0.5')")
    while runner.next_event()["type"] != "trial-started":
        pass
    runner._configured = False
    runner.start("print(2)", trial=1)
    ends = []
    while len(ends) < 2:
        event = runner.next_event()
        ends += [event["state"]] if event["type"] == "trial-ended" else []
    assert ends == ["complete", "complete"]


def test_what_runs_is_told_before_anything_comes_again(runner):
    runner.start("import time; time.sleep(60)")
    while runner.next_event()["type"] != "trial-started":
        pass
    runner.send(type="resend")
    assert runner.next_event()["trials"] == [{"trial": 0, "repeat": 0}]


def test_a_reader_that_went_away_loses_output_alone():
    class Gone(io.BytesIO):
        def write(self, _data):
            raise BrokenPipeError

    stream = Gone()
    channel = Channel(stream, kept_output_bytes=10_000)
    channel.send("trial-started", trial=0)
    for _ in range(100):
        channel.send("output", trial=0, stream="stdout", text="x" * 1000)
    channel.send("trial-ended", trial=0)
    back = io.BytesIO()
    channel._stream = back
    channel.resend([])
    events = [json.loads(line) for line in back.getvalue().splitlines()]
    kinds = [event["type"] for event in events]
    assert kinds[:2] == ["resending", "trial-started"]
    assert kinds[-3:] == ["trial-ended", "resending", "notice"]
    assert "are lost" in events[-1]["text"]
    assert 4 <= kinds.count("output") <= 10


def test_end_of_standard_input_ends_the_runner_and_its_trial(runner):
    runner.start("import os, time; print(os.getpid()); time.sleep(60)")
    while (event := runner.next_event())["type"] != "output":
        pass
    runner.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(event["text"]), 0)


def test_a_runner_waits_until_the_one_before_it_has_left_the_folder(tmp_path):
    held = lock_work(str(tmp_path))
    assert held is not None
    assert lock_work(str(tmp_path), patience_seconds=0.1) is None
    threading.Timer(0.3, held.close).start()
    began = time.monotonic()
    second = lock_work(str(tmp_path), patience_seconds=5)
    assert second is not None
    assert 0.2 < time.monotonic() - began < 2
    second.close()
