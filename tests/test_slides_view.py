"""The deck, the agenda and the minutes at their addresses: who gets them, and what is not in them."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from communitycalls.deck import kept
from communitycalls.deck.outcome import DeckError, Drawing
from communitycalls.deck.render import WORKSHOP
from tests.make import make_call, make_entry, make_item, make_person, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def address_of(call: Any, name: str = "slides_pdf") -> str:
    return reverse(f"calls:{name}", args=[call.series.slug, call.address])


def test_anybody_gets_the_deck_of_a_published_call(client: Client) -> None:
    call = make_call(status="announced")
    make_item(call, "Harbour news", slide_notes="## Ships\n\n- one\n- two", minutes=10)
    response = client.get(address_of(call))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="community-call-2021-05-11-slides.pdf"'
    text = text_of(response.content)
    assert "Harbour news" in text
    assert "Ships" in text


def test_deck_of_a_draft_is_not_there_but_for_editors(client: Client, editor: Client) -> None:
    call = make_call(status="draft")
    assert client.get(address_of(call)).status_code == 404
    response = editor.get(address_of(call))
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"


def test_minutes_that_are_not_final_are_in_no_deck_of_the_public(client: Client, editor: Client) -> None:
    call = make_call(status="held")
    make_entry(call, "A secret decision.")
    make_question(call, "A hidden question?", {"Thilo": "A hidden answer."})
    public, desk = client.get(address_of(call)).content, editor.get(address_of(call)).content
    assert "hidden" not in text_of(public)
    assert "A hidden question?" in text_of(desk)


def test_private_notes_are_in_no_deck(editor: Client) -> None:
    call = make_call(status="announced")
    make_item(call, "News", slide_notes="- public", private_notes="PRIVATE SCRATCH")
    assert "SCRATCH" not in text_of(editor.get(address_of(call)).content)


def test_unknown_call_is_not_found(client: Client) -> None:
    assert client.get("/calls/community-call/2021-05-11/slides.pdf").status_code == 404
    assert client.get("/calls/community-call/yesterday/slides.pdf").status_code == 404


def test_deck_can_only_be_read(client: Client) -> None:
    assert client.post(address_of(make_call())).status_code == 405


def test_unchanged_deck_is_drawn_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    call = make_call()
    first = client.get(address_of(call)).content
    monkeypatch.setattr(WORKSHOP, "ask", lambda job: pytest.fail("it was drawn again"))
    assert client.get(address_of(call)).content == first


def test_changed_call_is_drawn_anew(client: Client) -> None:
    call = make_call()
    make_item(call, "Before")
    client.get(address_of(call))
    call.agenda.update(title="Afterwards")
    call.raise_version()
    assert "Afterwards" in text_of(client.get(address_of(call)).content)


def test_deck_that_cannot_be_drawn_is_a_page_with_a_sentence(client: Client) -> None:
    call = make_call()
    make_item(call, "Endless", slide_notes="a\n\n---\n\n" * 300)
    response = client.get(address_of(call))
    assert response.status_code == 422
    assert "a deck can have 200" in response.content.decode()


def test_refusal_is_kept_for_a_while_and_a_passing_one_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuse(job: object) -> Drawing:
        asked.append(job)
        raise DeckError("Too long.", is_lasting=len(asked) > 1)

    monkeypatch.setattr(WORKSHOP, "ask", refuse)
    for _ in range(3):
        with pytest.raises(DeckError, match="Too long"):
            kept.drawn("a job", tmp_path)  # type: ignore[arg-type]  # -- any value has a key
    assert len(asked) == 2
    monkeypatch.setattr(kept, "REFUSAL_SECONDS", -1)
    with pytest.raises(DeckError):
        kept.drawn("a job", tmp_path)  # type: ignore[arg-type]  # -- any value has a key
    assert len(asked) == 3


def test_only_so_many_files_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WORKSHOP, "ask", lambda job: Drawing(b"%PDF", 1))
    monkeypatch.setattr(kept, "MOST_KEPT", 3)
    for number in range(6):
        kept.drawn(f"job {number}", tmp_path)  # type: ignore[arg-type]  # -- any value has a key
    assert len(list(tmp_path.iterdir())) == 3


def test_command_writes_what_the_public_may_see_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = make_call(status="final")
    make_item(call, "Many", slide_notes="\n".join(f"- {number}" for number in range(40)))
    path = tmp_path / "deck.pdf"
    call_command("export_pdf", "deck", "community-call", "2021-05-11", "-o", str(path))
    said = capsys.readouterr().out
    assert re.search(r"page 4: “Many”: It holds more than fits: continued on \d more slides\.", said)
    assert re.search(rf"{re.escape(str(path))}: the deck of .* \d+ pages\.", said)
    assert path.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("kind", ["agenda", "minutes"])
def test_command_draws_papers(tmp_path: Path, kind: str) -> None:
    call = make_call(status="final")
    make_item(call, "Harbour news")
    make_entry(call, "We **decide** to paint the pier.", kind="decision", assignee=make_person("Ada"))
    path = tmp_path / "paper.pdf"
    call_command("export_pdf", kind, "community-call", "2021-05-11", "-o", str(path))
    text = text_of(path.read_bytes())
    assert ("Harbour news" if kind == "agenda" else "We decide to paint the pier.") in text


def test_command_leaves_a_draft_alone_unless_told(tmp_path: Path) -> None:
    make_call(status="draft")
    path = str(tmp_path / "deck.pdf")
    with pytest.raises(CommandError, match="--all draws drafts too"):
        call_command("export_pdf", "deck", "community-call", "2021-05-11", "-o", path)
    call_command("export_pdf", "deck", "community-call", "2021-05-11", "-o", path, "--all", "--dry-run")
    assert not (tmp_path / "deck.pdf").exists()
    call_command("export_pdf", "deck", "community-call", "2021-05-11", "-o", path, "--all")
    assert (tmp_path / "deck.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("poster", "community-call", "2021-05-11"), "invalid choice: 'poster'"),
        (("deck", "no-series", "2021-05-11"), "'no-series' is no series here. The series are: community-call."),
        (("deck", "community-call", "2021-06-08"), "has no call on 2021-06-08"),
        (("deck", "community-call", "11 May"), "Write it like 2021-05-11."),
    ],
)
def test_command_says_what_would_be_right(tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    make_call()
    with pytest.raises(CommandError, match=re.escape(sentence)):
        call_command("export_pdf", *arguments, "-o", str(tmp_path / "x.pdf"))


def test_command_says_where_it_cannot_write(tmp_path: Path) -> None:
    make_call()
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_pdf", "agenda", "community-call", "2021-05-11", "-o", str(tmp_path / "no" / "x.pdf"))
