"""A matrix's page says levels in words, counts what counts, and goes back to any point."""

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client

from interop.exporter import read_matrix
from interop.history import Note, record
from interop.models import Environment, EnvironmentIssue, KnownIssue, Level, Matrix, Rating, Reference, Section
from tests.make import make_environment, make_matrix
from tests.reading import Part, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def matrix() -> Matrix:
    matrix = make_matrix()
    make_environment(matrix, "EC2", level="L1", owner="@org/team", notes="IAM is *missing*")
    make_environment(matrix, "Hetzner", level="L2")
    make_environment(matrix, "Tencent", level="x", owner="Upstream")
    make_environment(matrix, "Yandex", level="")
    return matrix


def names(page: Part) -> list[str]:
    rows = page.one("table", "matrix").all("th") if page.all("table", "matrix") else []
    return [one.one("a").text for one in rows if one.get("scope") == "row"]


def row(page: Part, name: str) -> Part:
    return next(one for one in page.one("table", "matrix").all("tr") if one.text.startswith(name))


@pytest.mark.usefixtures("matrix")
def test_levels_are_words_and_a_blank_is_not_a_no(client: Client) -> None:
    page = read(client, "/interop/support/")
    chips = {name: row(page, name).one("td", "rate").one("span", "level") for name in ("EC2", "Tencent", "Yandex")}
    assert {name: (chip.text, chip.get("class").split()[1]) for name, chip in chips.items()} == {
        "EC2": ("L1", "level--full"),
        "Tencent": ("No", "level--none"),
        "Yandex": ("Not stated", "level--blank"),
    }


@pytest.mark.usefixtures("matrix")
def test_table_names_its_columns_and_rows(client: Client) -> None:
    table = read(client, "/interop/support/").one("table", "matrix")
    heads = [one.text for one in table.all("th") if one.get("scope") == "col"]
    assert heads == ["Environment", "Support level", "Owner", "Notes and references", "Last changed"]
    assert [one.get("scope") for one in table.one("tr", "group").all("th")] == ["rowgroup"]


@pytest.mark.usefixtures("matrix")
def test_legend_gives_meanings_and_names_levels_that_have_none(client: Client) -> None:
    lines = [one.text for one in read(client, "/interop/support/").one("details", "legend").one("dl").all("div")]
    assert lines == [
        "L1 Every feature, tested",
        "L2 Tested",
        "No Written x; no legend says what it means.",
        "Not stated Nobody has said anything: not a no",
    ]


def test_counts_leave_out_catch_all_and_retired_rows(client: Client, matrix: Matrix) -> None:
    make_environment(matrix, "Any other", catch_all=True)
    make_environment(matrix, "COSI", level="x", retired_on=dt.date(2021, 5, 11), retired_reason="Nobody tried it.")
    page = read(client, "/interop/support/")
    sums = page.one("section", "sums")
    assert [one.get("aria-label") for one in sums.all("svg")] == [
        "1 L1, 1 L2, 1 no, 1 not stated",
        "2 owned, 2 without owner",
    ]
    assert "4 environments, 2 without owner" in page.one("tr", "group").text
    assert "any other; not counted" in row(page, "Any other").text
    assert "COSI" not in names(page)
    assert "COSI retired on 11 May 2021 No Nobody tried it." in page.one("details", "retired").text


def test_doubt_and_several_levels_are_shown_and_counted(client: Client, matrix: Matrix) -> None:
    rating = Rating.objects.get(cell__environment__name="EC2")
    rating.uncertain, rating.words = True, "(upstream)"
    rating.save()
    second = Rating.objects.get(cell__environment__name="Hetzner")
    Rating.objects.create(cell=second.cell, level=Level.objects.get(code="x"), variant="arm64", position=2)
    page = read(client, "/interop/support/")
    assert row(page, "EC2").one("span", "level").text == "L1 uncertain, upstream"
    assert [one.text for one in row(page, "Hetzner").one("td", "rate").all("span", "level")] == ["L2", "No arm64"]
    assert "1 L1 (1 uncertain)1 L2 / no1 no1 not stated" in page.one("section", "sums").text


def test_words_that_name_no_level_stay_words(client: Client, matrix: Matrix) -> None:
    rating = Rating.objects.get(cell__environment__name="EC2")
    rating.level, rating.words = None, "[no owner]"
    rating.save()
    chip = row(read(client, "/interop/support/"), "EC2").one("span", "level")
    assert (chip.text, chip.get("class").split()[1]) == ("[no owner]", "level--words")


def test_what_does_not_fit_the_table_is_shown(client: Client, matrix: Matrix) -> None:
    Environment.objects.filter(name="EC2").update(overflow=["on <bare metal>"], missing=0)
    Environment.objects.filter(name="Hetzner").update(missing=2)
    page = read(client, "/interop/support/")
    assert "A cell too many: “on <bare metal>”" in row(page, "EC2").text
    assert "2 cells too few" in row(page, "Hetzner").text


