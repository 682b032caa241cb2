"""Epochs that a checkpoint holds are told once, also where nobody heard them of the process that trained them."""

from __future__ import annotations

import os
import threading
import time

from conftest import Runner
from hone_runner.child.wait_until_read import wait_until_read
from hone_runner.told_epochs import ToldEpochs
from interruptions import interrupt

EPOCHS = 12
SCRIPT = f"""
import time
class SGDClassifier:
    def partial_fit(self, *_, **__): pass
model = SGDClassifier()
for epoch in range(1, {EPOCHS + 1}):
    model.partial_fit([[0.0], [1.0]], [0, 1], classes=[0, 1])
    time.sleep(0.05)
    print(f"Epoch {{epoch}}/{EPOCHS} - loss: {{1 / epoch:.4f}}")
print("accuracy 0.9")
"""


def test_a_resumed_trial_first_tells_what_nobody_heard(runner: Runner) -> None:
    killed = interrupt(runner, SCRIPT, 0.0, after_checkpoints=3, heard=2)
    assert killed and killed.kept >= 3
    kinds = [one["type"] for one in killed.second.events if one["type"] in ("epoch", "resumed")]
    assert [one["epoch"] for one in killed.second.of("epoch")] == list(range(3, EPOCHS + 1))
    assert kinds.index("resumed") == killed.kept - 2


def test_what_was_heard_is_not_told_again(runner: Runner) -> None:
    killed = interrupt(runner, SCRIPT, 0.0, after_checkpoints=3)
    assert killed
    assert killed.epochs() == list(range(1, EPOCHS + 1))


def test_what_is_trained_again_is_kept_once(tmp_path) -> None:
    path = str(tmp_path / "epochs.jsonl")
    first = ToldEpochs(path, 0)
    for epoch in (1, 2, 3):
        first.add({"epoch": epoch, "epochs": 4, "metrics": {"loss": 1 / epoch}})
    second = ToldEpochs(path, 1)
    assert [one["epoch"] for one in second.go_on(2)] == [2]
    second.add({"epoch": 3, "epochs": 4, "metrics": {"loss": 0.5}})
    assert [(one["epoch"], one["metrics"]) for one in ToldEpochs(path, 2).go_on(3)] == [(3, {"loss": 0.5})]
    assert ToldEpochs(path, 0).go_on(None) == []
    assert ToldEpochs(path, 0).go_on(9) == []


def test_a_line_that_was_cut_off_is_dropped(tmp_path) -> None:
    path = tmp_path / "epochs.jsonl"
    ToldEpochs(str(path), 0).add({"epoch": 1})
    path.write_bytes(path.read_bytes() + b'{"epo')
    assert ToldEpochs(str(path), 0).go_on(5) == [{"epoch": 1}]


def test_a_checkpoint_waits_until_what_came_before_was_read() -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, b"Epoch 1")
    threading.Timer(0.03, os.read, (read_end, 100)).start()
    began = time.monotonic()
    wait_until_read(write_end)
    assert 0.02 < time.monotonic() - began < 0.09
    os.write(write_end, b"nobody reads this")
    wait_until_read(write_end)
    assert time.monotonic() - began < 1
