"""Nothing of a draft, and nothing of minutes before they are final, is on any public page."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from communitycalls.models import Attendance, Call, Channel, Link, Outlook, RecordedChange
from interop.models import Change, Revision
from tests.make import (
    make_call,
    make_entry,
    make_environment,
    make_item,
    make_matrix,
    make_person,
    make_question,
    make_series,
)
from tests.reading import read

pytestmark = pytest.mark.django_db

SECRET = "Zanzibar"
PAGES = [
    "/",
    "/calls/",
    "/calls/?year=2021",
    "/calls/community-call/",
    "/calls/community-call/2021-05-11/",
    "/calls/community-call/2021-11-09/",
    "/interop/",
    "/interop/support/",
    "/interop/support/changes/",
    "/interop/support/ec2/",
    "/sitemap.xml",
]


def fill(call: Call) -> None:
    """Everything a call can hold, each with the secret in it."""
    item = make_item(call, f"{SECRET} item", body=SECRET, minutes=5)
    make_entry(call, f"{SECRET} decision", kind="decision", agenda_item=item)
    make_entry(call, f"{SECRET} action", kind="action", due=dt.date(2021, 6, 1))
    make_question(call, f"{SECRET} question", {"Kai": f"{SECRET} answer"})
    Link.objects.create(call=call, kind="join", label=SECRET, url=f"https://example.org/{SECRET}")
    Attendance.objects.create(call=call, person=make_person(SECRET))
    channel = Channel.objects.get_or_create(name=f"{SECRET} channel", slug="secret")[0]
    Outlook.objects.create(call=call, number=1, channel=channel, version=SECRET, date=dt.date(2021, 12, 1))


@pytest.fixture
def changes(db: None) -> list[Change]:
    row = make_environment(make_matrix(), "EC2")
    revision = Revision.objects.create(matrix=row.matrix, number=1, effective=dt.date(2021, 5, 11), value={})
    return [
        Change.objects.create(
            revision=revision, environment=row, name="EC2", what="note", new="Said", position=position
        )
        for position in (1, 2)
    ]


@pytest.fixture
def public_calls(changes: list[Change]) -> None:
    make_entry(make_call("2021-05-11", "final"), "There is a list.", kind="action")
    start = dt.datetime(2021, 11, 9, 16, 30, tzinfo=dt.UTC)
    make_item(make_call("2021-11-09", "announced", start=start), "News")


@pytest.fixture
def drafts(public_calls: None, changes: list[Change]) -> list[Call]:
    """Drafts that stand ready to leak: the next call, the one between, another series' only one, a later year's."""
    found = [
        make_call("2021-11-05", "draft", title=f"{SECRET} soonest"),
        make_call("2021-06-08", "draft", title=f"{SECRET} between"),
        make_call("2021-06-09", "draft", title=f"{SECRET} alone", series=make_series("zanzibar-call")),
        make_call("2030-01-08", "draft", title=f"{SECRET} of a later year"),
        make_call("2021-12-14", "draft", title=f"{SECRET} last"),
    ]
    for call in found:
        fill(call)
    RecordedChange.objects.create(call=found[1], change=changes[0], number=1)
    return found


@time_machine.travel("2021-11-04T10:00:00Z", tick=False)
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.usefixtures("public_calls")
def test_page_is_the_same_with_and_without_drafts(client: Client, request: pytest.FixtureRequest, path: str) -> None:
    before = read(client, path)
    request.getfixturevalue("drafts")
    after = read(client, path)
    assert SECRET.casefold() not in client.get(path).content.decode().casefold()
    assert after.text == before.text
    assert sorted(after.links) == sorted(before.links)


@time_machine.travel("2021-11-04T10:00:00Z", tick=False)
def test_draft_is_not_found_by_visitors_and_users_without_the_role(
    client: Client, user_client: Client, drafts: list[Call]
) -> None:
    for call in drafts:
        for reader in (client, user_client):
            page = read(reader, call.get_absolute_url(), status=404)
            assert SECRET not in page.text
    nothing = read(client, "/calls/community-call/2021-06-15/", status=404)
    hidden = read(client, drafts[1].get_absolute_url(), status=404)
    assert nothing.text == hidden.text


def test_series_of_drafts_alone_is_not_found(client: Client, editor: Client, drafts: list[Call]) -> None:
    assert SECRET.casefold() not in read(client, "/calls/zanzibar-call/", status=404).text.casefold()
    assert read(editor, "/calls/zanzibar-call/").one("h1").text == "Zanzibar call"


def test_redirects_pass_drafts_by(client: Client, drafts: list[Call]) -> None:
    with time_machine.travel("2021-11-04T10:00:00Z", tick=False):
        assert client.get("/calls/next/").headers["Location"] == "/calls/community-call/2021-11-09/"
    assert client.get("/calls/zanzibar-call/next/").status_code == 404


def test_matrix_cannot_be_asked_for_as_of_a_draft(client: Client, drafts: list[Call]) -> None:
    page = read(client, "/interop/support/?call=community-call/2021-06-08", status=400)
    assert "'community-call/2021-06-08' is no call here." in page.text


def test_editors_see_a_draft_and_that_it_is_one(editor: Client, drafts: list[Call]) -> None:
    response = editor.get(drafts[0].get_absolute_url())
    assert "Draft: only editors see this." in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"


@time_machine.travel("2021-11-04T10:00:00Z", tick=False)
@pytest.mark.parametrize("path", [*PAGES, "/calls/community-call/2021-10-19/"])
def test_records_of_a_held_call_are_on_no_page(client: Client, changes: list[Change], path: str) -> None:
    fill_but_agenda = make_call("2021-10-19", "held")
    make_entry(fill_but_agenda, f"{SECRET} decision", kind="decision")
    make_question(fill_but_agenda, f"{SECRET} question", {"Kai": SECRET})
    Attendance.objects.create(call=fill_but_agenda, person=make_person(SECRET))
    RecordedChange.objects.create(call=fill_but_agenda, change=changes[0], number=1)
    make_call("2021-05-11", "final")
    make_call("2021-11-09", "announced", start=dt.datetime(2021, 11, 9, 16, 30, tzinfo=dt.UTC))
    content = client.get(path).content.decode()
    assert SECRET not in content
    assert "2021-10-19/#" not in content


def test_minutes_of_a_held_call_are_for_editors_alone(client: Client, editor: Client) -> None:
    make_entry(make_call(status="held"), "Nobody may read this yet.")
    assert "Nobody may read this yet." not in read(client, "/calls/community-call/2021-05-11/").text
    assert "There are no minutes of this call yet." in read(client, "/calls/community-call/2021-05-11/").text
    page = read(editor, "/calls/community-call/2021-05-11/")
    assert "Nobody may read this yet." in page.text
    assert "Not public yet. Only editors see" in page.text
    assert editor.get("/calls/community-call/2021-05-11/").headers["Cache-Control"] == "private, no-store"
