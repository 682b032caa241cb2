"""What is kept of a training is whole, of this training, bounded, and costs little; else the one before it is used."""

from __future__ import annotations

import json
import os
import random
import resource
from pathlib import Path

import pytest
from hone_runner.child.checkpoint_budget import CheckpointBudget
from hone_runner.child.checkpoints import Checkpoints
from hone_runner.child.reporter import Reporter
from hone_runner.child.snapshot_file import pickled

LIMIT = 10_000_000


class Process:
    """A script's process, as far as checkpoints are concerned: `told` has its messages."""

    def __init__(self, folder: Path, resume: bool = False, identity: str = "a", limit: int = LIMIT) -> None:
        (folder / "tree").mkdir(exist_ok=True)
        (folder / "kept").mkdir(exist_ok=True)
        self._pipe = folder / f"messages-{random.getrandbits(64)}"
        reporter = Reporter()
        reporter.open(os.open(self._pipe, os.O_WRONLY | os.O_CREAT))
        self.checkpoints = Checkpoints(reporter)
        self.checkpoints.open(str(folder / "tree"), str(folder / "kept"), limit, identity, resume)
        self.checkpoints.budget = CheckpointBudget(began=-1e9)

    def begin(self, marks=("x",)):
        training = self.checkpoints.begin("test", marks)
        assert training
        return training

    @property
    def told(self):
        return [json.loads(line) for line in self._pipe.read_text().splitlines()]

    @property
    def resumed(self):
        return [(one["epoch"], one["reason"]) for one in self.told if one["type"] == "resumed"]

    @property
    def notices(self):
        return [one["text"] for one in self.told if one["type"] == "notice"]


def save(folder: Path, *values, **options) -> Process:
    process = Process(folder, **options)
    training = process.begin()
    for epoch, value in enumerate(values, 1):
        training.save({"value": pickled(value)}, epoch)
    return process


def resume(folder: Path, marks=("x",), **options):
    process = Process(folder, resume=True, **options)
    snapshot = process.begin(marks).resume(lambda one: one.load("value"))
    process.checkpoints.finish()
    return process, snapshot and snapshot.load("value")


def files(folder: Path) -> list[Path]:
    return sorted((folder / "kept").glob("*.state"))


def test_the_last_state_is_resumed_and_told_once(tmp_path):
    assert [one["epoch"] for one in save(tmp_path, "one", "two", "three").told] == [1, 2, 3]
    process, value = resume(tmp_path)
    assert (value, process.resumed, len(files(tmp_path))) == ("three", [(3, None)], 2)


@pytest.mark.parametrize("damage", ["truncate", "empty", "flip", "foreign"])
def test_a_damaged_or_foreign_state_is_set_aside_and_the_one_before_used(tmp_path, damage):
    save(tmp_path, "one", "two")
    last = files(tmp_path)[-1]
    content = bytearray(last.read_bytes())
    if damage == "foreign":
        last.unlink()
        save(tmp_path, "other", identity="b")
    else:
        content[len(content) // 2] ^= 4
        last.write_bytes({"truncate": bytes(content[:-1]), "empty": b"", "flip": bytes(content)}[damage])
    process, value = resume(tmp_path)
    assert (value, process.resumed) == ("one", [(1, None)])
    assert len(process.notices) == 1
    assert "set aside" in process.notices[0]


def test_any_flipped_bit_is_found(tmp_path):
    save(tmp_path, "one", "two")
    last = files(tmp_path)[-1]
    content = last.read_bytes()
    for place in range(0, len(content), 7):
        last.write_bytes(content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :])
        assert resume(tmp_path)[1] == "one", f"byte {place}"


def test_with_both_generations_damaged_it_begins_anew_and_says_why(tmp_path):
    save(tmp_path, "one", "two")
    for path in files(tmp_path):
        path.write_bytes(path.read_bytes()[:-9])
    process, value = resume(tmp_path)
    assert value is None
    assert process.resumed == [(None, f"Checkpoint {path.name[:13]}1.state is damaged: it was set aside.")]


def test_a_state_of_other_data_is_not_used(tmp_path):
    save(tmp_path, "one")
    process, value = resume(tmp_path, marks=("y",))
    assert value is None
    assert "other data" in process.resumed[0][1]


def test_with_nothing_saved_the_reason_is_the_one_that_was_remembered(tmp_path):
    assert resume(tmp_path)[0].resumed == [(None, "No checkpoint had been saved yet.")]
    Process(tmp_path).checkpoints.refuse("This cannot be resumed.")
    assert resume(tmp_path)[0].resumed == [(None, "This cannot be resumed.")]


def test_a_full_disk_leaves_the_older_state_and_is_told_once(tmp_path):
    process = save(tmp_path, "one")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    training = process.checkpoints._open
    assert training
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        for epoch in (2, 3):
            process.checkpoints.budget._not_before = 0
            training.save({"value": pickled("x" * 50_000)}, epoch)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert ["File too large" in text for text in process.notices] == [True]
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["00000-00000001.state"]
    process.checkpoints.budget._not_before = 0
    training.save({"value": pickled("four")}, 4)
    assert resume(tmp_path)[1] == "four"


def test_no_more_disk_is_used_than_allowed(tmp_path):
    process = save(tmp_path, "one", "x" * 100_000, limit=50_000)
    assert "more disk than they may" in process.notices[0]
    assert resume(tmp_path)[1] == "one"


def test_a_state_that_cannot_be_written_costs_the_training_nothing(tmp_path):
    process = save(tmp_path, "one", lambda: None, "three")
    assert len(process.notices) == 1
    assert resume(tmp_path)[1] == "one"


def test_a_finished_training_is_replayed_and_the_next_resumed(tmp_path):
    process = Process(tmp_path)
    first = process.begin()
    first.save({"value": pickled("end")}, 5, finished=True)
    first.close()
    process.begin(["z"]).save({"value": pickled("under way")}, 2)
    process = Process(tmp_path, resume=True)
    first = process.begin()
    snapshot = first.resume(lambda one: one.load("value"))
    first.close()
    assert snapshot.finished
    assert process.resumed == []
    assert process.begin(["z"]).resume(lambda one: one.load("value")).epoch == 2
    assert process.resumed == [(2, None)]


def test_chances_and_written_files_are_those_of_the_state(tmp_path):
    process = Process(tmp_path)
    log = tmp_path / "tree" / "logs" / "log.csv"
    log.parent.mkdir()
    stream = log.open("w")
    stream.write("epoch 1\n")
    random.seed(5)
    process.begin().save({"value": pickled("one")}, 1)
    expected = random.random()
    stream.write("epoch 2\n")
    stream.close()
    log.unlink()
    second = Process(tmp_path, resume=True)
    with log.open("w") as stream:
        stream.write("header\n")
        second.begin().resume(lambda one: one.load("value"))
        assert random.random() == expected
        stream.write("again 2\n")
    assert log.read_text() == "epoch 1\nagain 2\n"


def test_saving_takes_its_share_of_the_time_and_no_more(monkeypatch):
    now = 0.0
    monkeypatch.setattr("hone_runner.child.checkpoint_budget.time.monotonic", lambda: now)
    budget = CheckpointBudget(0.0)
    spent = 0.0
    while now < 1000:
        now += 0.1
        if budget.due():
            budget.saved(0.7)
            now += 0.7
            spent += 0.7
    assert 0.04 < spent / now <= 0.051
