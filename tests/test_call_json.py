"""`call.json`: the contract's keys and shapes, and nothing that a reader may not see."""

import datetime as dt

import pytest
from django.test import Client

from communitycalls.models import Call, Channel, Presenter, Speaker
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

pytestmark = pytest.mark.django_db

ADDRESS = "/calls/community-call/2021-05-11/call.json"
RECORDS = ["minutes", "questions", "releases", "matrix_changes", "attendance", "unread"]
PLAN = ["series", "date", "title", "start", "timezone", "status", "links", "agenda"]


def make_full_call(status: str = "final") -> Call:
    call = make_call(status=status, title="Call of May", unread=[{"line": 12, "text": "SECRET line"}])
    place = make_environment(make_matrix())
    item = make_item(call, "Support matrix", kind="matrix", body="- a *list*", minutes=10, private_notes="SECRET")
    item.environments.add(place)
    Presenter.objects.create(item=item, person=make_person("Marga"), position=1)
    entry = make_entry(call, "SECRET decision", kind="decision", agenda_item=item, offset=235)
    Speaker.objects.create(entry=entry, person=make_person("Andy"), position=1)
    make_question(call, "SECRET question", {"Iago": "SECRET answer"}).environments.add(place)
    alpha = Channel.objects.create(name="Alpha", slug="alpha")
    call.outlooks.create(
        number=1, channel=alpha, version="2857.0.0", date=dt.date(2021, 4, 28), kind="major", highlights="SECRET"
    )
    call.outlooks.create(number=2, date=dt.date(2021, 5, 19), granularity="week", outlook="upcoming")
    call.links.create(kind="slides", label="Slide deck", url="slides.pdf", details="Passcode 1", position=1)
    call.attendance.create(person=make_person("Kai"), role="minute taker", position=1)
    revision = Revision.objects.create(
        matrix=place.matrix, number=1, effective=call.date, kind="correction", message="SECRET", value={}
    )
    change = Change.objects.create(
        revision=revision, environment=place, name="EC2", what="rated", field="support-level", old="L2", new="L1"
    )
    call.recorded_changes.create(change=change, number=1)
    return call


FULL = {
    "series": "community-call",
    "date": "2021-05-11",
    "title": "Call of May",
    "start": "2021-05-11T15:30:00Z",
    "timezone": "Europe/Berlin",
    "status": "final",
    "links": [{"kind": "slides", "label": "Slide deck", "url": "slides.pdf"}],
    "agenda": [
        {
            "number": 1,
            "title": "Support matrix",
            "kind": "matrix",
            "body": "- a *list*",
            "minutes": 10,
            "presenters": ["Marga"],
            "environments": ["support/ec2"],
        }
    ],
    "minutes": {
        "status": "final",
        "introduction": "",
        "entries": [
            {
                "number": 1,
                "kind": "decision",
                "text": "SECRET decision",
                "speakers": ["Andy"],
                "agenda_item": 1,
                "offset": 235,
            }
        ],
    },
    "questions": [
        {
            "number": 1,
            "asked_by": None,
            "text": "SECRET question",
            "state": "open",
            "answers": [{"speaker": "Iago", "text": "SECRET answer"}],
            "environments": ["support/ec2"],
        }
    ],
    "releases": [
        {
            "channel": "Alpha",
            "version": "2857.0.0",
            "date": "2021-04-28",
            "outlook": "current",
            "kind": "major",
            "highlights": "SECRET",
        },
        {
            "channel": None,
            "version": None,
            "date": "2021-05-19",
            "outlook": "upcoming",
            "kind": None,
            "highlights": "",
        },
    ],
    "matrix_changes": [
        {
            "matrix": "support",
            "environment": "ec2",
            "what": "rated",
            "field": "support-level",
            "old": "L2",
            "new": "L1",
            "kind": "correction",
            "note": "SECRET",
        }
    ],
    "attendance": [{"name": "Kai", "role": "minute taker"}],
    "unread": [{"line": 12, "text": "SECRET line"}],
}


def test_final_call_has_the_contract_s_keys_and_shapes(client: Client) -> None:
    make_full_call()
    response = client.get(ADDRESS)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response.json() == FULL
    assert list(response.json()) == [*PLAN, *RECORDS]


@pytest.mark.parametrize("status", ["announced", "live", "held"])
def test_minutes_before_they_are_final_are_absent_for_visitors(client: Client, status: str) -> None:
    make_full_call(status)
    response = client.get(ADDRESS)
    assert list(response.json()) == PLAN
    assert "SECRET" not in response.content.decode()


def test_held_call_without_records_says_that_minutes_were_promised(client: Client) -> None:
    call = make_call(status="held", minutes_promised=True)
    make_item(call)
    assert client.get(ADDRESS).json()["minutes"] == {"status": "placeholder", "introduction": "", "entries": []}


def test_draft_is_404_for_visitors_and_says_no_more_than_a_call_that_never_was(client: Client) -> None:
    missing = client.get(ADDRESS)
    make_full_call("draft")
    hidden = client.get(ADDRESS)
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content) == (404, missing.content)
    assert hidden.json() == {"error": "There is no call at community-call/2021-05-11."}


def test_draft_is_404_for_users_without_the_role(user_client: Client) -> None:
    make_full_call("draft")
    assert user_client.get(ADDRESS).status_code == 404


def test_draft_leaks_nothing_into_the_json_of_the_call_beside_it(client: Client) -> None:
    make_full_call("draft")
    make_call("2021-06-08")
    assert "SECRET" not in client.get("/calls/community-call/2021-06-08/call.json").content.decode()


@pytest.mark.parametrize("status", ["draft", "announced", "held"])
def test_editor_sees_everything_and_nothing_is_cached(editor: Client, status: str) -> None:
    make_full_call(status)
    response = editor.get(ADDRESS)
    assert list(response.json()) == [*PLAN, *RECORDS]
    assert (response.json()["status"], response.json()["minutes"]["status"]) == (status, "draft")
    assert response["Cache-Control"] == "private, no-store"


def test_private_notes_are_in_nobody_s_json(editor: Client) -> None:
    make_item(make_call(), private_notes="never public")
    assert "never public" not in editor.get(ADDRESS).content.decode()


def test_second_call_of_a_day_has_its_own_address(client: Client) -> None:
    make_call(title="First")
    make_call(title="Second", ordinal=2)
    titles = [client.get(ADDRESS.replace("-11", f"-11{end}")).json()["title"] for end in ("", "-2")]
    assert titles == ["First", "Second"]


@pytest.mark.parametrize("address", ["2021-02-30", "2021-5-11", "2021-05-11-1", "yesterday"])
def test_address_that_is_no_date_is_404_and_quoted(client: Client, address: str) -> None:
    make_series()
    response = client.get(f"/calls/community-call/{address}/call.json")
    assert response.status_code == 404
    assert response.json() == {"error": f"{address!r} is no date of a call. Write it like 2021-05-11."}


def test_head_is_answered_and_writing_is_not(client: Client, editor: Client) -> None:
    make_full_call()
    assert client.head(ADDRESS).status_code == 200
    assert [editor.post(ADDRESS).status_code, editor.delete(ADDRESS).status_code] == [405, 405]


def test_letters_of_any_script_stay_readable(client: Client) -> None:
    make_call(title="Gespräch über 李")
    assert "Gespräch über 李" in client.get(ADDRESS).content.decode()
