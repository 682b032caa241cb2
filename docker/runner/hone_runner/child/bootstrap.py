"""First code of a script's process: reads its job from standard input, which is then at its end for the script too."""

import os
import sys

# The folder of this file must not stand on the path: its modules would hide others. Its package's folder is safe.
sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from hone_runner.child.entry import equip, read_job, run_job  # noqa: E402

if __name__ == "__main__":
    job = read_job()
    equipment = equip()
    if "preload" in job:
        from hone_runner.child.end_fork import run_to_end
        from hone_runner.child.fork_scripts import fork_scripts

        # Returns once for each script, in the fork that is to run it.
        job = fork_scripts(job)
        run_to_end(lambda: run_job(job, equipment), job["tree"])
    run_job(job, equipment)
