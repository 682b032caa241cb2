"""What there is to know of a kind of objects, so that they are saved and put back in place."""

from __future__ import annotations

from typing import Any, Iterable

#: The content of what is as it was when the loop began.
SAME = object()
#: The content of what is written apart, because it is large.
STORED = object()


class Kind:
    """Objects that have no content of their own, only an identity: those whom a state may refer to."""

    #: Whether others may notice which of two equal objects they have.
    in_place = True

    def parts(self, _value: Any) -> Iterable[tuple[str, Any]]:
        """Labelled objects that it leads to, in the same order in each process."""
        return ()

    def before(self, _value: Any) -> Any:
        """What is remembered of it when the loop begins."""
        return None

    def mark(self, _value: Any, _before: Any) -> str:
        """Text that has to be the same in the process that resumes."""
        return ""

    def content(self, _value: Any, _before: Any) -> Any:
        """Return what is in it now: new containers of what it refers to; SAME or STORED where that is so."""
        return SAME

    def restore(self, value: Any, content: Any) -> None:
        """Put a content back."""
        raise NotImplementedError
