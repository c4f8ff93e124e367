"""What single cells say: ratings, owners, references, names and known issues."""

import pytest

from interop.document.catalogue import read_issues, write_issues
from interop.document.cells import is_catch_all, is_vacant, read_name, read_owners, read_references
from interop.document.legend import read_item, write_item
from interop.document.pipes import split
from interop.document.ratings import read_ratings
from interop.document.values import Level, Rating, Reference, Tone

GRADES = (
    Level("L1", meaning="All features, tested"),
    Level("L2", meaning="Supported, tested"),
    Level("L3", meaning="supported but not tested"),
    Level("L4", meaning="supported with caveats"),
)
TICKS = ["X", "Partial", "w/ caveat", ""]
MARKS = (Level("✅", "✅", "Fully supported", "all works"), Level("🟢", "🟢", "Mostly supported", "most works"))


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a | b |", ("a", "b")),
        ("a | b", ("a", "b")),
        ("| a || b |", ("a", "", "b")),
        ("|a|b|c", ("a", "b", "c")),
        (r"| a \| b | c |", ("a | b", "c")),
        ("| `a|b` | c |", ("`a", "b`", "c")),
        ("| | |", ("", "")),
        ("| &nbsp; | \u00a0 |", ("", "")),
        ("words", ("words",)),
    ],
)
def test_a_row_is_split_as_a_table_row(line: str, cells: tuple[str, ...]) -> None:
    assert split(line) == cells


@pytest.mark.parametrize(
    ("cell", "ratings"),
    [
        ("L1", [Rating("L1")]),
        ("**L1**", [Rating("L1")]),
        ("L3 ?", [Rating("L3", uncertain=True)]),
        ("L3?", [Rating("L3", uncertain=True)]),
        ("L3 (?)", [Rating("L3", uncertain=True)]),
        ("?", [Rating("?")]),
        ("x", [Rating("x")]),
        ("L3 / L4", [Rating("L3"), Rating("L4")]),
        ("L3/L4", [Rating("L3"), Rating("L4")]),
        ("L3, L4", [Rating("L3"), Rating("L4")]),
        ("L3 ? / L4", [Rating("L3", uncertain=True), Rating("L4")]),
        ("L4 on bare metal", [Rating("L4", words="on bare metal")]),
        ("[no owner]", [Rating(None, words="[no owner]")]),
        ("@org/team", [Rating(None, words="@org/team")]),
        ("works with a kernel of our own", [Rating(None, words="works with a kernel of our own")]),
    ],
)
def test_a_graded_cell_is_understood(cell: str, ratings: list[Rating]) -> None:
    assert read_ratings("Support level", GRADES, [cell]).ratings[cell] == tuple(ratings)


@pytest.mark.parametrize(
    ("cell", "ratings"),
    [
        ("X", [Rating("X")]),
        ("X (upstream)", [Rating("X", words="(upstream)")]),
        ("w/ caveat", [Rating("w/ caveat")]),
        ("Partial, no GPU", [Rating("Partial", words=", no GPU")]),
        ("X / Partial", [Rating("X"), Rating("Partial")]),
        ("x", [Rating("x")]),
        ("n/a", [Rating("n/a")]),
    ],
)
def test_a_tick_is_understood(cell: str, ratings: list[Rating]) -> None:
    assert read_ratings("Works", (), [*TICKS, cell]).ratings[cell] == tuple(ratings)


@pytest.mark.parametrize(
    ("cell", "ratings"),
    [
        ("✅", [Rating("✅")]),
        ("✅ Fully supported", [Rating("✅")]),
        ("✅ since May", [Rating("✅", words="since May")]),
        ("✅ ?", [Rating("✅", uncertain=True)]),
        ("✅ 🟢", [Rating("✅"), Rating("🟢")]),
        ("✅[^1]", [Rating("✅")]),
        (":x:", [Rating(":x:")]),
        ("⚠️", [Rating("⚠️")]),
    ],
)
def test_a_symbol_is_understood(cell: str, ratings: list[Rating]) -> None:
    assert read_ratings("Status", MARKS, [cell]).ratings[cell] == tuple(ratings)


def test_a_blank_cell_has_no_rating() -> None:
    assert read_ratings("Works", (), ["", "X"]).ratings == {"X": (Rating("X"),)}


def test_levels_nobody_declared_follow_the_declared_ones_in_order_of_appearance() -> None:
    levels = read_ratings("Support level", GRADES[:2], ["?", "x", "L2", "x"]).levels
    assert [(level.code, level.meaning) for level in levels[2:]] == [("?", ""), ("x", "")]
    assert [level.code for level in levels[:2]] == ["L1", "L2"]


def test_words_of_another_column_name_no_level() -> None:
    scheme = read_ratings("Works", (), ["X", "Upstream"], foreign={"Upstream"})
    assert scheme.ratings["Upstream"] == (Rating(None, words="Upstream"),)
    assert [level.code for level in scheme.levels] == ["X"]


