"""Seconds that a script takes in a process that has its imports, as a median: one number."""

import contextlib
import io
import statistics
import sys
import time

with open(sys.argv[1], encoding="utf-8") as file:
    code = compile(file.read(), sys.argv[1], "exec")
seconds = []
for _ in range(10):
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code, {"__name__": "__main__"})
    seconds.append(time.perf_counter() - start)
print(statistics.median(seconds[1:]))
