"""Imported documents at the desk: each line with what it became, the unread ones marked, the bytes to take away."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communitycalls.models import Call
from tests.desk_pages import at
from tests.make import make_call, make_matrix

pytestmark = pytest.mark.django_db

CALL = "# Community call Tuesday, 11th of May 2021\n\n<!-- SECRET -->\n\n## News\n- *one* <b>\n\n## Q&A\n- Q: Why?\n"
MATRIX = "# Support\n\n| Environment | Works |\n|---|---|\n| EC2 | X | too many |\n|  |  |\n"


@pytest.fixture
def call(tmp_path: Path) -> Call:
    path = tmp_path / "2021-05-11.md"
    path.write_text(CALL)
    call_command("import_calls", str(path))
    return Call.objects.get()


def test_each_line_stands_beside_what_it_became(editor: Client, call: Call) -> None:
    page = editor.get(at("call_source", call)).content.decode()
    assert "5 lines: 4 read, 1 unread." not in page
    assert "6 lines: 5 read, 1 unread." in page
    assert '<tr id="line-3" class="source__unread">' in page
    assert page.count("</svg> unread</td>") == 1
    assert "<code>- *one* &lt;b&gt;</code></td><td>agenda 1</td>" in page
    assert '<a class="nowrap" href="#line-3">Line 3</a>' in page


def test_plan_of_a_call_with_unread_lines_leads_to_its_document(editor: Client, call: Call) -> None:
    page = editor.get(at("call", call)).content.decode()
    assert "1 line of the imported document was not read." in page
    assert page.count(f'href="{at("call_source", call)}"') == 2


def test_file_comes_as_the_bytes_that_were_imported_and_never_as_a_page(editor: Client, call: Call) -> None:
    response = editor.get(at("call_source_file", call, 1))
    assert response.content == CALL.encode()
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="2021-05-11.md"'


def test_earlier_imports_stay_and_unknown_ones_are_not_found(editor: Client, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "2021-05-11.md"
    path.write_text(CALL.replace("one", "two"))
    call_command("import_calls", str(path))
    assert "*two*" in editor.get(at("call_source", call)).content.decode()
    assert "*one*" in editor.get(at("call_source", call, 1)).content.decode()
    assert editor.get(at("call_source", call, 3)).status_code == 404
    assert editor.get(at("call_source_file", call, 3)).status_code == 404


def test_call_that_was_made_here_says_so(editor: Client) -> None:
    page = editor.get(at("call_source", make_call())).content.decode()
    assert "No document was imported for this call." in page
    assert "The file as it came" not in page


def test_repaired_text_is_told(editor: Client, tmp_path: Path) -> None:
    path = tmp_path / "2021-05-11.md"
    path.write_bytes(CALL.replace("one", "Kühl").encode().decode("cp1252").encode())
    call_command("import_calls", str(path))
    page = editor.get(at("call_source", Call.objects.get())).content.decode()
    assert "1 line was UTF-8 encoded twice and is read as meant" in page
    assert "*Kühl*" in page


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_imports(
    count: int, editor: Client, call: Call, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count - 1):
        call.sources.create(name="x.md", data=CALL.encode(), value={})
    with django_assert_num_queries(9):
        editor.get(at("call_source", call))


def test_matrix_has_a_document_too(editor: Client, tmp_path: Path) -> None:
    path = tmp_path / "matrix.md"
    path.write_text(MATRIX)
    call_command("import_matrix", str(path), matrix="support")
    page = editor.get("/desk/interop/support/source/").content.decode()
    assert "5 lines: 5 read, 0 unread." in page
    assert "<td>environment ec2</td>" in page
    assert "<td>placeholder</td>" in page
    assert editor.get("/desk/interop/support/source/1/file/").content == MATRIX.encode()
    assert editor.get("/desk/interop/support/source/2/").status_code == 404
    assert 'href="/desk/interop/support/source/"' in editor.get("/desk/interop/support/").content.decode()


def test_matrix_that_was_made_here_says_so(editor: Client) -> None:
    make_matrix()
    assert "No document was imported for this matrix." in editor.get("/desk/interop/support/source/").content.decode()


def test_nobody_else_sees_documents(client: Client, user_client: Client, call: Call) -> None:
    for name in (("call_source",), ("call_source", 1), ("call_source_file", 1)):
        url = at(name[0], call, *name[1:])
        assert client.get(url).status_code == 302
        answer = user_client.get(url)
        assert (answer.status_code, b"SECRET" in answer.content) == (404, False)
