"""The messages of supervisor and runner: one JSON object a line. The other side is src/protocol/runnerMessages.ts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Dict

PROTOCOL = 1

#: What the other side accepts of a name, a path and a text; longer ones are cut here rather than dropped there.
NAME_LENGTH = 200
PATH_LENGTH = 4096
TEXT_LENGTH = 65_536

Event = Dict[str, Any]


class ProtocolError(ValueError):
    """A message that does not say what it must."""


@dataclass(frozen=True)
class Link:
    """Data that a trial's tree links to: `path` within the tree, `target` where the user's file or folder is."""

    path: str
    target: str
    directory: bool


@dataclass(frozen=True)
class Configuration:
    """Where things are and what is allowed; the first message."""

    source: str
    work: str
    links: tuple[Link, ...]
    artifact_bytes: int
    preload: tuple[str, ...]


@dataclass(frozen=True)
class Watch:
    """Lines of a file of the user's, or of a cell of a notebook, counted from 1."""

    path: str
    cell: int | None
    lines: tuple[int, ...]


@dataclass(frozen=True)
class CheckpointOrder:
    """Keep the state of the training in at most `bytes`; with `resume`, go on from what is kept.

    Of the epochs that earlier processes told, the supervisor journalled the first `heard`, or all where that is None.
    """

    bytes: int
    resume: bool
    heard: int | None


@dataclass(frozen=True)
class TrialOrder:
    """One trial to run; paths are relative to the snapshot's root, with `/`."""

    trial: int
    repeat: int
    seed: int | None
    script: str
    module: bool
    arguments: tuple[str, ...]
    directory: str
    environment: dict[str, str]
    files: dict[str, str]
    timeout_seconds: float | None
    metric: str | None
    metric_chosen: bool
    watch: tuple[Watch, ...]
    checkpoint: CheckpointOrder | None


def parse_message(line: bytes) -> Event:
    """Parse one line of standard input; raise ProtocolError where it is no message."""
    try:
        message = json.loads(line.decode("utf-8"))
    except ValueError as error:
        raise ProtocolError(f"not JSON: {error}") from error
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise ProtocolError("not an object with a type")
    return message


def parse_configuration(message: Event) -> Configuration:
    """Read a `configure` message."""
    if message.get("protocol") != PROTOCOL:
        raise ProtocolError(f"protocol {message.get('protocol')} is not {PROTOCOL}: runner and Hone differ in version")
    links = [
        Link(_link_path(link), _field(link, "target", str), _field(link, "directory", bool))
        for link in _field(message, "links", list)
    ]
    return Configuration(
        source=_field(message, "source", str),
        work=_field(message, "work", str),
        links=tuple(links),
        artifact_bytes=_field(message, "artifactBytes", int),
        preload=tuple(_texts(message, "preload")) if "preload" in message else (),
    )


def parse_order(message: Event) -> TrialOrder:
    """Read a `trial` message."""
    return TrialOrder(
        trial=_field(message, "trial", int),
        repeat=_field(message, "repeat", int),
        seed=_optional(message, "seed", int),
        script=_relative(message, "script"),
        module=_field(message, "module", bool),
        arguments=tuple(_texts(message, "arguments")),
        directory=_relative(message, "directory"),
        environment=_mapping(message, "environment"),
        files={inside_tree(path): text for path, text in _mapping(message, "files").items()},
        timeout_seconds=_optional(message, "timeoutSeconds", (int, float)),
        metric=_optional(message, "metric", str),
        metric_chosen=bool(_optional(message, "metricChosen", bool)),
        watch=tuple(_watch(one) for one in _optional(message, "watch", list) or ()),
        checkpoint=_checkpoint(_optional(message, "checkpoint", dict)),
    )


def _checkpoint(message: Event | None) -> CheckpointOrder | None:
    if message is None:
        return None
    return CheckpointOrder(_field(message, "bytes", int), _field(message, "resume", bool), _optional(message, "heard", int))


def _watch(message: Event) -> Watch:
    lines: list[Any] = _field(message, "lines", list)
    if not all(type(line) is int for line in lines):
        raise ProtocolError("watch holds something else than lines")
    return Watch(_relative(message, "path"), _optional(message, "cell", int), tuple(lines))


def inside_tree(path: str) -> str:
    """Return a relative path that stays inside the tree; raise ProtocolError for any other."""
    if path.startswith(("/", "\\")) or ":" in path[:2] or ".." in path.replace("\\", "/").split("/"):
        raise ProtocolError(f"path {path!r} leads out of the tree")
    return path


def _field(message: Event, name: str, kind: Any) -> Any:
    value = message.get(name)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ProtocolError(f"{message.get('type', 'message')}: {name} is missing or of the wrong type")
    return value


def _optional(message: Event, name: str, kind: Any) -> Any:
    return None if message.get(name) is None else _field(message, name, kind)


def _link_path(link: Event) -> str:
    """Path of a link: in the tree, or at most two folders above it, which is within the work folder."""
    path: str = _field(link, "path", str)
    inside_tree(re.sub(r"^(\.\./){1,2}", "", path))
    return path


def _relative(message: Event, name: str) -> str:
    return inside_tree(_field(message, name, str))


def _texts(message: Event, name: str) -> list[str]:
    values: list[Any] = _field(message, name, list)
    if not all(isinstance(value, str) for value in values):
        raise ProtocolError(f"{name} holds something else than strings")
    return values


def _mapping(message: Event, name: str) -> dict[str, str]:
    values: dict[str, Any] = _field(message, name, dict)
    _texts({"type": name, name: list(values.values())}, name)
    return values
