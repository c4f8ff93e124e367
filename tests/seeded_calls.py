"""Calls made from a seed, whole ones, with everything that a document carries."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from communitycalls.document import values as v
from communitycalls.document.agenda import KINDS as ITEM_KINDS
from communitycalls.document.entries import KINDS as ENTRY_KINDS
from communitycalls.document.links import KINDS as LINK_KINDS
from communitycalls.document.marks import STATES
from interop.document.values import Unread
from tests.seeded_texts import Pen, T

PLACES = ("support/ec2", "support/gce", "support/qemu")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata")
TITLES = ("Harbour community call Tuesday, 11th of May, 17:30 CEST", "Release planning call", "Notes", "Agenda", "C #")
URLS = (
    "https://zoom.us/j/123456789",
    "slides.pdf",
    "http://h.example/(a)_b?c=d&e",
    "a b(c).pdf",
    "https://h.example/ü<x>",
)
WHEN, SORTS, GRAIN = ("current", "upcoming", "mentioned"), (None, "major", "minor", "patch"), (None, "day", "week")
ROLES = ("host", "minute taker", "speaker", "attendee")
WHAT = ("added", "retired", "renamed", "rated", "owner", "text")


class CallPen(Pen):
    """Writes calls; `call` gives one that is final where anything was recorded."""

    def call(self) -> v.CallDocument:
        date = self.day()
        agenda = self.numbered(self.item)
        entries = tuple(replace(one, agenda_item=self.placed(agenda)) for one in self.numbered(self.entry))
        questions, introduction = self.numbered(self.question), self.maybe(self.text, "")
        call = v.CallDocument(
            series=self.pick(("community-call", "release-team-call", "office-hours")),
            date=date,
            title=self.pick((*TITLES, self.line())),
            start=self.maybe(lambda: self.start(date), None),
            timezone=self.pick(ZONES),
            duration=self.pick((60, 60, self.number(1, 600))),
            ordinal=self.pick((1, 1, 1, self.number(2, 9))),
            introduction=self.maybe(self.text, ""),
            links=self.some(self.link),
            agenda=agenda,
            minutes=v.Minutes(self.pick(("absent", "placeholder")), introduction, entries),
            questions=questions,
            releases=self.numbered(self.release),
            matrix_changes=self.numbered(self.change),
            attendance=tuple(dict.fromkeys(self.some(self.attendance))),
            unread=self.some(self.unread, 1),
        )
        return _settled(call)

    def part(self) -> v.CallDocument:
        """A call with two of its lists filled at most."""
        call, lists = self.call(), ("links", "agenda", "questions", "releases", "attendance", "unread", "minutes")
        empty: dict[str, Any] = dict.fromkeys(self.chance.sample(lists, len(lists) - 2), ())
        if "minutes" in empty:
            empty["minutes"] = v.Minutes()
        elif "agenda" in empty:
            entries = tuple(replace(one, agenda_item=None) for one in call.minutes.entries)
            empty["minutes"] = replace(call.minutes, entries=entries)
        return _settled(replace(call, **empty))

    def numbered(self, make: Callable[[int], T]) -> tuple[T, ...]:
        """Some of what `make` gives, numbered, mostly from 1 without a gap."""
        count = self.number(0, 2)
        numbers = self.chance.sample(range(1, 40), count) if self.rarely() else range(1, count + 1)
        return tuple(make(number) for number in numbers)

    def placed(self, agenda: tuple[v.AgendaItem, ...]) -> int | None:
        return self.pick([None, *(item.number for item in agenda)])

    def start(self, date: dt.date) -> dt.datetime:
        return dt.datetime.combine(date, dt.time(self.number(0, 23), self.pick((0, 30, 7))), dt.UTC)

    def places(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.some(lambda: self.pick(PLACES)))))

    def link(self) -> v.Link:
        details = "\n".join(self.some(self.line))
        return v.Link(self.pick(LINK_KINDS), self.maybe(self.line, ""), self.pick(URLS), details)

    def item(self, number: int) -> v.AgendaItem:
        return v.AgendaItem(
            number,
            self.line(),
            self.pick(ITEM_KINDS),
            self.maybe(self.text, ""),
            self.pick((None, self.number(1, 300))),
            self.names(),
            self.places(),
            self.text() if self.rarely() else "",
        )

    def entry(self, number: int) -> v.MinutesEntry:
        offset = self.number(0, 20_000) if self.rarely() else None
        due = self.day() if self.rarely() else None
        kind, assignee = self.pick(ENTRY_KINDS), self.maybe(self.name, "")
        return v.MinutesEntry(number, self.text(), kind, self.names(), None, offset, assignee, due)

    def question(self, number: int) -> v.Question:
        answers = self.some(lambda: v.Answer(self.maybe(self.name, ""), self.text()))
        asker = self.maybe(self.name, None)
        return v.Question(number, self.text(), asker, self.pick(STATES), answers, self.places())

    def release(self, number: int) -> v.Release:
        channel = self.pick(("Alpha", "Beta", "LTS 2021", "李", None))
        version = self.maybe(self.line, None)
        date = self.maybe(self.day, None) if channel or version else self.day()
        grain = self.pick(GRAIN) if date else None
        return v.Release(
            number, channel, version, date, self.pick(WHEN), self.pick(SORTS), self.maybe(self.text, ""), grain
        )

    def change(self, number: int) -> v.MatrixChange:
        old, new, note = (self.maybe(self.text, "") for _ in range(3))
        kind = self.pick(("change", "correction"))
        return v.MatrixChange(number, "support", "ec2", self.line(), self.pick(WHAT), self.line(), old, new, kind, note)

    def attendance(self) -> v.Attendance:
        return v.Attendance(self.name(), self.pick(ROLES))

    def unread(self) -> Unread:
        return Unread(self.number(1, 999), self.line())


def _settled(call: v.CallDocument) -> v.CallDocument:
    """The call with minutes that are final where anything of them is there, and only there."""
    recorded = call.minutes.entries or call.questions or call.minutes.introduction
    status = "final" if recorded else call.minutes.status.replace("final", "absent")
    return replace(call, minutes=replace(call.minutes, status=status))
