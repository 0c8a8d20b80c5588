"""Runs one command and prints its seconds, its peak resident memory as the system counts it, and its exit code.

`timed.py OUTPUT COMMAND…`; OUTPUT takes what the command writes. A process of its own, because a new process is never told to have
taken less memory than the one it was started from: this one imports next to nothing.
"""
import os
import sys
import time

_, output, *words = sys.argv
flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
files = [
    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
    (os.POSIX_SPAWN_OPEN, 1, output, flags, 0o600),
    (os.POSIX_SPAWN_DUP2, 1, 2),
]
start = time.perf_counter()
child = os.posix_spawnp(words[0], words, os.environ, file_actions=files)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - start
print(seconds, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
