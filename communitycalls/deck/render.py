"""A call as a PDF, drawn by a worker process that a hostile text may break without harm to the site.

There is one worker to a process of the site, started when first needed; jobs queue. It is found dead, replaced and
asked again where it ended between two jobs.
"""

from __future__ import annotations

import atexit
import os
import pickle
import select
import subprocess
import sys
import threading
import time
from pathlib import Path

from communitycalls.deck.job import Drawable, Job
from communitycalls.deck.outcome import DeckError, Drawing, read_answer
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.worker import LENGTH
from communitycalls.document.values import CallDocument

HOME = Path(__file__).resolve().parent.parent.parent
QUEUE_SECONDS = 60
GONE = "It could not be drawn: the worker that draws does not answer. The site's log says more."
START_SECONDS = 30
PASSED_ON = ("PATH", "HOME", "LANG", "TZDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "LD_LIBRARY_PATH")


class WorkerGoneError(Exception):
    """The worker ended without an answer."""


def render(kind: str, call: CallDocument, setting: DeckSetting, places: Places) -> Drawing:
    """A call as one of `job.KINDS`. Raises DeckError with a sentence."""
    return WORKSHOP.ask(Job(kind, call, setting, places))


class Workshop:
    """The worker of this process and the way to it. A job may take so many seconds of CPU time and of waiting."""

    def __init__(self, cpu_seconds: int = 20, wall_seconds: int = 40) -> None:
        self._cpu_seconds, self._wall_seconds = cpu_seconds, wall_seconds
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._owner = 0
        atexit.register(self.close)

    def ask(self, job: Drawable) -> Drawing:
        """The answer to a job. Raises DeckError: from the worker, or where others wait for it too long."""
        if not self._lock.acquire(timeout=QUEUE_SECONDS):
            raise DeckError("Other files are being drawn. Try again in a minute.", is_lasting=False)
        try:
            return read_answer(self._ask(pickle.dumps(job)))
        finally:
            self._lock.release()

    def _ask(self, job: bytes) -> bytes:
        for _ in range(2):
            try:
                return self._exchange(self._running(), job)
            except (WorkerGoneError, BrokenPipeError):
                self.close()
        raise DeckError(GONE, is_lasting=False)

    def _exchange(self, worker: subprocess.Popen[bytes], job: bytes) -> bytes:
        if worker.stdin is None or worker.stdout is None:
            raise WorkerGoneError
        worker.stdin.write(LENGTH.pack(len(job)) + job)
        worker.stdin.flush()
        deadline = time.monotonic() + self._wall_seconds + START_SECONDS
        (length,) = LENGTH.unpack(_read(worker.stdout.fileno(), LENGTH.size, deadline))
        return _read(worker.stdout.fileno(), length, deadline)

    def _running(self) -> subprocess.Popen[bytes]:
        """The worker, started where there is none yet; one that a parent process started is not ours."""
        if self._owner != os.getpid():
            self._worker, self._owner = None, os.getpid()
        if self._worker is None or self._worker.poll() is not None:
            self.close()
            self._worker = start(self._cpu_seconds, self._wall_seconds)
        return self._worker

    def close(self) -> None:
        """End the worker, if it is ours."""
        worker, self._worker = self._worker, None
        if worker is None or self._owner != os.getpid():
            return
        worker.kill()
        worker.communicate()


def start(cpu_seconds: int, wall_seconds: int) -> subprocess.Popen[bytes]:
    """A worker that knows where fonts are and nothing of the site's settings."""
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "communitycalls.deck.worker", str(cpu_seconds), str(wall_seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=HOME,
        env=environment,
        start_new_session=True,
    )


def _read(source: int, length: int, deadline: float) -> bytes:
    """So many bytes from a pipe. Raises WorkerGoneError at its end and where the deadline passes."""
    found = bytearray()
    while len(found) < length:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([source], [], [], left)[0]:
            raise WorkerGoneError
        piece = os.read(source, min(length - len(found), 1 << 20))
        if not piece:
            raise WorkerGoneError
        found += piece
    return bytes(found)


WORKSHOP = Workshop()
