"""What becomes of a drawn file that a command wanted. Light, for a process that must stay small: see `early`."""

import os
import sys
from contextlib import suppress


class UnwritableError(Exception):
    """A file that cannot be written. The message is a sentence."""


def fill(path: str, what: str, pdf: bytes, pages: int, *, is_dry_run: bool = False) -> str:
    """Save a file, unless nothing is to be written; the sentence that says so. Raises UnwritableError."""
    if not is_dry_run:
        save(path, pdf)
    return f"{path}: {what}, {counted(pages, 'page')}.{would(is_dry_run)}"


def remark(slide: int, text: str) -> str:
    return f"page {slide}: {text}"


def would(is_dry_run: bool) -> str:
    return " Nothing was written: this was a dry run." if is_dry_run else ""


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def say(text: str) -> int:
    """Print a text to a reader who may have gone; the exit code: 0, or 1 where nobody could read it."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or it would be tried again at the end
        if not isinstance(error, BrokenPipeError):
            sys.stderr.write(f"What was done cannot be printed: {error.strerror}.\n")
        return 1
    return 0


def save(path: str, data: bytes) -> None:
    """Write a file, whole or not at all; a device or a pipe is written to. Raises UnwritableError."""
    is_special = os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113 -- as below
    part = path if is_special else f"{path}.part"
    try:
        with open(part, "wb") as file:  # noqa: PTH123 -- pathlib is large, and this is all it would be loaded for
            file.write(data)
        if part != path:
            os.replace(part, path)  # noqa: PTH105 -- likewise
    except OSError as error:
        if part != path:
            _remove(part)
        raise UnwritableError(f"{path!r} cannot be written: {error.strerror}.") from error


def _remove(part: str) -> None:
    with suppress(OSError):
        os.remove(part)  # noqa: PTH107 -- as above
