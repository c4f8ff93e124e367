"""A call as JSON: the shape of `call.json` and of the API. Keys and shapes are a contract; they only grow."""

import datetime as dt
from typing import NotRequired, TypedDict

from communitycalls.document import values as v


class LinkPayload(TypedDict):
    kind: str
    label: str
    url: str


class AgendaItemPayload(TypedDict):
    number: int
    title: str
    kind: str
    body: str
    minutes: int | None
    presenters: list[str]
    environments: list[str]


class MinutesEntryPayload(TypedDict):
    number: int
    kind: str
    text: str
    speakers: list[str]
    agenda_item: int | None
    offset: int | None


class MinutesPayload(TypedDict):
    status: str
    introduction: str
    entries: list[MinutesEntryPayload]


class AnswerPayload(TypedDict):
    speaker: str
    text: str


class QuestionPayload(TypedDict):
    number: int
    asked_by: str | None
    text: str
    state: str
    answers: list[AnswerPayload]
    environments: list[str]


class ReleasePayload(TypedDict):
    channel: str | None
    version: str | None
    date: str | None
    outlook: str
    kind: str | None
    highlights: str


class MatrixChangePayload(TypedDict):
    matrix: str
    environment: str
    what: str
    field: str
    old: str
    new: str
    kind: str
    note: str


class AttendancePayload(TypedDict):
    name: str
    role: str


class UnreadPayload(TypedDict):
    line: int
    text: str


class CallPayload(TypedDict):
    """Dates are ISO, `start` is UTC; texts are Markdown. What is not required is for readers of the minutes alone."""

    series: str
    date: str
    title: str
    start: str | None
    timezone: str
    status: str
    links: list[LinkPayload]
    agenda: list[AgendaItemPayload]
    minutes: NotRequired[MinutesPayload]
    questions: NotRequired[list[QuestionPayload]]
    releases: NotRequired[list[ReleasePayload]]
    matrix_changes: NotRequired[list[MatrixChangePayload]]
    attendance: NotRequired[list[AttendancePayload]]
    unread: NotRequired[list[UnreadPayload]]


def call_payload(document: v.CallDocument, *, whole: bool) -> CallPayload:
    """A call for JSON; without `whole` the keys of the minutes and of what follows them are absent."""
    payload: CallPayload = {
        "series": document.series,
        "date": document.date.isoformat(),
        "title": document.title,
        "start": moment(document.start),
        "timezone": document.timezone,
        "status": document.status,
        "links": [{"kind": link.kind, "label": link.label, "url": link.url} for link in document.links],
        "agenda": [_item(item) for item in document.agenda],
    }
    if whole:
        _add_records(payload, document)
    return payload


def moment(value: dt.datetime | None) -> str | None:
    """An aware moment in UTC to the second, as RFC 3339 writes it: "2021-05-11T15:30:00Z"."""
    return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z" if value else None


def _add_records(payload: CallPayload, document: v.CallDocument) -> None:
    payload["minutes"] = {
        "status": document.minutes.status,
        "introduction": document.minutes.introduction,
        "entries": [_entry(entry) for entry in document.minutes.entries],
    }
    payload["questions"] = [_question(question) for question in document.questions]
    payload["releases"] = [_release(release) for release in document.releases]
    payload["matrix_changes"] = [_change(change) for change in document.matrix_changes]
    payload["attendance"] = [{"name": one.name, "role": one.role} for one in document.attendance]
    payload["unread"] = [{"line": one.line, "text": one.text} for one in document.unread]


def _item(item: v.AgendaItem) -> AgendaItemPayload:
    return {
        "number": item.number,
        "title": item.title,
        "kind": item.kind,
        "body": item.body,
        "minutes": item.minutes,
        "presenters": list(item.presenters),
        "environments": list(item.environments),
    }


def _entry(entry: v.MinutesEntry) -> MinutesEntryPayload:
    return {
        "number": entry.number,
        "kind": entry.kind,
        "text": entry.text,
        "speakers": list(entry.speakers),
        "agenda_item": entry.agenda_item,
        "offset": entry.offset,
    }


def _question(question: v.Question) -> QuestionPayload:
    return {
        "number": question.number,
        "asked_by": question.asked_by,
        "text": question.text,
        "state": question.state,
        "answers": [{"speaker": answer.speaker, "text": answer.text} for answer in question.answers],
        "environments": list(question.environments),
    }


def _release(release: v.Release) -> ReleasePayload:
    return {
        "channel": release.channel,
        "version": release.version,
        "date": release.date.isoformat() if release.date else None,
        "outlook": release.outlook,
        "kind": release.kind,
        "highlights": release.highlights,
    }


def _change(change: v.MatrixChange) -> MatrixChangePayload:
    return {
        "matrix": change.matrix,
        "environment": change.environment,
        "what": change.what,
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "kind": change.kind,
        "note": change.note,
    }
