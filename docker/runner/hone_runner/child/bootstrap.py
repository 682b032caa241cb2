"""First code of a script's process: reads its job from standard input, which is then at its end for the script too."""

import json
import os
import sys

# The folder of this file must not stand on the path: its modules would hide others. Its package's folder is safe.
sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from hone_runner.child.entry import run_job  # noqa: E402

if __name__ == "__main__":
    run_job(json.load(sys.stdin))
