"""Keeps the state of a training on the disk, so that a process that comes after this one goes on from it.

A script is a row of trainings, numbered as they begin. A process that resumes runs the script from its top: a training that had
finished gives what was kept of its end, the one that was under way goes on, and what comes after is trained.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from typing import Any, Callable, Iterator, Mapping, Sequence

from .checkpoint_budget import CheckpointBudget
from .random_state import capture_random, restore_random
from .reporter import Reporter
from .snapshot_file import Content, DamagedError, Snapshot, pickled, write_snapshot
from .written_files import WrittenFiles

_NAME = re.compile(r"^(\d{5})-(\d{8})\.state$")
_RANDOM = "random"
_REASON = "reason.txt"
_GENERATIONS = 2
#: Of the limit, what files of the script's may take of one snapshot.
_FILES_SHARE = 4


class Checkpoints:
    """One for the process; keeps nothing until it is opened."""

    def __init__(self, reporter: Reporter) -> None:
        self.reporter = reporter
        self._folder: str | None = None
        self._limit = 0
        self._identity = ""
        self._files: WrittenFiles | None = None
        self._count = 0
        self._open: Training | None = None
        self._resuming = False
        self._refused: str | None = None
        self._last = -1
        self._began = 0.0
        self._seconds_before = 0.0
        self.budget = CheckpointBudget(0.0)

    def open(self, tree: str, folder: str, limit_bytes: int, identity: str, resume: bool) -> None:
        """Keep states in `folder`; `identity` is the same for all processes of the same trial. Raises OSError."""
        self._folder, self._limit, self._identity = folder, limit_bytes, identity
        self._began = time.monotonic()
        self.budget = CheckpointBudget(self._began)
        self._files = WrittenFiles(tree, limit_bytes // _FILES_SHARE, self.reporter.notice)
        self._resuming = resume
        kept = [int(match[1]) for match in map(_NAME.match, os.listdir(folder)) if match]
        self._last = max(kept, default=-1)
        if resume and not kept:
            self.begin_anew(self._refusal() or "No checkpoint had been saved yet.")

    def begin(self, kind: str, marks: Sequence[Any]) -> Training | None:
        """Begin a training, which has to be closed; None where nothing is kept, or inside of another training.

        `kind` names what trains. `marks` are numbers and texts that are the same when the script comes here again, such as
        fingerprints of its data: a state with others is not used.
        """
        if self._folder is None or self._open is not None:
            return None
        self._open = Training(self, self._count, kind, json.loads(json.dumps(marks)))
        self._count += 1
        return self._open

    def refuse(self, reason: str) -> None:
        """Remember, for who resumes and finds no state, why none is kept: a sentence."""
        if self._folder is not None and reason != self._refused:
            self._refused = reason
            try:
                with open(os.path.join(self._folder, _REASON), "w", encoding="utf-8") as stream:
                    stream.write(reason)
            except OSError:
                # A full disk; the sentence is then a more general one.
                return

    def begin_anew(self, reason: str) -> None:
        """Tell that the training was not resumed, the first time that this is called or a training goes on."""
        self._tell_resumed(None, reason)

    def finish(self) -> None:
        """At the script's end: tell where it never came to what had been kept."""
        self.begin_anew("The script did not come to where its checkpoint was saved.")

    def paths(self, number: int) -> list[str]:
        """Files that are kept of a training, the newest first."""
        try:
            names = os.listdir(self._directory)
        except OSError:
            # Whoever removed the folder removed what was kept; the training goes on.
            return []
        found = [name for name in names if (match := _NAME.match(name)) and int(match[1]) == number]
        return [os.path.join(self._directory, name) for name in sorted(found, reverse=True)]

    def scratch(self, number: int) -> str:
        """Path of a file beside what is kept."""
        return os.path.join(self._directory, f"{number:05d}.scratch")

    def read(self, path: str, kind: str, marks: Sequence[Any]) -> Snapshot:
        """Read a state and see that it is of this training. Raises OSError and DamagedError, with a sentence's end."""
        snapshot = Snapshot(path)
        if snapshot.about["identity"] != self._identity:
            raise DamagedError("is of another training")
        if snapshot.about["kind"] != kind or snapshot.about["marks"] != marks:
            raise DamagedError("is of other data or another model than the script comes to now")
        return snapshot

    def write(self, training: Training, entries: Mapping[str, Content], epoch: int | None, finished: bool) -> None:
        """Write a state and drop all but the one before it. Raises OSError, and what an entry's writer raises."""
        assert self._files is not None
        began = time.monotonic()
        # An epoch that is kept and was not told would be told by nobody.
        self.reporter.settle()
        kept = self.paths(training.number)
        serial = int(os.path.basename(kept[0])[6:14]) + 1 if kept else 1
        for path in kept[_GENERATIONS - 1 :]:
            os.unlink(path)
        about = {
            "identity": self._identity,
            "kind": training.kind,
            "marks": training.marks,
            "epoch": epoch,
            "finished": finished,
            "seconds": self._seconds(),
        }
        everything = {**entries, _RANDOM: pickled(capture_random()), **self._files.entries()}
        path = os.path.join(self._directory, f"{training.number:05d}-{serial:08d}.state")
        size = write_snapshot(path, about, everything, self._limit - _bytes_in(self._directory))
        self.reporter.send("checkpoint", epoch=epoch, bytes=size, seconds=round(self._seconds(), 3))
        self.budget.saved(time.monotonic() - began)

    def restored(self, training: Training, snapshot: Snapshot) -> None:
        """Restore what every state has, and tell that the training goes on. Raises OSError."""
        assert self._files is not None
        self._files.restore(snapshot)
        restore_random(snapshot.load(_RANDOM))
        self._seconds_before = max(self._seconds_before, float(snapshot.about["seconds"]))
        if training.number >= self._last:
            self._tell_resumed(snapshot.epoch, None)

    def not_restored(self, training: Training, reason: str | None) -> None:
        """Tell why a training of which there was a state begins anew; with no reason there was none."""
        if reason is not None:
            # What came after it went on from another model.
            for path in [path for number in range(training.number + 1, self._last + 1) for path in self.paths(number)]:
                with contextlib.suppress(OSError):
                    os.unlink(path)
        if reason is not None or training.number >= self._last:
            self.begin_anew(reason or "No checkpoint of this training had been saved yet.")

    def closed(self) -> None:
        """Let another training begin."""
        self._open = None

    @property
    def _directory(self) -> str:
        assert self._folder is not None
        return self._folder

    def _seconds(self) -> float:
        return self._seconds_before + time.monotonic() - self._began

    def _refusal(self) -> str | None:
        try:
            with open(os.path.join(self._directory, _REASON), encoding="utf-8") as stream:
                return stream.read(1000).strip() or None
        except (OSError, ValueError):
            return None

    def _tell_resumed(self, epoch: int | None, reason: str | None) -> None:
        if self._resuming:
            self._resuming = False
            self.reporter.send("resumed", epoch=epoch, reason=reason, seconds=self._seconds_before)
            # What is printed from now on comes after it, by another pipe.
            self.reporter.settle()


