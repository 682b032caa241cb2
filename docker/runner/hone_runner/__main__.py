"""`python -m hone_runner serve` for a supervisor, `look`, `recheck` and `relay` to look into a trial, else for a person."""

import sys

if __name__ == "__main__":
    command = sys.argv[1:2]
    if command == ["serve"]:
        from .serve import serve

        sys.exit(serve())
    if command == ["look"]:
        from .look import look

        sys.exit(look(sys.argv[2], sys.argv[3]))
    if command == ["recheck"]:
        from .recheck import recheck

        sys.exit(recheck(sys.argv[2]))
    if command == ["relay"]:
        from .relay import relay

        sys.exit(relay(int(sys.argv[2])))
    from .plain import run_plain

    sys.exit(run_plain(sys.argv[1:]))
