"""The slides that an agenda item's text makes, shown beside it before anything is saved."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from communitycalls.deck.live import ItemJob, Pictures, item_job
from communitycalls.deck.outcome import DeckError, Drawing
from communitycalls.deck.render import Workshop
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.sources import job_of
from communitycalls.models import AgendaItem, Call
from tests.desk_pages import at, form_at
from tests.make import make_call, make_item, make_question

pytestmark = pytest.mark.django_db

LONG = "## Ships\n\n" + "- a ship with a name\n" * 30


def ask(client: Client, call: Call, number: int = 1, **fields: str) -> str:
    """What the script beside the text is answered."""
    answer = client.post(at("item_slides", call, number), fields, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def test_text_becomes_slides_and_what_was_done_is_said_beside_them(editor: Client) -> None:
    call = make_call(status="draft")
    make_item(call, "Harbour")
    make_item(call, "Another item", body="Another text.")
    before = AgendaItem.objects.values().get(number=1)
    page = ask(editor, call, title="Port", minutes="7", slide_notes=LONG, body="Not this.")
    assert "Port" in page
    assert "7 minutes" in page
    assert page.count("a ship with a name") == 30
    assert "It holds more than fits: continued on" in page
    assert "Another" not in page
    assert "Not this" not in page
    assert "Agenda" not in page
    assert "More ships" in ask(editor, call, slide_notes="", body="More ships.\r\n\r\nAnd boats.")
    assert "text was made smaller" in ask(editor, call, slide_notes="- one point\n" * 12)
    assert AgendaItem.objects.values().get(number=1) == before


def test_what_makes_no_sense_stays_as_it_is_saved(editor: Client) -> None:
    call = make_call(status="draft")
    make_item(call, "Harbour", body="Saved text.")
    page = ask(editor, call, title=" ", kind="party", minutes="soon", presenters="Ada, Kai")
    assert "Harbour" in page
    assert "Saved text." in page
    assert "Ada, Kai" in page


def test_slides_of_the_calls_own_data_come_with_their_item(editor: Client) -> None:
    call = make_call(status="held")
    make_item(call, "Ask us")
    make_question(call, "Does it float?")
    assert "Does it float?" not in ask(editor, call, kind="other")
    assert "Does it float?" in ask(editor, call, kind="qa")


def test_trouble_is_a_sentence(editor: Client) -> None:
    call = make_call(status="draft")
    make_item(call, "Harbour")
    assert "a deck can take 200,000" in ask(editor, call, slide_notes="word " * 60_000)
    assert "the agenda item is not there any more. Reload the page." in ask(editor, call, 9, slide_notes="a")
    assert "The picture https://example.org/a.png is not on this site" in ask(
        editor, call, slide_notes="![A](https://example.org/a.png)"
    )


def test_hostile_text_is_shown_as_text(editor: Client) -> None:
    call = make_call(status="draft")
    make_item(call, "Harbour")
    hostile = '</title></ol><script>x</script>"><img src=x onerror=y>'
    page = ask(editor, call, title=hostile, slide_notes=f"{hostile}\n\n- {hostile}")
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("</ol>") == 1


def test_without_a_script_the_plan_shows_the_slides_below_the_text_as_typed(editor: Client) -> None:
    call = make_call(status="draft")
    make_item(call, "Harbour", slide_notes="- saved")
    url = at("item_slides", call, 1)
    fields = form_at(editor, at("item", call, 1)) | {"slide_notes": "- typed but not saved"}
    page = editor.post(url, fields).content.decode()
    assert page.count("typed but not saved") == 2
    assert "shadowrootmode" in page
    assert f'formaction="{url}#item-1"' in page
    assert AgendaItem.objects.get().slide_notes == "- saved"
    assert editor.post(at("item_slides", call, 9), fields).status_code == 409


class Counting(Workshop):
    """Draws here, and counts the slides that it was asked to draw."""

    def ask(self, job: Any) -> Drawing:
        drawing: Drawing = job.draw()
        self.drawn = len(json.loads(drawing.pdf)["drawn"])
        return drawing


def job(notes: str, theme: str = "harbour") -> ItemJob:
    found = job_of("deck", Call.objects.get(), whole=True)
    item = replace(found.call.agenda[0], slide_notes=notes)
    return item_job(found.call, item, DeckSetting("Harbour", theme=theme), found.places)


def test_only_slides_that_changed_are_drawn_again() -> None:
    make_item(make_call(status="draft"), "Harbour")
    workshop = Counting()
    pictures = Pictures(workshop, most=4)
    drawn = []
    for notes in ("- a\n\n---\n\n- b", "- a\n\n---\n\n- c", "- a\n\n---\n\n- c", "- a\n\n---\n\n- a"):
        deck = pictures.of(job(notes))
        drawn.append(workshop.drawn)
        assert [slide.number for slide in deck.slides] == [1, 2, 3]
    assert drawn == [3, 1, 0, 0]
    pictures.of(job("- a", theme="midnight"))
    assert workshop.drawn == 2
    with pytest.raises(DeckError, match="Known are"):
        pictures.of(job("- a", theme="disco"))
