"""Minutes, actions, decisions and attendance of call documents, in the community's spelling and in others."""

import datetime as dt

import pytest

from communitycalls.document import CallDocument
from communitycalls.document.reader import read
from communitycalls.document.values import Attendance, MinutesEntry
from interop.markdown import render

JUNE = dt.date(2021, 6, 2)
TITLE = "# Harbour community call Tuesday, 11th of May, 17:30 CEST\n\n"


def call(text: str) -> CallDocument:
    return read(TITLE + text, name="2021-05-11.md")[0]


def entry(text: str) -> MinutesEntry:
    (found,) = call(f"# Call Minutes\n\n1. {text}\n").minutes.entries
    return found


@pytest.mark.parametrize(
    "name", ["# Call Minutes", "## Minutes", "# Meeting notes", "## Notes:", "Minutes\n---", "**Minutes**"]
)
def test_minutes_have_many_names(name: str) -> None:
    minutes = call(
        f"{name}\n\nAll went well.\n\n1. Ada opens the call.\n   - And more\n2. Brendan explains it.\n"
    ).minutes
    assert (minutes.status, minutes.introduction) == ("final", "All went well.")
    assert [(e.number, e.text, e.speakers) for e in minutes.entries] == [
        (1, "Ada opens the call.\n- And more", ("Ada",)),
        (2, "Brendan explains it.", ("Brendan",)),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", "absent"),
        ("# Call Minutes\n", "placeholder"),
        (
            "# Call Minutes\nThe minutes will be added here.\n[tbd.]\n\n## Q&A\n\nNo questions today.\n",
            "placeholder",
        ),
        ("# Minutes\n\n1. TBA\n\n## Link to video recording\nThe link will be published here.\n", "placeholder"),
        ("# Minutes\nThe images will be published next week.\n", "final"),
        ("# Minutes\n\n## Q&A\n- Q: Why?\n", "final"),
    ],
)
def test_placeholders_are_absence(text: str, status: str) -> None:
    value, told = read(TITLE + text, name="2021-05-11.md")
    assert (value.minutes.status, value.unread, told) == (status, (), ())


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The Harbour team, Ada, Chidi, and Eve introduce themselves.", ("Ada", "Chidi", "Eve")),
        ("Introductions: Ada, Chidi and Eve", ("Ada", "Chidi", "Eve")),
        ("Introductions\n   - Ada, Acme\n   - Chidi\n", ("Ada", "Chidi")),
        ("Ada briefly addresses the future.", ("Ada",)),
        ("**Ada**: the future", ("Ada",)),
        ("Ada and Chidi (Acme) present the roadmap", ("Ada", "Chidi")),
        ("Demo of the tool, presented by Chris Kühl", ("Chris Kühl",)),
        ("Ada speaks.\n   - \u201cIt is good.\u201d - Ben Berg, Acme", ("Ada",)),
        ("Harbour introduces a new channel", ()),
        ("Kernel upgrades for Stable", ()),
        ("Alpha introduces new versions", ()),
        ("Everyone agrees", ()),
        ("The release was late", ()),
    ],
)
def test_speakers_are_who_acts_and_nobody_is_invented(text: str, speakers: tuple[str, ...]) -> None:
    assert entry(text).speakers == speakers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Decision:** we go", MinutesEntry(1, "we go", "decision")),
        ("AGREED: we go", MinutesEntry(1, "we go", "decision")),
        ("[ ] @kai: write it", MinutesEntry(1, "write it", "action", assignee="kai")),
        ("ACTION: Kai to write it", MinutesEntry(1, "Kai to write it", "action", assignee="Kai")),
        ("Action item: review (Kai)", MinutesEntry(1, "review (Kai)", "action", assignee="Kai")),
        ("TODO Kai: do by June 2nd", MinutesEntry(1, "do by June 2nd", "action", assignee="Kai", due=JUNE)),
        ("**Action (Kai; due 2021-06-02):** do", MinutesEntry(1, "do", "action", assignee="Kai", due=JUNE)),
        ("[0:21:04] the demo", MinutesEntry(1, "[0:21:04] the demo", offset=1264)),
        ("Ada gives a call for action", MinutesEntry(1, "Ada gives a call for action", speakers=("Ada",))),
    ],
)
def test_actions_and_decisions_are_what_is_marked_so(text: str, expected: MinutesEntry) -> None:
    assert entry(text) == expected


def test_sections_and_nested_items_give_actions_and_decisions() -> None:
    text = "# Minutes\n1. Ada opens.\n   - ACTION: Kai to sweep\n   - Tea\n\n"
    text += "## Action items\n- [ ] @eve: wash\n\n## Decisions\n* Tea it is\n"
    found = [(e.number, e.kind, e.text, e.assignee) for e in call(text).minutes.entries]
    assert found == [
        (1, "note", "Ada opens.\n- Tea", ""),
        (2, "action", "Kai to sweep", "Kai"),
        (3, "action", "wash", "eve"),
        (4, "decision", "Tea it is", ""),
    ]


def test_heading_in_the_minutes_places_entries_at_its_agenda_item_or_stays_with_them() -> None:
    minutes = call("## News\n\n# Minutes\n\n## News\n- Ada opens.\n\n## Else\n- Eve closes.\n\nGoodbye.\n").minutes
    assert [(e.text, e.agenda_item) for e in minutes.entries] == [
        ("Ada opens.", 1),
        ("## Else\n\nEve closes.", None),
        ("Goodbye.", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "## Attendees\n- Ada (host)\n- Chidi\n- Chris Kühl (note taker)\n",
        "Host: Ada\nPresent: Chidi\nMinutes by: Chris Kühl\n",
        "# Minutes\n- Moderator: Ada\n- Participants: Chidi\n- Scribe: Chris Kühl\n",
        "Participants:\n\nAda (host), Chidi, Chris Kühl (minute taker)\n",
    ],
)
def test_attendance_is_what_the_document_lists(text: str) -> None:
    assert call(text).attendance == (
        Attendance("Ada", "host"),
        Attendance("Chidi", "attendee"),
        Attendance("Chris Kühl", "minute taker"),
    )


def test_affiliation_is_told_and_crowds_are_no_attendees() -> None:
    value, told = read(f"{TITLE}# Minutes\n\n## Attendees\n- Ada (Acme)\n- some 20 guests\n", name="2021-05-11.md")
    assert value.attendance == (Attendance("Ada"),)
    assert [row.text for row in value.unread] == ["- some 20 guests"]
    assert [remark.line for remark in told] == [6, 7]


def test_text_of_an_entry_renders_as_it_did_in_the_list() -> None:
    body = "Ada opens:\n\n   - one\n     - deep\n\n   ```\n   code\n     more\n   ```\n\n   | a |\n   |---|\n   | b |"
    (found,) = call(f"# Minutes\n\n1. {body}\n").minutes.entries
    listed = render(f"1. {body}\n")
    assert listed == f"<ol>\n<li>\n{render(found.text)}</li>\n</ol>\n"
