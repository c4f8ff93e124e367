"""The rows of changes after importing the corpus' history, against the changes that a reader of it wrote down."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from interop.models import Change, Environment, Revision
from tests.corpus import CORPUS, needs_corpus
from tests.test_compare_matrix import Fact, expected

pytestmark = [pytest.mark.django_db, needs_corpus]

FOLDER = CORPUS / "flatcar" / "interop-matrix"
VERSIONS = sorted(FOLDER.glob("*.md"))
SHORT = ("capv", "capm3", "capg")
OF_MATRIX = ("criterion", "issue")
NOT_KEPT = {"ec2", "brightbox", "capo", "openstack", "aks-engine"}
"""Rows of the last version that commits changed which the corpus does not hold."""


def run(*arguments: object) -> None:
    call_command("import_matrix", *[str(one) for one in arguments], "--matrix", "flatcar", stdout=StringIO())


def truth() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((CORPUS / "truth/flatcar/interop-matrix/changes.json").read_text())
    return found


def facts(number: int) -> set[Fact]:
    """What a revision's rows say of environments, sections and texts."""
    rows = Change.objects.filter(revision__number=number).exclude(what__in=OF_MATRIX).select_related("environment")
    # a retired row's `new` is the day and the reason, which no document says
    return {
        (
            one.what,
            one.environment.slug if one.environment else one.name,
            one.field,
            one.old,
            "" if one.what == "retired" else one.new,
        )
        for one in rows
    }


def wanted(number: int) -> set[Fact]:
    return {fact for entry in truth()[number - 1]["changes"] for fact in expected(entry)}


def test_every_version_changes_what_the_truth_says_and_nothing_else() -> None:
    run(FOLDER)
    assert wanted(1) == {fact for fact in facts(1) if fact[0] == "added"}
    for number in range(2, 7):
        assert facts(number) == wanted(number), VERSIONS[number - 1].name
    assert wanted(7) <= facts(7)
    assert {fact[1] for fact in facts(7) - wanted(7)} <= NOT_KEPT
    dates = list(Revision.objects.order_by("number").values_list("effective", flat=True))
    assert [date.isoformat() for date in dates] == [path.name[:10] for path in VERSIONS]


def test_a_change_of_scheme_keeps_before_and_after_of_every_row(client: Client) -> None:
    run(FOLDER)
    rows = [one for one in truth()[1]["changes"] if one.get("field") == "support"]
    assert len(rows) == 40
    for entry in rows:
        row = Environment.objects.get(name=entry["environment"])
        said = Change.objects.filter(revision__number=2, environment=row, what="rated")
        before, after = ([getattr(one, side) for one in said if getattr(one, side)] for side in ("old", "new"))
        assert before == [entry["old"]["support_level"]]
        assert after == [said for said in entry["new"].values() if said]
    page = client.get("/interop/flatcar/diff.md?from=revision:1&to=revision:2").content.decode()
    assert "- Criteria changed: `?` (Support level) → not stated" in page
    assert "- Criteria changed: `L1` (Support level) → `X` (Works)" in page


def test_a_row_that_moves_goes_or_loses_a_cell_is_the_same_environment() -> None:
    run(VERSIONS[0], "--effective", "2021-04-30")
    keys = dict(Environment.objects.values_list("slug", "pk"))
    run(*VERSIONS[1:])
    now = dict(Environment.objects.values_list("slug", "pk"))
    assert {slug: now[slug] for slug in keys} == keys
    assert set(now) - set(keys) == {"brightbox", "capo"}
    cosi = Environment.objects.get(slug="cosi")
    assert cosi.retired_on is not None
    assert cosi.retired_on.isoformat() == "2021-05-11"
    moved = Environment.objects.get(slug="aks-engine")
    assert moved.section.name == "Kubernetes Distros"
    assert set(moved.changes.values_list("revision__number", "what")) >= {(1, "added"), (5, "moved")}


def test_a_row_renamed_or_realigned_is_the_same_even_where_the_scheme_changes(tmp_path: Path) -> None:
    renamed = tmp_path / "2021-05-03_b.md"
    renamed.write_text(VERSIONS[1].read_text().replace("Kubematic", "Kubermatic"))
    realigned = tmp_path / "2021-05-04_c.md"
    lines = renamed.read_text().splitlines(keepends=True)
    short = tuple(f"| {slug.upper()} " for slug in SHORT)
    realigned.write_text("".join(mended(line) if line.startswith(short) else line for line in lines))
    run(VERSIONS[0], renamed, realigned)
    kubematic = Environment.objects.get(slug="kubematic")
    assert kubematic.name == "Kubermatic"
    assert set(kubematic.changes.filter(revision__number=2).values_list("what", "old", "new")) == {
        ("renamed", "Kubematic", "Kubermatic"),
        ("rated", "L3", ""),
        ("rated", "", "X"),
    }
    assert facts(3) == {
        fact
        for slug in SHORT
        for fact in (
            ("rated", slug, "works", "[no owner]", ""),
            ("owner", slug, "", "", "[no owner]"),
            ("text", slug, "cells too few", "1", ""),
        )
    }
    assert not Environment.objects.exclude(retired_on=None).exists()


def mended(line: str) -> str:
    """A row with all its cells, as a later author wrote it."""
    return f"| {line.split('|')[1].strip()} | | | | [no owner] | | |\n"


def test_a_correction_is_told_apart_from_a_change(client: Client) -> None:
    run(VERSIONS[4], "--effective", "2021-06-09")
    run(VERSIONS[5], "--effective", "2023-05-02", "--correction", "--message", "The organisation was renamed")
    assert list(Revision.objects.order_by("number").values_list("kind", flat=True)) == ["change", "correction"]
    page = client.get("/interop/flatcar/changes/").content.decode()
    assert page.count("Correction</span>") == 1
