"""From values to rows: a call document is loaded in one transaction, again and again, without doubles or losses.

The last document a call was read from stands as `CallSource`: its bytes, and its value with the numbers of the rows.
A newer document is merged with that value and with the rows, so that what editors added here stays. What both changed
stays as it is here and becomes an open conflict. What editors have not published yet no import publishes.
"""

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q

from communitycalls import history
from communitycalls.access import sees_minutes
from communitycalls.document.values import AgendaItem, CallDocument, Question
from communitycalls.exporter import read_call
from communitycalls.importer import conflicts
from communitycalls.importer.acts import find_series, keep_releases, link_changes
from communitycalls.importer.checks import refuse_nul, store
from communitycalls.importer.merge import Merged, Standing, holds_more, merge
from communitycalls.importer.plain import Shown, show
from communitycalls.importer.rows import apply, find_environments
from communitycalls.models import Call, CallSource, Conflict, Series
from communitycalls.schedule import start_of
from interop.document import DocumentError, Remark, codec

RECORDED = ("entries", "questions", "releases")
PLANNED = ("links", "agenda", *RECORDED, "attendance")
STAYS_DRAFT = "The call stays a draft, as editors work on it here: announce it at the desk when it is ready."
STAYS_HELD = "The minutes are not final yet, as editors began them here: look them over and finalise them at the desk."
LADDER = (Call.Status.DRAFT, Call.Status.ANNOUNCED, Call.Status.LIVE, Call.Status.HELD, Call.Status.FINAL)

T = TypeVar("T", AgendaItem, Question)


class Result(StrEnum):
    """What became of a document: `read` made a new call."""

    READ = "read"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Report:
    """`call` is "series/date", as in the call's address; `conflicts`, in `remarks` too, wait for a decision."""

    result: Result
    call: str
    remarks: tuple[Remark, ...] = ()
    conflicts: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class _Coming:
    """A document on its way in, with what was remarked of it so far."""

    document: CallDocument
    source: bytes | None
    name: str
    now: dt.datetime
    remarks: tuple[Remark, ...]
    user: AbstractBaseUser | None = None
    prefer: Conflict.State | None = None


def load(
    document: CallDocument,
    *,
    name: str,
    now: dt.datetime,
    series: Series | None = None,
    draft: bool = False,
    source: bytes | None = None,
    user: AbstractBaseUser | None = None,
    prefer: Conflict.State | None = None,
) -> Report:
    """Bring a document in, in one transaction. `source` is the file it was read from, `name` the file's name.

    `user` is who brings it in. `prefer` decides all conflicts of the call at once, KEPT or TAKEN; without, they wait.

    Without `series` the one the document names is taken, or made. With `draft` the call's state is left alone and a
    new call stays a draft. Raises DocumentError with a sentence; then nothing is changed.
    """
    refuse_nul(document)
    with transaction.atomic():
        series = series or find_series(document)
        document, remarks = _known_places(replace(document, series=series.slug))
        plan = _plan(document, series)
        rows = Call.objects.select_for_update().filter(series=series, date=document.date, ordinal=document.ordinal)
        call = rows.first()
        document = replace(document, status=_status(document, call or plan, draft, now))
        coming = _Coming(document, source, name, now, remarks, user, prefer)
        return _load_again(coming, call) if call else _load_new(coming, plan)


def _plan(document: CallDocument, series: Series) -> Call:
    """An unsaved call of the document; what it does not say (time, zone, length) comes from the series."""
    zone = document.timezone if document.start else series.timezone
    try:
        start = document.start or start_of(document.date, series.start_time, zone)
    except ValueError as error:
        raise DocumentError(str(error)) from error
    said = document.duration != CallDocument.duration
    return Call(
        series=series,
        date=document.date,
        ordinal=document.ordinal,
        title=document.title,
        start=start,
        timezone=zone,
        duration=document.duration if said else series.duration,
    )


def _status(document: CallDocument, call: Call, draft: bool, now: dt.datetime) -> str:
    """The state the document speaks for: final with minutes, held without, announced before the call's end."""
    if draft:
        return Call.Status.DRAFT
    start = document.start or call.start
    if start + dt.timedelta(minutes=call.duration) > now:
        return Call.Status.ANNOUNCED
    minuted = document.minutes.entries or document.questions or document.minutes.status in ("draft", "final")
    return Call.Status.FINAL if minuted else Call.Status.HELD


def _load_new(coming: _Coming, call: Call) -> Report:
    document = coming.document
    published = _published(document.status, coming.now)
    store(call, f"The call of {document.date}", status=document.status, published_at=published)
    timed = replace(document, start=call.start, timezone=call.timezone)
    apply(replace(timed, duration=call.duration), call)
    _, missing = link_changes(call, document.matrix_changes)
    _finish(call, timed, coming)
    return Report(Result.READ, _address(call), coming.remarks + _untimed(document, call) + missing)


