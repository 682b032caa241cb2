"""Keeps the user's linked data unchanged: a script that writes to it gets a private copy first."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import threading
from typing import Any, Callable, Sequence, Union

#: A link that leads to more than this is not copied; writing to it fails as on a read-only disk.
COPY_CAP_BYTES = 2 * 1024**3

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: Audit events that change what a path names: positions of the paths, and whether a link at the very end is followed.
_CHANGES = {
    "os.rename": ((0, 1), False),
    "os.remove": ((0,), False),
    "os.rmdir": ((0,), False),
    "os.mkdir": ((0,), False),
    "os.link": ((0, 1), False),
    "os.symlink": ((1,), False),
    "os.truncate": ((0,), True),
    "os.chmod": ((0,), True),
    "os.chown": ((0,), True),
    "os.utime": ((0,), True),
    "os.setxattr": ((0,), True),
    "os.removexattr": ((0,), True),
    "shutil.rmtree": ((0,), False),
}

Path = Union[str, bytes, int, "os.PathLike[str]", None]


class DataGuard:
    """Watches the process's own file operations. Libraries that open files in C are not seen; mounts are read-only for them."""

    def __init__(self, tree: str, targets: Sequence[str], notice: Callable[[str], None]) -> None:
        self._inside = tree + os.sep
        self._tree = tree
        self._targets = tuple(os.path.realpath(target) for target in targets)
        self._spelled = tuple(targets)
        self._notice = notice
        self._noticed = False
        self._busy = threading.local()
        #: The last host whose address was asked for.
        self.last_lookup: str | None = None

    def install(self) -> None:
        """Start to watch; it cannot be stopped again."""
        sys.addaudithook(self._on_event)

    def _on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            flags = arguments[2]
            if self._targets and isinstance(flags, int) and flags & _WRITING:
                self._protect(arguments[0], True)
        elif event in _CHANGES:
            if self._targets:
                positions, follow = _CHANGES[event]
                for position in positions:
                    self._protect(arguments[position], follow)
        elif event == "socket.getaddrinfo":
            host = arguments[0]
            self.last_lookup = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)

    def _protect(self, path: Path, follow: bool) -> None:
        if not isinstance(path, (str, bytes, os.PathLike)) or getattr(self._busy, "now", False):
            return
        self._busy.now = True
        try:
            absolute = os.path.normpath(os.path.join(os.getcwd(), os.fsdecode(path)))
            if absolute.startswith(self._inside):
                self._detach(absolute, follow)
            elif self._is_linked_data(os.path.realpath(absolute)):
                raise OSError(
                    errno.EROFS, "This data is only linked, Hone keeps it unchanged; write it inside the folder", absolute
                )
        finally:
            self._busy.now = False

    def _detach(self, absolute: str, follow: bool) -> None:
        """Turn the links on the way to `absolute` into private copies."""
        place = self._tree
        parts = absolute[len(self._inside) :].split(os.sep)
        for index, part in enumerate(parts):
            place = os.path.join(place, part)
            if (index < len(parts) - 1 or follow) and os.path.islink(place):
                target = os.path.realpath(place)
                if self._is_linked_data(target) and os.path.exists(target):
                    self._copy_up(place, target)

    def _is_linked_data(self, path: str) -> bool:
        return any(path == target or path.startswith(target + os.sep) for target in self._targets)

    def _copy_up(self, place: str, target: str) -> None:
        size = _size_of(target)
        if size > COPY_CAP_BYTES:
            message = f"This data is only linked and, with {size / 1e9:.1f} GB, too large to copy; write somewhere else"
            raise OSError(errno.EROFS, message, place)
        private = f"{place}.hone-copy"
        if os.path.isdir(target):
            shutil.copytree(target, private, symlinks=True)
        else:
            shutil.copy2(target, private)
        os.unlink(place)
        os.rename(private, place)
        if not self._noticed:
            self._noticed = True
            shown = os.path.relpath(place, self._tree).replace(os.sep, "/")
            self._notice(f"The script writes to {shown}, which is linked data: it works on a copy of it ({size / 1e6:.1f} MB).")


def _size_of(path: str) -> int:
    if not os.path.isdir(path):
        return os.path.getsize(path)
    return sum(
        os.path.getsize(os.path.join(folder, name))
        for folder, _, names in os.walk(path)
        for name in names
        if os.path.isfile(os.path.join(folder, name))
    )
