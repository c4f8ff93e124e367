"""What becomes of a drawn file that a command wanted. Light, for a process that must stay small: see `early`."""

import os


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


def save(path: str, data: bytes) -> None:
    """Write a file, whole or not at all. Raises UnwritableError."""
    part = f"{path}.part"
    try:
        with open(part, "wb") as file:  # noqa: PTH123 -- pathlib is large, and this is all it would be loaded for
            file.write(data)
        os.replace(part, path)  # noqa: PTH105 -- likewise
    except OSError as error:
        raise UnwritableError(f"{path!r} cannot be written: {error.strerror}.") from error
