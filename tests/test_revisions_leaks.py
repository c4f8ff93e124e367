"""Nothing of drafts and of minutes that are not final is in a call's public past: no word, no author, no count."""

import datetime as dt
from dataclasses import fields

import pytest
import time_machine
from django.test import Client

from communitycalls import history
from communitycalls.document.values import CallDocument
from communitycalls.models import Call, Link
from tests.make import make_call, make_editor, make_entry
from tests.reading import read
from tests.revised import DESK, HOME, make_past, save

pytestmark = pytest.mark.django_db

DRAFT, UNFINISHED, PRIVATE, NOTES, JOIN = "Zanzibar", "Lilongwe", "Never public", "Samarkand", "Timbuktu"
PATHS = ("revisions/", *(f"revisions/{number}/" for number in range(1, 9)), "diff/", "diff/?from=1")
BEFORE, AFTER = "2021-05-10T12:00:00Z", "2021-05-12T12:00:00Z"


def texts(client: Client, *more: str) -> str:
    """All that the pages of the past say, those that are not there included."""
    paths = [*PATHS, *more, *(f"diff/?from={one}&to={one + 1}" for one in range(1, 7))]
    return " ".join(client.get(HOME + path).content.decode() for path in paths)


def public(client: Client, call: Call, **fields: object) -> str:
    """What visitors read once fields of the call have other values, with nothing saved by hand to give it away."""
    Call.objects.filter(pk=call.pk).update(**fields)
    return texts(client)


@pytest.mark.parametrize("path", PATHS)
def test_past_of_a_draft_is_not_there(client: Client, editor: Client, path: str) -> None:
    call = make_past()
    missing = client.get("/calls/community-call/2021-05-12/" + path)
    Call.objects.filter(pk=call.pk).update(status="draft")
    hidden = client.get(HOME + path)
    assert (missing.status_code, hidden.status_code) == (404, 404)
    assert hidden.content.replace(b"2021-05-11", b"2021-05-12") == missing.content
    assert editor.get(DESK + "revisions/").status_code == 200


def test_saves_of_the_draft_are_in_no_public_page(client: Client) -> None:
    make_past()
    found = texts(client)
    assert "Thilo opens." in found
    assert not [word for word in (DRAFT, UNFINISHED, PRIVATE, NOTES, JOIN) if word in found]


def test_unfinished_minutes_are_in_no_public_page(client: Client) -> None:
    call = make_past()
    found = public(client, call, status="held")
    assert not [word for word in (DRAFT, UNFINISHED, PRIVATE, "Thilo opens.", "Does it boot?") if word in found]


@pytest.mark.parametrize("saves", [0, 1, 5])
def test_past_tells_not_how_often_or_when_unfinished_minutes_were_saved(client: Client, saves: int) -> None:
    with time_machine.travel("2021-05-01T12:00:00Z", tick=False) as clock:
        call = make_call(status="announced")
        history.record(call, None)
        save(call, status="held")
        for number in range(saves):
            clock.shift(dt.timedelta(days=1))
            make_entry(call, f"{UNFINISHED} {number}")
            save(call, make_editor(f"lilongwe-{number}"), UNFINISHED)
        clock.move_to("2021-06-01T12:00:00Z")
        save(call, introduction="Slides are there.")
    page = read(client, f"{HOME}revisions/")
    days = [row.one("p", "meta").text.partition(",")[0] for row in page.all("li", "past__row")]
    assert days == ["1 June 2021", "1 May 2021", "1 May 2021"]
    assert [row.one("h2").text for row in page.all("li", "past__row")] == ["Revision 3", "Revision 2", "Revision 1"]
    assert UNFINISHED not in texts(client)


def test_message_of_a_save_that_changed_unfinished_minutes_too_is_not_told(client: Client) -> None:
    call = make_call(status="held")
    history.record(call, None)
    make_entry(call, "Something.")
    save(call, None, f"{UNFINISHED} and the title", title="New title")
    assert "New title" in texts(client)
    assert UNFINISHED not in texts(client)
    save(call, status="final")
    assert UNFINISHED not in texts(client)


