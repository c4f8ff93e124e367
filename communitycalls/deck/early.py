"""A process that draws, forked before Django starts, so that both load side by side: for a command that draws.

It does one job within the limits of any other, knows nothing of the site's settings or secrets, and ends with the
command at the latest.
"""

from __future__ import annotations

import atexit
import gc
import os
import pickle
import signal
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communitycalls.deck.job import Drawable
    from communitycalls.deck.worker import Limits

FEW = 100_000  # objects between two searches for garbage: a command that ends soon leaves hardly any


@dataclass
class Hand:
    """The process and the way to it."""

    pid: int
    way: socket.socket

    def draw(self, job: Drawable, limits: Limits) -> bytes:
        """The answer to its one job."""
        from communitycalls.deck import worker  # noqa: PLC0415 -- nothing is loaded before the fork
        from communitycalls.deck.outcome import DeckError, write_answer  # noqa: PLC0415 -- likewise

        with self.way:
            with suppress(OSError):  # it ended: its status tells why
                self.way.sendall(pickle.dumps(job))
                self.way.shutdown(socket.SHUT_WR)
            result = worker.read_until(self.way, time.monotonic() + limits.wall)
        if result is None:
            os.kill(self.pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        if result and status == 0:
            return result
        return write_answer(DeckError(worker.ENDS.get(-status, worker.UNKNOWN)))

    def end(self) -> None:
        self.way.close()
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


READY: list[Hand] = []


def begin() -> None:
    """Fork the process. Only for a process without threads, at its very start."""
    gc.set_threshold(FEW)
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        ours.close()
        _wait_and_draw(theirs)
    theirs.close()
    READY.append(Hand(pid, ours))
    atexit.register(_end)


def take() -> Hand | None:
    """The process, where there is one that did no job yet."""
    return READY.pop() if READY else None


def _end() -> None:
    for hand in READY:
        hand.end()


def _wait_and_draw(way: socket.socket) -> None:
    """The life of the process. Never returns."""
    code = 1
    try:
        from communitycalls.deck import worker  # noqa: PLC0415 -- beside the command, not before it

        for name in set(os.environ).difference(worker.PASSED_ON):
            del os.environ[name]
        os.dup2(2, 1)  # whatever prints, prints to the log
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command ends it
        gc.disable()
        worker.prepare()
        from communitycalls.deck import compose, handout, paper  # noqa: F401, PLC0415 -- a job would wait for them

        job = worker.read_until(way, float("inf"))
        worker.limit_memory()
        worker.limit_time(worker.CPU_SECONDS)
        if job:
            way.sendall(worker.work(job)[0])
        code = 0
    finally:
        os._exit(code)
