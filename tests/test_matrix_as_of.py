"""The matrix as of each version of the corpus, held against the version's own table lines, read by splitting alone."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from interop.models import Environment, Matrix
from tests.corpus import CORPUS, needs_corpus

pytestmark = [pytest.mark.django_db, needs_corpus]

FOLDER = CORPUS / "flatcar" / "interop-matrix"
VERSIONS = sorted(FOLDER.glob("*.md"))
DATES = [path.name[:10] for path in VERSIONS]
SHORT = ["capv", "capm3", "capg"]


@pytest.fixture
def _imported(db: None) -> None:
    call_command("import_matrix", str(FOLDER), matrix="flatcar", stdout=StringIO())


def rows_of(path: Path) -> dict[str, list[tuple[dict[str, str], list[str], int]]]:
    """Each section's rows as (cells by header, cells too many, cells too few), blank rows left out."""
    found: dict[str, list[tuple[dict[str, str], list[str], int]]] = {}
    section, header = "", [""]
    for line in path.read_text().splitlines():
        if line.startswith("## "):
            section, header = line[3:].strip(), []
        elif line.lstrip().startswith("|"):
            text = line.strip()
            cells = [cell.strip() for cell in text[1 : -1 if text.endswith("|") else None].split("|")]
            if not header:
                header = cells
            elif not set("".join(cells)) <= set("-: "):
                extra, few = cells[len(header) :], max(0, len(header) - len(cells))
                whole = dict(zip(header, [*cells, *[""] * few], strict=False))
                found.setdefault(section, []).append((whole, extra, few))
    return found


def told(section: dict[str, Any], criteria: list[dict[str, Any]]) -> list[tuple[dict[str, str], list[str], int]]:
    """The same of a section of `matrix.json`."""
    rows = []
    for one in section["environments"]:
        if one["retired"] is None:
            cells = {"Environment": one["name"]}
            cells |= {criterion["name"]: one["written"][criterion["key"]] for criterion in criteria}
            cells |= {"Owner": ", ".join(one["owners"]), "Notes": one["notes"]}
            rows.append((cells, one["overflow"], one["missing"]))
    return rows


def assert_is(payload: dict[str, Any], path: Path) -> None:
    wanted = rows_of(path)
    found = {one["name"]: told(one, payload["criteria"]) for one in payload["sections"]}
    assert {name: len(rows) for name, rows in found.items() if rows} == {
        name: len(rows) for name, rows in wanted.items()
    }
    for name, rows in wanted.items():
        for (cells, extra, few), (mine, more, less) in zip(rows, found[name], strict=True):
            said = {key: cells[key] for key in mine} | {"Owner": cells["Owner"].replace("[no owner]", "")}
            assert (mine, more, less) == (said, [one for one in extra if one], few), (path.name, cells)


def last_of(date: str) -> Path:
    return next(path for path in reversed(VERSIONS) if path.name.startswith(date))


@pytest.mark.usefixtures("_imported")
def test_the_matrix_of_each_day_is_the_last_version_of_that_day(client: Client) -> None:
    for date in DATES:
        assert_is(client.get(f"/interop/flatcar/matrix.json?at={date}").json(), last_of(date))


@pytest.mark.usefixtures("_imported")
def test_each_revision_is_its_own_version_whatever_day_they_share(client: Client) -> None:
    for number, path in enumerate(VERSIONS, 1):
        payload = client.get(f"/interop/flatcar/matrix.json?revision={number}").json()
        assert_is(payload, path)
        assert payload["as_of"] == path.name[:10]
    assert DATES.count("2021-05-11") == 2
    numbers = [client.get(f"/interop/flatcar/matrix.json?at={day}").json()["revision"] for day in DATES]
    assert numbers == [1, 2, 4, 4, 5, 6, 7]


@pytest.mark.usefixtures("_imported")
def test_cells_too_many_and_too_few_are_told(client: Client) -> None:
    for number in range(1, 8):
        payload = client.get(f"/interop/flatcar/matrix.json?revision={number}").json()
        rows = {one["slug"]: one for section in payload["sections"] for one in section["environments"]}
        extra = {slug: one["overflow"] for slug, one in rows.items() if one["overflow"]}
        assert extra == ({"oracle-cloud": ["install via Ubuntu on OCI bare metal"]} if number == 1 else {})
        assert sorted(slug for slug, one in rows.items() if one["missing"]) == (sorted(SHORT) if number > 1 else [])
        for slug in SHORT if number > 1 else ():
            assert rows[slug]["written"]["works"] == "[no owner]"
            assert rows[slug]["ratings"]["works"][0]["level"] is None
            assert (rows[slug]["owners"], rows[slug]["missing"]) == ([], 1)


@pytest.mark.usefixtures("_imported")
def test_every_version_written_as_markdown_is_read_as_the_same_json(client: Client, tmp_path: Path) -> None:
    for number in range(1, 8):
        before = client.get(f"/interop/flatcar/matrix.json?revision={number}").json()
        document = tmp_path / f"{number}.md"
        document.write_bytes(client.get(f"/interop/flatcar/matrix.md?revision={number}").content)
        call_command("import_matrix", str(document), matrix="again", effective=before["as_of"], stdout=StringIO())
        after = client.get("/interop/again/matrix.json?revision=1").json()
        for section in before["sections"]:  # a document holds what is in the matrix; what left it is in the history
            section["environments"] = [one for one in section["environments"] if one["retired"] is None]
        assert after | {"matrix": "flatcar", "revision": number} == before
        Environment.objects.filter(matrix__slug="again").delete()
        Matrix.objects.filter(slug="again").delete()
