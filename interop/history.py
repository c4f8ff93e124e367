"""The one door through which a matrix changes, and the way back through its revisions.

`record` compares the matrix as it stands with a new value and, in one transaction, changes the rows and stores the
revision with its changes. What follows from a revision (the matrix as of a date) is read from its stored value.
"""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from interop import importer
from interop.document import codec
from interop.document import values as v
from interop.document.compare import compare
from interop.document.identity import retire_missing
from interop.exporter import read_matrix
from interop.models import Change, Environment, Matrix, Revision


class StaleMatrix(Exception):
    """Somebody changed the matrix since the version on which an edit was based."""


class EarlierRevision(ValueError):
    """A change that would lie before one recorded already."""


@dataclass(frozen=True)
class Note:
    """What is said of a revision: `effective` since when it is true; `source` the document's bytes as they came."""

    effective: dt.date
    author: str = ""
    message: str = ""
    kind: str = Revision.Kind.CHANGE
    user: User | None = None
    source_url: str = ""
    source_name: str = ""
    source: bytes | None = None


def record(
    matrix: Matrix, value: v.Matrix, note: Note, *, seen: int | None = None, old: v.Matrix | None = None
) -> Revision | None:
    """Make the matrix say `value` and store the revision; None where nothing changes.

    Environments the value leaves out are retired. `seen` is the version an edit was based on; `old` what the rows say,
    for a caller that holds the matrix locked and has read it. Raises StaleMatrix where
    the matrix has moved on, EarlierRevision where a revision is effective after the note's date, and django's
    ValidationError for rows that would not be valid.
    """
    with transaction.atomic():
        if not matrix.raise_version(seen):
            raise StaleMatrix(f"{matrix.title} was changed by somebody else meanwhile.")
        old = old or read_matrix(matrix)
        new = retire_missing(old, value, retirement_of(note))
        changes = compare(old if matrix.revisions.exists() else None, new)
        if not changes and new == old:
            return None
        _refuse_earlier(matrix, note)
        importer.load(matrix, new, old)
        return _store(matrix, new, changes, note)


def retirement_of(note: Note) -> v.Retirement:
    """How an environment is retired that a revision leaves out."""
    return v.Retirement(note.effective, note.message or "It left the matrix.")


def _refuse_earlier(matrix: Matrix, note: Note) -> None:
    last = matrix.revisions.aggregate(last=Max("effective"))["last"]
    if last and note.effective < last:
        raise EarlierRevision(
            f"{note.effective.isoformat()} lies before {last.isoformat()}, the day of the last recorded change."
            " Write that day or a later one."
        )


def _store(matrix: Matrix, value: v.Matrix, changes: tuple[v.Change, ...], note: Note) -> Revision:
    number = (matrix.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    revision = Revision(matrix=matrix, number=number, value=codec.dump(value), **vars(note))
    revision.full_clean(exclude=["value"])
    revision.save()
    keys = dict(Environment.objects.filter(matrix=matrix).values_list("slug", "pk"))
    rows = [
        Change(
            revision=revision,
            environment_id=keys.get(one.environment),
            position=position,
            name=one.name,
            what=one.what,
            field=one.field,
            old=one.old,
            new=one.new,
        )
        for position, one in enumerate(changes, 1)
    ]
    Change.objects.bulk_create(rows)
    return revision


def value_of(revision: Revision) -> v.Matrix:
    """The whole matrix as a revision left it."""
    return codec.load(v.Matrix, revision.value)


def as_of(matrix: Matrix, date: dt.date) -> Revision | None:
    """The revision in force on a date; None before the first. Costs one query."""
    return Revision.objects.filter(matrix=matrix).as_of(date).first()
