"""Keeps what a script wrote: moves it out of the trial's tree, within a limit of size."""

from __future__ import annotations

import os
from typing import Iterable, NamedTuple

from .protocol import PATH_LENGTH
from .tree import walk_files

#: More are never reported; a script that writes more is using the disk as a data base.
MOST_ARTIFACTS = 10_000
#: The whole list travels in one line, which must stay far below the megabyte that a reader takes.
LISTED_CHARACTERS = 400_000


class Artifacts(NamedTuple):
    """What was kept, for the event, and how much was not."""

    kept: list[dict[str, str | int]]
    left_out: list[str]
    left_out_bytes: int


def keep_artifacts(root: str, changed: Iterable[str], destination: str, limit_bytes: int) -> Artifacts:
    """Move `changed` files of the tree to `destination`, small ones first, until the limit. Links were never in `changed`."""
    sizes = {path: os.lstat(path).st_size for path in changed}
    # The runner itself puts figures there while the script runs.
    kept = Artifacts([], [], 0)
    used = characters = 0
    for path in walk_files(destination) if os.path.isdir(destination) else ():
        size = os.lstat(path).st_size
        used += size
        kept.kept.append({"path": _relative(path, destination), "bytes": size})
    for path in sorted(sizes, key=lambda path: (sizes[path], path)):
        relative = _relative(path, root)
        characters += len(relative) + 32
        fits = used + sizes[path] <= limit_bytes and len(kept.kept) < MOST_ARTIFACTS and characters < LISTED_CHARACTERS
        if not fits or len(relative) > PATH_LENGTH or not _printable(relative):
            kept.left_out.append(relative)
            kept = kept._replace(left_out_bytes=kept.left_out_bytes + sizes[path])
            continue
        place = os.path.join(destination, *relative.split("/"))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        os.replace(path, place)
        os.chmod(place, 0o644)
        used += sizes[path]
        kept.kept.append({"path": relative, "bytes": sizes[path]})
    return kept


def describe_left_out(artifacts: Artifacts, limit_bytes: int) -> str:
    """One sentence for a person."""
    names = ", ".join(artifacts.left_out[:3]) + (", …" if len(artifacts.left_out) > 3 else "")
    count = f"{len(artifacts.left_out)} file{'s' if len(artifacts.left_out) != 1 else ''}"
    left_out = artifacts.left_out_bytes
    size = f"{left_out / 1e9:.1f} GB" if left_out >= 1e9 else f"{left_out / 1e6:.1f} MB"
    limit = f"{limit_bytes / 1e6:.0f} MB, `limits: {{artifacts}}` in hone.yaml"
    return f"{count} ({size}) that the script wrote are not kept, the limit is {limit}: {names}."


def _relative(path: str, root: str) -> str:
    return os.path.relpath(path, root).replace(os.sep, "/")


def _printable(path: str) -> bool:
    """Whether the name is proper text; a name of stray bytes cannot travel as JSON and be found again."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
