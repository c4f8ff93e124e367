"""A matrix as JSON, Markdown and CSV: today, and at the point a query names."""

import csv
import datetime as dt
import io
from dataclasses import replace

import pytest
from django.test import Client

from interop.document.reader import read
from interop.document.values import Cell, Matrix, Rating
from interop.documents import write_csv
from interop.exporter import read_matrix
from interop.history import Note, record
from interop.models import Matrix as MatrixRow
from tests.make import make_call, make_environment, make_matrix

pytestmark = pytest.mark.django_db


@pytest.fixture
def matrix(db: None) -> MatrixRow:
    """Two revisions: EC2 at L2 in May, at L1 in June."""
    row = make_matrix()
    make_environment(row, "EC2", "L2", owner="@org/team", notes="=1+1")
    record(row, replace(read_matrix(row), introduction="Begun."), Note(dt.date(2021, 5, 11)))
    record(row, raised(read_matrix(row)), Note(dt.date(2021, 6, 8)))
    return row


def raised(value: Matrix) -> Matrix:
    (section,) = value.sections
    better = replace(section.environments[0], cells=(Cell("support-level", "L1", (Rating("L1"),)),))
    return replace(value, sections=(replace(section, environments=(better,)),))


@pytest.mark.parametrize(
    ("query", "level"), [("", "L1"), ("?at=2021-05-11", "L2"), ("?revision=1", "L2"), ("?at=2021-06-08", "L1")]
)
@pytest.mark.usefixtures("matrix")
def test_each_form_says_the_level_of_the_day(client: Client, query: str, level: str) -> None:
    payload = client.get(f"/interop/support/matrix.json{query}").json()
    assert payload["sections"][0]["environments"][0]["written"] == {"support-level": level}
    text = client.get(f"/interop/support/matrix.md{query}").content.decode()
    assert [one.cells[0].written for _, one in read(text)[0].environments()] == [level]
    rows = list(csv.reader(io.StringIO(client.get(f"/interop/support/matrix.csv{query}").content.decode())))
    assert rows[1][:4] == ["Public cloud", "EC2", level, "'@org/team"]


@pytest.mark.usefixtures("matrix")
def test_a_spreadsheet_runs_no_formula(client: Client) -> None:
    assert b"'=1+1" in client.get("/interop/support/matrix.csv").content


def test_a_spreadsheet_has_other_columns_and_cells_too_many() -> None:
    text = (
        "# M\n\n## S\n\n| Environment | Works | Since |\n|---|---|---|\n| EC2 | X | 2019 | =one | two |\n"
        "\n## T\n\n| Environment | Works |\n|---|---|\n| GCE | X |\n"
    )
    rows = list(csv.reader(io.StringIO(write_csv(read(text)[0]))))
    assert [row[-2:] for row in rows] == [["Since", "Cells too many"], ["2019", "'=one | two"], ["", ""]]


@pytest.mark.parametrize("form", ["json", "md", "csv"])
@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("?at=2021-02-30", 400, "'2021-02-30' is no date. Write it like 2021-05-11."),
        ("?revision=9", 400, "'9' is no revision of Support matrix."),
        ("?call=community-call/2021-05-11", 400, "'community-call/2021-05-11' is no call here."),
        ("?at=2020-01-01", 404, "Support matrix has no revision on 2020-01-01."),
        ("?at=2021-05-11&revision=1", 400, "Give one of at and revision, not several."),
    ],
)
@pytest.mark.usefixtures("matrix")
def test_a_wrong_point_gets_a_sentence(client: Client, form: str, query: str, status: int, sentence: str) -> None:
    response = client.get(f"/interop/support/matrix.{form}{query}")
    assert response.status_code == status
    assert sentence in response.content.decode()


@pytest.mark.usefixtures("matrix")
def test_a_draft_call_is_no_point_for_visitors(client: Client) -> None:
    make_call("2021-05-12", status="draft")
    response = client.get("/interop/support/matrix.json?call=community-call/2021-05-12")
    assert response.status_code == 400
    make_call("2021-05-11", status="final")
    assert client.get("/interop/support/matrix.json?call=community-call/2021-05-11").json()["revision"] == 1
