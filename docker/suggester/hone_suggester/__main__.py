"""Answers questions, one JSON object a line on standard input, each with one line on standard output."""

from __future__ import annotations

import json
import sys
from typing import Any

from .suggest import suggest


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Answer one question; what goes wrong with it is its answer."""
    try:
        return {"id": question["id"], "assignment": suggest(question["request"])}
    except Exception as error:  # The asker decides what becomes of the study.
        return {"id": question.get("id"), "error": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Serve until standard input ends."""
    sys.stdout.write('{"ready": true}\n')
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
