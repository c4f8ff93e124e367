"""Drawn files kept on disk, so that an unchanged call is drawn once.

A file is named by everything that decides how it looks: the job, and the code, templates and styles that draw it. To
find it without reading the whole call there are notes beside the files: a note is named by versions, of the call and of
all that stands around it, and says which file shows them.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from communitycalls.deck import theme
from communitycalls.deck.job import Drawable
from communitycalls.deck.outcome import DeckError, Drawing, read_answer, write_answer
from communitycalls.deck.render import WORKSHOP

LOG = logging.getLogger(__name__)
HERE = Path(__file__).resolve().parent
TEMPLATES = HERE.parent.parent / "templates" / "deck"
MOST_KEPT, MOST_NOTES = 300, 2000
REFUSAL_SECONDS = 600
PATIENCE_SECONDS = 4  # for a file that somebody else's request has drawn; nearly every one is there by then
BEGUN_ALREADY = "It is being drawn for another reader. Try again in a minute."
UNKEPT = "It was drawn, but the site has no room to keep it. Try again in a minute; the site's log says more."
REFUSED = b'{"error": '
LONGEST_HEAD = 1_000_000


@dataclass(frozen=True)
class Stored:
    """A drawn file on disk: its bytes stand in `path` from `begin` on, `size` of them. `mark` is no other file's."""

    path: Path
    begin: int
    size: int
    mark: str


def drawn(job: Drawable, folder: Path) -> Drawing:
    """The file of a job, from the folder where it was drawn before. Raises DeckError; a refusal is kept for a while."""
    path = folder / f"{key(job)}.drawing"
    if (found := _read(path)) is not None:
        return read_answer(found)
    return _draw(job, path)


def stored(job: Drawable, folder: Path) -> Stored:
    """The file of a job as it lies in the folder, drawn where it was not. Raises DeckError."""
    path = folder / f"{key(job)}.drawing"
    if (found := _find(path)) is not None:
        return found
    if (refusal := _read(path)) is not None:
        read_answer(refusal)
    _draw(job, path)
    try:
        return _found(path)
    except OSError as error:
        raise DeckError(UNKEPT, is_lasting=False) from error


def noted(note: str, job: Callable[[], Drawable], folder: Path) -> Stored:
    """The file that a note leads to; where it leads to none, that of a job, and a note for next time. Raises DeckError.

    `note` tells the versions of everything that the job is made of; the job is made only where it is needed.
    """
    if found := known(note, folder):
        return found
    found = stored(job(), folder)
    with suppress(OSError):  # then it is looked for again
        _write(_note(note, folder), found.path.name.encode("ascii"), MOST_NOTES)
    return found


def known(note: str, folder: Path) -> Stored | None:
    """The file that a note leads to; None where it leads to none."""
    name = _read(_note(note, folder))
    return _find(folder / name.decode("ascii")) if name else None


def _note(note: str, folder: Path) -> Path:
    name = hashlib.sha256(f"{look()}{note}".encode(errors="surrogatepass")).hexdigest()
    return folder / f"{name}.note"


def key(job: Drawable) -> str:
    """A name for a job together with the code, templates and styles that would draw it today."""
    return hashlib.sha256(f"{look()}{job!r}".encode(errors="surrogatepass")).hexdigest()


@lru_cache(maxsize=1)
def look() -> str:
    """A name for all that decides how a call is drawn, beside the call."""
    digest = hashlib.sha256(version("weasyprint").encode())
    folders = (HERE, TEMPLATES, theme.SHEETS, theme.STATIC / "img" / "deck", HERE.parent / "templatetags")
    for folder in folders:
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            digest.update(path.read_bytes())
    return digest.hexdigest()


BEGUN: dict[Path, threading.Event] = {}  # files that threads of this process have drawn now
BEGUN_LOCK = threading.Lock()


def _draw(job: Drawable, path: Path) -> Drawing:
    """Have a file drawn and keep it. Who asks for one that is being drawn gets that, and is not held up for long."""
    ours = threading.Event()
    with BEGUN_LOCK:
        begun = BEGUN.setdefault(path, ours)
    if begun is not ours:
        return _drawn_elsewhere(path, begun)
    try:
        return _draw_first(job, path)
    finally:
        with BEGUN_LOCK:
            del BEGUN[path]
        ours.set()


def _drawn_elsewhere(path: Path, begun: threading.Event) -> Drawing:
    begun.wait(PATIENCE_SECONDS)
    found = _read(path)
    if found is None:
        raise DeckError(BEGUN_ALREADY, is_lasting=False)
    return read_answer(found)


def _draw_first(job: Drawable, path: Path) -> Drawing:
    try:
        drawing = WORKSHOP.ask(job)
    except DeckError as error:
        if error.is_lasting:
            with suppress(OSError):
                _write(path, write_answer(error), MOST_KEPT)
        raise
    try:
        _write(path, write_answer(drawing), MOST_KEPT)
    except OSError:
        LOG.warning("%s cannot be kept.", path, exc_info=True)
    return drawing


def _find(path: Path) -> Stored | None:
    """A file that was drawn before; None where there is none or what is kept is a refusal."""
    try:
        return _found(path)
    except OSError:
        return None


def _found(path: Path) -> Stored:
    """Raises OSError where the file is not there, or holds a refusal."""
    with path.open("rb") as file:
        head = file.readline(LONGEST_HEAD)
        status = path.stat()
    if head.startswith(REFUSED):
        raise FileNotFoundError(path)
    return Stored(path, len(head), status.st_size - len(head), f"{path.stem[:32]}-{status.st_mtime_ns:x}")


def _read(path: Path) -> bytes | None:
    """A kept answer; None where there is none or it is a refusal of long ago."""
    try:
        data = path.read_bytes()
        is_old = time.time() - path.stat().st_mtime > REFUSAL_SECONDS
    except OSError:
        return None
    return None if data.startswith(REFUSED) and is_old else data


def _write(path: Path, data: bytes, most: int) -> None:
    """Keep a file, whole or not at all; at most so many of its kind."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(f".{time.monotonic_ns()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise
    _let_go(path.parent, path.suffix, most)


def _let_go(folder: Path, kind: str, most: int) -> None:
    """Let the oldest go where there are too many: a tenth at once, since a look at each takes longer than a request."""
    with os.scandir(folder) as found:
        names = [one.name for one in found if one.name.endswith(kind)]
    if len(names) > most:
        kept = sorted((folder / name for name in names), key=_age)
        for old in kept[most - most // 10 :]:
            old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    """Seconds since a file was written; one that is gone already is the oldest."""
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return float("inf")
