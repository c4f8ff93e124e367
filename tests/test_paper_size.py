"""The site's usual size of paper: used where none is asked for, by the site and by the command."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.management import call_command
from django.test import Client

from communitycalls.models import Site
from tests.desk_pages import at
from tests.make import make_call

pytestmark = pytest.mark.django_db

CALL = "/calls/community-call/2021-05-11"
A4, LETTER = (595, 842), (612, 792)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def size_of(data: bytes) -> tuple[int, ...]:
    return tuple(map(round, pypdfium2.PdfDocument(BytesIO(data))[0].get_size()))


def exported(tmp_path: Path, *options: str) -> tuple[int, ...]:
    path = tmp_path / "agenda.pdf"
    call_command("export_pdf", "agenda", "community-call", "2021-05-11", "-o", str(path), *options)
    return size_of(path.read_bytes())


def test_site_s_paper_is_used_where_none_is_asked_for(client: Client, editor: Client, tmp_path: Path) -> None:
    call = make_call()
    runsheet = at("runsheet_pdf", call)
    assert size_of(client.get(f"{CALL}/agenda.pdf").content) == A4
    Site(pk=1, paper="letter").save()
    for who, address in ((client, f"{CALL}/agenda.pdf"), (editor, f"{CALL}/agenda.pdf"), (editor, runsheet)):
        assert size_of(who.get(address).content) == LETTER
        assert size_of(who.get(f"{address}?paper=a4").content) == A4
    assert exported(tmp_path) == LETTER
    assert exported(tmp_path, "--paper", "a4") == A4
    Site.objects.get().delete()
    assert size_of(client.get(f"{CALL}/agenda.pdf").content) == A4
