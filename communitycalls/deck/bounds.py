"""What a process that draws may take, how it is held to that, and what is said where it wants more."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

CPU_SECONDS, WALL_SECONDS, QUEUE_SECONDS = 9, 10, 25
MEMORY = 320 * 2**20
ARENAS_MAX = -8  # M_ARENA_MAX of mallopt(3), glibc: any thread would reserve 64 MiB, and Pango begins some
PASSED_ON = ("PATH", "HOME", "LANG", "TZDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "LD_LIBRARY_PATH")
PAGE_BYTES = resource.getpagesize()
DIES_WITH_ITS_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2), Linux

TOO_LONG = "It takes too long to draw and was stopped. Shorten it: very long tables, words and lists take long."
TOO_LARGE = "It needs more memory to draw than it may have. Shorten it, or use smaller pictures."
TOO_DEEP = "It nests lists or quotes too deep to be drawn. Make them flatter."
UNKNOWN = "It could not be drawn: something in it is not understood. The site's log says more."
BUSY = "Other files are being drawn. Try again in a minute."
NO_PROCESS = "It could not be drawn: the system has no process left for it. Try again in a minute."

# what a signal that ended a child says of its job; C libraries abort where they get no memory
ENDS: dict[int, str] = {
    signal.SIGXCPU: TOO_LONG,
    signal.SIGKILL: TOO_LONG,
    signal.SIGABRT: TOO_LARGE,
    signal.SIGTRAP: TOO_LARGE,
    signal.SIGSEGV: TOO_LARGE,
}


@dataclass(frozen=True)
class Limits:
    """What a job may take, and how long it may wait for others, all in seconds."""

    cpu: int = CPU_SECONDS
    wall: int = WALL_SECONDS
    queue: int = QUEUE_SECONDS


def limit_memory(most: int = MEMORY) -> None:
    """So many bytes of memory beyond what is used now, for this process and for good."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(ARENAS_MAX, 1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if used := pages(0) * PAGE_BYTES:
        most_of_all = _at_most(resource.RLIMIT_AS, used + most)
        resource.setrlimit(resource.RLIMIT_AS, (most_of_all, most_of_all))


def limit_time(cpu_seconds: int) -> None:
    """So much CPU time from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soon = int(used.ru_utime + used.ru_stime) + cpu_seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (_at_most(resource.RLIMIT_CPU, soon), hard))


def _at_most(kind: int, wanted: int) -> int:
    """So much, or what the system allows where that is less: nobody may raise that again."""
    hard = resource.getrlimit(kind)[1]
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


def end_with(parent: int) -> None:
    """Let this process be killed when the parent that just forked it ends, however that comes. Linux alone can."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(DIES_WITH_ITS_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def pages(place: int) -> int:
    """Memory pages of this process: 0 all that is mapped, 1 what is in memory. 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text(encoding="ascii").split()[place]) if statm.exists() else 0
