"""Links and agenda of call documents, in the community's spelling and in others."""

import pytest

from communitycalls.document import CallDocument
from communitycalls.document.reader import read
from communitycalls.document.values import Link
from interop.document.errors import Remark

TITLE = "# Harbour community call Tuesday, 11th of May, 17:30 CEST\n\n"


def call(text: str) -> CallDocument:
    return read(TITLE + text, name="2021-05-11.md")[0]


def remarks(text: str) -> tuple[Remark, ...]:
    return read(TITLE + text, name="2021-05-11.md")[1]


@pytest.mark.parametrize(
    ("written", "kind", "label", "url"),
    [
        ("[Slide deck](2021-05-11-slides.pdf)", "slides", "Slide deck", "2021-05-11-slides.pdf"),
        (
            "Youtube recording: [https://youtu.be/x](https://youtu.be/x)",
            "recording",
            "Youtube recording",
            "https://youtu.be/x",
        ),
        (
            "Live stream (to watch): https://youtu.be/x?t=1&a=b",
            "stream",
            "Live stream (to watch)",
            "https://youtu.be/x?t=1&a=b",
        ),
        ("Live stream / recording: <https://youtu.be/x>", "recording", "Live stream / recording", "https://youtu.be/x"),
        (
            "Call (for taking part): https://zoom.us/j/123456789",
            "join",
            "Call (for taking part)",
            "https://zoom.us/j/123456789",
        ),
        (
            "Planning Board: [here](https://github.com/orgs/h/projects/5)",
            "board",
            "Planning Board",
            "https://github.com/orgs/h/projects/5",
        ),
        (
            "Calendar of all calls: [link](https://c.example/ical)",
            "other",
            "Calendar of all calls",
            "https://c.example/ical",
        ),
        ("**Slides:** <https://s.example/deck>", "slides", "Slides", "https://s.example/deck"),
        ("<https://meet.google.com/abc>", "join", "", "https://meet.google.com/abc"),
        ("[click here](https://vimeo.com/1)", "recording", "", "https://vimeo.com/1"),
        ("Zoom recording: https://zoom.us/rec/1", "recording", "Zoom recording", "https://zoom.us/rec/1"),
    ],
)
@pytest.mark.parametrize("bullet", ["- ", "* ", "+ ", "1. ", ""])
def test_link_is_of_its_kind_however_it_is_written(written: str, kind: str, label: str, url: str, bullet: str) -> None:
    value = call(f"{bullet}{written}\n")
    assert (value.links, value.introduction) == ((Link(kind, label, url),), "")


def test_lines_below_a_join_link_are_its_details() -> None:
    link = Link("join", "Zoom link", "https://zoom.us/j/123456789", "Meeting ID: 123 456 789\nPasscode: 4")
    below = "- Zoom link: https://zoom.us/j/123456789\n  - Meeting ID: 123 456 789\n  - Passcode: 4\n"
    beside = below.replace("  -", "-")
    lazy = below.replace("  - ", "  ")
    assert [call(text).links for text in (below, beside, lazy)] == [(link,)] * 3
    assert remarks(below) == ()


def test_meeting_id_that_contradicts_its_link_is_remarked_on() -> None:
    (remark,) = remarks("- Zoom: https://zoom.us/j/123456789\n  - Meeting ID: 987 654 321\n")
    assert remark.line == 3
    assert "'987 654 321' contradicts the link https://zoom.us/j/123456789" in remark.text


def test_links_of_one_line_and_links_below_links_are_links_of_their_own() -> None:
    value = call(
        "- [Slides](s.pdf), [Recording](https://youtu.be/x)\n- Calendar: https://c.example\n  - iCal: https://i.example\n"
    )
    assert [(link.kind, link.label) for link in value.links] == [
        ("slides", "Slides"),
        ("recording", "Recording"),
        ("other", "Calendar"),
        ("other", "iCal"),
    ]


@pytest.mark.parametrize(
    "promise",
    [
        "Live stream: will be linked just before the call.",
        "Live stream (to watch): To be announced on the day",
        "Live stream: [Will become available later]",
        "Call: TBA",
        "Slides: tbd.",
        "Recording: n/a",
    ],
)
def test_promise_of_a_link_is_no_link_and_no_introduction(promise: str) -> None:
    value, told = read(f"{TITLE}- {promise}\n", name="2021-05-11.md")
    assert (value.links, value.introduction, told) == ((), "", ())


def test_section_of_links_is_no_agenda_item_and_what_is_no_link_introduces_the_call() -> None:
    value = call(
        "Everybody is welcome.\n\n## Links for participants\n"
        "- Call: https://zoom.us/j/123456789\n- Be early.\n\n## Welcome\n"
    )
    assert [item.title for item in value.agenda] == ["Welcome"]
    assert value.introduction == "Everybody is welcome.\n\n- Be early."
    assert len(value.links) == 1


AGENDA = [("Welcome", "- Hello\n  - World"), ("Spotlight: *x*", "Words."), ("Q&A", "")]


@pytest.mark.parametrize(
    "text",
    [
        "## Welcome\n- Hello\n  - World\n\n## Spotlight: *x*\nWords.\n\n## Q&A\n",
        "# Call Agenda\n\n## Welcome\n- Hello\n  - World\n\n ## Spotlight: *x*\nWords.\n\n   ## Q&A ##\n",
        "## Agenda\n\n### Welcome\n- Hello\n  - World\n\n### Spotlight: *x*\nWords.\n\n### Q&A\n",
        "## Agenda\n- Welcome\n  - Hello\n    - World\n- Spotlight: *x*\n\n  Words.\n- Q&A\n",
        "**Agenda**\n\n1. Welcome\n   - Hello\n     - World\n2. Spotlight: *x*\n\n   Words.\n3. Q&A\n",
        "# Welcome\n- Hello\n  - World\n\n# Spotlight: *x*\nWords.\n\n# Q&A\n",
        "Welcome\n---\n- Hello\n  - World\n\nSpotlight: *x*\n---\nWords.\n\nQ&A\n---\n",
        "# Our topics\n\n## Welcome\n- Hello\n  - World\n\n## Spotlight: *x*\nWords.\n\n## Q&A\n\n---\n",
    ],
)
def test_agenda_is_headings_or_a_list(text: str) -> None:
    value = call(text)
    assert [(item.title, item.body) for item in value.agenda] == AGENDA
    assert [item.number for item in value.agenda] == [1, 2, 3]
    assert [item.kind for item in value.agenda] == ["welcome", "spotlight", "qa"]
    assert value.unread == ()


def test_deeper_headings_stay_in_the_body_of_their_item() -> None:
    (item,) = call("## Status: ARM64\nGood.\n\n### Details\n- One\n").agenda
    assert (item.title, item.body, item.kind) == ("Status: ARM64", "Good.\n\n### Details\n- One", "status")


def test_minutes_planned_may_stand_in_the_title() -> None:
    assert [item.minutes for item in call("## News (10 min)\n\n## Docker 20.10\n").agenda] == [10, None]


def test_definitions_go_along_with_the_texts_that_use_them() -> None:
    value = call("[s]: s.pdf\n[m]: ../matrix.md\n\n- [Slides][s]\n\n# Minutes\n1. Ada shows [it][m].\n")
    assert value.links == (Link("slides", "Slides", "s.pdf"),)
    assert value.minutes.entries[0].text == "Ada shows [it][m].\n\n[m]: ../matrix.md"
    assert (value.introduction, value.unread) == ("", ())
