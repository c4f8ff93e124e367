"""What editors have not published no import publishes: drafts stay drafts, minutes begun here stay at the desk."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from communitycalls.document import values as v
from communitycalls.importer import Report, load
from communitycalls.models import Call, Conflict
from tests.make import make_call, make_entry, make_item, make_question

pytestmark = pytest.mark.django_db

DAY = dt.date(2021, 5, 11)
START = dt.datetime(2021, 5, 11, 15, 30, tzinfo=dt.UTC)
BEFORE, AFTER = (START + dt.timedelta(minutes=minutes) for minutes in (-60, 61))
SAID = v.Minutes("final", "", (v.MinutesEntry(1, "Thilo opens the call."),))
BASE = "/calls/community-call/2021-05-11/"
SECRET = "Not yet for everybody"


def bring(minutes: v.Minutes = SAID, now: dt.datetime = AFTER, **fields: Any) -> Report:
    value = v.CallDocument("community-call", DAY, "Call of May", START, "Europe/Berlin", minutes=minutes, **fields)
    return load(value, source=repr(value).encode(), name="2021-05-11.md", now=now)


def told(report: Report) -> str:
    return " ".join(one.text for one in report.remarks)


def sees(client: Client, text: str) -> list[str]:
    """The public addresses of the call at which a text is read, and what is there at all."""
    found = []
    for path in ("/", "/calls/", BASE, f"{BASE}call.md", f"{BASE}call.json", f"{BASE}revisions/", "/sitemap.xml"):
        if text in client.get(path).content.decode():
            found.append(path)
    return found


def test_minutes_begun_here_are_not_finalised_by_a_documents_minutes(client: Client) -> None:
    bring(v.Minutes())
    call = Call.objects.get()
    make_entry(call, SECRET)
    report = bring()
    call.refresh_from_db()
    assert (call.status, call.entries.count()) == ("held", 2)
    assert "The minutes are not final yet, as editors began them here" in told(report)
    assert sees(client, SECRET) == []
    assert sees(client, "Thilo opens") == []


def test_question_noted_here_is_not_published_by_a_documents_minutes(client: Client) -> None:
    bring(v.Minutes())
    make_question(Call.objects.get(), SECRET)
    bring()
    assert (Call.objects.get().status, sees(client, SECRET)) == ("held", [])


def test_later_document_does_not_finalise_them_either() -> None:
    bring(v.Minutes())
    make_entry(Call.objects.get(), SECRET)
    bring()
    bring(v.Minutes("final", "Introduction", SAID.entries))
    assert Call.objects.get().status == "held"


def test_announced_call_with_minutes_begun_here_is_held_and_no_more(client: Client) -> None:
    bring(v.Minutes(), BEFORE)
    make_entry(Call.objects.get(), SECRET)
    bring()
    assert (Call.objects.get().status, sees(client, SECRET)) == ("held", [])


def test_document_of_a_coming_call_reveals_none_of_its_minutes(client: Client) -> None:
    bring(v.Minutes(), BEFORE)
    bring(v.Minutes("draft", "", (v.MinutesEntry(1, SECRET),)), BEFORE)
    assert (Call.objects.get().status, Call.objects.get().entries.count()) == ("announced", 1)
    assert sees(client, SECRET) == []


def test_draft_that_editors_work_on_is_not_announced(client: Client) -> None:
    make_item(make_call(status="draft"), SECRET)
    report = bring(agenda=(v.AgendaItem(1, "Welcome"),))
    call = Call.objects.get()
    assert (call.status, call.agenda.count()) == ("draft", 2)
    assert "The call stays a draft, as editors work on it here" in told(report)
    assert client.get(BASE).status_code == 404
    assert sees(client, SECRET) == []


def test_call_whose_records_are_all_the_documents_becomes_final(client: Client) -> None:
    bring(v.Minutes("placeholder"))
    assert Call.objects.get().status == "held"
    bring()
    assert Call.objects.get().status == "final"
    assert BASE in sees(client, "Thilo opens")


def test_open_conflict_in_minutes_stays_out_of_sight(client: Client) -> None:
    bring()
    call = Call.objects.get()
    call.entries.update(text="Thilo opens the call here.")
    bring(v.Minutes("final", "", (v.MinutesEntry(1, f"Thilo opens the call. {SECRET}."),)))
    assert Conflict.objects.still_open().count() == 1
    assert sees(client, SECRET) == []


def test_document_that_comes_back_to_what_both_began_with_is_no_news() -> None:
    bring()
    Call.objects.get().entries.update(text="Thilo opens the call here.")
    bring(v.Minutes("final", "", (v.MinutesEntry(1, "Thilo opens the call there."),)))
    assert told(bring()) == ""
    assert [row.state for row in Conflict.objects.all()] == ["settled"]
