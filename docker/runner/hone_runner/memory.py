"""Tells whether the kernel killed a process for memory, by the counters of the container's control group."""

from __future__ import annotations

_EVENTS = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")
_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
#: Version 1 says "no limit" by a number near the largest one.
_UNLIMITED = 2**60


class MemoryWatch:
    """Counts kills from its making on."""

    def __init__(self) -> None:
        self._before = _oom_kills()

    def killed_for_memory(self) -> bool:
        """Whether the kernel killed any process for memory since."""
        now = _oom_kills()
        return now is not None and self._before is not None and now > self._before

    def describe_kill(self) -> str:
        """Say what a process that died of signal 9 probably died of."""
        limit = _limit_bytes()
        memory = f"its limit of {limit / 2**30:.1f} GB of memory" if limit else "the memory that there is"
        if self.killed_for_memory():
            return (
                f"The script needed more than {memory} and was killed (out of memory); lower the batch size or raise the limit."
            )
        return f"The script was killed from outside (SIGKILL), possibly because it needed more than {memory}."


def _oom_kills() -> int | None:
    for path in _EVENTS:
        for line in (_read(path) or "").splitlines():
            name, _, count = line.partition(" ")
            if name == "oom_kill" and count.strip().isdigit():
                return int(count)
    return None


def _limit_bytes() -> int | None:
    for path in _LIMITS:
        text = (_read(path) or "").strip()
        if text.isdigit() and int(text) < _UNLIMITED:
            return int(text)
    return None


def _read(path: str) -> str | None:
    try:
        with open(path, encoding="ascii") as stream:
            return stream.read()
    except OSError:
        return None
