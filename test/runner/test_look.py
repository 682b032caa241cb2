"""Looking into a trial: its files laid out again, a shell in them, a way to a port."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

RUNNER = Path(__file__).parents[2] / "docker" / "runner"


def _start(arguments: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "hone_runner", *arguments]
    return subprocess.run(command, cwd=RUNNER, capture_output=True, timeout=60, check=False, **options)


def _job(folder: Path, **changes: Any) -> list[str]:
    (folder / "source" / "sub").mkdir(parents=True)
    (folder / "source" / "sub" / "train.py").write_text("x = 1\n")
    (folder / "data.csv").write_text("1,2\n")
    (folder / "kept").mkdir()
    (folder / "kept" / "model.txt").write_text("weights")
    job = {
        "source": str(folder / "source"),
        "files": {"sub/train.py": "x = 2\n"},
        "links": [{"path": "sub/data.csv", "target": str(folder / "data.csv"), "directory": False}],
        "artifacts": str(folder / "kept"),
        "directory": "sub",
        "seed": 7,
        "action": "shell",
        "shell": "/bin/sh",
        **changes,
    }
    (folder / "job.json").write_text(json.dumps(job))
    return ["look", str(folder / "job.json"), str(folder / "tree")]


def test_a_shell_sees_the_edited_source_the_data_and_what_was_written(tmp_path: Path) -> None:
    commands = b"cat train.py data.csv ../model.txt; echo $PYTHONHASHSEED; python3 -c 'import hone_runner' 2>&1 | tail -1; exit 5"
    ended = _start(_job(tmp_path), input=commands)
    assert ended.stdout.decode() == "x = 2\n1,2\nweights7\nModuleNotFoundError: No module named 'hone_runner'\n"
    assert ended.returncode == 5
    assert (tmp_path / "source" / "sub" / "train.py").read_text() == "x = 1\n"


def test_a_second_look_begins_anew(tmp_path: Path) -> None:
    arguments = _job(tmp_path)
    _start(arguments, input=b"echo > left.txt")
    assert _start(arguments, input=b"ls").stdout.decode() == "data.csv\ntrain.py\n"


def test_a_relay_waits_for_the_port_and_passes_both_ways() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def echo() -> None:
        with socket.create_server(("127.0.0.1", port)) as server, server.accept()[0] as connection:
            received = b""
            while chunk := connection.recv(100):
                received += chunk
            connection.sendall(received[::-1])

    threading.Timer(0.5, echo).start()
    ended = _start(["relay", str(port)], input=bytes(range(256)) * 1000)
    assert ended.stdout == (bytes(range(256)) * 1000)[::-1]
    assert ended.returncode == 0
