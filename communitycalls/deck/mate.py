"""A second process for one deck: it lays out and paints its share of the slides, so that two cores draw one deck.

A process that draws forks its mate once it knows the slides. Both take slides from one pipe of tickets until none is
left; then the mate sends what it drew and ends. Whatever ends it early costs time, not slides: what it did not send is
drawn by the first. Only processes that a worker limits and that have no threads may have a mate.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import socket
import struct
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communitycalls.deck.bounds import end_with, limit_memory
from communitycalls.deck.outcome import DeckError
from communitycalls.deck.progress import Desk, Note

if TYPE_CHECKING:
    from communitycalls.deck.easel import Drawn, Easel
    from communitycalls.deck.slides import Slide

TICKET = struct.Struct(">H")
NOTED_SECONDS = 0.2
FEWEST = 6  # slides that pay for a second process
MEMORY = 128 * 2**20

Share = dict[int, "list[tuple[Slide, Drawn]]"]


@dataclass
class Leave:
    """Whether this process may have a mate, and whether it ends after one job: who forks it says so."""

    is_given: bool = False
    is_last: bool = False


LEAVE = Leave()


@dataclass(frozen=True)
class Mate:
    """The second process, the way to it, and how far it came."""

    pid: int
    way: socket.socket
    note: Note

    def share(self) -> Share:
        """What it drew, by ticket; nothing where it ended early. It has ended then."""
        while not select.select([self.way], [], [], NOTED_SECONDS)[0]:
            Desk.at(self.note.read())  # who waits too long waits for that slide
        with self.way:
            found = b"".join(iter(lambda: self.way.recv(1 << 20), b""))
        status = os.waitpid(self.pid, 0)[1]
        result: Share = pickle.loads(found) if found and status == 0 else {}
        return result

    def end(self) -> None:
        self.way.close()
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def draw_together(easel: Easel, slides: Sequence[Slide]) -> None:
    """Draw slides onto an easel, beside a mate where that is allowed and pays. Raises what drawing raises.

    Afterwards the easel holds all but those that the mate could not draw.
    """
    new = [slide for slide in dict.fromkeys(slides) if not easel.holds(slide)]
    if not LEAVE.is_given or len(new) < FEWEST or _cores() < 2:
        return
    easel.paint(new[0])  # what is loaded for the first of all slides both then have
    if LEAVE.is_last:
        gc.freeze()  # nobody looks for garbage in what both processes have: it stays shared memory
    try:
        tickets = _tickets(len(new))
    except OSError:  # the system has no files left: then alone
        return
    mate = _fork(easel, new, tickets)
    try:
        if mate is not None:
            _share_out(easel, new, tickets, mate)
    finally:
        os.close(tickets)


def _share_out(easel: Easel, slides: Sequence[Slide], tickets: int, mate: Mate) -> None:
    paint = easel.paint_for_good if LEAVE.is_last else easel.paint
    try:
        for place in _taken(tickets):
            paint(slides[place])
    except BaseException:
        mate.end()
        raise
    for place, drawn in mate.share().items():
        easel.hold(slides[place], drawn)


def _cores() -> int:
    """How many this process may use; 1 where the system does not tell."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _tickets(count: int) -> int:
    """The reading end of a pipe with a ticket for each slide but the first."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(TICKET.pack(place) for place in range(1, count)))
    os.close(writing)
    return reading


def _taken(tickets: int) -> Iterator[int]:
    """Places of slides to draw, until nobody has any left."""
    while ticket := os.read(tickets, TICKET.size):
        yield TICKET.unpack(ticket)[0]


def _fork(easel: Easel, slides: Sequence[Slide], tickets: int) -> Mate | None:
    """A mate; None where the system has no process, file or memory left for one."""
    parent = os.getpid()
    try:
        note = Note()
        ours, theirs = socket.socketpair()
    except OSError:
        return None
    try:
        pid = os.fork()
    except OSError:
        ours.close()
        theirs.close()
        return None
    if pid == 0:
        ours.close()
        gc.freeze()
        LEAVE.is_given, Desk.note = False, note
        _work(easel, slides, tickets, theirs, parent)
    theirs.close()
    return Mate(pid, ours, note)


def _work(easel: Easel, slides: Sequence[Slide], tickets: int, way: socket.socket, parent: int) -> None:
    """The life of a mate. Never returns."""
    code = 1
    try:
        end_with(parent)
        with suppress(OSError):  # where it is not told what it has
            limit_memory(MEMORY)
        share: Share = {}
        with suppress(DeckError, MemoryError, RecursionError):
            for place in _taken(tickets):
                share[place] = easel.sendable(slides[place])
        way.sendall(pickle.dumps(share))
        code = 0
    except MemoryError:  # what it drew is too large to be sent
        pass
    except Exception:  # whatever it is, the first process draws the slides
        traceback.print_exc()
    finally:
        os._exit(code)
