"""Calls as values for property tests: whatever rows can hold, in the order rows keep it.

Each run makes others; `EXAMPLES=2000` in the environment makes the tests that use them slow and thorough.
"""

import datetime as dt
import os
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from communitycalls.document import values as v
from communitycalls.models import AgendaItem, Attendance, Link, MinutesEntry, Outlook, Question
from interop.document.values import Unread

EXAMPLES = int(os.environ.get("EXAMPLES", "200"))
PLACES = ("support/ec2", "support/gce", "support/qemu")

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
words = text.filter(bool)
names = st.sampled_from(["Thilo", "Marga", "Chris Kühl", "chris kuhl", "李明", "D'Arcy"]) | words
days = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
times = st.times(timezones=st.just(dt.UTC))
numbers = st.integers(1, 400)
places = st.lists(st.sampled_from(PLACES), unique=True, max_size=2).map(lambda one: tuple(sorted(one)))


def some(strategy: st.SearchStrategy[Any], **limits: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=4, **limits).map(tuple)


def _number(element: Any) -> int:
    return int(element.number)


links = st.builds(v.Link, st.sampled_from(Link.Kind.values), text, words, text)
items = st.builds(
    v.AgendaItem,
    numbers,
    words,
    st.sampled_from(AgendaItem.Kind.values),
    text,
    st.none() | st.integers(0, 300),
    some(names, unique=True),
    places,
    text,
)
entries = st.builds(
    v.MinutesEntry,
    numbers,
    words,
    st.sampled_from(MinutesEntry.Kind.values),
    some(names, unique=True),
    st.none(),
    st.none() | st.integers(0, 20_000),
    st.just("") | names,
    st.none() | days,
)
answers = st.builds(v.Answer, st.just("") | names, words)
questions = st.builds(
    v.Question, numbers, words, st.none() | names, st.sampled_from(Question.State.values), some(answers), places
)
releases = st.builds(
    v.Release,
    numbers,
    st.sampled_from(["Alpha", "Beta", "LTS 2021", "李"]),
    st.none() | words,
    st.none() | days,
    st.sampled_from(Outlook.When.values),
    st.none() | st.sampled_from(Outlook.Kind.values),
    text,
    st.none() | st.sampled_from(Outlook.Granularity.values),
)
attendance = st.builds(v.Attendance, names, st.sampled_from(Attendance.Role.values))
unread = st.builds(Unread, st.integers(1, 999), text)


@st.composite
def calls(draw: st.DrawFn) -> v.CallDocument:
    """A call without status and matrix changes; its entries may point at its agenda."""
    agenda = draw(some(items, unique_by=_number))
    chosen = st.sampled_from([None, *map(_number, agenda)])
    minuted = tuple(replace(one, agenda_item=draw(chosen)) for one in draw(some(entries, unique_by=_number)))
    return v.CallDocument(
        series=draw(st.sampled_from(["community-call", "release-team-call"])),
        date=draw(days),
        title=draw(words),
        start=dt.datetime.combine(draw(days), draw(times)),
        timezone=draw(st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])),
        duration=draw(st.integers(1, 600)),
        ordinal=draw(st.integers(1, 99)),
        introduction=draw(text),
        links=draw(some(links)),
        agenda=agenda,
        minutes=v.Minutes(draw(st.sampled_from(["absent", "placeholder"])), draw(text), minuted),
        questions=draw(some(questions, unique_by=_number)),
        releases=tuple(sorted(draw(some(releases, unique_by=_number)), key=_number)),
        attendance=draw(some(attendance, unique=True)),
        unread=draw(some(unread)),
    )


@st.composite
def edits(draw: st.DrawFn, call: v.CallDocument) -> v.CallDocument:
    """The call after somebody worked on it: elements gone, changed, added and moved, under their numbers."""
    agenda = draw(_edited(call.agenda, items, "title"))
    chosen = {_number(item) for item in agenda}
    minuted = draw(_edited(call.minutes.entries, entries, "text"))
    minuted = tuple(one if one.agenda_item in chosen else replace(one, agenda_item=None) for one in minuted)
    said = draw(_edited(call.releases, releases, "highlights"))
    return replace(
        call,
        title=draw(st.just(call.title) | words),
        introduction=draw(st.just(call.introduction) | text),
        links=draw(_edited(call.links, links, "label")),
        agenda=agenda,
        minutes=replace(call.minutes, introduction=draw(st.just(call.minutes.introduction) | text), entries=minuted),
        questions=draw(_edited(call.questions, questions, "text")),
        releases=tuple(sorted(said, key=_number)),
        attendance=tuple(dict.fromkeys(draw(_edited(call.attendance, attendance, "name")))),
    )


@st.composite
def _edited(draw: st.DrawFn, before: tuple[Any, ...], new: st.SearchStrategy[Any], field: str) -> tuple[Any, ...]:
    kept = [one for one in before if draw(st.integers(0, 5))]
    kept = [one if draw(st.integers(0, 3)) else replace(one, **{field: draw(words)}) for one in kept]
    if draw(st.booleans()):
        kept = draw(st.permutations(kept))
    highest = max((getattr(one, "number", 0) for one in before), default=0)
    for shift, one in enumerate(draw(st.lists(new, max_size=2)), 1):
        added = replace(one, number=highest + shift) if hasattr(one, "number") else one
        kept.insert(draw(st.integers(0, len(kept))), added)
    return tuple(kept)
