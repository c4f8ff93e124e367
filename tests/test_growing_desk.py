"""A newer document through the desk: shown as what it would change, then applied under the edit lock."""

from base64 import b64encode
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from html5lib import parse

from communitycalls.models import Call, Conflict, Person
from tests.desk_pages import at, form_at, form_fields
from tests.make import make_call, make_item

pytestmark = pytest.mark.django_db

HEAD = "# Community call Tuesday, 11th of May, 17:30 CEST\n\n"
DOCUMENT = HEAD + "## Welcome\n- Meet the team\n\n## Q&A\n- Ask\n"
MINUTES = "\n# Call Minutes\n\n1. Andy opens the call.\n2. Marga shows the matrix.\n"


@pytest.fixture
def call(db: None) -> Call:
    return make_call(status="held", title=HEAD[2:].strip())


def preview(editor: Client, call: Call, text: str = DOCUMENT, **more: Any) -> Any:
    url = at("document", call)
    return editor.post(url, form_at(editor, url) | {"text": text} | more)


def carried(response: Any) -> dict[str, Any]:
    """What the preview's button sends."""
    forms = parse(response.content.decode()).iter("{http://www.w3.org/1999/xhtml}form")
    return next(found for one in forms if "file_data" in (found := form_fields(one)))


def bring(editor: Client, call: Call, text: str = DOCUMENT) -> Any:
    return editor.post(at("document", call), carried(preview(editor, call, text)))


def test_preview_shows_what_would_change_and_writes_nothing(editor: Client, call: Call) -> None:
    response = preview(editor, call, DOCUMENT + MINUTES)
    page = response.content.decode()
    assert response.status_code == 200
    for text in ("Meet the team", "Andy opens the call.", "State", "Held", "Final"):
        assert text in page, text
    call.refresh_from_db()
    assert (call.version, call.status, call.agenda.count(), Person.objects.count()) == (1, "held", 0, 0)


def test_button_below_the_preview_applies_it_with_a_revision_in_your_name(editor: Client, call: Call) -> None:
    response = bring(editor, call, DOCUMENT + MINUTES)
    assert response["Location"] == at("call", call)
    call.refresh_from_db()
    assert (call.status, call.agenda.count(), call.entries.count()) == ("final", 2, 2)
    assert [(str(one.user), one.message) for one in call.revisions.all()] == [("edith", "Read from 2021-05-11.md.")]
    assert bytes(call.sources.get().data).decode() == DOCUMENT + MINUTES


def test_file_keeps_its_bytes_and_its_name(editor: Client, call: Call) -> None:
    data = b"\xef\xbb\xbf" + DOCUMENT.replace("\n", "\r\n").encode()
    response = preview(editor, call, "", file=SimpleUploadedFile("may.md", data))
    assert editor.post(at("document", call), carried(response)).status_code == 302
    source = call.sources.get()
    assert (source.name, bytes(source.data)) == ("may.md", data)


def test_lines_that_are_not_read_are_listed_with_their_numbers(editor: Client, call: Call) -> None:
    page = preview(editor, call, DOCUMENT.replace("17:30 CEST", "17:30 CEST / 8:30am PST")).content.decode()
    assert "Line 1" in page
    assert "PST" in page


def test_what_both_changed_is_announced_and_then_decided(editor: Client, call: Call) -> None:
    bring(editor, call)
    call.agenda.filter(number=1).update(body="- Meet us")
    newer = DOCUMENT.replace("Meet the team", "Meet them all")
    page = preview(editor, call, newer).content.decode()
    assert "Changed here too" in page
    assert "here: - Meet us" in page
    assert not Conflict.objects.exists()
    assert bring(editor, call, newer)["Location"] == at("conflicts", call)
    assert (call.agenda.get(number=1).body, Conflict.objects.get().there) == ("- Meet us", "- Meet them all")


def test_same_document_again_would_change_nothing(editor: Client, call: Call) -> None:
    bring(editor, call)
    assert "Nothing would change." in preview(editor, call).content.decode()
    assert bring(editor, call).status_code == 302
    assert call.revisions.count() == 1


def test_save_of_somebody_else_shows_the_preview_again(editor: Client, call: Call) -> None:
    data = carried(preview(editor, call))
    make_item(call, "Added meanwhile")
    call.raise_version()
    response = editor.post(at("document", call), data)
    assert response.status_code == 409
    assert "Somebody changed the call since" in response.content.decode()
    assert call.agenda.count() == 1
    assert editor.post(at("document", call), carried(response)).status_code == 302
    assert call.agenda.count() == 3


def test_draft_stays_a_draft(editor: Client, client: Client) -> None:
    call = make_call(status="draft")
    bring(editor, call, DOCUMENT + MINUTES)
    call.refresh_from_db()
    assert (call.status, call.entries.count()) == ("draft", 2)
    assert Client().get(call.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"text": ""}, "one of the two."),
        ({"text": "x", "file": SimpleUploadedFile("a.md", b"x")}, "one of the two."),
        ({"text": "", "file": SimpleUploadedFile("a.md", b"\xff\xfe#")}, "UTF-16"),
        ({"text": "", "file": SimpleUploadedFile("a.md", b"# A\n" * 300_000)}, "at most 1,000,000 are read"),
        ({"text": "", "file": SimpleUploadedFile("2021-06-08.md", DOCUMENT.encode())}, None),
        ({"text": "", "file": SimpleUploadedFile("2021-06-08.md", b"# Community call\n\n## News\n")}, "of 8 June 2021"),
        ({"text": DOCUMENT.replace("11th of May", "8th of June")}, "of 8 June 2021, this call of 11 May 2021."),
        ({"text": HEAD + "## " + "W" * 301}, "at most 300 characters"),
    ],
)
def test_what_cannot_be_brought_in_is_refused_in_a_sentence(
    editor: Client, call: Call, more: dict[str, Any], sentence: str | None
) -> None:
    response = preview(editor, call, **more)
    assert response.status_code == (422 if sentence else 200)
    assert (sentence or "") in response.content.decode()
    assert call.sources.count() == 0


@pytest.mark.parametrize("data", ["", "no base64!", b64encode(b"\xff").decode(), b64encode(b"").decode()])
def test_damaged_preview_is_refused(editor: Client, call: Call, data: str) -> None:
    sent = carried(preview(editor, call)) | {"file_data": data}
    assert editor.post(at("document", call), sent).status_code == 422
    assert call.sources.count() == 0