class Training:
    """One training of a script: what hooks and loops save to, and go on from."""

    def __init__(self, checkpoints: Checkpoints, number: int, kind: str, marks: list[Any]) -> None:
        self._checkpoints = checkpoints
        self._given_up = False
        self._reason: str | None = None
        self.number = number
        self.kind = kind
        self.marks = marks

    @property
    def scratch(self) -> str:
        """Path at which a library may write while this is under way; nothing is there when it begins."""
        path = self._checkpoints.scratch(self.number)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        return path

    def resume(self, restore: Callable[[Snapshot], None]) -> Snapshot | None:
        """Go on from what was kept: return the state that `restore` took, with its files restored, or None.

        `restore` raises before it changes anything where a state does not fit. Where the state is `finished` there is
        nothing left to train.
        """
        for snapshot in self.candidates():
            try:
                restore(snapshot)
                self.accept(snapshot)
            except Exception as error:
                self.reject(snapshot, error)
            else:
                return snapshot
        return None

    def candidates(self) -> Iterator[Snapshot]:
        """Yield whole states of this training, the newest first, each to be accepted or rejected; without one it begins anew."""
        self._reason = None
        for path in self._checkpoints.paths(self.number):
            try:
                snapshot = self._checkpoints.read(path, self.kind, self.marks)
            except Exception as error:
                self._set_aside(path, error)
            else:
                yield snapshot
        self._checkpoints.not_restored(self, self._reason)

    def accept(self, snapshot: Snapshot) -> None:
        """Restore what every state has, files and chances, after all else was restored; tell that it goes on. Raises OSError."""
        self._checkpoints.restored(self, snapshot)

    def reject(self, snapshot: Snapshot, error: Exception) -> None:
        """Set aside a state that does not fit."""
        self._set_aside(snapshot.path, error)

    def due(self) -> bool:
        """Whether saving now pays; costs a clock's reading."""
        return not self._given_up and self._checkpoints.budget.due()

    def save(self, entries: Mapping[str, Content], epoch: int | None, finished: bool = False) -> None:
        """Save a state where it is due. Never raises: what cannot be saved is told once, and the training goes on."""
        if not self.due():
            return
        began = time.monotonic()
        try:
            self._checkpoints.write(self, entries, epoch, finished)
        except OSError as error:
            self._checkpoints.budget.failed(time.monotonic() - began, error, self._checkpoints.reporter.notice)
        except Exception as error:
            self._given_up = True
            why = str(error) or type(error).__name__
            self._checkpoints.refuse(f"Its state could not be saved: {why}.")
            self._checkpoints.reporter.notice(f"No checkpoints are saved: {why}.")

    def close(self) -> None:
        """End it; another may begin."""
        self._checkpoints.closed()

    def _set_aside(self, path: str, error: Exception) -> None:
        name = os.path.basename(path)
        why = str(error) if isinstance(error, DamagedError) else f"cannot be used ({type(error).__name__}: {error})"
        self._reason = f"Checkpoint {name} {why}: it was set aside."
        try:
            os.replace(path, f"{path}.aside")
        except OSError:
            # It stays where it is; what is saved next gets a name of its own.
            self._reason = f"Checkpoint {name} {why}."
        self._checkpoints.reporter.notice(self._reason)


def _bytes_in(folder: str) -> int:
    return sum(entry.stat().st_size for entry in os.scandir(folder))
