"""A community call as frozen values: the seam between Markdown, rows, pages, JSON and slides.

Nothing here knows a database or a syntax. Times are aware and in UTC; `timezone` is the IANA name of the zone
the call is held in. Bodies, texts and introductions are Markdown; absent text is "", never None, except where
None says "unknown" (an unnamed asker). Numbers are 1-based and stable; they name the anchors of the call's page.
"""

import datetime as dt
from dataclasses import dataclass

from interop.document.values import Unread


@dataclass(frozen=True)
class Link:
    """`kind` is slides, recording, stream, join, board or other; `details` are lines below it (ids, passcodes)."""

    kind: str
    label: str
    url: str
    details: str = ""


@dataclass(frozen=True)
class AgendaItem:
    """`kind` is one of `AgendaItem.Kind`; `minutes` the planned length; `environments` "matrix/environment" slugs."""

    number: int
    title: str
    kind: str = "other"
    body: str = ""
    minutes: int | None = None
    presenters: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    slide_notes: str = ""


@dataclass(frozen=True)
class MinutesEntry:
    """`kind` is note, decision or action; `agenda_item` an item's number; `offset` seconds into the recording."""

    number: int
    text: str
    kind: str = "note"
    speakers: tuple[str, ...] = ()
    agenda_item: int | None = None
    offset: int | None = None
    assignee: str = ""
    due: dt.date | None = None


@dataclass(frozen=True)
class Minutes:
    """`status` is absent, placeholder, draft or final."""

    status: str = "absent"
    introduction: str = ""
    entries: tuple[MinutesEntry, ...] = ()


@dataclass(frozen=True)
class Answer:
    speaker: str
    text: str


@dataclass(frozen=True)
class Question:
    """`asked_by` is None where the asker is unnamed; `state` is open, answered, follow-up or carried."""

    number: int
    text: str
    asked_by: str | None = None
    state: str = "open"
    answers: tuple[Answer, ...] = ()
    environments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Release:
    """What a call said of a release. `outlook` is current, upcoming or mentioned; `granularity` of `date` day or week.

    `channel` and `version` are None where the call named none (a round announced by its date alone).
    """

    number: int
    channel: str | None = None
    version: str | None = None
    date: dt.date | None = None
    outlook: str = "current"
    kind: str | None = None
    highlights: str = ""
    granularity: str | None = None


@dataclass(frozen=True)
class MatrixChange:
    """A matrix change recorded in the call. `kind` is change or correction; `old`/`new` as readers see them."""

    number: int
    matrix: str
    environment: str
    name: str
    what: str
    field: str
    old: str
    new: str
    kind: str = "change"
    note: str = ""


@dataclass(frozen=True)
class Attendance:
    """`role` is host, minute taker, speaker or attendee."""

    name: str
    role: str = "attendee"


@dataclass(frozen=True)
class CallDocument:
    """One call. `series` is a slug, `ordinal` 1 but for a second call of it on one day; `duration` in minutes."""

    series: str
    date: dt.date
    title: str
    start: dt.datetime | None = None
    timezone: str = "UTC"
    duration: int = 60
    ordinal: int = 1
    status: str = "draft"
    introduction: str = ""
    links: tuple[Link, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    minutes: Minutes = Minutes()
    questions: tuple[Question, ...] = ()
    releases: tuple[Release, ...] = ()
    matrix_changes: tuple[MatrixChange, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def address(self) -> str:
        """The date part of the call's address: ISO, with "-2" for the second call of a series on one day."""
        return self.date.isoformat() + (f"-{self.ordinal}" if self.ordinal > 1 else "")
