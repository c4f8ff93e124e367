"""The PDFs' addresses: of a draft, or of unfinished minutes, a visitor gets nothing."""

import pytest
from django.test import Client

from tests.make import make_call, make_entry, make_item

pytestmark = pytest.mark.django_db

CALL = "/calls/community-call/2021-05-11"


def filled(status: str) -> None:
    call = make_call("2021-05-11", status=status, title="The secret title")
    make_item(call, "The secret item")
    make_entry(call, "The secret word")


@pytest.mark.parametrize("name", ["slides.pdf", "agenda.pdf", "minutes.pdf", "call.md", "call.json"])
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
