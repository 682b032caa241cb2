"""`python -m hone_runner serve` for a supervisor, `python -m hone_runner` for a person."""

import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        from .serve import serve

        sys.exit(serve())
    from .plain import run_plain

    sys.exit(run_plain(sys.argv[1:]))
