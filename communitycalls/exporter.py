"""From rows to values. A constant number of queries, however many calls and rows there are."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from communitycalls.document import values as v
from communitycalls.models import (
    AgendaItem,
    Answer,
    Attendance,
    Call,
    Link,
    MinutesEntry,
    Outlook,
    Presenter,
    Question,
    RecordedChange,
    Speaker,
)
from interop.document import codec
from interop.document.values import Unread
from interop.models import Environment


def read_call(call: Call, *, whole: bool) -> v.CallDocument:
    """The call as a value; without `whole` neither its minutes nor anything that follows them in the value.

    Costs at most 13 queries (`whole`) or 5. What is prefetched on the instance already is not read again.
    """
    return read_calls([call], whole=whole)[0]


def read_calls(calls: Iterable[Call], *, whole: bool) -> list[v.CallDocument]:
    """Many calls as values, in their order, for as many queries as one."""
    rows = list(calls)
    prefetch_related_objects(rows, "series", "links", *_planned())
    if not whole:
        return [_plan(row) for row in rows]
    prefetch_related_objects(rows, *_recorded())
    return [_whole(row) for row in rows]


def _planned() -> "tuple[Prefetch[str], ...]":
    return (
        Prefetch("agenda__presenter_rows", Presenter.objects.select_related("person")),
        Prefetch("agenda__environments", Environment.objects.select_related("matrix")),
    )


def _recorded() -> "tuple[Prefetch[str], ...]":
    return (
        Prefetch("entries", MinutesEntry.objects.select_related("assignee")),
        Prefetch("entries__speaker_rows", Speaker.objects.select_related("person")),
        Prefetch("questions", Question.objects.select_related("asked_by")),
        Prefetch("questions__answers", Answer.objects.select_related("speaker")),
        Prefetch("questions__environments", Environment.objects.select_related("matrix")),
        Prefetch("outlooks", Outlook.objects.select_related("channel")),
        Prefetch("attendance", Attendance.objects.select_related("person")),
        Prefetch("recorded_changes", changes()),
    )


def changes() -> QuerySet[RecordedChange]:
    """Recorded changes with all a value needs, without what their revisions carry: a whole matrix and its source."""
    rows = RecordedChange.objects.select_related("change__environment", "change__revision__matrix")
    return rows.defer("change__revision__value", "change__revision__source")


def _plan(call: Call) -> v.CallDocument:
    return v.CallDocument(
        series=call.series.slug,
        date=call.date,
        title=call.title,
        start=call.start,
        timezone=call.timezone,
        duration=call.duration,
        ordinal=call.ordinal,
        status=call.status,
        introduction=call.introduction,
        links=tuple(_link(row) for row in call.links.all()),
        agenda=tuple(_item(row) for row in call.agenda.all()),
    )


def _whole(call: Call) -> v.CallDocument:
    items = {item.pk: item.number for item in call.agenda.all()}
    return replace(
        _plan(call),
        minutes=v.Minutes(
            status=minutes_status(call),
            introduction=call.minutes_introduction,
            entries=tuple(_entry(row, items) for row in call.entries.all()),
        ),
        questions=tuple(_question(row) for row in call.questions.all()),
        releases=tuple(_release(row) for row in call.outlooks.all()),
        matrix_changes=tuple(_change(row) for row in call.recorded_changes.all()),
        attendance=tuple(_attendance(row) for row in call.attendance.all()),
        unread=tuple(codec.load(Unread, line) for line in call.unread),
    )


def minutes_status(call: Call) -> str:
    """absent, placeholder, draft or final. Costs up to four queries unless the call's records are prefetched."""
    if call.has_final_minutes:
        return "final"
    records = (call.entries, call.questions, call.recorded_changes, call.attendance)
    if call.minutes_introduction or any(rows.all() for rows in records):
        return "draft"
    return "placeholder" if call.minutes_promised else "absent"


def _link(row: Link) -> v.Link:
    return v.Link(row.kind, row.label, row.url, row.details)


def _item(row: AgendaItem) -> v.AgendaItem:
    return v.AgendaItem(
        number=row.number,
        title=row.title,
        kind=row.kind,
        body=row.body,
        minutes=row.minutes,
        presenters=tuple(one.person.name for one in row.presenter_rows.all()),
        environments=_environments(row.environments.all()),
        slide_notes=row.slide_notes,
    )


def _environments(rows: Iterable[Environment]) -> tuple[str, ...]:
    return tuple(sorted(f"{row.matrix.slug}/{row.slug}" for row in rows))


def _entry(row: MinutesEntry, items: dict[int, int]) -> v.MinutesEntry:
    return v.MinutesEntry(
        number=row.number,
        text=row.text,
        kind=row.kind,
        speakers=tuple(one.person.name for one in row.speaker_rows.all()),
        agenda_item=items.get(row.agenda_item_id or 0),
        offset=row.offset,
        assignee=row.assignee.name if row.assignee else "",
        due=row.due,
    )


def _question(row: Question) -> v.Question:
    return v.Question(
        number=row.number,
        text=row.text,
        asked_by=row.asked_by.name if row.asked_by else None,
        state=row.state,
        answers=tuple(v.Answer(one.speaker.name if one.speaker else "", one.text) for one in row.answers.all()),
        environments=_environments(row.environments.all()),
    )


def _release(row: Outlook) -> v.Release:
    return v.Release(
        number=row.number,
        channel=row.channel.name if row.channel else None,
        version=row.version or None,
        date=row.date,
        outlook=row.outlook,
        kind=row.kind or None,
        highlights=row.highlights,
        granularity=row.granularity or None,
    )


def _change(row: RecordedChange) -> v.MatrixChange:
    change = row.change
    return v.MatrixChange(
        number=row.number,
        matrix=change.revision.matrix.slug,
        environment=change.environment.slug if change.environment else "",
        name=change.name,
        what=change.what,
        field=change.field,
        old=change.old,
        new=change.new,
        kind=change.revision.kind,
        note=change.revision.message,
    )


def _attendance(row: Attendance) -> v.Attendance:
    return v.Attendance(row.person.name, row.role)
