"""Changes told for readers, and the chips that levels are."""

import pytest

from interop.chips import chips_in, word_of
from interop.document.values import Change, Level, Tone
from interop.turns import Numbered, Scheme, Turn, turns_of

OLD = {"L2": Level("L2", tone=Tone.WORKS), "L4": Level("L4", tone=Tone.CAVEAT), "?": Level("?", tone=Tone.UNKNOWN)}
TICKS = {"X": Level("X", tone=Tone.WORKS)}
SCHEME = Scheme(
    {("m", "support"): "Support level", ("m", "works"): "Works", ("m", "tested"): "Tested"},
    {("m", "support"): OLD, ("m", "works"): TICKS, ("m", "tested"): TICKS},
)


def turns(*changes: Change) -> list[Turn]:
    numbered = [Numbered(number, one.environment, one) for number, one in enumerate(changes, 1)]
    return [turn for _, turn in turns_of("m", numbered, SCHEME)]


def words(turn: Turn) -> tuple[list[str], list[str]]:
    return [f"{one.word} {one.aside}".strip() for one in turn.was], [
        f"{one.word} {one.aside}".strip() for one in turn.now
    ]


@pytest.mark.parametrize(
    ("level", "word"),
    [
        (Level("L1", tone=Tone.FULL), "L1"),
        (Level("X", tone=Tone.FULL), "Yes"),
        (Level("x", tone=Tone.NONE), "No"),
        (Level("?", tone=Tone.UNKNOWN), "Unknown"),
        (Level("Z", tone=Tone.UNKNOWN), "Z"),
        (Level("1", tone=Tone.FULL), "1"),
        (Level("A", tone=Tone.FULL), "A"),
        (Level("✅", "✅", tone=Tone.FULL), "Yes"),
        (Level("🟢", "🟢", "Mostly supported", tone=Tone.WORKS), "Mostly supported"),
        (Level("[x]", tone=Tone.WORKS), "Yes"),
        (Level("w/ caveat", tone=Tone.CAVEAT), "w/ caveat"),
    ],
)
def test_level_has_a_word(level: Level, word: str) -> None:
    assert word_of(level) == word


@pytest.mark.parametrize(
    ("text", "chips"),
    [
        ("", [("blank", "Not stated", "")]),
        ("L2", [("works", "L2", "")]),
        ("L2 ?", [("works", "L2", "uncertain")]),
        ("L4 (upstream)", [("caveat", "L4", "upstream")]),
        ("L2 / L4", [("works", "L2", ""), ("caveat", "L4", "")]),
        ("?", [("unknown", "Unknown", "")]),
        ("[no owner]", [("words", "[no owner]", "")]),
        ("L2 / soon", [("words", "L2 / soon", "")]),
    ],
)
def test_text_of_a_change_becomes_chips(text: str, chips: list[tuple[str, str, str]]) -> None:
    assert [(one.tone, one.word, one.aside) for one in chips_in(text, OLD)] == chips


def test_rating_turns_from_chip_to_chip() -> None:
    (turn,) = turns(Change("rated", "ec2", "EC2", "support", "?", ""))
    assert (turn.label, turn.url) == ("Support level", "/interop/m/ec2/")
    assert words(turn) == (["Unknown"], ["Not stated"])


def test_change_of_criteria_joins_what_a_row_was_and_what_it_became() -> None:
    changes = (
        Change("criterion", "", "Support level", "support", "Support level\nL2 [works]", ""),
        Change("criterion", "", "Works", "works", "", "Works\nX [works]"),
        Change("criterion", "", "Tested", "tested", "", "Tested\nX [works]"),
        Change("rated", "ec2", "EC2", "support", "L2", ""),
        Change("rated", "rke2", "rke2", "support", "?", ""),
        Change("rated", "ec2", "EC2", "works", "", "X"),
        Change("rated", "ec2", "EC2", "tested", "", "X"),
    )
    numbered = [Numbered(number, one.environment, one) for number, one in enumerate(changes, 1)]
    told = turns_of("m", numbered, SCHEME)
    assert [numbers for numbers, _ in told] == [(1,), (2,), (3,), (4, 6, 7), (5,)]
    assert words(told[3][1]) == (["L2"], ["Yes Works", "Yes Tested"])
    assert words(told[4][1]) == (["Unknown"], ["Not stated"])
    assert {turn.label for _, turn in told[3:]} == {"Criteria changed"}


def test_added_row_shows_its_ratings_as_chips_and_the_rest_in_words() -> None:
    (turn,) = turns(Change("added", "ec2", "EC2", "Cloud", "", "Position: 1\nWorks: X\nOwner: [no owner]\nNotes: Slow"))
    assert words(turn) == ([], ["Yes Works"])
    assert turn.new == "no owner; Notes: Slow"


def test_retired_row_tells_reason_and_day() -> None:
    (turn,) = turns(Change("retired", "cosi", "COSI", "Other", "Works: X", "2021-05-11\nNobody tried it."))
    assert (turn.old, turn.new) == ("", "Nobody tried it. (2021-05-11)")


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (Change("owner", "ec2", "EC2", "", "[no owner]", "@org/team"), "No owner", "@org/team"),
        (Change("owner", "ec2", "EC2", "", "", "n/a"), "Not stated", "No owner"),
        (Change("note", "ec2", "EC2", "", "**Slow**", ""), "Slow", ""),
        (Change("reference", "ec2", "EC2", "", "#1", "[#2](https://example.org/2)"), "#1", "#2"),
        (
            Change("reference", "ec2", "EC2", "", "#1", "[#1](https://example.org/1)"),
            "#1",
            "[#1](https://example.org/1)",
        ),
        (Change("moved", "ec2", "EC2", "", "Cloud", "Metal"), "Cloud", "Metal"),
    ],
)
def test_other_changes_are_told_in_words(change: Change, old: str, new: str) -> None:
    (turn,) = turns(change)
    assert (turn.old, turn.new) == (old, new)


def test_changes_of_the_scheme_name_what_they_change() -> None:
    labels = [
        one.label
        for one in turns(
            Change("section", "", "Cloud", "name", "a", "b"), Change("criterion", "", "", "order", "a", "b")
        )
    ]
    assert labels == ["Section name", "Criterion order"]
    assert [one.label for one in turns(Change("text", "", "", "introduction", "a", "b"))] == ["Introduction"]


def test_long_texts_are_folded() -> None:
    (short,), (long,) = (
        turns(Change("text", "", "", "title", "a", "b")),
        turns(Change("text", "", "", "title", "a", "b\nc")),
    )
    assert not short.is_long
    assert long.is_long