def test_restored_revision_that_visitors_do_not_know_is_not_named(client: Client, editor: Client) -> None:
    call = make_past()
    Call.objects.update(title="Changed")
    call.refresh_from_db()
    draft = call.revisions.get(number=2)
    history.record(call, None, restored=draft)
    text = read(client, f"{HOME}revisions/").all("li", "past__row")[0].text
    assert "Restored as it stood earlier." in text
    assert "revision 2" in read(editor, f"{DESK}revisions/").all("li", "past__row")[0].text


def test_reopened_minutes_leave_the_past(client: Client) -> None:
    call = make_past()
    call.entries.update(text="Thilo opens, at last.")
    save(call, None, "Thilo corrected")
    assert "at last" in texts(client)
    save(call, status="held")
    found = texts(client)
    assert not [word for word in ("Thilo opens", "at last", "Thilo corrected", UNFINISHED) if word in found]
    numbers = [row.one("h2").text for row in read(client, f"{HOME}revisions/").all("li", "past__row")]
    assert numbers == ["Revision 6", "Revision 4", "Revision 3", "Revision 2", "Revision 1"]
    assert client.get(f"{HOME}revisions/5/").status_code == 404
    assert client.get(f"{HOME}diff/?from=5").status_code == 400


def test_join_details_are_in_the_past_until_the_call_ends(client: Client) -> None:
    with time_machine.travel(BEFORE, tick=False):
        call = make_call(status="announced")
        history.record(call, None)
        Link.objects.create(call=call, kind="join", url="https://meet.example.org/", details=f"passcode {JOIN}")
        save(call, None, "Where to join")
        assert JOIN in client.get(f"{HOME}revisions/2/").content.decode()
        assert JOIN in client.get(f"{HOME}diff/").content.decode()
    with time_machine.travel(AFTER, tick=False):
        found = texts(client)
        assert not [word for word in (JOIN, "meet.example.org", "Where to join") if word in found]
        assert client.get(f"{HOME}revisions/2/").status_code == 404


def test_editor_reads_all_of_it_at_the_desk_and_nobody_else_does(client: Client, editor: Client) -> None:
    make_past()
    pages = " ".join(editor.get(f"{DESK}revisions/{number}/").content.decode() for number in range(1, 9))
    assert not [word for word in (DRAFT, UNFINISHED, NOTES, JOIN) if word not in pages]
    assert PRIVATE not in pages
    assert client.get(f"{DESK}revisions/1/").status_code == 302


def test_every_field_of_a_call_is_known_as_plan_or_as_record() -> None:
    """A new field of the value is public in old revisions unless `history.without_records` knows it: decide."""
    plan = {"series", "date", "title", "start", "timezone", "duration", "ordinal", "status", "introduction"}
    records = {"minutes", "questions", "releases", "matrix_changes", "attendance", "unread"}
    assert {field.name for field in fields(CallDocument)} == plan | {"links", "agenda"} | records


def test_past_is_in_no_sitemap(client: Client) -> None:
    make_past()
    assert "/revisions/" not in client.get("/sitemap.xml").content.decode()


def test_rows_from_before_facts_were_kept_read_the_same(client: Client) -> None:
    call = make_past()
    pages = [client.get(HOME + path).content for path in PATHS]
    call.revisions.update(facts=None, public_number=None)
    assert [client.get(HOME + path).content for path in PATHS] == pages
    assert history.highest_numbers(call) == {"agenda": 1, "entries": 1, "questions": 1, "releases": 0}
    save(call, title="New")
    assert call.revisions.filter(facts=None).count() == 0
    assert [one.public_number for one in call.revisions.order_by("number")] == [None, None, 1, 2, 3, None, None, 4, 5]
