"""Everything that was imported, exported and imported into an empty database, gives equal JSON.

States are told from the day and from what is recorded, so they come back as an import gives them: a call that was
cancelled or whose minutes were begun here comes back by its content.
"""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from communitycalls.models import Call, Series
from interop.models import Matrix
from tests.corpus import CORPUS, needs_corpus

pytestmark = pytest.mark.django_db

FLATCAR = CORPUS / "flatcar"
SAMPLES = Path(__file__).parent / "samples" / "calls"
DEMO = Path(__file__).resolve().parent.parent / "communitycalls" / "demo" / "matrices"


def calls_as_json(client: Client) -> dict[str, Any]:
    return {str(call): client.get(f"{call.get_absolute_url()}call.json").json() for call in Call.objects.all()}


def exported_and_imported(client: Client, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The JSON of every call before, and after the export was imported into an empty database."""
    before = calls_as_json(client)
    call_command("export_calls", output=folder)
    Call.objects.all().delete()
    Series.objects.all().delete()
    for series in folder.iterdir():
        call_command("import_calls", str(series))
    return before, calls_as_json(client)


@needs_corpus
def test_calls_of_the_corpus_and_every_version_of_them(client: Client, tmp_path: Path) -> None:
    call_command("import_calls", str(FLATCAR / "community-meetings"))
    before, after = exported_and_imported(client, tmp_path)
    assert (len(before), after) == (7, before)


@needs_corpus
@pytest.mark.any_database
@pytest.mark.parametrize("place", range(5))
def test_calls_as_they_were_in_every_version(client: Client, tmp_path: Path, place: int) -> None:
    """Each fifth version of each call on its own, since later versions of a call change the earlier ones."""
    folder, found = tmp_path / "in", sorted((FLATCAR / "history").glob("*/*.md"))[place::5]
    for number, path in enumerate(found):
        call_command("import_calls", str(path), verbosity=0)
        before, after = exported_and_imported(client, folder / str(number))
        assert (len(before), after) == (1, before), path
        Call.objects.all().delete()


def test_calls_of_other_communities(client: Client, tmp_path: Path) -> None:
    for path in sorted(SAMPLES.glob("*20*.md")):
        series = Series.objects.get_or_create(slug="other", defaults={"name": "Other", "timezone": "UTC"})[0]
        call_command("import_calls", str(path), series=series.slug)
        call_command("export_calls", "--all", output=tmp_path / path.stem)
        before = calls_as_json(client)
        Call.objects.all().delete()
        call_command("import_calls", str(tmp_path / path.stem), series=series.slug)
        assert calls_as_json(client) == before, path
        Call.objects.all().delete()


def test_matrices(client: Client, tmp_path: Path) -> None:
    found = [DEMO / "liqo.md", *DEMO.glob("*i*/2*_1.md"), *sorted((FLATCAR / "interop-matrix").glob("*.md"))]
    path = tmp_path / "matrix.md"
    for document in found:
        before, written = matrix_of(client, document)
        path.write_bytes(written)
        assert matrix_of(client, path) == (before, written), document


def matrix_of(client: Client, path: Path) -> tuple[dict[str, Any], bytes]:
    """The JSON and the Markdown of a matrix imported into a database that has none before and after."""
    with transaction.atomic():
        call_command("import_matrix", str(path), matrix="support", effective="2021-05-11")
        one = Matrix.objects.get().get_absolute_url()
        found = client.get(f"{one}matrix.json").json(), client.get(f"{one}matrix.md").content
        transaction.set_rollback(True)
    return found
