"""What is said of a `layout:` line that a slide cannot follow, and tables that their head does not suit."""

import pytest

from communitycalls.deck.blocks import Table
from communitycalls.deck.layouts import Place, arrange
from communitycalls.deck.notes import read_notes
from communitycalls.deck.slides import Slide


def slide_of(text: str) -> Slide:
    (draft,) = read_notes(text)
    return arrange(draft, Place("Topic", 1, {"questions": ()}))[0]


@pytest.mark.parametrize(
    ("name", "meant"),
    [("colums", "columns"), ("two columns", "columns"), ("quote", "quotes"), ("picture-lefft", "picture-left")],
)
def test_mistyped_layout_is_answered_with_the_one_that_was_meant(name: str, meant: str) -> None:
    (said,) = slide_of(f"layout: {name}\n\n- one").remarks
    dashed = name.replace(" ", "-")
    assert said.startswith(f"Layout “{dashed}” is not known. Did you mean “{meant}”? Known are actions, ")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("quotes", "quotes, lines that begin with >"),
        ("code", "code between ``` lines"),
        ("table", "a table"),
        ("diagram", "a ```diagram or a drawing"),
        ("cadence", "a ```cadence"),
        ("picture left", "a picture"),
    ],
)
def test_layout_without_what_it_is_for_is_remarked_on(name: str, wanted: str) -> None:
    (said,) = slide_of(f"layout: {name}\n\nOnly words.").remarks
    dashed = name.replace(" ", "-")
    assert said == f"Layout “{dashed}” is for {wanted}, and this slide has none."


@pytest.mark.parametrize(
    "text",
    [
        "layout: quotes\n\n> Good.",
        "layout: code\n\n```\nx = 1\n```",
        "layout: table\n\n| a |\n|---|\n| 1 |",
        "layout: diagram\n\n```diagram\n[A] -> [B]\n```",
        "layout: diagram\n\n![How it goes](/media/images/way.svg)",
        "layout: picture-left\n\n![A way](/media/images/way.png)\n\nWords.",
        "layout: columns\n\n- one\n\nTwo.",
    ],
)
def test_layout_that_suits_is_passed_over_in_silence(text: str) -> None:
    assert not slide_of(text).remarks


def test_picture_without_a_description_is_remarked_on() -> None:
    (said,) = slide_of("![](/media/images/way.png)").remarks
    assert said.startswith("The picture /media/images/way.png has no description. Write one between ![ and ]: ")


def test_columns_without_columns_are_remarked_on() -> None:
    (said,) = slide_of("layout: columns\n\n- one\n- two").remarks
    assert said == "Layout “columns” is for two to four columns, and this slide has 1. Headings part them."


@pytest.mark.parametrize("end", ["|", ""])
def test_cells_beyond_a_table_s_head_are_kept(end: str) -> None:
    (draft,) = read_notes(f"| a | b {end}\n|---|---{end}\n| 1 | `2|3` | 4 {end}\n| 5 {end}\n\nAfter | it.")
    table, _ = draft.blocks
    assert isinstance(table, Table)
    assert table.head == ("a", "b", "", "")
    assert table.rows == (("1", "`2", "3`", "4"), ("5", "", "", ""))


def test_table_in_code_stays_as_it_was_written() -> None:
    written = "| a |\n|---|\n| 1 | 2 |\n"
    (draft,) = read_notes(f"```\n{written}```")
    assert getattr(draft.blocks[0], "text", "").strip() == written.strip()
