"""The PDFs' addresses: of a draft, or of unfinished minutes, a visitor gets nothing."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from tests.make import make_call, make_entry, make_item, make_question

pytestmark = pytest.mark.django_db

CALL = "/calls/community-call/2021-05-11"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


def text_of(data: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(BytesIO(data)))


def filled(status: str) -> None:
    call = make_call("2021-05-11", status=status, title="The secret title")
    make_item(call, "The secret item")
    make_entry(call, "The secret word")
    make_question(call, "The secret question?", {"Kai": "The secret answer"})


@pytest.mark.parametrize(
    "name",
    ["slides.pdf", "agenda.pdf", "minutes.pdf", "handout.pdf", "handout.pdf?paper=letter", "call.md", "call.json"],
)
def test_a_draft_is_answered_like_a_call_that_never_was(client: Client, name: str) -> None:
    never = client.get(f"{CALL}/{name}")
    filled("draft")
    draft = client.get(f"{CALL}/{name}")
    assert (draft.status_code, draft.content) == (404, never.content)


@pytest.mark.parametrize("status", ["announced", "live", "held"])
def test_unfinished_minutes_have_no_pdf_for_visitors(client: Client, status: str) -> None:
    filled(status)
    response = client.get(f"{CALL}/minutes.pdf")
    assert response.status_code == 404
    assert b"The secret word" not in response.content


def test_unfinished_minutes_are_in_no_agenda_and_no_handout_of_visitors(client: Client, editor: Client) -> None:
    filled("held")
    for name in ("agenda.pdf", "handout.pdf"):
        text = text_of(client.get(f"{CALL}/{name}").content)
        assert "The secret item" in text
        assert not [word for word in ("word", "question", "answer") if f"The secret {word}" in text]
    response = editor.get(f"{CALL}/handout.pdf")
    assert "The secret question?" in text_of(response.content)
    assert response["Cache-Control"] == "private, no-store"


def test_letter_paper_is_another_file_and_a_wrong_size_is_quoted(client: Client) -> None:
    filled("final")
    for name in ("agenda.pdf", "minutes.pdf", "handout.pdf"):
        sizes = [
            tuple(map(round, pypdfium2.PdfDocument(client.get(f"{CALL}/{name}{query}").content)[0].get_size()))
            for query in ("", "?paper=a4", "?paper=letter")
        ]
        assert sizes == [(595, 842), (595, 842), (612, 792)]
        wrong = client.get(f"{CALL}/{name}?paper=A5")
        assert wrong.status_code == 400
        assert "paper=&#x27;A5&#x27; is no size of paper here. Known are a4 and letter." in wrong.content.decode()


def test_every_role_gets_what_is_public_and_nobody_may_send(
    client: Client, user_client: Client, editor: Client, maintainer: Client
) -> None:
    filled("final")
    for name in ("agenda.pdf", "minutes.pdf", "handout.pdf"):
        for reader in (client, user_client, editor, maintainer):
            assert reader.get(f"{CALL}/{name}")["Content-Type"] == "application/pdf"
            assert reader.post(f"{CALL}/{name}").status_code == 405


def test_page_of_a_call_leads_to_its_papers(client: Client) -> None:
    filled("held")
    page = client.get(f"{CALL}/").content.decode()
    assert [name for name in ("agenda.pdf", "handout.pdf") if f"{CALL}/{name}" not in page] == []
    assert f"{CALL}/minutes.pdf" not in page


def test_page_of_a_minuted_call_leads_to_its_minutes(client: Client) -> None:
    filled("final")
    assert f"{CALL}/minutes.pdf" in client.get(f"{CALL}/").content.decode()
