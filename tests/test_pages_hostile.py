"""Every injection attempt in every field, on every page: nothing of it may become more than text."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from communitycalls.models import Call, Channel, Contact, Link, Outlook, Person, Site
from interop.models import KnownIssue, Level, Matrix, Reference, Section
from tests.corpus import needs_corpus
from tests.hostile import assert_page_inside_allowlist, vectors
from tests.make import make_call, make_entry, make_environment, make_item, make_matrix, make_question, make_series

pytestmark = [needs_corpus, pytest.mark.django_db, pytest.mark.any_database]

PUBLIC = [
    "/",
    "/calls/",
    "/calls/community-call/",
    "/calls/community-call/2021-05-11/",
    "/calls/community-call/2099-05-12/",
]
PUBLIC += ["/interop/", "/interop/support/", "/interop/support/changes/", "/interop/support/e7/"]
DESK = [
    "/desk/",
    "/desk/calls/",
    "/desk/calls/community-call/2021-05-11/",
    "/desk/calls/community-call/2021-05-11/minutes/",
]
DESK += ["/desk/interop/", "/desk/interop/support/", "/desk/interop/support/environments/e7/"]


def fill(texts: list[str]) -> None:
    """A call and a matrix that hold each text in each field that somebody writes."""
    whole = "\n\n".join(texts)
    series = make_series(name=texts[0][:120], description=whole, join_url="javascript:alert(1)", join_details=whole)
    call = make_call(title=texts[1][:200], series=series, minutes_introduction=whole, announcement=whole)
    coming = make_call("2099-05-12", "announced", series=series, title=texts[5][:200])
    for kind in Link.Kind.values:
        Link.objects.create(call=coming, kind=kind, label=texts[6][:200], url="javascript:alert(1)", details=whole)
    Contact.objects.create(label=texts[7][:80], text=texts[8][:120], url="javascript:alert(1)")
    Site.objects.create(pk=1, name=texts[9][:120], tagline=texts[10][:200])
    matrix = make_matrix(title=texts[2][:200])
    Matrix.objects.update(introduction=whole, conclusion=whole, tracker_url="javascript:alert(1)//")
    Section.objects.update(name=texts[3][:200], introduction=whole)
    Level.objects.update(name=texts[4][:120], meaning=whole)
    for number, text in enumerate(texts):
        fill_call(call, text, number)
        row = make_environment(
            matrix, text[:100], owner=text[:100], slug=f"e{number}", notes=text, reference_written=text
        )
        Reference.objects.create(environment=row, label=text[:100], url=text[:200], position=1)
        KnownIssue.objects.create(matrix=matrix, code=f"{number} {text}"[:100], definition=text, position=number)


def fill_call(call: Call, text: str, number: int) -> None:
    item = make_item(call, text[:200], body=text, slide_notes=text)
    person = Person.objects.create(name=f"{text[:100]} {number}", slug=f"person-{number}")
    make_entry(call, text, agenda_item=item, assignee=person, kind="action")
    make_question(call, text).answers.create(speaker=person, text=text, position=1)
    channel = Channel.objects.create(name=f"{number} {text}"[:60], slug=f"channel-{number}")
    Link.objects.create(call=call, label=text[:200], url=text[:200], details=text, position=number)
    Outlook.objects.create(call=call, number=number + 1, channel=channel, version=text[:60], highlights=text)


def test_public_pages_show_hostile_texts_as_texts(client: Client) -> None:
    """And the two largest show so many of them that there was something to see."""
    fill(vectors())
    shown = {address: page_at(client, address).count("alert(1)") for address in PUBLIC}
    assert shown["/calls/community-call/2021-05-11/"] > 500
    assert shown["/interop/support/"] > 500


def test_the_desk_shows_hostile_texts_as_texts(editor: Client) -> None:
    fill(vectors())
    for address in DESK:
        page_at(editor, address)


def page_at(client: Client, address: str) -> str:
    """The page at an address, after a look for anything that is more than text."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert_page_inside_allowlist(response.content.decode())
    return response.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_hostile_texts_neither_run_nor_load_anything_in_a_browser(page: Page, live_server: Any) -> None:
    fill(vectors())
    seen: list[str] = []
    page.on("dialog", lambda dialog: seen.append(f"dialog {dialog.message}"))
    page.on("request", lambda sent: seen.append(sent.url) if not sent.url.startswith(live_server.url) else None)
    page.on("console", lambda said: seen.append(said.text) if "Content Security" in said.text else None)
    page.on("framenavigated", lambda frame: seen.append(frame.url) if live_server.url not in frame.url else None)
    for address in PUBLIC:
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
    page.context.close()
    assert seen == []
