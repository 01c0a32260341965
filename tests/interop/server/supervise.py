"""Runs a program and sees to it that nothing of it stays behind.

python supervise.py PROGRAM [ARGUMENT...]

The program gets a process group of its own. SIGTERM, or the death of whoever started this, ends it in
order and after half a minute by force; SIGUSR1 kills it at once, as a crash would. When it has ended,
what is left of its group is killed: the Python processes of a Triton may outlive it.
"""

import ctypes
import os
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1
PATIENCE_SECONDS = 30

libc = ctypes.CDLL(None)


def prepare():
    os.setpgid(0, 0)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def kill_group(*_):
    try:
        os.killpg(program.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def stop(*_):
    program.terminate()
    signal.alarm(PATIENCE_SECONDS)


libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
program = subprocess.Popen(sys.argv[1:], preexec_fn=prepare)
# The terminal's Ctrl-C reaches this too; whoever started it decides what follows.
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGALRM, kill_group)
signal.signal(signal.SIGUSR1, kill_group)
code = program.wait()
kill_group()
sys.exit(code if code >= 0 else 128 - code)
