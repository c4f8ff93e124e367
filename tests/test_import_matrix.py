"""The commands that bring matrices and environment pages in."""

import datetime as dt
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from interop.exporter import read_matrix, read_page
from interop.history import value_of
from interop.models import Matrix, Revision
from tests.corpus import CORPUS, needs_corpus
from tests.make import make_call

pytestmark = pytest.mark.django_db

DOCUMENT = """# Where it runs

* A: tested
* B: untested

## Clouds

| Environment | Level | Owner | Notes |
|---|---|---|---|
| EC2 | A | @org/team | fine |
| Azure | B | [no owner] | |
"""


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*[str(one) for one in arguments], stdout=out)
    return out.getvalue()


def written(tmp_path: Path, text: str | bytes = DOCUMENT, name: str = "matrix.md") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_document_becomes_a_matrix_and_a_revision(tmp_path: Path) -> None:
    out = run("import_matrix", written(tmp_path), "--matrix", "support", "--effective", "2021-05-11")
    assert out.splitlines()[-1] == "1 document read into support: made 1 revision."
    matrix = Matrix.objects.get(slug="support")
    assert [one.name for _, one in read_matrix(matrix).environments()] == ["EC2", "Azure"]
    assert matrix.revisions.get().source == DOCUMENT.encode()


def test_the_same_document_twice_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path)
    run("import_matrix", path, "--matrix", "support")
    out = run("import_matrix", path, "--matrix", "support")
    assert "matrix.md: unchanged" in out
    assert Revision.objects.count() == 1


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    out = run("import_matrix", written(tmp_path), "--matrix", "support", "--dry-run")
    assert "would make 1 revision." in out
    assert not Matrix.objects.exists()


def test_a_named_call_records_the_changes(tmp_path: Path) -> None:
    call = make_call("2021-05-11")
    arguments = ("--matrix", "support", "--effective", "2021-05-11", "--call", "community-call/2021-05-11")
    run("import_matrix", written(tmp_path), *arguments)
    revision = Revision.objects.get()
    assert call.recorded_changes.count() == revision.changes.count() > 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"# Matrix\n\n\xff\xfe", "0xFF"),
        (b"# Matrix\n\nOnly words.\n", "table"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused(tmp_path: Path, text: bytes, sentence: str) -> None:
    with pytest.raises(CommandError, match=r"matrix\.md") as caught:
        run("import_matrix", written(tmp_path, text), "--matrix", "support")
    assert sentence in str(caught.value)
    assert not Matrix.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--effective", "2021-02-30"), "'2021-02-30' is no date."),
        (("--call", "community-call/2021-02-30"), "'community-call/2021-02-30' is no call here."),
        (("--call", "nothing/2021-05-11"), "'nothing/2021-05-11' is no call here."),
    ],
)
def test_a_wrong_value_is_quoted(tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError) as caught:
        run("import_matrix", written(tmp_path), "--matrix", "support", *arguments)
    assert sentence in str(caught.value)
    assert not Matrix.objects.exists()


def test_a_folder_whose_file_has_no_date_is_refused_whole(tmp_path: Path) -> None:
    written(tmp_path, name="2021-05-11_a.md")
    written(tmp_path, name="later.md")
    with pytest.raises(CommandError, match=r"'later\.md' does not begin with a date"):
        run("import_matrix", tmp_path, "--matrix", "support")
    assert not Matrix.objects.exists()


@needs_corpus
def test_a_history_is_read_in_order_and_stands_at_each_date(client: Client) -> None:
    folder = CORPUS / "flatcar" / "interop-matrix"
    out = run("import_matrix", folder, "--matrix", "flatcar")
    assert out.splitlines()[-1] == "7 documents read into flatcar: made 7 revisions."
    numbers = {}
    for path in sorted(folder.glob("*.md")):
        numbers[path.name[:10]] = client.get(f"/interop/flatcar/matrix.json?at={path.name[:10]}").json()["revision"]
    assert list(numbers.values()) == [1, 2, 4, 5, 6, 7]
    assert "made 0 revisions" in run("import_matrix", folder, "--matrix", "flatcar")


@needs_corpus
def test_rows_equal_the_last_revision_after_a_history() -> None:
    run("import_matrix", CORPUS / "flatcar" / "interop-matrix", "--matrix", "flatcar")
    matrix = Matrix.objects.get(slug="flatcar")
    last = matrix.revisions.first()
    assert last is not None
    assert read_matrix(matrix) == value_of(last)
    assert last.effective == dt.date(2025, 3, 3)


@needs_corpus
def test_the_cells_at_the_first_date_are_those_of_the_truth(client: Client) -> None:
    run("import_matrix", CORPUS / "flatcar" / "interop-matrix", "--matrix", "flatcar")
    truth = json.loads((CORPUS / "truth" / "seeds" / "000_interop_matrix.json").read_text())
    payload = client.get("/interop/flatcar/matrix.json?at=2021-04-30").json()
    found = [
        [one["name"], one["written"]["support-level"], ", ".join(one["owners"]) or "[no owner]"]
        for section in payload["sections"]
        for one in section["environments"]
    ]
    assert found == [row["cells"][:3] for section in truth["sections"] for row in section["rows"]]
    oracle = next(one for one in payload["sections"][0]["environments"] if one["name"] == "Oracle Cloud")
    assert oracle["overflow"] == ["install via Ubuntu on OCI bare metal"]


@needs_corpus
def test_an_environments_page_is_read_into_its_rows() -> None:
    run("import_matrix", CORPUS / "flatcar" / "interop-matrix", "--matrix", "flatcar")
    seed = CORPUS / "seeds" / "003_5d23fc05520b692d.txt"
    for _ in range(2):
        run("import_environment", seed, "--matrix", "flatcar", "--environment", "capz")
    page = read_page(Matrix.objects.get(slug="flatcar").environments.get(slug="capz"))
    assert [(one.name, one.recommended, [len(x.rows) for x in one.listings]) for one in page.variants] == [
        ("flatcar-sysext", True, [3]),
        ("flatcar", False, [3, 1]),
    ]
    assert [(one.kind, one.title) for one in page.advisories] == [("warning", "Security")]


def test_an_unknown_environment_is_quoted(tmp_path: Path) -> None:
    run("import_matrix", written(tmp_path), "--matrix", "support")
    with pytest.raises(CommandError, match="'gce' is no environment of support"):
        run("import_environment", written(tmp_path), "--matrix", "support", "--environment", "gce")


def test_environments_that_a_document_no_longer_has_are_counted(tmp_path: Path) -> None:
    run("import_matrix", written(tmp_path), "--matrix", "support")
    shorter = DOCUMENT.replace("| Azure | B | [no owner] | |\n", "")
    out = run("import_matrix", written(tmp_path, shorter), "--matrix", "support")
    assert "matrix.md: changed, revision 2, 1 retired: the document has them no more" in out
