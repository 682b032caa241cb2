"""A trial's tree: its own copy of the snapshot, with edited texts in it and the user's data linked."""

from __future__ import annotations

import codecs
import contextlib
import os
import shutil
import stat
import tokenize
from typing import Iterator, Mapping, NamedTuple, Sequence

from .protocol import Link

#: A linked folder with at most so many entries becomes real folders with linked files, so that new files land in the tree.
EXPANDED_ENTRIES = 5_000
#: Where links cannot be made (Windows without the right), data up to this size is copied instead.
COPIED_BYTES = 2 * 1024**3

_UNSEEN = {"__pycache__", ".git", ".hone", ".ipynb_checkpoints", ".pytest_cache", "node_modules"}


class FileState(NamedTuple):
    """What tells whether a file changed."""

    size: int
    modified_ns: int


def build_tree(root: str, source: str, files: Mapping[str, str], links: Sequence[Link]) -> None:
    """Make `root` a writable copy of `source` with `files` replaced and `links` laid. Raises OSError."""
    shutil.copytree(source, root, symlinks=True, ignore=shutil.ignore_patterns(*_UNSEEN))
    for path in walk_files(root):
        os.chmod(path, os.stat(path).st_mode | stat.S_IWUSR | stat.S_IRUSR)
    for link in links:
        place = os.path.join(root, *link.path.split("/"))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if link.path.startswith("../"):
            # Beside the tree, so trees that are built at the same time share it.
            with contextlib.suppress(FileExistsError):
                _link(link.target, os.path.normpath(place))
        elif link.directory and _entries_up_to(link.target, EXPANDED_ENTRIES + 1) <= EXPANDED_ENTRIES:
            _expand(link.target, place)
        elif not os.path.lexists(place):
            _link(link.target, place)
    for relative, text in files.items():
        place = os.path.join(root, *relative.split("/"))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        # The text is the file, line ends and byte order mark included.
        content = _encoded(text, _encoding_of(place))
        if os.path.islink(place):
            os.unlink(place)
        with open(place, "wb") as stream:
            stream.write(content)


def walk_files(root: str) -> Iterator[str]:
    """Absolute paths of the regular files below `root`; follows no link, skips caches and what is not the user's."""
    folders = [root]
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except OSError:
            # A folder that the script made unreadable or removed meanwhile holds nothing for us.
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _UNSEEN:
                    folders.append(entry.path)
            elif entry.is_file(follow_symlinks=False):
                yield entry.path


def file_state(path: str) -> FileState:
    """Return the state of a file, links followed. Raises OSError."""
    status = os.stat(path)
    return FileState(status.st_size, status.st_mtime_ns)


def record_state(root: str) -> dict[str, FileState]:
    """Remember the files of a tree, by path."""
    return {path: file_state(path) for path in walk_files(root)}


def changed_files(root: str, before: Mapping[str, FileState], links: Sequence[Link]) -> Iterator[str]:
    """Absolute paths of the files that were made or changed since `before`; private copies count where they changed."""
    targets = {os.path.join(root, *link.path.split("/")): link.target for link in links}
    for path in walk_files(root):
        try:
            if file_state(path) != (before.get(path) or _linked_state(path, root, targets)):
                yield path
        except FileNotFoundError:
            continue


def remove_tree(root: str) -> None:
    """Remove a tree, whatever rights the script took from its folders; the targets of links stay."""

    def unlock(function: object, path: str, _error: object) -> None:
        del function
        parent = os.path.dirname(path)
        os.chmod(parent, stat.S_IRWXU)
        if os.path.isdir(path) and not os.path.islink(path):
            os.chmod(path, stat.S_IRWXU)
            shutil.rmtree(path, ignore_errors=True)
        elif os.path.lexists(path):
            os.unlink(path)

    if os.path.lexists(root):
        shutil.rmtree(root, onerror=unlock)


def _encoding_of(path: str) -> str:
    """Encoding that Python reads a file in; UTF-8 for what it does not read."""
    try:
        with open(path, "rb") as stream:
            found = tokenize.detect_encoding(stream.readline)[0] if path.endswith(".py") else "utf-8"
    except (OSError, SyntaxError):
        return "utf-8"
    return "utf-8" if found == "utf-8-sig" else found


def _encoded(text: str, encoding: str) -> bytes:
    """Encode as a file is. Raises OSError where its encoding has no such character."""
    try:
        return text.encode(encoding, "hone-windows")
    except UnicodeEncodeError as error:
        raise OSError(
            f"{error.object[error.start : error.end]!r} cannot be written in {encoding}, the file's encoding."
        ) from error


def _windows(error: UnicodeError) -> tuple[bytes, int]:
    """Write what the web's Latin-1, which is Windows-1252, made of bytes 128 to 159 as these bytes again."""
    if not isinstance(error, UnicodeEncodeError) or (error.encoding != "iso8859-1" and error.encoding != "latin-1"):
        raise error
    try:
        return error.object[error.start : error.end].encode("cp1252"), error.end
    except UnicodeEncodeError:
        raise error from None


codecs.register_error("hone-windows", _windows)


def _linked_state(path: str, root: str, targets: Mapping[str, str]) -> object:
    """State of the user's file that stood behind `path` when the trial began, or None."""
    place, rest = path, ""
    while len(place) > len(root):
        if place in targets:
            try:
                return file_state(os.path.join(targets[place], rest) if rest else targets[place])
            except OSError:
                return None
        place, name = os.path.split(place)
        rest = os.path.join(name, rest) if rest else name
    return None


def _entries_up_to(folder: str, most: int) -> int:
    count = 0
    for _, folders, names in os.walk(folder):
        count += len(folders) + len(names)
        if count >= most:
            return most
    return count


def _expand(target: str, place: str) -> None:
    os.makedirs(place, exist_ok=True)
    for entry in os.scandir(target):
        inner = os.path.join(place, entry.name)
        if entry.is_dir(follow_symlinks=False):
            _expand(entry.path, inner)
        elif not os.path.lexists(inner) and (entry.is_file() or entry.is_dir()):
            _link(entry.path, inner)


def _link(target: str, place: str) -> None:
    try:
        os.symlink(target, place)
    except (OSError, NotImplementedError):
        if os.name != "nt":
            raise
        if _size_of(target) > COPIED_BYTES:
            raise
        if os.path.isdir(target):
            shutil.copytree(target, place)
        else:
            shutil.copy2(target, place)


def _size_of(path: str) -> int:
    if not os.path.isdir(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(inner) for inner in walk_files(path))
