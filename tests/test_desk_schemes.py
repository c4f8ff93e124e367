"""Rows of real schemes through the desk's form: saved as they are they change nothing, edited they read back."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from communitycalls import demo
from interop.document.reader import read
from interop.document.writer import write
from interop.exporter import read_matrix
from interop.models import Matrix
from tests.desk_pages import form_at

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

HERE = Path(demo.__file__).parent / "matrices"
SCHEMES = ["distribution/2021-05-11_1.md", "distribution/2025-03-03.md", "liqo.md"]
STEP = 5


def bring(path: str) -> Matrix:
    call_command("import_matrix", str(HERE / path), "--matrix", "real", "--effective", "2021-05-11", verbosity=0)
    return Matrix.objects.get(slug="real")


def some_rows(matrix: Matrix) -> list[str]:
    """The addresses of every fifth row."""
    slugs = [one.slug for _, one in read_matrix(matrix).environments()]
    return [f"/desk/interop/real/environments/{slug}/" for slug in slugs[::STEP]]


@pytest.mark.parametrize("path", SCHEMES)
def test_row_saved_as_it_is_changes_nothing(editor: Client, path: str) -> None:
    matrix = bring(path)
    for url in some_rows(matrix):
        response = editor.post(url, form_at(editor, url) | {"reason": "why"})
        assert response.status_code == 302, (url, response.content.decode())
    assert matrix.revisions.count() == 1


@pytest.mark.parametrize("path", SCHEMES)
def test_edited_row_reads_back_from_its_document(editor: Client, path: str) -> None:
    matrix = bring(path)
    for number, url in enumerate(some_rows(matrix)):
        told = {"owners": "Kai, @org/team", "notes": f"Note *{number}*\r\nand more", "references": "#1"}
        data = form_at(editor, url)
        cell = next(name for name in data if name.startswith("cell_"))
        changed = {name: text for name, text in told.items() if name in data} | {cell: ""}
        assert editor.post(url, data | changed | {"reason": "why"}).status_code == 302, url
    value = read_matrix(matrix)
    again = read(write(value))[0]
    rows = [(one.name, one.owners, one.notes, one.references, one.cells) for _, one in value.environments()]
    assert [(one.name, one.owners, one.notes, one.references, one.cells) for _, one in again.environments()] == rows
    assert matrix.revisions.count() == 1 + len(some_rows(matrix))
