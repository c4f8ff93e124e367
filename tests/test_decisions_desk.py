"""Conflicts at the desk: both sides beside each other, three buttons, and nothing overwritten on the way."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from html5lib import parse

from communitycalls import aside
from communitycalls.document import values as v
from communitycalls.importer import load
from communitycalls.models import Call, Conflict
from tests.desk_pages import NS, at, form_at, form_fields
from tests.test_import_rows import AFTER, SAID, document

pytestmark = pytest.mark.django_db


def bring(**fields: Any) -> Call:
    value = document(minutes=SAID, **fields)
    load(value, source=repr(value).encode(), name="2021-05-11.md", now=AFTER)
    return Call.objects.get()


def agenda(body: str, *more: v.AgendaItem) -> tuple[v.AgendaItem, ...]:
    return (v.AgendaItem(1, "Welcome", body=body), *more)


@pytest.fixture
def call(db: None) -> Call:
    """A call with one open conflict over the body of its first item."""
    call = bring(agenda=agenda("Meet the team in the harbour."))
    call.agenda.update(body="Meet the whole team in the harbour.")
    return bring(agenda=agenda("Meet the team in the old harbour."))


def conflict() -> Conflict:
    return Conflict.objects.get()


def sent(editor: Client, call: Call, **more: str) -> Any:
    """The answer to a decision, sent as the page's form would."""
    url = at("conflict", call, conflict().pk)
    return editor.post(url, form_at(editor, at("conflicts", call), url) | more)


def body() -> str:
    return Call.objects.get().agenda.get(number=1).body


def test_page_shows_both_sides_and_what_they_began_with(editor: Client, call: Call) -> None:
    page = editor.get(at("conflicts", call)).content.decode()
    assert "Agenda item 1: Welcome, text" in page
    assert "Meet the <ins>whole </ins>team in the harbour." in page
    assert "Meet the team in the <ins>old </ins>harbour." in page
    assert "Meet the team in the harbour." in page


@pytest.mark.parametrize(
    ("choice", "text", "state"),
    [
        ("here", "Meet the whole team in the harbour.", "kept"),
        ("document", "Meet the team in the old harbour.", "taken"),
        ("text", "Meet the whole team in the old harbour.", "edited"),
    ],
)
def test_button_decides_and_leaves_a_revision_where_the_call_changed(
    editor: Client, call: Call, choice: str, text: str, state: str
) -> None:
    before = call.revisions.count()
    assert sent(editor, call, choice=choice)["Location"] == at("call", call)
    row = conflict()
    assert (body(), row.state, str(row.decided_by)) == (text, state, "edith")
    assert call.revisions.count() == before + (choice != "here")
    assert choice == "here" or str(call.revisions.first().user) == "edith"  # type: ignore[union-attr]  # -- there are some


def test_text_put_together_by_hand_is_saved_as_typed(editor: Client, call: Call) -> None:
    assert sent(editor, call, choice="text", text="By hand.\r\nTwo lines.").status_code == 302
    assert body() == "By hand.\nTwo lines."


def test_edit_elsewhere_in_the_call_is_no_clash(editor: Client, call: Call) -> None:
    data = form_at(editor, at("conflicts", call), at("conflict", call, conflict().pk))
    call.raise_version()
    assert editor.post(at("conflict", call, conflict().pk), data | {"choice": "document"}).status_code == 302
    assert body() == "Meet the team in the old harbour."


@pytest.mark.parametrize("side", ["here", "document"])
def test_side_that_changed_since_is_shown_before_anything_is_decided(editor: Client, call: Call, side: str) -> None:
    url = at("conflict", call, conflict().pk)
    data = form_at(editor, at("conflicts", call), url)
    if side == "here":
        call.agenda.filter(number=1).update(body="Meet nobody.")
        call.raise_version()
    else:
        bring(agenda=agenda("Meet the crew."))
    response = editor.post(url, data | {"choice": "text", "text": "My own words."})
    page = response.content.decode()
    assert (response.status_code, conflict().state) == (409, "open")
    assert ("nobody" if side == "here" else "crew") in page
    assert "My own words." in page


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"choice": "both"}, "both is no choice here."),
        ({}, "Press one of the buttons."),
        ({"choice": "here", "version": ""}, "Reload the page and send it again."),
    ],
)
def test_answer_that_decides_nothing_is_told(editor: Client, call: Call, more: dict[str, str], sentence: str) -> None:
    response = sent(editor, call, **more)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert conflict().state == "open"


