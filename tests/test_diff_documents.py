"""The difference of two points of a matrix as JSON and as Markdown."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communitycalls.models import RecordedChange
from interop.document import values as v
from interop.exporter import read_matrix
from interop.history import Note, record
from interop.models import Change, Matrix
from tests.make import make_call
from tests.test_difference import edited, own, rate
from tests.test_matrix_diff import later, recorded

pytestmark = pytest.mark.django_db

JSON, MARKDOWN = "/interop/support/diff.json", "/interop/support/diff.md"
JUNE = dt.date(2021, 6, 8)


def told(client: Client, **query: str) -> Any:
    return client.get(JSON, query).json()


def text(client: Client, **query: str) -> str:
    response = client.get(MARKDOWN, query)
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    return response.content.decode()


def changed_twice() -> Matrix:
    """EC2 gets better and an owner in June, GCE gets worse, COSI retires; in July EC2 loses its owner."""
    matrix = recorded("EC2", "GCE", "COSI")
    value = own(rate(rate(read_matrix(matrix), "ec2", "L1"), "gce", "x"), "ec2", "Kai")
    gone = edited(value, "cosi", lambda one: replace(one, retired=v.Retirement(JUNE, "It ended", "gce")))
    later(matrix, replace(gone, introduction="Begun.\n\nMore."))
    later(matrix, own(read_matrix(matrix), "ec2", ""), dt.date(2021, 7, 13))
    return matrix


def test_json_names_promotions_demotions_adoptions_and_vacancies(client: Client) -> None:
    changed_twice()
    found = told(client, **{"from": "2021-05-11", "to": "revision:2"})
    assert found["from"] == {"point": "2021-05-11", "date": "2021-05-11", "revision": 1, "effective": "2021-05-11"}
    assert found["to"]["revision"] == 2
    assert {one["slug"]: one["signs"] for one in found["environments"]} == {
        "ec2": ["promoted", "adopted"],
        "gce": ["demoted"],
        "cosi": ["retired"],
    }
    assert found["counts"] == {"promoted": 1, "demoted": 1, "adopted": 1, "retired": 1}
    promotion = {"what": "rated", "name": "EC2", "field": "support-level", "old": "L2", "new": "L1", "sign": "promoted"}
    assert found["environments"][0]["changes"][0] == promotion
    assert [(one["field"], one["new"]) for one in found["matrix_itself"]] == [("introduction", "Begun.\n\nMore.")]
    last = told(client)
    assert [one["signs"] for one in last["environments"]] == [["vacated"]]
    assert (last["from"]["revision"], last["to"]["revision"]) == (2, 3)


def test_markdown_tells_the_same_in_words(client: Client) -> None:
    changed_twice()
    found = text(client, **{"from": "revision:1", "to": "revision:2"})
    for line in (
        "# What differs in Support matrix",
        "From 11 May 2021 (revision 1) to 8 June 2021 (revision 2).",
        "- 3 environments changed",
        "### EC2",
        "- **Promoted** Support level: `L2` → `L1`",
        "- **Adopted** Owner: `[no owner]` → `Kai`",
        "- **Retired** on 2021-06-08, followed by `gce`: `It ended`",
        "## The matrix itself",
    ):
        assert line in found, line
    assert "  Begun.\n\n  More." in found
    assert "- **Now vacant** Owner: `Kai` → `[no owner]`" in text(client)


def test_before_everything_every_row_is_added(client: Client) -> None:
    recorded("EC2")
    query = {"from": "2020-01-01", "to": "revision:1"}
    found = told(client, **query)
    assert found["from"] == {"point": "2020-01-01", "date": "2020-01-01", "revision": 0, "effective": None}
    assert [one["signs"] for one in found["environments"]] == [["added"]]
    assert "- **Added** in `Public cloud`\n  - `Support level: L2`" in text(client, **query)
    assert "**Not there**: it stood in `Public cloud`" in text(client, **{"from": "revision:1", "to": "2020-01-01"})


def test_a_change_of_criteria_shows_each_row_before_and_after(client: Client) -> None:
    matrix = recorded("EC2")
    scheme = (v.Criterion("works", "Works", (v.Level("X", tone=v.Tone.WORKS),)),)
    cell = v.Cell("works", "X", (v.Rating("X"),))
    value = edited(read_matrix(matrix), "ec2", lambda one: replace(one, cells=(cell,)))
    later(matrix, replace(value, criteria=scheme))
    changes = told(client)["environments"][0]["changes"]
    assert [(one["field"], one["old"], one["new"]) for one in changes] == [
        ("support-level", "L2", ""),
        ("works", "", "X"),
    ]
    assert "- Criteria changed: `L2` (Support level) → `X` (Works)" in text(client)


def test_what_authors_wrote_is_no_markup(client: Client) -> None:
    matrix = recorded("EC2")
    hostile = "`<b>` [x](javascript:1) @everyone"
    value = edited(read_matrix(matrix), "ec2", lambda one: replace(one, name="# *E* [c](d)", notes=hostile))
    later(matrix, value)
    found = text(client)
    assert r"### \# \*E\* \[c\](d)" in found
    assert f"`` {hostile} ``" in found


@pytest.mark.parametrize("word", ["from", "to"])
@pytest.mark.parametrize("point", ["yesterday", "revision:99", "call:nowhere", "planet:mars"])
def test_a_wrong_point_gets_a_sentence(client: Client, word: str, point: str) -> None:
    recorded()
    for url in (JSON, MARKDOWN):
        response = client.get(url, {word: point})
        assert response.status_code == 400
        said = response.json()["error"] if url == JSON else response.content.decode()
        assert said.startswith(f"{word}={point}: ")
    assert client.get("/interop/nowhere/diff.json").status_code == 404


def test_the_page_leads_to_both_with_the_same_points(client: Client) -> None:
    changed_twice()
    page = client.get("/interop/support/diff/", {"from": "revision:1"}).content.decode()
    for url in (JSON, MARKDOWN):
        assert f'href="{url}?from=revision%3A1"' in page


def test_a_draft_call_that_records_a_revision_is_told_nowhere(client: Client) -> None:
    matrix = changed_twice()
    pages = ("/interop/support/changes/", "/interop/support/diff/", JSON, MARKDOWN, "/interop/support/ec2/")
    before = [client.get(url).content for url in (*pages, "/interop/support/matrix.json")]
    draft = make_call("2021-07-20", "draft", title="Secret plans")
    changes = Change.objects.filter(revision__matrix=matrix, revision__number=3)
    RecordedChange.objects.bulk_create(RecordedChange(call=draft, change=one, number=one.position) for one in changes)
    assert [client.get(url).content for url in (*pages, "/interop/support/matrix.json")] == before
    for url in (JSON, MARKDOWN):
        first, second = (client.get(url, {"to": f"call:community-call/{day}"}) for day in ("2021-07-20", "2021-07-21"))
        assert (first.status_code, second.status_code) == (400, 400)
        assert first.content.decode().replace("2021-07-20", "2021-07-21") == second.content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("url", [JSON, MARKDOWN])
def test_three_environments_cost_as_many_queries_as_one(
    url: str, count: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    matrix = recorded("EC2", "GCE", "COSI")
    value = read_matrix(matrix)
    for slug in ("ec2", "gce", "cosi")[:count]:
        value = own(rate(value, slug, "L1"), slug, "Kai")
    record(matrix, value, Note(JUNE))
    with django_assert_num_queries(13):
        assert client.get(url, {"from": "revision:1"}).status_code == 200
