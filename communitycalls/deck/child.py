"""The life of a process that draws: one job, or as many as come, each with an answer that is a file or a sentence."""

from __future__ import annotations

import gc
import io
import os
import pickle
import select
import signal
import socket
import struct
import time
import traceback
from contextlib import suppress

from communitycalls.deck.bounds import (
    ENDS,
    NO_PROCESS,
    PAGE_BYTES,
    PASSED_ON,
    TOO_DEEP,
    TOO_LARGE,
    UNKNOWN,
    Limits,
    end_with,
    limit_memory,
    limit_time,
    pages,
)
from communitycalls.deck.job import Drawable
from communitycalls.deck.loading import quick_import
from communitycalls.deck.mate import LEAVE
from communitycalls.deck.outcome import DeckError, write_answer
from communitycalls.deck.progress import Desk, Note
from communitycalls.deck.setting import Places

LENGTH = struct.Struct(">Q")
GROWN = 100 * 2**20
QUIET_SECONDS = 0.5
WRITING, FREE = b"w", b"f"


def work(job: Drawable | bytes) -> tuple[bytes, bool]:
    """The answer to a job, pickled or not, every failure a sentence; and whether this process is sound still."""
    Desk.at("")
    try:
        read: Drawable = pickle.loads(job) if isinstance(job, bytes) else job
        know_own_pictures(read)
        return write_answer(read.draw()), True
    except DeckError as error:
        return write_answer(error), True
    except (MemoryError, SystemError):  # a C call that got no memory may end in SystemError
        return write_answer(DeckError(Desk.told(TOO_LARGE))), False
    except RecursionError:
        return write_answer(DeckError(Desk.told(TOO_DEEP))), False
    except Exception:  # the last fence of a process of its own: the log gets the traceback, the editor a sentence
        traceback.print_exc()
        return write_answer(DeckError(Desk.told(UNKNOWN))), False


def know_own_pictures(job: Drawable) -> None:
    """Tell this process, which has no site's settings, where the site of a job has its own pictures."""
    from django.conf import settings  # noqa: PLC0415 -- the worker is light until it prepares

    places = getattr(job, "places", None)
    if isinstance(places, Places):
        settings.MEDIA_URL, settings.STATIC_URL = places.media_url, places.static_url


def send(answer: socket.socket, data: bytes) -> None:
    answer.sendall(LENGTH.pack(len(data)) + data)


def do_jobs(channel: socket.socket, cpu_seconds: int, *, keep: bool) -> None:
    """A child's life: one job, or where it is kept as many as come until it grew too much. Never returns."""
    code = 1
    try:
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        gc.disable()
        limit_memory()
        LEAVE.is_given = True
        born = pages(1) * PAGE_BYTES
        while _do_job(channel, cpu_seconds) and keep and pages(1) * PAGE_BYTES - born < GROWN:
            channel.send(FREE)
            if not select.select([channel], [], [], QUIET_SECONDS)[0]:  # who asks again at once does not wait for this
                gc.collect()
        code = 0
    finally:
        os._exit(code)


def _do_job(channel: socket.socket, cpu_seconds: int) -> bool:
    """One job; False where none comes any more or this process should do no other."""
    said, files, _, _ = socket.recv_fds(channel, 1, 2)
    if not said:
        return False
    limit_time(cpu_seconds)
    with os.fdopen(files[0], "rb") as job:
        result, is_sound = work(job.read())
    with socket.socket(fileno=files[1]) as answer, suppress(OSError):
        channel.send(WRITING)
        send(answer, result)
    return is_sound


def draw_alone(job: Drawable, limits: Limits | None = None) -> bytes:
    """The answer to one job by a child of this very process, within the same limits: for a command that draws and ends.

    The child shares what this process loaded and needs no worker; it is for processes without threads.
    """
    limits = limits or Limits()
    quick_import()
    gc.freeze()
    ours, theirs = socket.socketpair()
    Desk.note = note = Note()
    parent = os.getpid()
    with ours:
        with theirs:
            try:
                pid = os.fork()
            except OSError:
                return write_answer(DeckError(NO_PROCESS, is_lasting=False))
            if pid == 0:
                ours.close()
                _alone(job, theirs, limits.cpu, parent)
        result, status = _wait(pid, ours, time.monotonic() + limits.wall)
    return result if result and status == 0 else write_answer(DeckError(note.told(ENDS.get(-status, UNKNOWN))))


def _wait(pid: int, answer: socket.socket, deadline: float) -> tuple[bytes | None, int]:
    """What a child answers and its exit code; it is ended at the deadline, and where this process is ended itself."""
    result = None
    try:
        result = read_until(answer, deadline)
    finally:
        if result is None:
            os.kill(pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return result, status


def _alone(job: Drawable, answer: socket.socket, cpu_seconds: int, parent: int) -> None:
    code = 1
    try:
        end_with(parent)
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        for name in set(os.environ).difference(PASSED_ON):
            del os.environ[name]
        gc.disable()
        limit_memory()
        limit_time(cpu_seconds)
        LEAVE.is_given = LEAVE.is_last = True
        answer.sendall(work(job)[0])
        code = 0
    finally:
        os._exit(code)


def read_until(source: socket.socket, deadline: float) -> bytes | None:
    """All a socket gives; None where it is not at its end in time."""
    found = io.BytesIO()
    while (left := deadline - time.monotonic()) > 0:
        if select.select([source], [], [], left)[0]:
            piece = source.recv(1 << 20)
            if not piece:
                return found.getvalue()
            found.write(piece)
    return None
