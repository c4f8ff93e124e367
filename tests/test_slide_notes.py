"""Slide notes become slides: where they are parted, which kind each one is, and that nothing is lost."""

import re
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitycalls.deck import blocks as b
from communitycalls.deck.layouts import Place, arrange
from communitycalls.deck.notes import read_notes, read_points, words_of
from communitycalls.deck.slides import (
    Body,
    CadenceMap,
    Columns,
    Pictured,
    Section,
    Slide,
    Team,
    TitleOnly,
)
from communitycalls.deck.words import printable, soften

T = TypeVar("T", bound=Slide)


def arranged(text: str) -> tuple[Slide, ...]:
    return tuple(slide for draft in read_notes(text) for slide in arrange(draft, Place("Topic", 1, {})))


def only(kind: type[T], text: str) -> T:
    (slide,) = arranged(text)
    assert isinstance(slide, kind)
    return slide


def test_three_dashes_begin_a_slide_even_right_below_a_text() -> None:
    assert [draft.title for draft in read_notes("# One\ntext\n---\n# Two\n\n---\n\n# Three")] == ["One", "Two", "Three"]


def test_three_dashes_inside_code_are_code() -> None:
    (draft,) = read_notes("```yaml\na: 1\n---\nb: 2\n```")
    assert [block.lines for block in draft.blocks if isinstance(block, b.Code)] == [["a: 1", "---", "b: 2"]]


def test_heading_of_the_title_s_rank_begins_a_slide_and_a_lower_one_does_not() -> None:
    drafts = read_notes("## One\n\n### Part\n\ntext\n\n## Two\n")
    assert [(draft.title, len(draft.blocks)) for draft in drafts] == [("One", 2), ("Two", 0)]


def test_slide_without_a_heading_has_the_item_s_title() -> None:
    assert only(Body, "Just a line.").title == "Topic"


def test_layout_line_chooses_the_kind_and_is_not_shown() -> None:
    slide = only(Body, "layout: actions\n\n# Help\n\n- one\n- two")
    assert (slide.layout, slide.size) == ("actions", 2)


def test_layout_may_stand_in_a_comment() -> None:
    assert only(Body, "<!-- layout: actions -->\n\n- one").layout == "actions"


def test_unknown_layout_is_remarked_on_and_content_chooses() -> None:
    slide = only(Body, "layout: fancy\n\n> Good.\n>\n> — Ada")
    assert slide.layout == "quotes"
    assert slide.remarks[0].startswith("Layout “fancy” is not known. Known are actions, ")


def test_layout_with_nothing_to_show_is_remarked_on() -> None:
    drafts = read_notes("layout: changes\n\n# Changes")
    (slide,) = arrange(drafts[0], Place("Topic", 1, {"changes": ()}))
    assert slide.remarks == ("Layout “changes” has nothing to show in this call.",)


@pytest.mark.parametrize(
    "text",
    [
        "> Good work.\n>\n> — Ada, Example",
        "> “Good work.”\n> – Ada, Example",
        "> Good work.\n>\n> - Ada, Example",
        '"Good work." - Ada, Example',
        "“Good work.” — Ada, Example",
    ],
)
def test_quote_knows_its_source_however_it_is_written(text: str) -> None:
    assert only(Body, text).blocks == (b.Quote(("Good work.",), "Ada, Example"),)


def test_quote_without_a_source_is_whole() -> None:
    assert only(Body, "> - one\n> - two").blocks == (b.Quote(("• one", "• two"), ""),)


def test_bullets_keep_levels_numbers_and_tasks() -> None:
    (block,) = only(Body, "1. a\n2. b\n   - c\n     - d\n\n- [ ] open\n- [x] done").blocks[:1]
    assert isinstance(block, b.Bullets)
    assert [(item.text, item.level, item.number) for item in block.items] == [
        ("a", 0, 1),
        ("b", 0, 2),
        ("c", 1, None),
        ("d", 2, None),
    ]


def test_list_of_signs_is_an_icon_list_with_names_or_emoji() -> None:
    slide = only(Body, "- :lock: safe\n- 🚀 fast\n- 🦄 rare")
    (block,) = slide.blocks
    assert isinstance(block, b.Bullets)
    assert slide.layout == "icons"
    assert [(item.icon, item.text) for item in block.items] == [("lock", "safe"), ("rocket", "fast"), ("🦄", "rare")]


def test_two_or_three_headings_are_columns() -> None:
    assert len(only(Columns, "# T\n\n### A\n\n- a\n\n### B\n\ntext\n\n### C\n\n- c").columns) == 3


def test_short_code_boxes_stand_side_by_side_with_what_follows_below() -> None:
    slide = only(Columns, "```yaml YAML\na: 1\n```\n\n```sh ENV\nA=1\n```\n\nNo standard.")
    assert slide.of_code
    assert [column[0].label for column in slide.columns if isinstance(column[0], b.Code)] == ["YAML", "ENV"]
    assert slide.below == (b.Text("No standard."),)


def test_picture_alone_is_large_and_with_text_stands_beside_it() -> None:
    assert only(Pictured, "![Harbour](/media/images/a.jpg)").place == "inside"
    assert only(Pictured, "![Harbour](/media/images/a.jpg)\n\n- a\n- b").place == "right"
    assert only(Pictured, "layout: picture-left\n\n![Harbour](/media/images/a.jpg)\n\n- a").place == "left"


