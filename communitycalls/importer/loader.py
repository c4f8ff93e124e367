"""From values to rows: a call document is loaded in one transaction, again and again, without doubles or losses.

The last document a call was read from stands as `CallSource`: its bytes, and its value with the numbers of the rows.
A newer document is merged with that value and with the rows, so that what editors added here stays.
"""

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q

from communitycalls import history
from communitycalls.access import sees_minutes
from communitycalls.document.values import AgendaItem, CallDocument, Question
from communitycalls.exporter import read_call
from communitycalls.importer.acts import find_series, keep_releases, link_changes
from communitycalls.importer.checks import refuse_nul, store
from communitycalls.importer.merge import Standing, merge
from communitycalls.importer.rows import apply, find_environments
from communitycalls.models import Call, CallSource, Series
from communitycalls.schedule import start_of
from interop.document import DocumentError, Remark, codec

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
    """`call` is "series/date", as in the call's address."""

    result: Result
    call: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class _Coming:
    """A document on its way in, with what was remarked of it so far."""

    document: CallDocument
    source: bytes | None
    name: str
    now: dt.datetime
    remarks: tuple[Remark, ...]


def load(
    document: CallDocument,
    *,
    name: str,
    now: dt.datetime,
    series: Series | None = None,
    draft: bool = False,
    source: bytes | None = None,
) -> Report:
    """Bring a document in, in one transaction. `source` is the file it was read from, `name` the file's name.

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
        coming = _Coming(document, source, name, now, remarks)
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
    apply(replace(document, start=call.start, timezone=call.timezone, duration=call.duration), call)
    _, missing = link_changes(call, document.matrix_changes)
    _finish(call, document, coming)
    return Report(Result.READ, _address(call), coming.remarks + missing)


def _load_again(coming: _Coming, call: Call) -> Report:
    last = call.sources.first()
    base = codec.load(CallDocument, last.value) if last else None
    ours = read_call(call, whole=True)
    merged = merge(base, ours, coming.document, standing_of(call))
    raised = _raise_status(call, base.status if base else Call.Status.DRAFT, coming)
    linked, missing = link_changes(call, coming.document.matrix_changes)
    changed = bool(raised or linked or merged.document != ours)
    if changed:
        apply(merged.document, call)
    _finish(call, merged.base, coming)
    result = Result.CHANGED if changed else Result.UNCHANGED
    return Report(result, _address(call), coming.remarks + merged.remarks + missing + raised)


def _raise_status(call: Call, before: str, coming: _Coming) -> tuple[Remark, ...]:
    """Raise a call's state where the document speaks for another than last time; it is never lowered."""
    wanted = coming.document.status
    if wanted == before or call.status not in LADDER or LADDER.index(wanted) <= LADDER.index(call.status):
        return ()
    remark = Remark(None, f"The call was {call.get_status_display().lower()} here and is {wanted} now.")
    published = call.published_at or _published(wanted, coming.now)
    store(call, f"The call of {call.date}", status=wanted, published_at=published)
    return (remark,)


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
    history.record(call, None, f"Read from {coming.name}.")
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
