"""The process that draws: apart from the site, without its secrets, its database or its settings.

Started once as `python -m communitycalls.deck.worker`, it loads what drawing needs and then forks children that do the
jobs. A child has little time and memory and gives back a file or a sentence; whatever a hostile text does to it, the
worker and the site live on. Two jobs are done at once, of different calls, so that none keeps the others waiting long.

A child that did a job of a call waits a while for the next of the same call: what it laid out it need not lay out
again. A job comes as a file (a pickle of our own making) with a socket for its answer: a length, a line of JSON and the
file's bytes, never a pickle.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

from communitycalls.deck.bounds import BUSY, ENDS, NO_PROCESS, UNKNOWN, Limits, end_with
from communitycalls.deck.child import FREE, WRITING, do_jobs, send
from communitycalls.deck.loading import quick_import
from communitycalls.deck.outcome import DeckError, write_answer
from communitycalls.deck.progress import Desk, Note

BENCH_BYTES = 64
NO_BENCH = b"0" * BENCH_BYTES
AT_ONCE = 2
MOST_KEPT = 2
KEPT_SECONDS, IDLE_SECONDS = 600, 900


@dataclass
class Call:
    """A job that somebody waits for. `bench` names the call it is of; `until` is when waiting ends."""

    bench: bytes
    job: int
    answer: socket.socket
    until: float

    def close(self) -> None:
        os.close(self.job)
        self.answer.close()


@dataclass
class Child:
    """A forked child, its channel to the worker, how far it came, and the job it does, None while it waits for one."""

    pid: int
    channel: socket.socket
    bench: bytes
    note: Note
    call: Call | None = None
    is_writing: bool = False
    until: float = field(default_factory=lambda: time.monotonic() + KEPT_SECONDS)


class Worker:
    """Forks children, hands jobs to them, and answers for those that die."""

    def __init__(self, calls: socket.socket, limits: Limits) -> None:
        self._calls, self._limits = calls, limits
        self._waiting: deque[Call] = deque()
        self._children: list[Child] = []
        self._is_rehearsed = False

    def serve(self) -> None:
        """Do jobs until nobody is there to ask any more, or nobody asked for a while."""
        asked = time.monotonic()
        while self._children or self._waiting or time.monotonic() - asked < IDLE_SECONDS:
            ready = self._ready()
            if self._calls in ready:
                if not self._take():
                    return
                asked = time.monotonic()
            for child in list(self._children):
                if child.channel in ready and child in self._children:
                    self._hear(child)
            self._stop_late()
            self._hand_out()

    def _ready(self) -> list[socket.socket]:
        """Where something was said; the first time nobody wants anything is time to rehearse."""
        channels = [self._calls, *(child.channel for child in self._children)]
        is_free = not self._is_rehearsed and not self._waiting and not any(child.call for child in self._children)
        ready = select.select(channels, [], [], 0 if is_free else self._patience())[0]
        if ready or not is_free:
            return ready
        self._is_rehearsed = True
        rehearse_quietly()
        return select.select(channels, [], [], self._patience())[0]

    def _patience(self) -> float:
        """How long nothing can happen but a call or a word from a child."""
        ends = [child.until for child in self._children] + [call.until for call in self._waiting]
        return max(min(ends, default=time.monotonic() + IDLE_SECONDS) - time.monotonic(), 0.01)

    def _take(self) -> bool:
        """Take a call; False where nobody calls any more."""
        bench, files, _, _ = socket.recv_fds(self._calls, BENCH_BYTES, 2)
        if len(files) == 2:
            until = time.monotonic() + self._limits.queue
            self._waiting.append(Call(bench, files[0], socket.socket(fileno=files[1]), until))
        return bool(bench)

    def _hand_out(self) -> None:
        """Give waiting jobs to children, as many as may be done at once; those of one call one after the other."""
        for call in list(self._waiting):
            busy = [child for child in self._children if child.call]
            if len(busy) >= AT_ONCE:
                return
            if call.bench == NO_BENCH or all(child.bench != call.bench for child in busy):
                self._waiting.remove(call)
                self._give(call)

    def _give(self, call: Call) -> None:
        kept = [child for child in self._children if child.bench == call.bench and not child.call]
        try:
            child = kept[0] if kept and call.bench != NO_BENCH else self._fork(call)
        except OSError:  # no process, file or memory is left for one
            return refuse(call, DeckError(NO_PROCESS, is_lasting=False))
        child.call, child.is_writing, child.until = call, False, time.monotonic() + self._limits.wall
        try:
            socket.send_fds(child.channel, [b"j"], [call.job, call.answer.fileno()])
        except OSError:  # it ended this moment: its channel tells
            child.until = time.monotonic()

    def _fork(self, call: Call) -> Child:
        ours, theirs = socket.socketpair()
        note, worker = Note(), os.getpid()
        try:
            pid = os.fork()
        except OSError:
            ours.close()
            theirs.close()
            raise
        if pid == 0:
            try:
                end_with(worker)
                Desk.note = note
                self._leave(ours, call)
                do_jobs(theirs, self._limits.cpu, keep=call.bench != NO_BENCH)
            finally:
                os._exit(1)
        theirs.close()
        child = Child(pid, ours, call.bench, note)
        self._children.append(child)
        return child

    def _leave(self, *others: socket.socket | Call) -> None:
        """In a new child: let go of everything that belongs to the worker and to others; its own job comes to it."""
        calls = [child.call for child in self._children if child.call]
        for one in (self._calls, *(child.channel for child in self._children), *calls, *self._waiting, *others):
            one.close()

    def _hear(self, child: Child) -> None:
        """What a child says: that it writes its answer, that it is free for a next job, or nothing as it ended."""
        said = b""
        with suppress(ConnectionResetError):  # it ended with a job unread
            said = child.channel.recv(16)
        if not said:
            self._bury(child)
        if WRITING in said:
            child.is_writing = True
        if FREE in said and child.call:
            child.call.close()
            child.call, child.until = None, time.monotonic() + KEPT_SECONDS
            idle = [one for one in self._children if not one.call]
            for one in sorted(idle, key=lambda one: one.until)[: max(len(idle) - MOST_KEPT, 0)]:
                self._end(one)

    def _bury(self, child: Child) -> None:
        status = os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1])
        child.channel.close()
        self._children.remove(child)
        if child.call and not child.is_writing:
            refuse(child.call, DeckError(child.note.told(ENDS.get(-status, UNKNOWN))))
        elif child.call:
            child.call.close()
        child.note.close()

    def _stop_late(self) -> None:
        """End children whose time is up, busy or idle, and send away those who waited too long."""
        now = time.monotonic()
        for child in [child for child in self._children if child.until <= now]:
            self._end(child)
        for call in [call for call in self._waiting if call.until <= now]:
            self._waiting.remove(call)
            refuse(call, DeckError(BUSY, is_lasting=False))

    def _end(self, child: Child) -> None:
        os.kill(child.pid, signal.SIGKILL)
        self._bury(child)


def refuse(call: Call, error: DeckError) -> None:
    """Answer a call that no child answers."""
    with suppress(OSError):
        send(call.answer, write_answer(error))
    call.close()


def prepare(*, tidy: bool = True) -> None:
    """Load what every job needs, so that children share it. To `tidy` takes a while, which many children repay."""
    from django.conf import settings  # noqa: PLC0415 -- the worker has no site's settings: these are its own

    settings.configure(USE_I18N=False, USE_TZ=True)
    quick_import()
    from communitycalls.deck import pdf  # noqa: PLC0415 -- once it was imported quickly

    pdf.warm()
    if tidy:
        gc.collect()
    gc.freeze()


def rehearse_quietly() -> None:
    """Draw a small deck, so that children find all loaded that drawing needs: the half of a first deck's time."""
    from communitycalls.deck.rehearsal import rehearse  # noqa: PLC0415 -- once WeasyPrint was imported quickly

    rehearse()
    gc.collect()
    gc.freeze()


def main() -> None:
    """Arguments: the number of the socket that calls come from, and the limits."""
    number, *limits = map(int, sys.argv[1:])
    os.dup2(2, 1)  # whatever prints, prints to the log
    prepare()
    Worker(socket.socket(fileno=number), Limits(*limits)).serve()


if __name__ == "__main__":
    main()
