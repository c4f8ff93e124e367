"""The difference of two matrices, against the changes that a reader of the corpus' history wrote down."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.utils.text import slugify

from interop.document.compare import compare
from interop.document.identity import carry_slugs
from interop.document.reader import read
from interop.document.replay import replay, settled
from interop.document.values import Change, Environment, Matrix
from tests.corpus import CORPUS, needs_corpus

KEYS = {
    "support_level": "support-level",
    "full_feature": "full-feature-release-blocker",
    "works": "works",
    "tested": "tested-ci",
}
FIELDS = {"owner": ("owner", ""), "reference": ("reference", ""), "notes": ("note", "")}

Fact = tuple[str, str, str, str, str]
"""What, environment or name, field, old, new."""


def history() -> list[tuple[Any, tuple[Change, ...]]]:
    """Each commit of the truth with the changes found between its document and the one before."""
    commits = json.loads((CORPUS / "truth/flatcar/interop-matrix/changes.json").read_text())
    found, before = [], None
    for path, commit in zip(sorted((CORPUS / "flatcar/interop-matrix").glob("*.md")), commits, strict=True):
        matrix = read(path.read_text())[0]
        now = carry_slugs(before, matrix) if before else matrix
        found.append((commit, compare(before, now)))
        before = now
    return found


def fact(change: Change) -> Fact:
    return change.what, change.environment or change.name, change.field, change.old, change.new


def expected(truth: dict[str, Any]) -> Iterator[Fact]:
    """The facts that one entry of the truth stands for; sections and columns are looked at by their own tests."""
    if "added" in truth:
        yield "added", slugify(truth["added"]["environment"]), truth["added"]["section"], "", _row(truth["added"])
    elif "removed" in truth:
        yield (
            "retired",
            slugify(truth["removed"]["environment"]),
            truth["removed"]["section"],
            _row(truth["removed"]),
            "",
        )
    elif "moved" in truth:
        moved = truth["moved"]
        position = str(moved["new_position"] + 1)
        yield "moved", slugify(moved["environment"]), position, moved["old_section"], moved["new_section"]
    elif "renamed" in truth:
        yield "section", truth["renamed"]["new"], "name", truth["renamed"]["old"], truth["renamed"]["new"]
    elif truth.get("document") == "section text added":
        yield "text", truth["section"], "introduction", "", truth["new"]
    elif truth.get("document") == "placeholder row added":
        yield "section", truth["section"], "placeholders", "0", "1"
    elif "environment" in truth:
        yield from _of_row(slugify(truth["environment"]), truth["field"], truth["old"], truth["new"])


def _row(row: dict[str, Any]) -> str:
    labels = {
        "support_level": "Support level",
        "full_feature": "Full-Feature (release blocker)",
        "works": "Works",
        "tested": "Tested (CI)",
        "owner": "Owner",
        "reference": "Reference",
        "notes": "Notes",
    }
    lines = [f"{label}: {row[key]}" for key, label in labels.items() if row.get(key)]
    return "\n".join([*lines, *(f"Cells too many: {cell}" for cell in row.get("overflow_cells", ()))])


def _of_row(slug: str, field: str, old: Any, new: Any) -> Iterator[Fact]:
    if field == "support":
        yield from (("rated", slug, KEYS[key], said, "") for key, said in old.items() if said)
        yield from (("rated", slug, KEYS[key], "", said) for key, said in new.items() if said)
    elif field == "overflow_cells":
        yield "text", slug, "cells too many", " | ".join(old), " | ".join(new)
    elif new is None:
        yield "text", slug, "cells too few", "", "1"
    else:
        what, key = FIELDS.get(field) or ("rated", KEYS[field])
        yield what, slug, key, old, new


@needs_corpus
def test_every_change_of_the_truth_is_found_and_nothing_else() -> None:
    of_rows = {
        "added",
        "retired",
        "moved",
        "renamed",
        "rated",
        "owner",
        "reference",
        "note",
        "variant",
        "text",
        "section",
    }
    for commit, changes in history()[1:6]:
        wanted = {one for truth in commit["changes"] for one in expected(truth)}
        assert {fact(change) for change in changes if change.what in of_rows} == wanted, commit["subject"]
        assert len({fact(change) for change in changes}) == len(changes)


@needs_corpus
def test_the_first_document_is_added_row_by_row() -> None:
    commit, changes = history()[0]
    wanted = {one for truth in commit["changes"] for one in expected(truth)}
    assert {fact(change) for change in changes if change.what == "added"} == wanted
    created = commit["changes"][0]
    assert [one.name for one in changes if one.what == "section"] == created["sections"]
    scheme = next(one.new for one in changes if one.field == "support-level")
    assert all(f"{code}: {meaning}" in scheme for code, meaning in created["legend"].items())


@needs_corpus
def test_a_change_of_scheme_says_what_was_declared_and_what_each_row_was() -> None:
    commit, changes = history()[1]
    columns, legend = commit["changes"][:2]
    gone = next(one for one in changes if one.field == "support-level" and not one.environment)
    assert all(f"{code}: {meaning}" in gone.old for code, meaning in legend["old"].items())
    assert gone.new == ""
    headers = next(one for one in changes if one.field == "columns")
    assert [line.rsplit(" (", 1)[0] for line in headers.new.splitlines()] == columns["new"]
    assert [fact(one)[2:] for one in changes if one.environment == "ec2"] == [
        ("support-level", "L2", ""),
        ("works", "", "X"),
        ("tested-ci", "", "X"),
    ]
    assert [fact(one)[2:] for one in changes if one.environment == "yandex"] == [("support-level", "?", "")]


@needs_corpus
def test_the_last_document_holds_its_commit_and_those_not_kept_before_it() -> None:
    commit, changes = history()[6]
    found = {fact(change) for change in changes}
    wanted = {one for truth in commit["changes"] for one in expected(truth)}
    assert wanted <= found
    assert {one[:3] for one in found - wanted} == {
        ("reference", "ec2", ""),
        ("note", "ec2", ""),
        ("added", "brightbox", "Public cloud (machines)"),
        ("added", "capo", "Cluster API"),
        ("owner", "openstack", ""),
        ("note", "openstack", ""),
        ("rated", "openstack", "full-feature-release-blocker"),
        ("rated", "openstack", "tested-ci"),
    }


DOCUMENT = """# Where it runs