def test_notes_references_and_issues_stand_beside_the_row(client: Client, matrix: Matrix) -> None:
    matrix.tracker_url = "https://example.org/issues"
    matrix.save()
    ec2 = Environment.objects.get(name="EC2")
    Reference.objects.create(environment=ec2, label="#107")
    issue = KnownIssue.objects.create(matrix=matrix, code="NoAgent", definition="The agent is **missing**.")
    EnvironmentIssue.objects.create(environment=ec2, issue=issue)
    page = read(client, "/interop/support/")
    part = row(page, "EC2")
    assert part.one("em").text == "missing"
    assert {"https://example.org/issues/107", "#issue-noagent"} <= set(part.links)
    assert "The agent is missing." in page.part("issue-noagent").text


FILTERS = [
    ("level=L1", ["EC2"]),
    ("level=x", ["Tencent"]),
    ("level=not-stated", ["Yandex"]),
    ("level=support-level:L2", ["Hetzner"]),
    ("owner=@org/team", ["EC2"]),
    ("section=public-cloud", ["EC2", "Hetzner", "Tencent", "Yandex"]),
    ("section=Public cloud", ["EC2", "Hetzner", "Tencent", "Yandex"]),
    ("section=private", []),
    ("vacant=1", ["Hetzner", "Yandex"]),
    ("q=iam MISSING", ["EC2"]),
    ("q=upstream", ["Tencent"]),
    ("vacant=1&level=L2", ["Hetzner"]),
    ("vacant=1&level=L1", []),
    ("level=&owner=&q=", ["EC2", "Hetzner", "Tencent", "Yandex"]),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_filter_shows_what_passes(client: Client, matrix: Matrix, query: str, expected: list[str]) -> None:
    Section.objects.create(matrix=matrix, name="Private", position=2)
    page = read(client, f"/interop/support/?{query}")
    assert names(page) == expected
    if not expected:
        assert "No environment passes this filter." in page.text


@pytest.mark.usefixtures("matrix")
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("level=L9", "'L9' is no level of Support matrix. It knows L1, L2, not-stated, x."),
        ("owner=Bob", "'Bob' is no owner of Support matrix. It knows @org/team, Upstream."),
        ("section=Moon", "'Moon' is no section of Support matrix. It knows public-cloud."),
        ("vacant=yes", "vacant='yes' cannot be read. Write vacant=1 or leave it out."),
        ("at=yesterday", "'yesterday' is no date. Write it like 2021-05-11."),
        ("revision=99", "'99' is no revision of Support matrix."),
        ("at=2021-05-11&revision=1", "Give one of at and revision, not several."),
    ],
)
def test_wrong_value_is_refused_and_quoted(client: Client, query: str, sentence: str) -> None:
    assert sentence in read(client, f"/interop/support/?{query}", status=400).one("p", "lede").text


@pytest.fixture
def history(matrix: Matrix) -> Matrix:
    """Revision 1 of May; in revision 2 of June, Hetzner is adopted."""
    value = read_matrix(matrix)
    record(matrix, value, Note(dt.date(2021, 5, 11)))
    section = value.sections[0]
    changed = [
        replace(one, owners=("Ada",), owner_written="Ada") if one.slug == "hetzner" else one
        for one in section.environments
    ]
    record(matrix, replace(value, sections=(replace(section, environments=tuple(changed)),)), Note(dt.date(2021, 6, 8)))
    return matrix


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("query", ["at=2021-05-11", "at=2021-06-07", "revision=1"])
def test_matrix_of_an_earlier_day_is_marked_as_such(client: Client, query: str) -> None:
    page = read(client, f"/interop/support/?{query}")
    assert "No owner" in row(page, "Hetzner").text
    assert "This is not today’s matrix." in page.one("div", "asof").text
    assert f"/interop/support/matrix.json?{query}" in page.links
    assert "Ada" in row(read(client, "/interop/support/"), "Hetzner").text


@pytest.mark.usefixtures("history")
def test_before_the_first_revision_there_is_nothing(client: Client) -> None:
    page = read(client, "/interop/support/?at=2021-05-10", status=404)
    assert "Support matrix says nothing of 2021-05-10 yet" in page.text


@pytest.mark.usefixtures("history")
def test_filter_and_point_go_together(client: Client) -> None:
    assert names(read(client, "/interop/support/?revision=1&vacant=1")) == ["Hetzner", "Yandex"]
    page = read(client, "/interop/support/?vacant=1")
    assert names(page) == ["Yandex"]
    assert "1 of 4 environments pass." in page.one("div", "count").text


@pytest.mark.usefixtures("history")
def test_change_log_tells_revisions_with_old_and_new(client: Client) -> None:
    page = read(client, "/interop/support/changes/")
    latest = page.part("revision-2")
    assert latest.one("h2").text == "8 June 2021 revision 2, 1 change"
    assert latest.one("ul", "turns").text == "HetznerOwnerfrom No ownerto Ada"
    assert "/interop/support/?revision=2" in latest.links
    assert "page='9' is no page" in read(client, "/interop/support/changes/?page=9", status=400).text


def test_list_of_matrices_counts_each(client: Client, matrix: Matrix) -> None:
    without = make_matrix("other", "Other matrix")
    without.columns = []
    without.save()
    cards = [one.text for one in read(client, "/interop/").all("article")]
    assert "This matrix names no owners" in cards[0]
    assert "4 environments" in cards[1]
    assert "2 without an owner" in cards[1]
