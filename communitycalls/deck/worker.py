"""The process that draws: apart from the site, without its secrets, its database or its settings.

Started once as `python -m communitycalls.deck.worker`, it loads what drawing needs and then forks a child for every
job. The child has little time and memory and gives back a file or a sentence; whatever a hostile text does to it, the
worker and the site live on. Jobs come on standard input and answers go to standard output, each with its length
before it: a job is a pickle of our own making, an answer a line of JSON and the file's bytes, never a pickle.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import select
import signal
import struct
import sys
import time
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from communitycalls.deck.job import Drawable
from communitycalls.deck.outcome import DeckError, write_answer

LENGTH = struct.Struct(">Q")
IDLE_SECONDS = 900
MEMORY = 640 * 2**20
PAGE_BYTES = resource.getpagesize()

TOO_LONG = "It takes too long to draw and was stopped. Shorten it: very long tables, words and lists take long."
TOO_LARGE = "It needs more memory to draw than it may have. Shorten it, or use smaller pictures."
TOO_DEEP = "It nests lists or quotes too deep to be drawn. Make them flatter."
UNKNOWN = "It could not be drawn: something in it is not understood. The site's log says more."

# what a signal that ended a child says of its job; C libraries abort where they get no memory
ENDS: dict[int, str] = {
    signal.SIGXCPU: TOO_LONG,
    signal.SIGKILL: TOO_LONG,
    signal.SIGABRT: TOO_LARGE,
    signal.SIGTRAP: TOO_LARGE,
    signal.SIGSEGV: TOO_LARGE,
}


def work(job: Drawable) -> bytes:
    """The answer to a job; every failure becomes a sentence."""
    try:
        return write_answer(job.draw())
    except DeckError as error:
        return write_answer(error)
    except (MemoryError, SystemError):  # a C call that got no memory may end in SystemError
        return write_answer(DeckError(TOO_LARGE))
    except RecursionError:
        return write_answer(DeckError(TOO_DEEP))
    except Exception:  # the last fence of a process of its own: the log gets the traceback, the editor a sentence
        traceback.print_exc()
        return write_answer(DeckError(UNKNOWN))


def limit(cpu_seconds: int) -> None:
    """Little time and little memory, for this process and for good."""
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * PAGE_BYTES if _has_statm() else 0
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if used:
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))


def _has_statm() -> bool:
    return Path("/proc/self/statm").exists()


def in_child(job: bytes, cpu_seconds: int, wall_seconds: int) -> bytes:
    """The answer to a job, worked out by a forked child within its limits."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(job, writing, cpu_seconds)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        result = _read_until(pipe, time.monotonic() + wall_seconds)
    if result is None:
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return result if result and status == 0 else write_answer(DeckError(ENDS.get(-status, UNKNOWN)))


def _child(job: bytes, writing: int, cpu_seconds: int) -> None:
    """Do the job and end; never returns."""
    code = 1
    try:
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        limit(cpu_seconds)
        gc.disable()
        result = work(pickle.loads(job))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(result)
        code = 0
    finally:
        os._exit(code)


def _read_until(pipe: Any, deadline: float) -> bytes | None:
    """All a pipe gives; None where it is not at its end in time."""
    found = bytearray()
    while (left := deadline - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            piece = pipe.read(1 << 16)
            if not piece:
                return bytes(found)
            found += piece
    return None


def serve(jobs: BinaryIO, answers: BinaryIO, cpu_seconds: int, wall_seconds: int) -> None:
    """Answer jobs until none come any more, or none came for a while."""
    while select.select([jobs], [], [], IDLE_SECONDS)[0]:
        head = jobs.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return
        result = in_child(jobs.read(LENGTH.unpack(head)[0]), cpu_seconds, wall_seconds)
        answers.write(LENGTH.pack(len(result)) + result)
        answers.flush()


def prepare() -> None:
    """Load what every job needs, so that children share it."""
    from django.conf import settings  # noqa: PLC0415 -- the worker has no site's settings: these are its own

    settings.configure(USE_I18N=False, USE_TZ=True)
    quick_import()
    gc.collect()
    gc.freeze()


def quick_import() -> None:
    """Import WeasyPrint without its search for library names no Linux has, which starts a compiler each time."""
    import ctypes.util  # noqa: PLC0415 -- only here

    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        from communitycalls.deck import pdf  # noqa: PLC0415 -- loads WeasyPrint
    except OSError:
        ctypes.util.find_library = find
        from communitycalls.deck import pdf  # noqa: PLC0415 -- loads WeasyPrint
    finally:
        ctypes.util.find_library = find
    pdf.warm()


def main() -> None:
    """Arguments: the seconds of CPU time and of waiting that a job may take."""
    cpu_seconds, wall_seconds = map(int, sys.argv[1:])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints to the log
    prepare()
    serve(os.fdopen(0, "rb"), answers, cpu_seconds, wall_seconds)


if __name__ == "__main__":
    main()
