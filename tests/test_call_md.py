"""A call as Markdown: what its reader may see, and readable again."""

import pytest
from django.test import Client

from communitycalls.document.reader import read
from tests.make import make_call, make_entry, make_item, make_question

pytestmark = pytest.mark.django_db

ADDRESS = "/calls/community-call/2021-05-11/call.md"


def filled(status: str) -> None:
    call = make_call("2021-05-11", status=status)
    make_item(call, "Welcome", private_notes="a whisper")
    make_entry(call, "The first thing said.")
    make_question(call, "Does it boot?", {"Kai": "It does."})


def test_a_final_call_reads_again_as_it_was_written(client: Client) -> None:
    filled("final")
    text = client.get(ADDRESS).content.decode()
    document, _ = read(text, name="2021-05-11.md")
    assert [item.title for item in document.agenda] == ["Welcome"]
    assert [entry.text for entry in document.minutes.entries] == ["The first thing said."]
    assert [(one.text, one.answers[0].text) for one in document.questions] == [("Does it boot?", "It does.")]
    assert "a whisper" not in text


@pytest.mark.parametrize("status", ["announced", "live", "held"])
def test_unfinished_minutes_are_not_in_it(client: Client, status: str) -> None:
    filled(status)
    text = client.get(ADDRESS).content.decode()
    assert "Welcome" in text
    assert "The first thing said." not in text
    assert "Does it boot?" not in text


def test_a_draft_has_none(client: Client, editor: Client) -> None:
    filled("draft")
    assert client.get(ADDRESS).status_code == 404
    assert "The first thing said." in editor.get(ADDRESS).content.decode()
