"""Points in a matrix's history as people name them: a date, a revision, or an occasion (`call:series/date`)."""

import datetime as dt
from dataclasses import dataclass

from interop.history import as_of
from interop.models import Matrix, Revision
from interop.occasions import moment_of


@dataclass(frozen=True)
class Point:
    """A matrix at one moment. `revision` is None before the first; `date` is the day asked for; `now` says today."""

    date: dt.date
    revision: Revision | None
    now: bool = False


def read_date(text: str) -> dt.date:
    """An ISO date. Raises ValueError with a sentence."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no date. Write it like 2021-05-11.") from error


def read_point(matrix: Matrix, text: str) -> Point:
    """The point that `2021-05-11`, `revision:4` or a registered word names. Raises ValueError with a sentence."""
    word, colon, rest = text.partition(":")
    if not colon:
        return at_date(matrix, read_date(text))
    if word == "revision":
        return at_revision(matrix, rest)
    return at_date(matrix, moment_of(word, rest))


def at_date(matrix: Matrix, date: dt.date) -> Point:
    return Point(date, as_of(matrix, date))


def at_revision(matrix: Matrix, text: str) -> Point:
    """The point of a revision's number. Raises ValueError with a sentence."""
    row = (
        matrix.revisions.filter(number=int(text)).first()
        if text.isascii() and text.isdigit() and len(text) < 9
        else None
    )
    if row is None:
        raise ValueError(f"{text!r} is no revision of {matrix.title}. Write a number from its list of changes.")
    return Point(row.effective, row)


def of_query(matrix: Matrix, query: dict[str, str], today: dt.date) -> Point:
    """The point that `at`, `call` (or another registered word) or `revision` of a query names; today without any.

    Raises ValueError with a sentence for a wrong value, or where more than one is given.
    """
    given = [word for word in ("at", "call", "revision") if query.get(word)]
    if len(given) > 1:
        raise ValueError(f"Give one of {' and '.join(given)}, not several.")
    if not given:
        return Point(today, matrix.revisions.first(), now=True)
    text = query[given[0]]
    return read_point(matrix, text if given[0] == "at" else f"{given[0]}:{text}")
