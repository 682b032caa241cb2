"""Every way that a script can end is told apart, in a sentence."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("script", "state", "code", "signal", "reason"),
    [
        ("import sys; sys.exit(0)", "complete", 0, None, None),
        ("import sys; sys.exit()", "complete", 0, None, None),
        ("raise SystemExit(4)", "failed", 4, None, "The script ended with exit code 4."),
        ("import sys; sys.exit('no data')", "failed", 1, None, "The script ended itself: no data"),
        ("import os; os._exit(3)", "failed", 3, None, "The script ended with exit code 3."),
        ("raise KeyboardInterrupt", "failed", 130, None, "KeyboardInterrupt in train.py, line 1."),
        ("import ctypes; ctypes.string_at(0)", "failed", None, "SIGSEGV", "The script crashed in native code (segmentation fault) (SIGSEGV)."),
        ("import os; os.kill(os.getpid(), 9)", "failed", None, "SIGKILL", "The script was killed from outside (SIGKILL), possibly because"),
        ("import cv3", "failed", 1, None, "The script imports cv3, which is not installed" + ("." if Path("/.dockerenv").exists() else f" in {sys.executable}.")),
        ("raise ValueError('bad é')", "failed", 1, None, "ValueError in train.py, line 1: bad é"),
        ("print 'x'", "failed", 1, None, "SyntaxError in train.py, line 1: Missing parentheses in call to 'print'. Did you mean print(...)? The script is written for Python 2; Python 3 is needed."),
        ("from .data import X", "failed", 1, None, "The script uses relative imports: set `module: true` in hone.yaml."),
        ("input('name? ')", "failed", 1, None, "The script asks for input, and nobody is there to answer: pass it as an argument."),
        ("raise EOFError('Ran out of input')", "failed", 1, None, "EOFError in train.py, line 1: Ran out of input"),
        ("raise MemoryError", "failed", 1, None, "The script ran out of memory (MemoryError)."),
    ],
)
def test_end(runner, script, state, code, signal, reason):
    end = runner.run(script).end
    assert (end["state"], end["exitCode"], end["signal"]) == (state, code, signal)
    assert end["reason"] == reason or (reason and end["reason"].startswith(reason) and signal == "SIGKILL")


def test_exception_names_the_users_frames_and_prints_only_those(runner):
    runner.write("lib/model.py", "import json\ndef build():\n    json.loads('{')\n")
    trial = runner.run("from lib.model import build\nbuild()\n")
    error = trial.end["error"]
    assert error["type"] == "JSONDecodeError"
    own = [(frame["path"], frame["line"], frame["function"]) for frame in error["frames"] if frame["own"]]
    assert own == [("train.py", 2, "<module>"), ("lib/model.py", 3, "build")]
    assert "hone_runner" not in trial.stderr
    assert trial.stderr.startswith("Traceback (most recent call last):")


def test_frames_of_hooks_are_not_shown(runner):
    trial = runner.run("from sklearn.metrics import accuracy_score\naccuracy_score([1], [1, 2])")
    assert trial.end["error"]["type"] == "ValueError"
    assert "hone_runner" not in trial.stderr


def test_failed_look_up_names_the_host(runner):
    trial = runner.run("import socket\ntry:\n    socket.getaddrinfo('data.invalid', 443)\nexcept OSError as e:\n    raise RuntimeError('download failed') from e")
    assert trial.end["reason"].startswith("The script could not look up data.invalid: ")


def test_module_missing_inside_an_installed_package_is_not_called_uninstalled(runner):
    assert runner.run("import json.nothing").end["reason"].startswith("ModuleNotFoundError in train.py, line 1: No module named")


@pytest.mark.parametrize("ignores", [False, True])
def test_cancel_ends_all_processes_within_a_second(runner, ignores):
    runner.start(
        "import os, signal, subprocess, sys, time\n"
        + ("signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" if ignores else "")
        + "escaped = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session=True)\n"
        "print(os.getpid(), escaped.pid)\ntime.sleep(60)"
    )
    pids = []
    while not pids:
        event = runner.next_event()
        pids = [int(pid) for pid in event["text"].split()] if event["type"] == "output" else []
    began = time.monotonic()
    runner.send(type="cancel", trial=0)
    end = runner.finish().end
    assert time.monotonic() - began < 1.2
    assert (end["state"], end["reason"]) == ("cancelled", "The trial was cancelled.")
    assert not [pid for pid in pids if _lives(pid)]


def test_time_limit_is_told(runner):
    end = runner.run("while True: pass", timeoutSeconds=0.5).end
    assert (end["state"], end["reason"]) == ("failed", "The script was stopped at its time limit of 0.5 seconds.")


def test_background_process_that_holds_the_output_open_does_not_hold_up_the_end(runner):
    began = time.monotonic()
    trial = runner.run("import subprocess\nsubprocess.Popen(['sleep', '60'], start_new_session=True)\nprint('done')")
    assert time.monotonic() - began < 5
    assert trial.stdout == "done\n"


def test_script_that_forks_again_and_again_is_ended_with_all_its_forks(runner):
    runner.start("import os, time\nfor _ in range(6):\n    if os.fork() == 0: os.setsid()\nprint(os.getpid(), flush=True)\ntime.sleep(60)")
    pids = set()
    while len(pids) < 64:
        event = runner.next_event()
        pids |= {int(pid) for pid in event["text"].split()} if event["type"] == "output" else set()
    runner.send(type="cancel", trial=0)
    assert runner.finish().end["state"] == "cancelled"
    assert not [pid for pid in pids if _lives(pid)]


def test_flood_of_output_reaches_the_reader_whole(runner):
    trial = runner.run("import sys\nfor _ in range(3000): sys.stdout.write('x' * 9999 + '\\n')")
    assert len(trial.stdout) == 30_000_000
    assert max(len(event["text"]) for event in trial.of("output")) <= 65_536


def test_snapshot_that_cannot_be_copied_is_an_end_too(runner):
    runner.write("train.py", "")
    runner.source.rename(runner.source.with_name("gone"))
    end = runner.run().end
    assert end["state"] == "failed"
    assert end["reason"].startswith("The trial could not be run: ")


def test_trials_run_one_after_the_other_in_one_runner(runner):
    assert [runner.run("print(1)", trial=n).end["trial"] for n in range(3)] == [0, 1, 2]
    assert not [path for path in runner.work.rglob("tree*")]


def _lives(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stream:
            return stream.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
