"""Calls as Markdown: the community's form where it says enough, facts beside it where not, and nothing lost."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communitycalls.document import CallDocument
from communitycalls.document import values as v
from communitycalls.document.reader import read
from communitycalls.document.writer import write
from interop.document.values import Unread
from tests.corpus import CORPUS, needs_corpus

FLATCAR = CORPUS / "flatcar"
DOCUMENTS = sorted([*FLATCAR.glob("community-meetings/2*.md"), *FLATCAR.glob("history/*/*.md")])
START = dt.datetime(2021, 5, 11, 15, 30, tzinfo=dt.UTC)
TITLE = "Harbour community call Tuesday, 11th of May, 17:30 CEST"
CALL = CallDocument("community-call", START.date(), TITLE, START, "Europe/Berlin")
FULL = replace(
    CALL,
    links=(
        v.Link("slides", "Slide deck", "slides.pdf"),
        v.Link("join", "Zoom link", "https://zoom.us/j/123456789", "Meeting ID: 123 456 789\nPasscode: 4"),
    ),
    agenda=(
        v.AgendaItem(1, "Welcome", "welcome", "- Hello"),
        v.AgendaItem(2, "Spotlight: boats", "spotlight", "", 15, ("Kai", "Ada"), ("h/ec2",), "One\n\n---\n\nTwo"),
    ),
    minutes=v.Minutes(
        "final",
        "All went well.",
        (
            v.MinutesEntry(1, "Ada opens the call.\n- And more", speakers=("Ada",)),
            v.MinutesEntry(2, "We sail.", "decision"),
            v.MinutesEntry(3, "paint the boat", "action", assignee="Kai", due=dt.date(2021, 6, 2)),
            v.MinutesEntry(4, "The demo works.", speakers=("Kai",), agenda_item=2, offset=235),
        ),
    ),
    questions=(
        v.Question(1, "Why?", None, "answered", (v.Answer("Ada", "So.\nReally."), v.Answer("", "Because."))),
        v.Question(2, "How?", "Eve", "follow-up", (), ("h/ec2",)),
    ),
)
WRITTEN = """\
# Harbour community call Tuesday, 11th of May, 17:30 CEST

*Date: 2021-05-11*

- [Slide deck](slides.pdf)
- Zoom link: https://zoom.us/j/123456789
  - Meeting ID: 123 456 789
  - Passcode: 4

## Welcome
- Hello

## Spotlight: boats
*Length: 15 minutes; presenters: Kai, Ada; environments: h/ec2*

*Slide notes:*

> One
>
> ---
>
> Two

# Call Minutes

All went well.

1. Ada opens the call.
   - And more
2. **Decision:** We sail.
3. **Action (Kai; due 2021-06-02):** paint the boat
4. **Note (speakers: Kai; at: 0:03:55; item: 2):** The demo works.

## Q&A

- Q: **Why?**
- Ada: So.
  Really.
- A: Because.

