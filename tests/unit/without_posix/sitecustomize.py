"""Hides what Windows lacks, in a process that is started with this folder on its path.

All but `fcntl` and `resource`, which are taken by the name of the system (mypy reads the package as there),
and what libraries take so.
"""

import os
import signal
import sys

MODULES = ("grp", "pty", "pwd", "syslog", "termios", "tty")
FUNCTIONS = """
    chown chroot fchdir fchmod fchown fork forkpty getegid geteuid getgid getgroups getpgid getpgrp getsid
    getuid killpg lchown mkfifo nice posix_fallocate pread pwrite setegid seteuid setgid setpgid setsid setuid
    statvfs
""".split()
SIGNALS = ("SIGALRM", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2")

sys.modules |= dict.fromkeys(MODULES)
for place, names in ((os, FUNCTIONS), (signal, (*SIGNALS, "alarm", "pthread_sigmask"))):
    for name in names:
        if hasattr(place, name):
            delattr(place, name)
