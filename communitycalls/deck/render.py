"""A call as a PDF, drawn by a worker process that a hostile text may break without harm to the site.

There is one worker to a process of the site, started when first needed; any number of threads may ask it. It is found
dead, replaced and asked again where it ended between two jobs.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from communitycalls.deck.bounds import PASSED_ON, Limits
from communitycalls.deck.child import LENGTH, draw_alone
from communitycalls.deck.job import Drawable, Job
from communitycalls.deck.outcome import DeckError, Drawing, read_answer
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.worker import NO_BENCH
from communitycalls.document.values import CallDocument

HOME = Path(__file__).resolve().parent.parent.parent
NO_FILE = "It could not be drawn: no temporary file can be written: {}. Try again in a minute."
GONE = "It could not be drawn: the worker that draws does not answer. The site's log says more."
START_SECONDS = 30


class WorkerGoneError(Exception):
    """The worker ended without an answer."""


def render(kind: str, call: CallDocument, setting: DeckSetting, places: Places) -> Drawing:
    """A call as one of `job.KINDS`. Raises DeckError with a sentence."""
    return WORKSHOP.ask(Job(kind, call, setting, places))


def draw_here(job: Drawable) -> Drawing:
    """The answer to a job for a command that draws and ends, which needs no worker. Raises DeckError."""
    is_alone = threading.active_count() == 1  # a process with threads must not fork
    return read_answer(draw_alone(job)) if is_alone else WORKSHOP.ask(job)


class Workshop:
    """The worker of this process and the way to it, for all its threads. A job has its limits, in seconds."""

    def __init__(self, cpu_seconds: int = 0, wall_seconds: int = 0, queue_seconds: int = 0) -> None:
        usual = Limits()
        self._limits = Limits(cpu_seconds or usual.cpu, wall_seconds or usual.wall, queue_seconds or usual.queue)
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._calls: socket.socket | None = None
        self._owner = 0
        atexit.register(self.close)

    def ask(self, job: Drawable) -> Drawing:
        """The answer to a job. Raises DeckError: from the worker, or where others are before it for too long.

        Jobs of the same call share what was laid out before.
        """
        bench = bench_of(job)
        with _written(pickle.dumps(job)) as file:
            for _ in range(2):
                with suppress(WorkerGoneError):
                    return read_answer(self._exchange(bench, file.fileno()))
        raise DeckError(GONE, is_lasting=False)

    def _exchange(self, bench: str, job: int) -> bytes:
        os.lseek(job, 0, os.SEEK_SET)
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._call(bench, [job, theirs.fileno()])
            limits = self._limits
            deadline = time.monotonic() + START_SECONDS + limits.queue + 2 * limits.wall
            (length,) = LENGTH.unpack(_read(ours, LENGTH.size, deadline))
            return _read(ours, length, deadline)

    def _call(self, bench: str, files: list[int]) -> None:
        name = hashlib.sha256(bench.encode(errors="surrogatepass")).hexdigest().encode() if bench else NO_BENCH
        with self._lock:
            try:
                socket.send_fds(self._running(), [name], files)
            except OSError as error:
                self.close()
                raise WorkerGoneError from error

    def _running(self) -> socket.socket:
        """The way to the worker, started where there is none yet; one that a parent process started is not ours."""
        if self._owner != os.getpid():
            self._worker, self._calls, self._owner = None, None, os.getpid()
        if self._calls is None or self._worker is None or self._worker.poll() is not None:
            self.close()
            self._worker, self._calls = start(self._limits)
        return self._calls

    def close(self) -> None:
        """End the worker and its children, if they are ours."""
        worker, calls, self._worker, self._calls = self._worker, self._calls, None, None
        if worker is None or calls is None or self._owner != os.getpid():
            return
        calls.close()
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def _written(data: bytes) -> IO[bytes]:
    """A file without a name that holds so much. Raises DeckError where there is no room for one."""
    try:
        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 -- who asked for it closes it
        file.write(data)
    except OSError as error:
        raise DeckError(NO_FILE.format(error.strerror), is_lasting=False) from error
    return file


def bench_of(job: Drawable) -> str:
    """The name of the call that a job is of; "" for none."""
    call = getattr(job, "call", None)
    return f"{call.series}/{call.address}" if isinstance(call, CallDocument) else ""


def start(limits: Limits) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """A worker that knows where fonts are and nothing of the site's settings, and the way to it."""
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    ours, theirs = socket.socketpair()
    arguments = [str(number) for number in (theirs.fileno(), limits.cpu, limits.wall, limits.queue)]
    with theirs:
        worker = subprocess.Popen(
            [sys.executable, "-m", "communitycalls.deck.worker", *arguments],
            stdin=subprocess.DEVNULL,
            cwd=HOME,
            env=environment,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
    return worker, ours


def _read(source: socket.socket, length: int, deadline: float) -> bytes:
    """So many bytes from a socket. Raises WorkerGoneError at its end and where the deadline passes."""
    found = bytearray()
    while len(found) < length:
        source.settimeout(max(deadline - time.monotonic(), 0.01))
        try:
            piece = source.recv(min(length - len(found), 1 << 20))
        except OSError as error:
            raise WorkerGoneError from error
        if not piece:
            raise WorkerGoneError
        found += piece
    return bytes(found)


WORKSHOP = Workshop()