def test_text_that_does_not_fit_is_told_and_kept_in_the_form(editor: Client) -> None:
    call = bring(title="Call of May")
    Call.objects.update(title="Our call")
    call = bring(title="Their call")
    response = sent(editor, call, choice="text", text="T" * 301)
    assert response.status_code == 422
    assert "at most 300 characters" in response.content.decode()
    assert "T" * 301 in response.content.decode()
    assert Call.objects.get().title == "Our call"
    assert sent(editor, call, choice="text", text="Our call\r\n and theirs").status_code == 302
    assert Call.objects.get().title == "Our call and theirs"


def test_what_is_decided_already_is_not_decided_again(editor: Client, call: Call) -> None:
    url = at("conflict", call, conflict().pk)
    data = form_at(editor, at("conflicts", call), url) | {"choice": "document"}
    editor.post(url, data | {"choice": "here"})
    assert editor.post(url, data)["Location"] == at("conflicts", call)
    assert conflict().state == "kept"


def test_page_remembers_what_was_decided_by_whom(editor: Client, call: Call) -> None:
    sent(editor, call, choice="document")
    page = editor.get(at("conflicts", call)).content.decode()
    assert "Taken from the document by edith, " in page
    assert "Meet the whole team in the harbour." in page


def test_editing_by_hand_to_the_documents_text_settles_it(editor: Client, call: Call) -> None:
    url = at("item", call, 1)
    editor.post(url, form_at(editor, url) | {"body": "Meet the team in the old harbour."})
    assert conflict().state == "settled"


def test_item_gone_from_the_document_can_be_removed_here(editor: Client) -> None:
    call = bring(agenda=agenda("", v.AgendaItem(2, "News")))
    call.agenda.filter(number=2).update(minutes=10, private_notes="Scratch")
    call = bring(agenda=agenda(""))
    page = editor.get(at("conflicts", call)).content.decode()
    assert "It is no longer in the document." in page
    assert "Remove it here too" in page
    assert sent(editor, call, choice="document").status_code == 302
    assert [item.title for item in call.agenda.all()] == ["Welcome"]
    assert call.asides.get().kept["own"] == {"private_notes": "Scratch"}


def test_item_removed_here_can_come_back_under_its_number(editor: Client) -> None:
    call = bring(agenda=agenda("", v.AgendaItem(2, "News"), v.AgendaItem(3, "Q&A")))
    item = call.agenda.get(number=2)
    item.private_notes = "Scratch"
    aside.remove(item)
    call = bring(agenda=agenda("", v.AgendaItem(2, "News", body="More"), v.AgendaItem(3, "Q&A")))
    assert "It was removed here." in editor.get(at("conflicts", call)).content.decode()
    assert sent(editor, call, choice="document").status_code == 302
    assert list(call.agenda.values_list("number", "title")) == [(1, "Welcome"), (2, "News"), (3, "Q&A")]
    assert call.agenda.get(number=2).private_notes == "Scratch"


def test_desk_and_plan_name_what_waits_until_it_is_decided(editor: Client, call: Call) -> None:
    link = at("conflicts", call)
    pages = (reverse("desk:index"), at("call", call))
    assert all(link in editor.get(page).content.decode() for page in pages)
    sent(editor, call, choice="here")
    assert not any(link in editor.get(page).content.decode() for page in pages)


def test_queries_do_not_grow_with_conflicts(editor: Client, call: Call, django_assert_num_queries: Any) -> None:
    for number in (1, 3):
        bodies = tuple(v.AgendaItem(one, f"Item {one}", body="Theirs") for one in range(2, number + 1))
        for one in bodies:
            call.agenda.create(number=one.number, position=one.number, title=one.title, body="Ours")
        bring(agenda=agenda("Meet the team in the old harbour.", *bodies))
        assert Conflict.objects.still_open().count() == number
        editor.get(at("conflicts", call))
        with django_assert_num_queries(18):
            editor.get(at("conflicts", call))
        with django_assert_num_queries(15):
            editor.get(reverse("desk:index"))


def test_conflict_is_on_no_public_page(client: Client, call: Call) -> None:
    base = f"/calls/community-call/{call.address}/"
    paths = ["", "call.md", "call.json", "revisions/"]
    for url in ["/", "/calls/", *(base + path for path in paths)]:
        response = client.get(url)
        assert response.status_code == 200, url
        assert "old harbour" not in response.content.decode(), url


def test_every_button_has_a_form_with_a_token(editor: Client, call: Call) -> None:
    page = parse(editor.get(at("conflicts", call)).content.decode())
    forms = [one for one in page.iter(f"{NS}form") if "conflicts" in (one.get("action") or "")]
    assert len(forms) == 1
    assert set(form_fields(forms[0])) == {"csrfmiddlewaretoken", "version", "sides", "text"}
    assert [one.get("value") for one in forms[0].iter(f"{NS}button")] == ["here", "document", "text"]
