"""Changes lead from the old matrix to the new one: `replay(old, compare(old, new))` says what `new` says."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interop.document import values as v
from interop.document.compare import compare
from interop.document.identity import carry_slugs, retire_missing
from interop.document.reader import read
from interop.document.replay import replay, settled
from interop.intake import files_below, read_version
from interop.soundness import Soundness
from tests.corpus import CORPUS, needs_corpus

DEMO = Path(__file__).parent.parent / "communitycalls" / "demo" / "matrices"
ENDED = v.Retirement(dt.date(2021, 6, 8), "It ended")

NAMES = ["EC2", "GCE", "Azure", "Bare metal", "*Others*", "VMware (ESXi)", "KVM", "KVM 2", "Café \\| bar"]
LEVELS = ["", "L1", "L2", "L3 ?", "x", "?", "X (upstream)", "L1 / L2", "L2 on arm64", "see below", "Partial", "✅"]
OWNERS = ["", "[no owner]", "Kai", "@org/team", "Kai, Thilo", "Upstream"]
REFERENCES = ["", "#107", "#107, [docs](https://example.org/a)", "none"]
NOTES = ["", "Slow.", "Two<br>lines", "`code` and \\| pipe", "A: b"]
ISSUES = ["", "RemoteExec", "RemoteExec, Storage", "none known"]
COLUMNS = {
    "Support level": LEVELS,
    "Works": LEVELS,
    "Owner": OWNERS,
    "Reference": REFERENCES,
    "Notes": NOTES,
    "Known issues": ISSUES,
    "Link": NOTES,
}
LEGENDS = ["", "Legend:\n* L1: everything\n* L2: most of it", "Legend:\n* L2: most of it\n* L1: all\n* x: not at all"]
CATALOGUES = ["", "## Known issues\n\n* RemoteExec: it hangs\n", "## Known issues\n\n* Storage: it is slow\n"]
WORDS = ["", "What works.", "Two\n\nparagraphs", "* a list\n* of two"]


@st.composite
def documents(draw: st.DrawFn) -> v.Matrix:
    """A matrix as an author writes it: any of the columns, any cells in them, rows too long and too short."""
    headers = ["Environment", *draw(st.lists(st.sampled_from(list(COLUMNS)), unique=True, max_size=5))]
    sections = draw(st.lists(st.sampled_from(["Cloud", "Bare metal", "Local"]), unique=True, min_size=1, max_size=3))
    opening = [f"# {draw(st.sampled_from(['Matrix', 'Interop']))}", draw(st.sampled_from(WORDS))]
    body = [part for name in sections for part in _section(draw, name, headers)]
    closing = [draw(st.sampled_from(CATALOGUES))]
    return read("\n\n".join((*opening, draw(st.sampled_from(LEGENDS)), *body, *closing)) + "\n")[0]


def _section(draw: st.DrawFn, name: str, headers: list[str]) -> Iterator[str]:
    rows = [
        [environment, *(draw(st.sampled_from(COLUMNS[header])) for header in headers[1:])]
        for environment in draw(st.lists(st.sampled_from(NAMES), max_size=4))
    ]
    if rows:
        odd = [rows[0], rows[0][:-1] or rows[0], [*rows[0], "too many"], [""] * len(headers)]
        rows[0] = draw(st.sampled_from(odd))
    lines = [headers, ["---"] * len(headers), *rows]
    yield f"## {name}"
    yield draw(st.sampled_from(WORDS[:2]))
    yield "\n".join(f"| {' | '.join(row)} |" for row in lines)


def followed(old: v.Matrix | None, new: v.Matrix) -> v.Matrix:
    """`new` as the version of a document that follows `old`."""
    carried = carry_slugs(old or v.Matrix(""), new)
    return retire_missing(old, carried, ENDED) if old else carried


def history(versions: list[v.Matrix]) -> list[v.Matrix]:
    found: list[v.Matrix] = []
    for one in versions:
        found.append(followed(found[-1] if found else None, one))
    return found


def versions_in(folder: Path) -> list[v.Matrix]:
    return history([read_version(path).matrix for path in files_below([folder])])


def assert_sum_of_changes(values: list[v.Matrix]) -> None:
    """Every value is sound, and follows from its predecessor, from nothing, and from all changes before it."""
    state: v.Matrix | None = None
    before: v.Matrix | None = None
    soundness = Soundness()
    for value in values:
        assert soundness.fault(value, settled(value)) is None
        state = replay(state, compare(before, value))
        for found in (state, replay(before, compare(before, value)), replay(None, compare(None, value))):
            assert settled(found) == settled(value)
        before = value


@given(st.lists(documents(), min_size=2, max_size=3))
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_history_of_documents_is_the_sum_of_its_changes(versions: list[v.Matrix]) -> None:
    assert_sum_of_changes(history(versions))


@given(documents(), documents())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_changes_lead_back_as_well(first: v.Matrix, second: v.Matrix) -> None:
    old, new = history([first, second])
    assert settled(replay(new, compare(new, old))) == settled(replay(None, compare(None, old)))


@given(documents())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_a_reader_made_is_settled_already(document: v.Matrix) -> None:
    value = followed(None, document)
    assert settled(value) == value


@needs_corpus
def test_the_seven_versions_of_the_corpus_are_the_sum_of_their_changes() -> None:
    values = versions_in(CORPUS / "flatcar" / "interop-matrix")
    assert len(values) == 7
    assert_sum_of_changes(values)
    assert [settled(one) for one in values] == values


def test_the_demo_is_the_sum_of_its_changes() -> None:
    values = versions_in(DEMO / "distribution")
    assert_sum_of_changes(values)
    assert_sum_of_changes(history([*values, read_version(DEMO / "liqo.md").matrix, values[0]]))


# nothing that a row says is lost on the way

ROW = v.Environment("EC2", "ec2", owner_written="Kai", owners=("Kai",), notes="Slow")
SCHEME = (
    v.Criterion("works", "Works", (v.Level("L1", meaning="All", tone=v.Tone.FULL), v.Level("L2", meaning="Most"))),
)
START = v.Matrix(
    "Matrix",
    criteria=SCHEME,
    sections=(v.Section("Cloud", environments=(ROW,)),),
    known_issues=(v.KnownIssue("A", "b"),),
)
COLUMN = v.Column(v.Role.TEXT, "Link")
OF_ROW: dict[str, Any] = {
    "name": "Elastic",
    "cells": (v.Cell("works", "L1 ?", (v.Rating("L1", uncertain=True, variant="arm64"),)),),
    "owners": {"owners": ("Thilo",), "owner_written": "Thilo"},
    "owner_written": {"owners": ("Kai",), "owner_written": "*Kai*"},
    "references": {"references": (v.Reference("#1"),), "reference_written": "#1"},
    "reference_written": "none",
    "notes": "Fast\nnow",
    "issues": {"issues": ("A",), "issues_written": "A"},
    "issues_written": "none",
    "texts": (("Link", "here"),),
    "overflow": ("one | more", "and more"),
    "missing": 2,
    "catch_all": True,
    "retired": ENDED,
    "name_written": "**EC2**",
}
OF_SECTION: dict[str, Any] = {
    "name": "Clouds",
    "introduction": "Text\n\n  more",
    "placeholders": 3,
    "level": 3,
    "conclusion": "End",
    "columns": (COLUMN,),
    "table": False,
}
OF_MATRIX: dict[str, Any] = {
    "title": "Other",
    "introduction": "Text",
    "criteria": (*SCHEME, v.Criterion("tested", "Tested (CI)", (v.Level("X", meaning="y"),), "## Tested")),
    "columns": (v.Column(v.Role.CRITERION, "Works", "works"), COLUMN),
    "known_issues": (v.KnownIssue("C", "d"), v.KnownIssue("A", "b2")),
    "conclusion": "End",
    "unread": (v.Unread(1, "---"), v.Unread(2, "a: b")),
    "issues_introduction": "## Issues",
}


def of_row(change: dict[str, Any]) -> v.Matrix:
    return replace(START, sections=(replace(START.sections[0], environments=(replace(ROW, **change),)),))


def of_section(change: dict[str, Any]) -> v.Matrix:
    return replace(START, sections=(replace(START.sections[0], **change),))


def of_matrix(change: dict[str, Any]) -> v.Matrix:
    return replace(START, **change)


CASES: list[tuple[Callable[[dict[str, Any]], v.Matrix], str, Any]] = [
    *((of_row, field, to) for field, to in OF_ROW.items()),
    *((of_section, field, to) for field, to in OF_SECTION.items()),
    *((of_matrix, field, to) for field, to in OF_MATRIX.items()),
]


@pytest.mark.parametrize(("change", "field", "to"), CASES, ids=[f"{one[0].__name__} {one[1]}" for one in CASES])
def test_each_field_changes_and_changes_back(change: Callable[[dict[str, Any]], v.Matrix], field: str, to: Any) -> None:
    other = change(to if isinstance(to, dict) else {field: to})
    assert settled(other) != settled(START)
    assert settled(replay(START, compare(START, other))) == settled(other)
    assert settled(replay(other, compare(other, START))) == settled(START)


def test_every_field_of_a_row_a_section_and_a_matrix_was_tried() -> None:
    assert {*OF_ROW, "slug"} == {field.name for field in fields(v.Environment)}
    assert {*OF_SECTION, "environments"} == {field.name for field in fields(v.Section)}
    assert {*OF_MATRIX, "sections"} == {field.name for field in fields(v.Matrix)}
