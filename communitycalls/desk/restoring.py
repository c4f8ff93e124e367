"""Making a call say again what it said at a revision.

The value's lists, texts and numbers come back; the call's address, its state and the matrix changes recorded in it stay
as they are now, for they are acts of their own. Private notes, lineage and uploaded decks are in no value and stay with
their rows; those of rows that go are laid aside, and come back when the row does.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser, User

from communitycalls import aside, history
from communitycalls.access import sees_minutes
from communitycalls.desk.editing import change
from communitycalls.document import values as v
from communitycalls.document.compare import Comparison, compare
from communitycalls.exporter import read_call
from communitycalls.importer import apply, keep_releases
from communitycalls.importer.rows import PROMISES, find_environments
from communitycalls.models import Call, Revision
from communitycalls.schedule import check_zone, start_of

T = TypeVar("T", v.AgendaItem, v.Question)


@dataclass(frozen=True)
class Restoring:
    """What a restore would do: `document` is the call afterwards, `lost` the environments that are no longer here."""

    document: v.CallDocument
    comparison: Comparison
    lost: tuple[str, ...]


def foresee(call: Call, revision: Revision) -> Restoring:
    """What restoring a revision would make of a call. Costs at most 15 queries."""
    now = read_call(call, whole=True)
    then, lost = _known_places(history.read_revision(revision))
    kept = replace(
        then,
        series=now.series,
        date=now.date,
        ordinal=now.ordinal,
        status=now.status,
        matrix_changes=now.matrix_changes,
        start=_start(then, now),
    )
    promised = PROMISES.get(then.minutes.status, call.minutes_promised)
    kept = replace(kept, minutes=replace(then.minutes, status=_minutes_status(kept, promised=promised)))
    return Restoring(kept, compare(now, kept), lost)


def _start(then: v.CallDocument, now: v.CallDocument) -> dt.datetime | None:
    """When the call begins: as then, by the same clock on the day it has now where it was put off since."""
    if then.start is None or then.date == now.date:
        return then.start or now.start
    local = then.start.astimezone(check_zone(then.timezone))
    return start_of(local.date() + (now.date - then.date), local.time(), then.timezone)


def restore(call: Call, revision: Revision, user: User | None, *, seen: int, message: str = "") -> bool:
    """Make the call say what it said at a revision, as a revision of its own; False where it says so already.

    `seen` is the version of the call the editor saw. Raises Clash where somebody saved meanwhile, and DocumentError
    with a sentence where rows no longer allow a value. Then nothing is changed.
    """
    with change(call, user, seen=seen):
        fresh = Call.objects.select_related("series").get(pk=call.pk)
        coming = foresee(fresh, revision).document
        before = _numbers(read_call(fresh, whole=True))
        after = _numbers(coming)
        for row in _rows(fresh, before - after):
            aside.lay(row)
        apply(coming, Call.objects.get(pk=call.pk))
        asides = aside.asides_of(fresh)
        for row in _rows(fresh, after - before):
            aside.give_back(row, asides)
        if sees_minutes(AnonymousUser(), fresh):
            keep_releases(fresh)
        return history.record(fresh, user, message, restored=revision) is not None


def _minutes_status(document: v.CallDocument, *, promised: bool) -> str:
    """What the rows will tell of the minutes, as `exporter.minutes_status` does."""
    if document.status == Call.Status.FINAL:
        return "final"
    minutes = document.minutes
    if minutes.introduction or minutes.entries or document.questions or document.matrix_changes or document.attendance:
        return "draft"
    return "placeholder" if promised else "absent"


def _known_places(document: v.CallDocument) -> tuple[v.CallDocument, tuple[str, ...]]:
    """A value without environments that are no longer here, and those."""
    known = set(find_environments(document))
    holders: tuple[v.AgendaItem | v.Question, ...] = (*document.agenda, *document.questions)
    lost = dict.fromkeys(place for one in holders for place in one.environments if place not in known)
    agenda = tuple(_only(one, known) for one in document.agenda)
    questions = tuple(_only(one, known) for one in document.questions)
    return replace(document, agenda=agenda, questions=questions), tuple(lost)


def _only(one: T, known: set[str]) -> T:
    return replace(one, environments=tuple(place for place in one.environments if place in known))


def _numbers(document: v.CallDocument) -> set[tuple[str, int]]:
    return {(section, number) for section, rows in history.numbers_of(document).items() for number in rows}


def _rows(call: Call, numbers: set[tuple[str, int]]) -> Iterator[aside.Numbered]:
    """The rows of those sections and numbers. Costs up to four queries."""
    wanted: dict[str, list[int]] = {}
    for section, number in sorted(numbers):
        wanted.setdefault(section, []).append(number)
    yield from call.agenda.filter(number__in=wanted.get("agenda", []))
    yield from call.entries.filter(number__in=wanted.get("entries", []))
    yield from call.questions.filter(number__in=wanted.get("questions", []))
    yield from call.outlooks.filter(number__in=wanted.get("releases", []))
