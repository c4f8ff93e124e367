"""A command that draws, as three processes begun at once, so that nothing waits for what it does not need.

The first stays small and waits. One of its children loads what draws, the other goes on as the command: Django reads
the call, hands over an order for one file and ends, so that its memory is free before drawing needs most. Then the
first gives the job to the child that draws, within the limits of any other and without the site's settings or secrets,
saves the file and says what came of it. A command that hands nothing over does all by itself.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
import time
from contextlib import suppress

from communitycalls.deck import orders, progress

TYPE_CHECKING = False  # a type checker takes it for true; typing itself is large
if TYPE_CHECKING:
    from types import FrameType

FEW = 100_000  # objects between two searches for garbage: a command that ends soon leaves hardly any
INTERRUPTED = 130
STDERR = 2
SIGNALLED = 128  # a shell's way to tell that a signal ended a command
LONGEST_LOG = 100_000  # bytes
FOR_EVER = float("inf")


class Child:
    """A forked process and the way to it; its exit code once it was waited for."""

    def __init__(self, pid: int, way: socket.socket) -> None:
        self.pid, self.way = pid, way
        self.code: int | None = None

    def wait(self) -> int:
        """Its exit code once it ended; of one that a signal ended, that signal with a minus."""
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code

    def end(self) -> None:
        """End it, where it has not ended already."""
        self.way.close()
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            self.wait()


WAITING: list[socket.socket] = []  # in a child: the way to the first process


def begin() -> None:
    """Returns in a child that goes on as the command, or where the system has no files in memory.

    Only for a process without threads, at its very start.
    """
    if not hasattr(os, "memfd_create"):
        return
    _open_closed()
    progress.Desk.note = progress.Note()  # the slide that ended a drawing, for the sentence on it
    gc.set_threshold(FEW)
    gc.freeze()  # what all three know stays shared memory
    log, first = os.memfd_create("log"), os.getpid()
    try:
        drawer = _fork()
    except OSError:  # no process is left for it: all by itself, then
        return
    if drawer is None:
        _wait_and_draw(WAITING.pop(), log, first)
        return
    try:
        command = _fork()
    except OSError:
        drawer.end()
        return
    if command is None:
        drawer.way.close()
        _end_with(first)
        return
    signal.signal(signal.SIGTERM, _stop)
    try:
        code = _serve(command, drawer, log)
    except KeyboardInterrupt:
        code = INTERRUPTED
    finally:
        command.end()
        drawer.end()
    sys.exit(code)


def _end_with(first: int) -> None:
    from communitycalls.deck import bounds  # noqa: PLC0415 -- the first process does not need it

    bounds.end_with(first)


def _open_closed() -> None:
    """Open standard streams that are closed, on nothing: else our own files would get their numbers."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= STDERR:
        os.set_inheritable(number, True)
    os.close(number)
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w"))  # noqa: PTH123, SIM115 -- as long as the process


def _stop(number: int, _frame: FrameType | None) -> None:
    sys.exit(SIGNALLED + number)


def hand_over(job: bytes, path: str, what: str, *, is_dry_run: bool, wall: float) -> None:
    """Leave a pickled `Drawable` to the process that waits for one, and end; returns where none waits.

    It is drawn within so many seconds, into a file that is `what` in words.
    """
    if not WAITING:
        return
    order = {"path": path, "what": what, "is_dry_run": is_dry_run, "wall": wall}
    with WAITING.pop() as way:
        way.sendall(json.dumps(order).encode() + b"\n" + job)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # it has nothing to tidy up, and its memory is wanted


def _fork() -> Child | None:
    """A new child; in the child None, with the way to its parent in WAITING."""
    ours, theirs = socket.socketpair()
    if pid := os.fork():
        theirs.close()
        return Child(pid, ours)
    ours.close()
    WAITING.append(theirs)
    return None