| Environment | Works | Tested | Owner | Notes |
|---|---|---|---|---|
| EC2 | X | X | @org/team | |
| Azure | X | | [no owner] | |
| GCE | w/ caveat | | Provider | no agent |
| Packet | X | | [no owner] | |
"""


def changes_to(old: str, new: str) -> list[Fact]:
    before = read(old)[0]
    return [fact(one) for one in compare(before, carry_slugs(before, read(new)[0]))]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("| EC2 | X |", "| EC2 | Partial |", [("rated", "ec2", "works", "X", "Partial")]),
        ("| Azure | X |", "| Azure | |", [("rated", "azure", "works", "X", "")]),
        ("@org/team", "@org/cloud-team", [("owner", "ec2", "", "@org/team", "@org/cloud-team")]),
        ("no agent", "none", [("note", "gce", "", "no agent", "none")]),
        ("| Packet ", "| Equinix Metal ", [("renamed", "packet", "", "Packet", "Equinix Metal")]),
        ("# Where it runs", "# Support", [("text", "", "title", "Where it runs", "Support")]),
        ("| EC2 | X | X |", "| EC2   |  X  |  X  |", []),
        ("|---|---|---|---|---|", "|:-|:-:|-:|---|---|", []),
        ("| Tested |", "| Tested in CI |", None),
    ],
)
def test_one_edit_is_one_change(old: str, new: str, wanted: list[Fact] | None) -> None:
    found = changes_to(DOCUMENT, DOCUMENT.replace(old, new))
    if wanted is not None:
        assert found == wanted


def test_a_matrix_differs_in_nothing_from_itself() -> None:
    matrix = read(DOCUMENT)[0]
    assert compare(matrix, matrix) == ()


def test_a_level_nobody_declared_is_no_change_of_the_scheme() -> None:
    found = changes_to(DOCUMENT, DOCUMENT.replace("| EC2 | X |", "| EC2 | ? |"))
    assert found == [("rated", "ec2", "works", "X", "?")]


def test_a_row_that_moves_up_moves_alone() -> None:
    lines = DOCUMENT.splitlines()
    moved = "\n".join([*lines[:4], lines[7], *lines[4:7]])
    assert changes_to(DOCUMENT, moved) == [("moved", "packet", "1", "(no heading)", "(no heading)")]


def test_a_row_that_goes_and_another_that_comes_are_two() -> None:
    lines = DOCUMENT.splitlines()
    found = changes_to(DOCUMENT, "\n".join([*lines[:6], *lines[7:], "| Hetzner | X | | [no owner] | |"]))
    assert [one[:2] for one in found] == [("retired", "gce"), ("added", "hetzner")]


def test_a_variant_named_for_a_rating_is_a_change() -> None:
    matrix = read(DOCUMENT.replace("| EC2 | X |", "| EC2 | X / w/ caveat |"))[0]
    first = matrix.sections[0].environments[0]

    def named(one: Environment) -> Environment:
        ratings = tuple(replace(rating, variant=name) for rating, name in zip(one.cells[0].ratings, "ab", strict=True))
        return replace(one, cells=(replace(one.cells[0], ratings=ratings), *one.cells[1:]))

    rows = (named(first), *matrix.sections[0].environments[1:])
    changed: Matrix = replace(matrix, sections=(replace(matrix.sections[0], environments=rows),))
    assert [fact(one) for one in compare(matrix, changed)] == [("variant", "ec2", "works", "", "a / b")]


def test_a_level_that_is_declared_at_last_may_stand_anywhere() -> None:
    table = "| Environment | Level |\n|---|---|\n| EC2 | L1 |\n"
    legends = ("* L1: all\n* L2: most", "", "* L2: most\n* L1: all")
    first, second, third = (read(f"# T\n\n{legend}\n\n{table}")[0] for legend in legends)
    bare = carry_slugs(first, second)
    assert bare.criteria[0].levels[0].tone is first.criteria[0].levels[0].tone
    assert settled(replay(bare, compare(bare, third))) == settled(third)