def _untimed(document: CallDocument, call: Call) -> tuple[Remark, ...]:
    """What is said of a start that the document does not say."""
    if document.start:
        return ()
    usual = f"{call.series.start_time:%H:%M} {call.series.timezone}"
    return (Remark(None, f"No time of day is said: the call is taken to start at {usual}, as its series does."),)


def _load_again(coming: _Coming, call: Call) -> Report:
    last = call.sources.first()
    base = codec.load(CallDocument, last.value) if last else None
    ours = read_call(call, whole=True)
    merged = merge(base, ours, coming.document, standing_of(call))
    raised, told = _raise_status(call, base, ours, coming)
    linked, missing = link_changes(call, coming.document.matrix_changes)
    changed = bool(raised or linked or merged.document != ours)
    if changed:
        apply(merged.document, call)
    _finish(call, merged.base, coming)
    open_ones = _keep_conflicts(call, merged, coming)
    both = tuple(Remark(None, one.sentence) for one in open_ones)
    result = Result.CHANGED if changed or call.version != _version(call) else Result.UNCHANGED
    return Report(result, _address(call), coming.remarks + both + missing + told, open_ones)


def _keep_conflicts(call: Call, merged: Merged, coming: _Coming) -> tuple[Shown, ...]:
    """The conflicts of an import as rows; those that are decided at once are told as they were before."""
    rows = conflicts.keep(call, merged.conflicts, merged.document, merged.base, coming.now)
    told = tuple(show(one, merged.document, row.pk) for row, one in rows)
    if coming.prefer:
        conflicts.decide(call, call.conflicts.still_open(), coming.prefer, user=coming.user, now=coming.now)
    return told


def _version(call: Call) -> int:
    """The version as it is now. Costs one query."""
    return Call.objects.values_list("version", flat=True).get(pk=call.pk)


def _raise_status(
    call: Call, base: CallDocument | None, ours: CallDocument, coming: _Coming
) -> tuple[bool, tuple[Remark, ...]]:
    """Raise a call's state where the document speaks for another than last time; it is never lowered.

    What editors wrote here and have not published stays with them: then the state is raised no further than that.
    """
    before = base.status if base else Call.Status.DRAFT
    wanted, remarks = coming.document.status, tuple[Remark, ...]()
    if wanted == before or call.status not in LADDER or LADDER.index(wanted) <= LADDER.index(call.status):
        return False, ()
    if call.status == Call.Status.DRAFT and holds_more(ours, base, PLANNED):
        return False, (Remark(None, STAYS_DRAFT),)
    if wanted == Call.Status.FINAL and holds_more(ours, base, RECORDED):
        wanted, remarks = Call.Status.HELD, (Remark(None, STAYS_HELD),)
    if wanted == call.status:
        return False, remarks
    remark = Remark(None, f"The call was {call.get_status_display().lower()} here and is {wanted} now.")
    published = call.published_at or _published(wanted, coming.now)
    store(call, f"The call of {call.date}", status=wanted, published_at=published)
    return True, (remark, *remarks)


def _published(status: str, now: dt.datetime) -> dt.datetime | None:
    return None if status == Call.Status.DRAFT else now


def standing_of(call: Call) -> dict[str, Standing]:
    """For `merge`: the numbers that were used before, and the rows that carry what no document holds.

    Costs three queries.
    """
    highest = history.highest_numbers(call)
    items = call.agenda.exclude(Q(private_notes="") & Q(carried_from=None) & Q(carried=None))
    entries = call.entries.exclude(Q(closed_in=None) & Q(supersedes=None) & Q(superseded=None))
    held = {"agenda": items.values_list("number", flat=True), "entries": entries.values_list("number", flat=True)}
    return {key: Standing(number, frozenset(held.get(key, ()))) for key, number in highest.items()}


def _finish(call: Call, base: CallDocument, coming: _Coming) -> None:
    """Keep what follows from the rows as they are now: releases, the revision, the source with its value."""
    if sees_minutes(AnonymousUser(), call):
        keep_releases(call)
    history.record(call, coming.user, f"Read from {coming.name}.")
    value, last = codec.dump(base), call.sources.first()
    if coming.source is None or (last and bytes(last.data) == coming.source and last.value == value):
        return
    store(CallSource(call=call), f"The file {coming.name!r}", name=coming.name, data=coming.source, value=value)


def _known_places(document: CallDocument) -> tuple[CallDocument, tuple[Remark, ...]]:
    """The document without environments that are not here, and a remark for each of those."""
    known = find_environments(document)
    holders: tuple[AgendaItem | Question, ...] = (*document.agenda, *document.questions)
    named = dict.fromkeys(place for one in holders for place in one.environments if place not in known)
    remarks = (Remark(None, f"{place!r} is no environment here; it was left out.") for place in named)
    agenda = tuple(_only(item, known) for item in document.agenda)
    questions = tuple(_only(question, known) for question in document.questions)
    return replace(document, agenda=agenda, questions=questions), tuple(remarks)


def _only(one: T, known: Container[str]) -> T:
    return replace(one, environments=tuple(place for place in one.environments if place in known))


def _address(call: Call) -> str:
    return f"{call.series.slug}/{call.address}"
