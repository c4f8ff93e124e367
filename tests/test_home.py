"""The first page says what is next, what was said last, what changed and what waits."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from communitycalls.models import Call, Channel, Link, Outlook, RecordedChange
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

NOVEMBER_4 = "2021-11-04T10:00:00Z"


def announce(date: str = "2021-11-09", **fields: object) -> Call:
    start = dt.datetime.combine(dt.date.fromisoformat(date), dt.time(16, 30), tzinfo=dt.UTC)
    return make_call(date, "announced", **({"start": start, "title": "Call of November"} | fields))


@time_machine.travel(NOVEMBER_4, tick=False)
def test_next_call_is_told_in_the_zone_of_its_series_and_in_utc(client: Client) -> None:
    announce()
    card = read(client, "/").one("section", "next")
    assert "Next call in 5 days" in card.text
    assert "17:30–18:30 CET" in card.text
    assert "Europe/Berlin · 16:30 UTC" in card.text
    assert card.one("time", "leaf").get("datetime") == "2021-11-09"


@time_machine.travel(NOVEMBER_4, tick=False)
def test_start_is_told_around_the_world_from_west_to_east(client: Client) -> None:
    announce()
    zones = [one.text for one in read(client, "/").one("div", "zones").all("li")]
    assert zones == [
        "08:30San Francisco",
        "11:30New York",
        "16:30UTC",
        "17:30Berlin, series",
        "22:00Kolkata",
        "Wed 01:30Tokyo",
    ]


@time_machine.travel(NOVEMBER_4, tick=False)
def test_a_change_of_the_series_clock_is_told(client: Client) -> None:
    make_call("2021-10-19", "held")
    announce()
    note = read(client, "/").one("div", "zones").one("p").text
    assert note.startswith("The clock in Berlin went back since the call of 19 October")
    assert "an hour later" in note


@time_machine.travel(NOVEMBER_4, tick=False)
def test_agenda_of_the_next_call_has_clock_times(client: Client) -> None:
    call = announce()
    make_item(call, "Welcome", minutes=5)
    make_item(call, "News", minutes=10)
    agenda = read(client, "/").one("ol", "run")
    assert [one.text for one in agenda.all("li")] == ["17:30Welcome5 min", "17:35News10 min"]


def test_join_link_is_there_until_the_call_ends(client: Client) -> None:
    call = announce()
    Link.objects.create(call=call, kind="join", url="https://meet.example.org/42", details="Passcode: 444")
    with time_machine.travel("2021-11-09T17:29:00Z", tick=False):
        page = read(client, "/")
        assert "https://meet.example.org/42" in page.links
        assert "Passcode: 444" in page.text
    with time_machine.travel("2021-11-09T17:31:00Z", tick=False):
        page = read(client, "/")
        assert "https://meet.example.org/42" not in page.links
        assert "444" not in page.text


@time_machine.travel(NOVEMBER_4, tick=False)
def test_join_link_of_the_series_stands_in(client: Client) -> None:
    announce(series=make_series(join_url="https://meet.example.org/series"))
    assert "https://meet.example.org/series" in read(client, "/").one("section", "next").links


@time_machine.travel("2021-11-09T20:00:00Z", tick=False)
def test_a_call_that_has_ended_is_not_the_next(client: Client) -> None:
    announce()
    announce("2021-12-14", title="Call of December")
    assert "Call of December" in read(client, "/").one("section", "next").text


@time_machine.travel("2021-11-04T10:00:00Z", tick=False)
def test_without_an_announced_call_the_rule_says_when(client: Client) -> None:
    make_call("2021-10-19", "held", series=make_series(recurrence="FREQ=MONTHLY;BYDAY=2TU", start_time=dt.time(17, 30)))
    card = read(client, "/").one("section", "next")
    assert "Tuesday, 9 November 2021, 17:30 CET" in card.text
    assert "Not announced yet" in card.text


def test_an_empty_site_says_so(client: Client) -> None:
    page = read(client, "/")
    assert "No call is announced" in page.text
    assert "No minutes yet." in page.text
    assert len(page.all("h1")) == 1


@time_machine.travel(NOVEMBER_4, tick=False)
def test_cancelled_call_ahead_is_told_with_its_reason(client: Client) -> None:
    make_call("2021-12-14", "cancelled", cancelled_reason="Holidays.")
    assert "The community call of 14 December is cancelled. Holidays." in read(client, "/").one("div", "notice").text


def test_latest_minutes_begin_with_what_was_agreed(client: Client) -> None:
    call = make_call("2021-05-11", "final")
    make_entry(call, "Marga presents the matrix.\n   - It is long.")
    make_entry(call, "There is a call every month.", kind="decision")
    make_entry(call, "Start a list.", kind="action", assignee=make_person("Andy"), due=dt.date(2021, 6, 8))
    points = [one.text for one in read(client, "/").one("ul", "points").all("li")]
    assert points == [
        "Decision There is a call every month.",
        "Action Start a list. Andy, due 8 June 2021, overdue",
        "Marga presents the matrix.",
    ]


def test_minutes_of_a_held_call_are_not_on_the_first_page(client: Client) -> None:
    make_entry(make_call("2021-06-08", "held"), "Nobody may read this yet.")
    page = read(client, "/")
    assert "Nobody may read this yet." not in page.text
    assert "1 past call has no minutes yet, the oldest of 8 June 2021" in page.text


def test_open_ends_are_counted(client: Client) -> None:
    final, held = make_call("2021-05-11", "final"), make_call("2021-06-08", "held")
    make_question(final, "Is it open?")
    make_question(held, "Is it hidden?")
    make_entry(final, "Overdue", kind="action", due=dt.date(2021, 6, 1))
    make_entry(final, "Closed", kind="action", closed_in=final)
    make_entry(final, "Closed in a held call", kind="action", closed_in=held)
    strip = [one.text for one in read(client, "/").one("ul", "strip").all("li")]
    assert strip == ["1question waiting for an answer", "2open actions, 1 overdue", "1call still without minutes"]


def test_vacancies_are_counted_and_listed(client: Client) -> None:
    matrix = make_matrix()
    make_environment(matrix, "EC2", owner="@org/team")
    make_environment(matrix, "Hetzner")
    make_environment(matrix, "Gone", retired_on=dt.date(2021, 5, 11), retired_reason="Nobody asked.")
    make_environment(matrix, "Any other", catch_all=True)
    card = read(client, "/").part("vacant-card")
    assert "1 of 2 environments have no owner" in card.text
    assert [one.text for one in card.all("li")] == ["HetznerPublic cloud"]
    assert card.one("svg").get("aria-label") == "1 of 2 environments have an owner"


def test_a_matrix_without_owners_has_no_vacancies(client: Client) -> None:
    matrix = make_matrix()
    matrix.columns = [{"role": "environment", "header": "Provider", "criterion": ""}]
    matrix.save()
    make_environment(matrix)
    assert not read(client, "/").all("section", "vacant")


def test_matrix_changes_name_the_call_that_recorded_them(client: Client) -> None:
    matrix = make_matrix()
    row = make_environment(matrix)
    revision = Revision.objects.create(matrix=matrix, number=2, effective=dt.date(2021, 5, 11), value={})
    change = Change.objects.create(
        revision=revision,
        environment=row,
        name="EC2",
        what="rated",
        field="support-level",
        old="L2",
        new="x",
        position=1,
    )
    call = make_call("2021-05-11", "final")
    RecordedChange.objects.create(call=call, change=change, number=1)
    log = read(client, "/").one("div", "log")
    assert "Community call of 11 May 2021" in log.text
    assert f"{call.get_absolute_url()}#change-1" in log.links
    assert log.one("span", "turn").text == "from L2 to No"


def test_changes_recorded_in_a_held_call_are_told_without_it(client: Client) -> None:
    matrix = make_matrix()
    revision = Revision.objects.create(matrix=matrix, number=2, effective=dt.date(2021, 6, 8), value={})
    change = Change.objects.create(revision=revision, name="", what="text", field="title", old="A", new="B", position=1)
    RecordedChange.objects.create(call=make_call("2021-06-08", "held"), change=change, number=1)
    log = read(client, "/").one("div", "log")
    assert "in no call" in log.text


def test_release_outlook_is_that_of_the_latest_minutes_that_tell_one(client: Client) -> None:
    alpha = Channel.objects.create(name="Alpha", slug="alpha")
    for date, version in (("2021-05-11", "2857.0.0"), ("2021-06-08", "2905.0.0")):
        call = make_call(date, "final")
        Outlook.objects.create(call=call, number=1, channel=alpha, version=version, date=dt.date(2021, 5, 19))
    make_call("2021-08-10", "final")
    tables = read(client, "/").all("table", "outlook")
    assert [one.text for one in tables] == ["Current, 19 May 2021Alpha2905.0.0"]