@pytest.mark.parametrize(
    ("criterion", "declared", "cells", "tones"),
    [
        ("Support level", GRADES, ["x", "?"], "full works partial caveat none unknown"),
        ("Full-Feature", (), ["X", "Partial"], "full partial"),
        ("Works", (), ["X", "w/ caveat", "x"], "works caveat none"),
        ("Works", (), ["x"], "works"),
        ("Status", MARKS, ["🔵", "❌", "⚠️", "❓", "-"], "full works partial none caveat unknown blank"),
        ("Tier", (), ["Tier 2", "Tier 1", "Tier 3"], "works full partial"),
        ("Status", (), ["yes", "no", "planned", "untested", "n/a", "Soon"], "works none none unknown blank unknown"),
        ("Status", (Level("🟢", "🟢", "Fully supported", "Fully supported"),), [], "full"),
        ("Level", (Level("L0", meaning="not supported"), Level("L1", meaning="fully supported")), [], "none full"),
    ],
)
def test_a_level_has_the_tone_its_words_and_place_say(
    criterion: str, declared: tuple[Level, ...], cells: list[str], tones: str
) -> None:
    levels = read_ratings(criterion, declared, cells).levels
    assert [level.tone for level in levels] == [Tone(tone) for tone in tones.split()]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("L1: everything, tested", Level("L1", meaning="everything, tested")),
        ("**L1**: everything", Level("L1", meaning="everything")),
        ("`L1` - everything", Level("L1", meaning="everything")),
        ("L1 (Full): everything", Level("L1", name="Full", meaning="everything")),
        ("X = works", Level("X", meaning="works")),
        ("L3: supported  but slow", Level("L3", meaning="supported  but slow")),
        ("✅ Full - all works", Level("✅", "✅", "Full", "all works")),
        ("✅ = works", Level("✅", "✅", "works", "works")),
        ("✅ works", Level("✅", "✅", "works", "works")),
        ("✅ " + "a" * 50, Level("✅", "✅", "", "a" * 50)),
        ("x", Level("x")),
    ],
)
def test_a_line_of_a_legend_declares_a_level_and_is_written_so_that_it_does_again(line: str, level: Level) -> None:
    assert read_item(line) == level
    assert read_item(write_item(level)) == level


@pytest.mark.parametrize(
    "cell",
    ["", "[no owner]", "no owner", "none", "-", "n/a", "TBD", "(vacant)", "[none]", "?", "Help wanted", "\u2014"],
)
def test_a_vacancy_is_no_owner(cell: str) -> None:
    assert is_vacant(cell)
    assert read_owners(cell) == ()


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("@org/team", ["@org/team"]),
        ("Upstream", ["Upstream"]),
        ("@org/team, Upstream and @ann", ["@org/team", "Upstream", "@ann"]),
        ("[Jane Doe](https://example.org); Provider", ["Jane Doe", "Provider"]),
        ("Jane (Example, Inc.), Bob", ["Jane (Example, Inc.)", "Bob"]),
        ("Storage and Networking team", ["Storage and Networking team"]),
        ("@a_b_c", ["@a_b_c"]),
        ("@ann, tbd", ["@ann"]),
    ],
)
def test_owners_are_told_apart(cell: str, owners: list[str]) -> None:
    assert read_owners(cell) == tuple(owners)


@pytest.mark.parametrize(
    ("cell", "references"),
    [
        ("#107", [("#107", "")]),
        ("[#107](https://example.org/107)", [("#107", "https://example.org/107")]),
        ("(https://example.org/a_(b)).", [("https://example.org/a_(b)", "https://example.org/a_(b)")]),
        ("see #1, org/repo#2 and ABC-3", [("#1", ""), ("org/repo#2", ""), ("ABC-3", "")]),
        ("<https://example.org>", [("https://example.org", "https://example.org")]),
        ("in the works upstream", [("in the works upstream", "")]),
        ("n/a", []),
        ("", []),
    ],
)
def test_references_are_found(cell: str, references: list[tuple[str, str]]) -> None:
    assert read_references(cell) == tuple(Reference(label, url) for label, url in references)


@pytest.mark.parametrize(
    ("cell", "name", "others"),
    [
        ("ESXi / vSphere", "ESXi / vSphere", False),
        ("**EC2**", "EC2", False),
        ("[EC2](https://example.org)[^1]", "EC2", False),
        ("*Your own cloud*", "Your own cloud", True),
        ("Other", "Other", True),
        ("Others clouds inc.", "Others clouds inc.", False),
    ],
)
def test_a_name_is_read_without_its_marks(cell: str, name: str, others: bool) -> None:
    assert (read_name(cell), is_catch_all(cell)) == (name, others)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("`A` and `B`", ["A", "B"]),
        ("`A`, `B`", ["A", "B"]),
        ("A, B", ["A", "B"]),
        ("No known issues", []),
        ("use `kubectl exec` with care", []),
        ("C", []),
        ("", []),
    ],
)
def test_known_issues_are_named_by_their_codes(cell: str, codes: list[str]) -> None:
    assert read_issues(cell, {"A", "B"}) == tuple(codes)
    assert read_issues(write_issues(codes), ()) == tuple(codes)