def test_team_reads_names_and_roles() -> None:
    slide = only(Team, "layout: team\n\n- Thilo Fromm - host\n- Kai Lüke (minutes)\n- Jean-Luc")
    assert [(face.name, face.initials, face.roles) for row in slide.rows for face in row] == [
        ("Thilo Fromm", "TF", "host"),
        ("Kai Lüke", "KL", "minutes"),
        ("Jean-Luc", "JE", ""),
    ]


def test_diagram_reads_boxes_arrows_labels_and_small_lines() -> None:
    slide = only(Body, "```diagram\n[A | x; y] -> [B], [C]\n[B] -- asks -> [C]\n```")
    assert slide.blocks == (
        b.Diagram(
            (b.Box("A", ("x", "y")), b.Box("B"), b.Box("C")),
            (b.Arrow(0, 1), b.Arrow(0, 2), b.Arrow(1, 2, "asks")),
        ),
    )


@pytest.mark.parametrize("text", ["[A] -> ", "A -> B", "[A] [B]", "", "[A] -> [B],"])
def test_diagram_that_cannot_be_read_is_shown_as_code_and_remarked_on(text: str) -> None:
    slide = only(Body, f"```diagram\n{text}\n```")
    assert isinstance(slide.blocks[0], b.Code)
    assert re.search(r"diagram.*It is shown as it was written\.$", slide.remarks[0])


def test_numbered_item_that_begins_with_an_emoji_keeps_both() -> None:
    found = read_points("1. 🚀 launch\n2. land")
    assert [(item.number, item.icon, item.text) for item in found] == [(1, "", "🚀 launch"), (2, "", "land")]


def test_footnote_and_its_mark_read_the_same() -> None:
    found = read_notes("Text[^a] and [^none].\n\n[^a]: A note.")[0].blocks
    assert found == (b.Text("Text\\[a\\] and [^none]."), b.Text("\\[a\\] A note."))


def test_cadence_joins_lanes_with_what_is_said_of_them() -> None:
    slide = only(CadenceMap, "```cadence\nAlpha: M p M\nBeta: . M\n```\n\n- Alpha\n  - often\n- Beta:\n  - later")
    assert [(lane.lane.channel, lane.lane.stops) for lane in slide.lanes] == [
        ("Alpha", ("major", "minor", "major")),
        ("Beta", ("", "major", "")),
    ]
    assert [[point.text for point in lane.points] for lane in slide.lanes] == [["often"], ["later"]]


def test_cadence_loses_nothing_it_has_no_lane_for() -> None:
    _, rest = arranged("```cadence\nAlpha: M\n```\n\n- Gamma\n  - never\n\nA remark.")
    assert isinstance(rest, Body)
    assert [words for block in rest.blocks for words in words_of(block)] == ["A remark.", "Gamma", "never"]


def test_heading_alone_is_a_title_and_may_be_a_section() -> None:
    only(TitleOnly, "# Q&A")
    only(Section, "layout: section\n\n# Part two")


def test_table_keeps_head_rows_and_alignment() -> None:
    slide = only(Body, "| a | b |\n|:-:|--:|\n| 1 | 2 |\n| x \\| y | |")
    assert slide.blocks == (b.Table(("a", "b"), (("1", "2"), ("x | y", "")), ("center", "right"), (65, 35)),)


def test_text_too_deep_to_read_is_shown_as_written() -> None:
    slide = only(Body, ">" * 100 + " x")
    assert isinstance(slide.blocks[0], b.Code)
    assert "shown as it was written" in slide.remarks[0]


def test_raw_html_stays_text() -> None:
    assert only(Body, "<b onclick=x>hello</b>").blocks == (b.Text("<b onclick=x>hello</b>"),)


PIECES = st.sampled_from(
    [
        "# {}",
        "## {}",
        "{}",
        "- {}\n- {}",
        "1. {}\n   - {}",
        "> {}",
        "> {}\n>\n> — {}",
        "---",
        "```sh\n{}\n```",
        "| {} | {} |\n|---|---|\n| {} | {} |",
        "- [ ] {}",
        "{}\n---",
        "> [!NOTE]\n> {}",
        "- {}\n\n  {}\n\n  ```\n  {}\n  ```",
        "layout: columns",
        "layout: quotes",
        "layout: cadence",
        "layout: team",
        "***",
        "> - {}\n> - {}",
    ]
)


def said(value: object) -> str:
    """Every text in a value."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple | list):
        return " ".join(map(said, value))
    return " ".join(map(said, vars(value).values())) if hasattr(value, "__dataclass_fields__") else ""


@given(st.lists(PIECES, max_size=8))
def test_no_word_is_lost_whatever_is_written(pieces: list[str]) -> None:
    count = sum(piece.count("{}") for piece in pieces)
    words = iter([f"word{number}" for number in range(count)])
    text = "\n\n".join(piece.format(*[next(words) for _ in range(piece.count("{}"))]) for piece in pieces)
    told = set(re.findall(r"word\d+", said(arranged(text))))
    assert told == {f"word{number}" for number in range(count)}


def test_endless_words_may_be_broken_and_marks_and_addresses_stay_whole() -> None:
    assert soften("w" * 400) == "\u200b".join(["w" * 12] * 33 + ["w" * 4])
    for text in ("|" + "-----|" * 80, ">" * 400, "https://example.org/" + "a" * 1000, "short " * 100):
        assert soften(text) == text
    assert printable(("a\x00b", Place("\ud800", 1, {}))) == ("a\ufffdb", Place("\ufffd", 1, {}))
