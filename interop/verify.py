"""The proof that a matrix is the sum of its changes.

Every stored change is replayed from nothing, revision by revision, and what follows is held against what each
revision stored and, at the end, against today's rows. Each stored value is sound in itself as well. Nothing is
repaired here.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from interop.document import codec
from interop.document import values as v
from interop.document.compare import NOTHING, compare
from interop.document.identity import labels
from interop.document.replay import replay, retired_last, settled
from interop.exporter import read_matrix
from interop.history import value_of
from interop.models import Change, Matrix, Revision
from interop.soundness import Soundness

CHUNK = 20
LONG = 200
UNFIT = (LookupError, ValueError, TypeError, AttributeError)
"""What a damaged change or value raises when it is applied or read."""

SUMMARIES = (Change.What.ADDED, Change.What.RETIRED, Change.What.CRITERION)
"""Changes whose old text sums up several parts, and so says what follows from others too."""

Part = tuple[tuple[str, str], object]
Told = Mapping[tuple[str, str], object]
Place = tuple[str, str, str, str]
Follow = Mapping[Place, v.Change]
"""The changes that follow from two matrices, by where they are."""


@dataclass(frozen=True)
class Finding:
    """The first thing that is not what follows from the changes. `where` and `what` are words of a sentence."""

    where: str
    what: str
    stored: str
    follows: str

    def __str__(self) -> str:
        return f"{self.where}, {self.what}: stored is {self.stored}, but the changes make it {self.follows}."


@dataclass(frozen=True)
class Unfit(Finding):
    """A change that cannot be applied, a value that cannot be read or is not sound: there is nothing to compare."""

    def __str__(self) -> str:
        return f"{self.where}, {self.what}: {self.stored} {self.follows}."


def verify(matrix: Matrix) -> Finding | None:
    """The first difference between a matrix's history and what is stored of it; None where all agree.

    Reads every revision. Costs a query for every twenty revisions twice, and those of `read_matrix`.
    """
    state, last, soundness, before = NOTHING, NOTHING, Soundness(), None
    rows = matrix.revisions.defer("source").order_by("number").prefetch_related("changes__environment")
    for revision in rows.iterator(chunk_size=CHUNK):
        where, changes = f"Revision {revision.number} of {revision.effective.isoformat()}", _changes(revision)
        try:
            last = value_of(revision)
            stored = settled(last)
            fault = soundness.fault(last, stored)
        except UNFIT as error:
            return Unfit(where, "its whole value", "what is stored", f"is no matrix ({error})")
        after = _after(state, changes)
        if after is None:
            return _unfit(where, state, changes)
        follow = {_place(one): one for one in compare(state, after)}
        found = _misquoted(where, follow, changes) or _first(where, stored, settled(after))
        found = found or (Unfit(where, *fault) if fault else None)
        found = found or _untold(where, follow, changes) or _misplaced(where, before, revision)
        if found:
            return found
        state, before = after, revision
    try:
        today = read_matrix(matrix)
    except UNFIT as error:
        return Unfit("Today’s rows", "all of them", "what is stored", f"is no matrix ({error})")
    today = replace(today, title="") if last is NOTHING else today
    return _first("Today’s rows", retired_last(today), retired_last(last))


def _changes(revision: Revision) -> tuple[v.Change, ...]:
    return tuple(_change(row) for row in sorted(revision.changes.all(), key=lambda one: one.position))


def _change(row: Change) -> v.Change:
    slug = row.environment.slug if row.environment else ""
    return v.Change(row.what, slug, row.name, row.field, row.old, row.new)


def _misplaced(where: str, before: Revision | None, revision: Revision) -> Finding | None:
    """A revision that does not follow the one before, by its number or its day."""
    number = before.number if before else 0
    if revision.number != number + 1:
        return Unfit(where, "its number", "the revision before is", f"{number}, so one is missing")
    if before and revision.effective < before.effective:
        return Unfit(where, "its day", "the revision before is of", f"{before.effective.isoformat()}, which is later")
    return None


# what is wrong with a change itself


def _unfit(where: str, before: v.Matrix, changes: Sequence[v.Change]) -> Finding:
    """Which of the changes is the first that cannot be applied."""
    number = next((n for n in range(1, len(changes)) if _after(before, changes[:n]) is None), len(changes))
    return Unfit(where, f"change {number}", _named(changes[number - 1]), "cannot be applied to what was before")


def _after(before: v.Matrix, changes: Sequence[v.Change]) -> v.Matrix | None:
    """What changes make of a matrix; None where they cannot be applied to it."""
    try:
        return replay(before, changes)
    except UNFIT:
        return None


def _named(change: v.Change) -> str:
    words = (change.name or change.environment or "the matrix", change.what, change.field)
    return f"“{' '.join(word for word in words if word)}”"


def _misquoted(where: str, follow: Follow, changes: Sequence[v.Change]) -> Finding | None:
    """The first change that tells another text than the one it replaced; whole rows and schemes are not held to it."""
    for number, one in enumerate(changes, 1):
        old = follow.get(_place(one), one).old
        if old != one.old and one.what not in SUMMARIES:
            return Finding(where, f"change {number}, what {_named(one)} was before", _shown(one.old), _shown(old))
    return None


def _untold(where: str, follow: Follow, changes: Sequence[v.Change]) -> Finding | None:
    """The first change of a row that no stored change tells, or that one tells of what did not change.

    What a row was rated by criteria that went leaves no other trace.
    """
    rows = {place: one for place, one in follow.items() if one.environment}
    told = {_place(one): one for one in changes if one.environment}
    for place in (*rows, *told):
        if place not in told:
            return Unfit(where, _named(rows[place]), "no change", "tells it, though the row says something else since")
        if place not in rows:
            return Unfit(where, _named(told[place]), "a change", "tells it, though the row says the same as before")
    return None


def _place(change: v.Change) -> Place:
    return change.what, change.environment, change.field, change.name


# what is wrong with a value


def _first(where: str, stored: v.Matrix, follows: v.Matrix) -> Finding | None:
    """The first part of a matrix that is otherwise than what follows."""
    mine, yours = _told(stored), _told(follows)
    for place in (*yours, *(one for one in mine if one not in yours)):
        if mine.get(place) != yours.get(place):
            who, field = place
            return Finding(where, f"{who}, {field}", _shown(mine.get(place)), _shown(yours.get(place)))
    return None


def _told(matrix: v.Matrix) -> Told:
    """A matrix as its parts, by what they are of and their field; what follows from others comes after them."""
    parts = _parts("the matrix", matrix, "sections", "criteria", "known_issues")
    return dict((*parts, *_sections(matrix), *_criteria(matrix), *_ratings(matrix)))


def _parts(who: str, value: v.Matrix | v.Section | v.Environment | v.Criterion, *left: str) -> Iterator[Part]:
    for field in fields(value):
        if field.name not in left:
            yield (who, field.name.replace("_", " ")), getattr(value, field.name)


def _sections(matrix: v.Matrix) -> Iterator[Part]:
    named = labels(matrix.sections)
    yield ("the matrix", "sections"), list(named)
    for label, section in zip(named, matrix.sections, strict=True):
        yield from _parts(f"section “{label}”", section, "environments")
        yield (f"section “{label}”", "environments"), [one.slug for one in section.environments]
        for one in section.environments:
            yield from _parts(f"environment “{one.slug}”", one, "cells")
            yield from (((f"environment “{one.slug}”", cell.criterion), cell.written) for cell in one.cells)


def _criteria(matrix: v.Matrix) -> Iterator[Part]:
    yield ("the matrix", "criteria"), [one.key for one in matrix.criteria]
    for one in matrix.criteria:
        who = f"criterion “{one.key}”"
        yield from _parts(who, one, "levels")
        yield from (((who, f"level “{level.code}”"), level) for level in one.levels)
        yield (who, "levels"), [level.code for level in one.levels]
    yield from ((("known issue", issue.code), issue.definition) for issue in matrix.known_issues)
    yield ("the matrix", "known issues"), [issue.code for issue in matrix.known_issues]


def _ratings(matrix: v.Matrix) -> Iterator[Part]:
    for _, one in matrix.environments():
        for cell in one.cells:
            yield (f"environment “{one.slug}”", f"how {cell.criterion} was understood"), cell.ratings


def _shown(value: object) -> str:
    """A part in words, cut where it is long; what is not there is "nothing"."""
    if value is None or value in ("", (), []):
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(codec.dump(value), ensure_ascii=False, default=str)
    return f"“{text}”" if len(text) <= LONG else f"“{text[:LONG]}…”"