def _serve(command: Child, drawer: Child, log: int) -> int:
    """Wait for the command, do what it hands over, and give the exit code. The log is for unforeseen ends alone."""
    head, _, job = (_read(command.way, FOR_EVER) or b"").partition(b"\n")
    if not job:
        return _shown(command.wait())
    order = json.loads(head)
    answer = _draw(drawer, job, order.pop("wall"))
    if drawer.wait() >= 0:
        sys.stderr.write(os.pread(log, LONGEST_LOG, 0).decode(errors="replace"))
    return _shown(command.wait()) or _fill(answer, **order)


def _shown(code: int) -> int:
    """An exit code as a shell has it."""
    return code if code >= 0 else SIGNALLED - code


def _draw(drawer: Child, job: bytes, wall: float) -> bytes:
    """The answer to a job; one with a sentence where the process ends without one."""
    result: bytes | None = b""
    with suppress(OSError):  # it ended: its status tells why
        drawer.way.sendall(job)
        drawer.way.shutdown(socket.SHUT_WR)
        result = _read(drawer.way, time.monotonic() + wall)
    if result is None:
        drawer.end()
    status = drawer.wait()
    return result if result and status == 0 else _why(status)


def _why(status: int) -> bytes:
    """The answer for a process that ended so."""
    from communitycalls.deck import bounds, outcome  # noqa: PLC0415 -- too large to be there while something is drawn

    return outcome.write_answer(outcome.DeckError(progress.Desk.told(bounds.ENDS.get(-status, bounds.UNKNOWN))))


def _fill(answer: bytes, path: str, what: str, *, is_dry_run: bool) -> int:
    """Save what was drawn, say what came of it as the command would, and give the exit code."""
    head, _, pdf = answer.partition(b"\n")
    told = json.loads(head)
    if "error" in told:
        return _complain(told["error"])
    try:
        sentence = orders.fill(path, what, pdf, told["pages"], is_dry_run=is_dry_run)
    except orders.UnwritableError as error:
        return _complain(str(error))
    remarks = [orders.remark(slide, text) for slide, text in told["remarks"]]
    return orders.say("".join(f"{line}\n" for line in (*remarks, sentence)))


def _complain(sentence: str) -> int:
    sys.stderr.write(f"CommandError: {sentence}\n")
    return 1


def _read(way: socket.socket, deadline: float) -> bytes | None:
    """All that comes; None where it is not at its end in time."""
    found = bytearray()
    while (left := deadline - time.monotonic()) > 0:
        if select.select([way], [], [], None if left == FOR_EVER else left)[0]:
            piece = way.recv(1 << 20)
            if not piece:
                return bytes(found)
            found += piece
    return None


def _read_ahead() -> None:
    """Load what nearly every job wants, while it is not there yet: a second process for it finds it loaded, too."""
    from PIL import Image  # noqa: PLC0415 -- in the process that draws alone

    from communitycalls.deck import compose, draw, markup  # noqa: F401, PLC0415 -- likewise

    draw.read_templates()
    markup.ground()
    Image.preinit()


def _wait_and_draw(way: socket.socket, log: int, first: int) -> None:
    """The life of the process that draws. Never returns."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends it
        os.dup2(log, 1)  # whatever prints, prints to the log
        os.dup2(log, 2)
        from communitycalls.deck import bounds, child, mate, worker  # noqa: PLC0415 -- beside the command, and not in the first

        bounds.end_with(first)
        for name in set(os.environ).difference(bounds.PASSED_ON):
            del os.environ[name]
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        gc.disable()
        worker.prepare(tidy=False)
        _read_ahead()
        job = _read(way, FOR_EVER)
        bounds.limit_memory()
        bounds.limit_time(bounds.CPU_SECONDS)
        mate.LEAVE.is_given = mate.LEAVE.is_last = True
        if job:
            way.sendall(child.work(job)[0])
        code = 0
    except Exception as error:  # the last fence of a process of its own: the first has a sentence, the log wants more
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        os._exit(code)
