"""A matrix's whole past goes out into a folder and comes back in as the same history."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from interop.exporter import read_matrix
from interop.history import Note, record
from interop.models import Environment, Matrix, Revision
from tests.corpus import CORPUS, needs_corpus
from tests.make import make_editor
from tests.matrix_edits import Editor, make_documented
from tests.test_difference import rate

pytestmark = pytest.mark.django_db

SAID = ["number", "effective", "recorded_at", "author", "message", "kind", "source_url", "value"]


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*[str(one) for one in arguments], stdout=out)
    return out.getvalue()


def empty() -> None:
    Environment.objects.all().delete()
    Matrix.objects.all().delete()


def everything(client: Client, slug: str) -> list[Any]:
    """`matrix.json` and `matrix.md` at every revision and today, and the changes of each."""
    numbers = list(Revision.objects.filter(matrix__slug=slug).values_list("number", flat=True).order_by("number"))
    asked = [f"?revision={number}" for number in numbers]
    found: list[Any] = [client.get(f"/interop/{slug}/matrix.json{query}").json() for query in (*asked, "")]
    found += [client.get(f"/interop/{slug}/matrix.md{query}").content for query in (*asked, "")]
    fields = ("revision__number", "environment__slug", "name", "what", "field", "old", "new", "position")
    for revision in Revision.objects.filter(matrix__slug=slug).order_by("number"):
        found += [revision.changes.values_list(*fields), *Revision.objects.filter(pk=revision.pk).values_list(*SAID)]
    return [list(one) if not isinstance(one, dict | bytes | tuple) else one for one in found]


def assert_comes_back(client: Client, slug: str, folder: Path, *options: str) -> None:
    """Out, into an empty database, and equal; in once more, and nothing changes."""
    before, pages = everything(client, slug), pages_of(slug)
    run("export_matrix", slug, "--history", folder, *options)
    empty()
    run("import_matrix", folder, "--matrix", slug)
    assert everything(client, slug) == before
    assert pages_of(slug) == pages
    assert ": made 0 revisions." in run("import_matrix", folder, "--matrix", slug)
    assert run("verify_history", slug).startswith(f"OK: {slug}, ")
    files = {path.name: path.read_bytes() for path in folder.rglob("*.*")}
    run("export_matrix", slug, "--history", folder, *options)
    assert {path.name: path.read_bytes() for path in folder.rglob("*.*")} == files


def pages_of(slug: str) -> dict[str, str]:
    rows = Environment.objects.filter(matrix__slug=slug).exclude(detail="", variants=None)
    return {row.slug: run("export_environment", "--matrix", slug, "--environment", row.slug) for row in rows}


@needs_corpus
@pytest.mark.parametrize("options", [(), ("--as-imported",)])
def test_the_history_of_the_corpus_comes_back(client: Client, tmp_path: Path, options: tuple[str, ...]) -> None:
    folder = CORPUS / "flatcar" / "interop-matrix"
    run("import_matrix", folder, "--matrix", "flatcar")
    Matrix.objects.update(tracker_url="https://example.org/issues/")
    seed = next((CORPUS / "seeds").glob("003_*.txt"))
    run("import_environment", seed, "--matrix", "flatcar", "--environment", "capz")
    assert_comes_back(client, "flatcar", tmp_path / "out", *options)
    written = sorted((tmp_path / "out").glob("*.md"))
    assert [path.name for path in written][:2] == ["2021-04-30_0001.md", "2021-05-03_0002.md"]
    assert (tmp_path / "out/environments/capz.md").read_bytes() == seed.read_bytes()
    if options:
        assert [path.read_bytes() for path in written] == [path.read_bytes() for path in sorted(folder.glob("*.md"))]


@needs_corpus
@pytest.mark.parametrize("seed", ["000", "004"])
@pytest.mark.parametrize("options", [(), ("--as-imported",)])
def test_single_documents_come_back(client: Client, tmp_path: Path, seed: str, options: tuple[str, ...]) -> None:
    run("import_matrix", next((CORPUS / "seeds").glob(f"{seed}_*.txt")), "--matrix", "one", "--effective", "2021-05-11")
    assert_comes_back(client, "one", tmp_path / "out", *options)


def test_edits_corrections_retirements_and_going_back_come_back(client: Client, tmp_path: Path) -> None:
    matrix = make_documented()
    editor = Editor(matrix, make_editor(), seed=3)
    for _ in range(25):
        editor.edit()
    editor.restore(2)
    assert_comes_back(client, "support", tmp_path / "out")
    index = json.loads((tmp_path / "out/history.json").read_text())
    assert {one["kind"] for one in index["revisions"]} == {"change", "correction"}


def test_a_matrix_that_says_again_what_it_said_on_one_day_keeps_all_three(client: Client, tmp_path: Path) -> None:
    matrix = make_documented()
    day = matrix.revisions.get().effective
    begun = read_matrix(matrix)
    record(matrix, rate(begun, "harbour", "L3"), Note(day))
    record(matrix, begun, Note(day))
    assert_comes_back(client, "support", tmp_path / "out")
    (tmp_path / "out/history.json").unlink()
    empty()
    assert ": made 3 revisions." in run("import_matrix", tmp_path / "out", "--matrix", "support")
    assert ": made 0 revisions." in run("import_matrix", tmp_path / "out", "--matrix", "support")


def test_a_document_edited_after_it_went_out_counts(client: Client, tmp_path: Path) -> None:
    matrix = make_documented()
    record(matrix, rate(read_matrix(matrix), "harbour", "L3"), Note(matrix.revisions.get().effective, "Ann", "Why"))
    run("export_matrix", "support", "--history", tmp_path / "out")
    path = tmp_path / "out/2021-01-01_0002.md"
    path.write_text(path.read_text().replace("slow;  at night", "slow by day"))
    empty()
    run("import_matrix", tmp_path / "out", "--matrix", "support")
    found = client.get("/interop/support/matrix.json").json()
    assert found["sections"][0]["environments"][0]["notes"] == "slow by day"
    assert Revision.objects.values_list("author", "message").get(number=2) == ("Ann", "Why")


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    make_documented()
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CommandError, match="it is there and holds something else"):
        run("export_matrix", "support", "--history", tmp_path)
    with pytest.raises(CommandError, match="Leave --at and --format out"):
        run("export_matrix", "support", "--history", tmp_path / "new", "--at", "2021-05-11")
    out = run("export_matrix", "support", "--history", tmp_path / "new", "--dry-run")
    assert "1 revision of support in 2 files" in out
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("index", ["", "[]", '{"matrix": "support"}', "\x00"])
def test_an_index_that_is_none_is_named(tmp_path: Path, index: str) -> None:
    make_documented()
    run("export_matrix", "support", "--history", tmp_path / "out")
    (tmp_path / "out/history.json").write_text(index)
    with pytest.raises(CommandError, match=r"history\.json' is no index of a matrix's past"):
        run("import_matrix", tmp_path / "out", "--matrix", "again")
