"""Every line of a document goes to exactly one value or is told: nothing is dropped in silence, nothing raises."""

import re
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communitycalls.document.reader import account, read
from communitycalls.document.writer import write
from interop.document.errors import DocumentError
from tests.corpus import CORPUS, needs_corpus

CALL = "# Community call Tuesday, 11th of May, 17:30 CEST\n\n"
FOLDERS = ("flatcar/community-meetings", "flatcar/history")
PATHS = sorted(path for folder in FOLDERS for path in (CORPUS / folder).rglob("2*.md"))
TEXTUAL = ("agenda", "entry", "introduction", "minutes introduction", "question")
MARKS = re.compile(r"\d+|Q|A")
ODD_LINES = (
    "# Minutes",
    "## Notes",
    "## Questions",
    "### Deeper",
    "# Agenda",
    "## Attendees",
    "## Action items",
    "**Agenda**",
    "## Links",
    "- Host: Kai",
    "- [ ] @kai: do it",
    "- ACTION: Ada to sweep",
    "```",
    "> quote",
    "| a |\n|---|\n| 1 |",
    "***",
    "- Q (Kai): why?\n  - A (Ada): so\n  - z",
    "1. foo\n   - DECISION: we go",
    "[ref]: http://x.example",
    "<!-- note -->",
    "    code",
    "\tfoo",
    "- ",
    "#",
    "===",
    "---",
    "- - - a\n      - b",
    "- Alpha 2857.0.0 (major), May 19th release",
)


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def lines_of(text: str) -> list[int]:
    return [number for number, line in enumerate(re.split(r"\r\n?|\n", text), start=1) if line.strip()]


def words_of(value: Any) -> set[str]:
    """Every word of a call, wherever it is."""
    if isinstance(value, dict):
        return {word for one in value.values() for word in words_of(one)}
    if isinstance(value, list | tuple):
        return {word for one in value for word in words_of(one)}
    return set(re.findall(r"\w+", str(value)))


def check(text: str, name: str) -> None:
    """Each line once; those of no value are the call's unread ones."""
    value, _ = read(text, name=name)
    accounts = account(text, name=name)
    assert [one.line for one in accounts] == lines_of(text)
    assert {row.line for row in value.unread} == {one.line for one in accounts if one.owner == "unread"}


@needs_corpus
@pytest.mark.parametrize("path", PATHS, ids=name_of)
def test_every_line_of_the_corpus_is_in_the_value_it_went_to(path: Path) -> None:
    text = path.read_text()
    check(text, name_of(path))
    held = words_of(asdict(read(text, name=name_of(path))[0]))
    for one in account(text, name=name_of(path)):
        if one.owner.startswith(TEXTUAL):
            assert [
                word for word in re.findall(r"\w+", one.text) if word not in held and not MARKS.fullmatch(word)
            ] == []
        else:
            assert one.owner.startswith(("title", "link", "heading", "placeholder", "separator"))


def test_owners_name_the_values() -> None:
    text = f"{CALL}- [Slides](s.pdf)\n\nHello.\n\n## News\n- x\n\n---\n\n"
    text += "# Minutes\nIn short.\n1. Ada opens.\n\n## Q&A\n- Q: Why?\n- Ada: So.\n"
    assert [one.owner for one in account(text, name="2021-05-11.md")] == [
        "title",
        "link 1",
        "introduction",
        "agenda 1",
        "agenda 1",
        "separator",
        "heading",
        "minutes introduction",
        "entry 1",
        "heading",
        "question 1",
        "question 1",
    ]


def test_a_question_on_the_agenda_owns_its_lines() -> None:
    text = f"{CALL}## News\n- one\n\n## Q&A\nAsk away.\n\n- Q: Why?\n- Ada: So.\n"
    owners = [one.owner for one in account(text, name="2021-05-11.md")]
    assert owners == ["title", "agenda 1", "agenda 1", "agenda 2", "agenda 2", "question 1", "question 1"]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """A document of the corpus after somebody shuffled, renamed, re-marked, indented, cut and added lines."""
    path = draw(st.sampled_from(PATHS))
    rows = path.read_text().split("\n")
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, max(len(rows) - 1, 0)))
        act = draw(st.integers(0, 6))
        row = rows[at] if rows else ""
        if act == 0:
            rows.insert(draw(st.integers(0, len(rows))), rows.pop(at) if rows else "")
        elif act == 1:
            rows[at : at + 1] = [*draw(st.sampled_from(ODD_LINES)).split("\n"), row]
        elif act == 2:
            rows[at : at + 1] = [re.sub(r"^(\s*)[-*+] ", rf"\g<1>{draw(st.sampled_from('-*+'))} ", row)]
        elif act == 3:
            rows[at : at + 1] = [re.sub(r"^ *#+", "#" * draw(st.integers(1, 4)), row)]
        elif act == 4:
            del rows[at : at + 1]
        elif act == 5:
            rows[at : at + 1] = [" " * draw(st.integers(0, 6)) + row.lstrip()]
        else:
            rows[at : at + 1] = [row.replace(draw(st.sampled_from("*:[]()#- ")), "", 1)]
    return "\n".join(rows), name_of(path)


@needs_corpus
@settings(deadline=None, max_examples=100)
@given(mutated())
def test_mutated_documents_are_read_whole_and_written_so_that_they_read_the_same(case: tuple[str, str]) -> None:
    text, name = case
    try:
        value, _ = read(text, name=name)
    except DocumentError:
        return
    check(text, name)
    assert read(write(value))[0] == value


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_below_a_title_is_accounted_for(text: str) -> None:
    with suppress(DocumentError):
        check(CALL + text, "2021-05-11.md")
