"""One call of the community's kind in many spellings: every one of them is read as the same call."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from communitycalls.document.reader import account, read

PLAIN = """\
# Agenda for the Harbour Community Call Tuesday, 11th of May 2021, 17:30 CEST / 15:30 UTC

## Links for participants
- [Slide deck](2021-05-11-slides.pdf)
- Live stream: https://youtu.be/harbour0511
- Zoom: https://zoom.us/j/84312345678
  - Meeting ID: 843 1234 5678
  - Passcode: 550011

## Welcome
- Who we are
- What is new

## Spotlight: tide tables (Ada, 15 min)
- Why they are wrong
  - and since when

## Q&A
- Everybody asks

# Call Minutes

1. Ada opens the call.
2. Chidi explains how tides are measured.
   - with a float
3. **Decision:** The tables move to metres.
4. **Action:** Ada to tell the pilots by 2021-06-01

## Q&A

- Q (Eve): **Who reads the tables?**
- Ada: Mostly fishermen.
- Chidi: And the pilots.

- Q: **Are they free?**
- Ada: They are.
"""


def told(text: str) -> dict[str, Any]:
    """What must be the same in every spelling; where one has more or other words than another, those are left out."""
    value, _ = read(text, name="2021-05-11.md")
    return {
        "when": (value.date, value.start, value.timezone, value.series),
        "links": [(link.kind, link.url) for link in value.links],
        "ids": re.findall(r"\d[\d ]{5,}", value.links[-1].details),
        "agenda": [(item.kind, item.minutes, item.presenters, _bare(item.body)) for item in value.agenda],
        "entries": [(one.kind, _bare(one.text), one.speakers, one.assignee, one.due) for one in value.minutes.entries],
        "questions": [
            (one.text, one.asked_by, [(answer.speaker, answer.text) for answer in one.answers])
            for one in value.questions
        ],
        "unread": value.unread,
    }


def _bare(text: str) -> str:
    return " ".join(re.sub(r"(?m)^\s*[-*+] ", "", text).split())


def swap(*pairs: str) -> Callable[[str], str]:
    def swapped(text: str) -> str:
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text
            text = text.replace(old, new)
        return text

    return swapped


def sub(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, flags=re.MULTILINE)


TITLE = PLAIN.splitlines()[0]
SPELLINGS: dict[str, Callable[[str], str]] = {
    "asterisks": sub(r"^(\s*)- ", r"\1* "),
    "pluses": sub(r"^(\s*)- ", r"\1+ "),
    "brackets after numbers": sub(r"^(\d)\. ", r"\1) "),
    "minutes as bullets": sub(r"^\d\.( +)", r"-\1"),
    "windows line ends": swap("\n", "\r\n"),
    "indented headings": sub(r"^(#+ )", r" \1"),
    "closed headings": sub(r"^(#+)( .*)$", r"\1\2 \1"),
    "underlined titles": sub(r"^# (.*)$", r"\1\n====="),
    "blank lines between items": sub(r"^(- |\d\. )", r"\n\1"),
    "title without commas": swap(TITLE, "# Harbour Community Call Tuesday 11th of May 2021 17:30 CEST"),
    "title in another order": swap(TITLE, "# 2021-05-11 (Tue) 5:30pm CEST: Harbour community call"),
    "title with a time in brackets": swap(TITLE, "# Harbour Community Call on May 11th, 2021 (17h30 Berlin time)"),
    "when on a line of its own": swap(
        TITLE, "# Harbour community call\n\n**When:** 11 May 2021, 15:30 UTC / 17:30 CEST"
    ),
    "links as links": swap(
        "Live stream: https://youtu.be/harbour0511",
        "[Live stream](https://youtu.be/harbour0511)",
        "Zoom: https://zoom.us/j/84312345678",
        "[here](https://zoom.us/j/84312345678)",
    ),
    "links in angle brackets": swap(
        "https://youtu.be/harbour0511",
        "<https://youtu.be/harbour0511>",
        "https://zoom.us/j/84312345678",
        "<https://zoom.us/j/84312345678>",
    ),
    "links that are bare": swap(
        "Zoom: ", "", "[Slide deck](2021-05-11-slides.pdf)", "Slides: [2021](2021-05-11-slides.pdf)"
    ),
    "other names of parts": swap(
        "Links for participants",
        "How to join",
        "# Call Minutes",
        "# Notes of the call",
        "## Q&A\n\n-",
        "## Questions and answers\n\n-",
    ),
    "emphasised headings": sub(r"^## (.*)$", r"## **\1**"),
    "length in square brackets": swap("(Ada, 15 min)", "[15 mins; Ada]"),
    "minutes' marks in capitals": swap("**Decision:** The", "DECISION The", "**Action:** Ada", "ACTION: Ada"),
    "a box for the action": swap("**Action:** Ada to", "[ ] Ada: to", "Ada: to tell", "Ada to tell"),
    "questions numbered": swap("- Q (Eve)", "- Q1 (Eve)", "- Q: **Are", "- Q2: **Are"),
    "answers nested": sub(r"^- (Ada|Chidi): ", r"  - \1: "),
    "names in bold": sub(r"^- (Ada|Chidi): ", r"- **\1:** "),
    "names in brackets": sub(r"^- (Ada|Chidi): ", r"- [\1] "),
    "names with dashes": sub(r"^- (Ada|Chidi): ", "- \\1 \u2014 "),
    "answers with a mark": sub(r"^- (Ada|Chidi): ", r"- A (\1): "),
    "asker in square brackets": swap("Q (Eve): **Who reads the tables?**", "**Q** [Eve]: Who reads the tables?"),
    "asker at the end": swap("Q (Eve): **Who reads the tables?**", "**Q: Who reads the tables?** (Eve)"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spelling_does_not_change_what_is_read(spelling: str) -> None:
    text = SPELLINGS[spelling](PLAIN)
    assert text != PLAIN
    found, expected = told(text), told(PLAIN)
    expected["when"] = (*expected["when"][:2], found["when"][2], expected["when"][3])
    assert found == expected


def test_plain_spelling_is_read_as_it_was_meant() -> None:
    found = told(PLAIN)
    assert [kind for kind, _ in found["links"]] == ["slides", "stream", "join"]
    assert [(kind, presenters) for kind, _, presenters, _ in found["agenda"]] == [
        ("welcome", ()),
        ("spotlight", ("Ada",)),
        ("qa", ()),
    ]
    assert [one[0] for one in found["entries"]] == ["note", "note", "decision", "action"]
    assert (len(found["questions"]), found["unread"]) == (2, ())


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_line_of_a_spelling_is_accounted_for_once(spelling: str) -> None:
    text = SPELLINGS[spelling](PLAIN)
    rows = [number for number, row in enumerate(re.split(r"\r\n|\n", text), 1) if row.strip()]
    assert [one.line for one in account(text, name="2021-05-11.md")] == rows


@pytest.mark.parametrize(
    "heading", ["# Agenda for the call of June 8th", "# Notes of 2021-06-08", "# Q&A with Chris Kühl"]
)
def test_heading_that_says_more_than_its_part_stays_unread(heading: str) -> None:
    text = f"{PLAIN}\n{heading}\n\n- Q: Why?\n- Ada: So.\n"
    assert [row.text for row in read(text, name="2021-05-11.md")[0].unread] == [heading]


def test_heading_that_names_the_day_of_the_call_says_no_more_than_its_part() -> None:
    text = f"{PLAIN}\n# Notes of May 11th\n\n1. Ada opens the call.\n\n## Questions from the audience\n\n- Q: Why?\n"
    assert read(text, name="2021-05-11.md")[0].unread == ()


def test_blanks_within_the_title_of_a_listed_item_are_one() -> None:
    value = read(f"{PLAIN.splitlines()[0]}\n\n# Agenda\n\n1. News  from\n   the   port\n", name="2021-05-11.md")[0]
    assert [item.title for item in value.agenda] == ["News from the port"]


def test_table_of_contents_is_no_item_of_the_agenda() -> None:
    text = "## Table of Contents\n\n* [Agenda](#agenda)\n\n"
    value = read(text + PLAIN, name="2021-05-11.md")[0]
    assert (value.agenda, value.introduction) == (read(PLAIN)[0].agenda, text.strip())