- Q (Eve; follow-up; environments: h/ec2): **How?**
"""


def test_call_is_written_in_the_conventions_of_the_community() -> None:
    assert write(FULL) == WRITTEN


def test_what_was_written_is_written_again_the_same() -> None:
    assert write(read(WRITTEN)[0]) == WRITTEN


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Harbour call"},
        {"title": "Notes"},
        {"title": "C #"},
        {"agenda": (v.AgendaItem(1, "#"), v.AgendaItem(2, "none"))},
        {"start": None},
        {"start": START.replace(hour=3), "timezone": "America/New_York"},
        {"duration": 45, "ordinal": 2, "series": "office-hours"},
        {"introduction": "- a list\n\n- Slides: https://h.example\n\nand *words*"},
        {"introduction": "# A heading\n\n```\nopen"},
        {"agenda": (v.AgendaItem(7, "Q&A", "qa", "## deep\n# deeper"), v.AgendaItem(3, "Minutes", "news", "*Text:*"))},
        {"agenda": (v.AgendaItem(1, TITLE, "other", "*Length: 3 minutes*", 5),)},
        {"minutes": v.Minutes("placeholder")},
        {
            "minutes": v.Minutes(
                "final", "1. not an entry", (v.MinutesEntry(9, "Decision: no"), v.MinutesEntry(2, "- a"))
            )
        },
        {
            "minutes": v.Minutes(
                "final", "", (v.MinutesEntry(1, "# x", "action"), v.MinutesEntry(2, "Kai: y", "action"))
            )
        },
        {"minutes": v.Minutes("final", "", (v.MinutesEntry(1, "Ada speaks.\n- ACTION: Kai to sweep", speakers=()),))},
        {"questions": (v.Question(4, "Q: **odd**\nAda: no", "a; b", "carried"), v.Question(1, "x", "none"))},
        {"questions": (v.Question(1, "Why? (Kai)", None, "open"),)},
        {"questions": ()},
        {"releases": (v.Release(3, "LTS 2021", "1.2.3", START.date(), "upcoming", "major", "- *new*", "week"),)},
        {"releases": (v.Release(1, "none", "x y", None, "mentioned"), v.Release(2, None, None, START.date()))},
        {"agenda": (v.AgendaItem(1, "Alpha 1.2.3", "releases"),), "releases": ()},
        {"attendance": (v.Attendance("Ada", "host"), v.Attendance("kai (Acme), x"), v.Attendance("none"))},
        {
            "matrix_changes": (
                v.MatrixChange(2, "h", "ec2", "E*C*2", "rated", "Level", "L1", "- L2\n- L3", "correction", "N"),
            )
        },
        {
            "links": (
                v.Link("stream", "Zoom", "https://h.example/(a)_b?c=d&e"),
                v.Link("board", "", "x.pdf", "a: [b](c)"),
            )
        },
        {"links": (v.Link("other", "A", "a b(c).pdf"), v.Link("other", "", "https://h.example/ü?q=é<x>"))},
        {"unread": (Unread(12, "- what: is **this**"),)},
    ],
)
def test_whatever_the_conventions_do_not_say_is_said_beside_them(change: dict[str, Any]) -> None:
    value = replace(FULL, **change)
    assert read(write(value))[0] == value


@needs_corpus
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_documents_of_the_corpus_survive(path: Path) -> None:
    value, _ = read(path.read_text(), name=f"{path.parent.name}/{path.name}")
    written = write(value)
    assert read(written)[0] == value
    assert write(read(written)[0]) == written


BITS = (
    'word **bold** *it* _u_ `code` [link](http://x.example) https://y.example/a_b | pipe | "quote" 😀 שלום # 1. - > '
    "Q: A: Ada: Decision: ACTION: [ ] (paren) a;b,c:d back\\slash <b> &amp; *** --- === tbd Alpha 1.2.3 May 19th ~~x~~ "
    "! ^1 $5 {x} @kai 17:30 CEST (Kai) **Note:** [0:12:00] + * ``` ~~~ Attendees: *Text:* none Minutes Q&A <!-- -->"
).split(" ")
inline = st.lists(st.sampled_from([*BITS, "x" * 400]), min_size=1, max_size=6).map(" ".join)
indents = st.sampled_from(["", "", "  ", "    ", "- ", "  - ", "> "])
rows = st.one_of(st.just(""), st.builds("{}{}".format, indents, inline))
block = st.lists(rows, min_size=1, max_size=6).map("\n".join).map(str.strip).filter(bool)
name = st.sampled_from(
    ["Ada", "kai", "Chris Kühl", "李明", "D'Arcy", "a, b", "x (y)", "Q", "none", "Alpha", "J: K", "O*o", "-"]
)
names = st.lists(name, unique=True, max_size=3).map(tuple)
places = st.lists(st.sampled_from(["h/ec2", "h/gce"]), unique=True).map(tuple)
days = st.dates(dt.date(2020, 1, 1), dt.date(2023, 1, 1))
number = st.integers(1, 40)


def some(strategy: st.SearchStrategy[Any], **limits: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3, **limits).map(tuple)


def numbered(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return some(strategy, unique_by=lambda one: one.number)


links = st.builds(v.Link, st.sampled_from(["slides", "join", "other"]), inline | st.just(""), st.just("s.pdf"), inline)
items = st.builds(
    v.AgendaItem,
    number,
    inline,
    st.sampled_from(["news", "qa", "other"]),
    block | st.just(""),
    st.none() | st.integers(1, 90),
    names,
    places,
    block | st.just(""),
)
entries = st.builds(
    v.MinutesEntry,
    number,
    block,
    st.sampled_from(["note", "decision", "action"]),
    names,
    st.none() | number,
    st.none() | st.integers(0, 9000),
    name | st.just(""),
    st.none() | days,
)
answers = st.builds(v.Answer, name | st.just(""), block)
states = st.sampled_from(["open", "answered", "follow-up", "carried"])
questions = st.builds(v.Question, number, block, st.none() | name, states, some(answers), places)


def test_introduction_with_a_heading_leaves_the_links_below_it_plain() -> None:
    value = replace(CALL, introduction="## Next calls\n\nIn June.", links=(v.Link("other", "Notes", "https://a.org"),))
    assert write(value).endswith("\n> ## Next calls\n>\n> In June.\n\n- Notes: https://a.org\n")
    assert read(write(value))[0] == value


def test_action_of_who_is_no_plain_name_says_no_more_than_that() -> None:
    noted = (v.MinutesEntry(1, "@ada to ask", "action", assignee="ada"),)
    value = replace(CALL, minutes=v.Minutes("final", "", noted))
    assert "\n1. **Action (assignee: ada):** @ada to ask\n" in write(value)
    assert read(write(value))[0] == value


@settings(deadline=None, max_examples=60)
@given(block | st.just(""), some(links), numbered(items), block | st.just(""), numbered(entries), numbered(questions))
def test_any_text_comes_back_as_it_was(
    introduction: str,
    links: tuple[v.Link, ...],
    agenda: tuple[v.AgendaItem, ...],
    said: str,
    noted: tuple[v.MinutesEntry, ...],
    asked: tuple[v.Question, ...],
) -> None:
    status = "final" if noted or asked or said else "absent"
    minutes = v.Minutes(status, said, noted)
    value = replace(CALL, introduction=introduction, links=links, agenda=agenda, minutes=minutes, questions=asked)
    assert read(write(value))[0] == value
