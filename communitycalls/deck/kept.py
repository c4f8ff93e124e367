"""Drawn files kept on disk, so that an unchanged call is drawn once: by everything that decides how it looks."""

from __future__ import annotations

import hashlib
import time
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from communitycalls.deck import theme
from communitycalls.deck.job import Job
from communitycalls.deck.outcome import DeckError, Drawing, read_answer, write_answer
from communitycalls.deck.render import WORKSHOP

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE.parent.parent / "templates" / "deck"
MOST_KEPT = 300
REFUSAL_SECONDS = 600
REFUSED = b'{"error": '


def drawn(job: Job, folder: Path) -> Drawing:
    """The file of a job, from the folder where it was drawn before. Raises DeckError; a refusal is kept for a while."""
    path = folder / f"{key(job)}.drawing"
    if (found := _read(path)) is not None:
        return read_answer(found)
    try:
        drawing = WORKSHOP.ask(job)
    except DeckError as error:
        if error.is_lasting:
            _write(path, write_answer(error))
        raise
    _write(path, write_answer(drawing))
    return drawing


def key(job: Job) -> str:
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


def _read(path: Path) -> bytes | None:
    """A kept answer; None where there is none or it is a refusal of long ago."""
    try:
        data = path.read_bytes()
        is_old = time.time() - path.stat().st_mtime > REFUSAL_SECONDS
    except OSError:
        return None
    return None if data.startswith(REFUSED) and is_old else data


def _write(path: Path, data: bytes) -> None:
    """Keep an answer, whole or not at all, and let the oldest go."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(f".{time.monotonic_ns()}.part")
    part.write_bytes(data)
    part.replace(path)
    kept = sorted(path.parent.glob("*.drawing"), key=_age)
    for old in kept[MOST_KEPT:]:
        old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    """Seconds since a file was written; one that is gone already is the oldest."""
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return float("inf")
