"""The archive: calls by year, a series with its rule, and the minutes each owes."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from communitycalls.models import Link, RecordedChange
from interop.models import Change, Revision
from tests.make import make_call, make_entry, make_environment, make_item, make_matrix, make_question, make_series
from tests.reading import read

pytestmark = pytest.mark.django_db

NOVEMBER_4 = "2021-11-04T10:00:00Z"


def test_calls_are_listed_by_year_the_latest_first(client: Client) -> None:
    for date, title in (("2020-12-08", "First"), ("2021-05-11", "Second"), ("2021-06-08", "Third")):
        make_call(date, title=title)
    page = read(client, "/calls/")
    assert [one.one("h2").text for one in page.all("section", "year")] == ["2021 2 calls", "2020 1 call"]
    assert [one.one("h3").one("a").text for one in page.all("article")] == [
        "Third",
        "Second",
        "First",
    ]


def test_one_year_can_be_asked_for(client: Client) -> None:
    make_call("2020-12-08", title="Call of December")
    make_call("2021-05-11", title="Call of May")
    page = read(client, "/calls/?year=2020")
    assert [one.one("h3").one("a").text for one in page.all("article")] == ["Call of December"]
    assert page.one("title").text.startswith("Calls of 2020")


@pytest.mark.parametrize("year", ["1999", "x", "-1", "20200", "9" * 40, "²"])
def test_a_year_without_calls_is_refused_with_its_value(client: Client, year: str) -> None:
    make_call("2021-05-11")
    sentence = read(client, f"/calls/?year={year}", status=400).one("p", "lede").text
    assert repr(year) in sentence
    assert sentence.endswith("There are calls of: 2021.")


def test_many_years_fill_one_page_and_the_others_are_linked(client: Client) -> None:
    for month in range(1, 13):
        for year in (2017, 2018, 2019, 2020):
            make_call(f"{year}-{month:02}-01")
    page = read(client, "/calls/")
    assert len(page.all("article")) == 48
    make_call("2016-01-01")
    page = read(client, "/calls/")
    assert len(page.all("article")) == 48
    assert "?year=2016" in page.one("nav", "chips--foot").links


def test_row_says_topics_state_and_what_there_is(client: Client) -> None:
    call = make_call("2021-05-11", "final")
    make_item(call, "Welcome", kind="welcome")
    make_item(call, "Interoperability", kind="matrix")
    make_item(call, "Cluster API", kind="spotlight")
    make_item(call, "Q&A", kind="qa")
    Link.objects.create(call=call, kind="recording", url="https://youtu.be/x")
    Link.objects.create(call=call, kind="slides", url="2021-05-11-slides.pdf")
    row = read(client, "/calls/").one("article")
    assert row.one("p", "topics").text == "Interoperability; Cluster API"
    assert row.one("span", "state--done").text == "Final"
    assert [one.text.split(" of ")[0] for one in row.one("ul", "have").all("li")] == ["Minutes", "Recording", "Slides"]


def test_what_a_held_call_lacks_is_said_calmly(client: Client) -> None:
    make_call("2021-06-08", "held")
    have = read(client, "/calls/").one("article").one("ul", "have")
    assert [one.text for one in have.all("li")] == ["No minutes", "No recording", "No slides"]


def test_records_are_counted_for_final_minutes_alone(client: Client) -> None:
    for date, status in (("2021-05-11", "final"), ("2021-06-08", "held")):
        call = make_call(date, status)
        make_question(call)
        make_entry(call, kind="decision")
        matrix = make_matrix(slug=status)
        revision = Revision.objects.create(matrix=matrix, number=1, effective=call.date, value={})
        change = Change.objects.create(revision=revision, environment=make_environment(matrix), what="note", position=1)
        RecordedChange.objects.create(call=call, change=change, number=1)
    held, final = read(client, "/calls/").all("article")
    assert final.one("p", "meta").text.endswith("1 question1 decision1 matrix change")
    assert "question" not in held.text


@time_machine.travel(NOVEMBER_4, tick=False)
def test_days_to_come_follow_from_the_rule_unless_a_call_takes_them(client: Client) -> None:
    series = make_series(recurrence="FREQ=MONTHLY;BYDAY=2TU", start_time=dt.time(17, 30))
    make_call("2021-11-09", "announced", series=series, start=dt.datetime(2021, 11, 9, 16, 30, tzinfo=dt.UTC))
    page = read(client, "/calls/")
    days = [one.one("time", "leaf").get("datetime") for one in page.all("article", "callrow--rule")]
    assert days == ["2022-01-11", "2021-12-14"]
    assert "17:30 CET by its rule. Not announced yet." in page.text


@time_machine.travel(NOVEMBER_4, tick=False)
def test_the_next_call_stands_out(client: Client) -> None:
    make_call("2021-11-09", "announced", start=dt.datetime(2021, 11, 9, 16, 30, tzinfo=dt.UTC))
    row = read(client, "/calls/").one("article", "callrow--next")
    assert "Next call" in row.text
    assert "in 5 days" in row.text


def test_cancelled_call_stays_in_the_archive_with_its_reason(client: Client) -> None:
    make_call("2021-12-14", "cancelled", cancelled_reason="Holidays.")
    row = read(client, "/calls/").one("article", "callrow--off")
    assert "Cancelled" in row.text
    assert "Holidays." in row.text


def test_minutes_debt_is_counted_by_series(client: Client) -> None:
    planning = make_series("release-planning")
    make_call("2021-05-11", "final")
    make_call("2021-06-08", "held")
    make_call("2021-07-26", "held", series=planning)
    panel = read(client, "/calls/").one("aside", "facts").all("section")[0]
    assert "2 of 3 past calls" in panel.text
    assert [one.text for one in panel.all("li")] == ["Community call1 of 2", "Release planning1 of 1"]
    assert "The oldest is of 8 June 2021." in panel.text


@time_machine.travel(NOVEMBER_4, tick=False)
def test_series_tells_its_rule_in_words_and_its_next_day(client: Client) -> None:
    make_call("2021-05-11", series=make_series(recurrence="FREQ=MONTHLY;BYDAY=2TU", start_time=dt.time(17, 30)))
    make_call("2021-05-12", series=make_series("other"), title="Of another series")
    page = read(client, "/calls/community-call/")
    rule = page.one("dl", "rule").text
    assert "Second Tuesday of the month17:30 Europe/Berlin, 60 minutes" in rule
    assert "Tuesday, 9 November 2021by the rule, not announced yet" in rule
    assert "Of another series" not in page.text


def test_rule_that_has_no_saying_is_shown_as_it_is(client: Client) -> None:
    make_call(series=make_series(recurrence="FREQ=YEARLY;BYMONTH=2;BYDAY=1MO"))
    assert "FREQ=YEARLY;BYMONTH=2;BYDAY=1MO" in read(client, "/calls/community-call/").one("dl", "rule").text


def test_unknown_series_is_not_found(client: Client) -> None:
    assert read(client, "/calls/nothing/", status=404).one("h1").text == "There is no such page"


@time_machine.travel(NOVEMBER_4, tick=False)
@pytest.mark.parametrize("place", ["/calls/", "/calls/community-call/"])
def test_next_and_latest_lead_to_their_calls(client: Client, place: str) -> None:
    make_call("2021-05-11", "final")
    make_call("2021-06-08", "held")
    make_call("2021-11-09", "announced", start=dt.datetime(2021, 11, 9, 16, 30, tzinfo=dt.UTC))
    assert client.get(f"{place}next/").headers["Location"] == "/calls/community-call/2021-11-09/"
    assert client.get(f"{place}latest/").headers["Location"] == "/calls/community-call/2021-05-11/"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("next", "No call is announced at the moment."), ("latest", "No call has final minutes yet.")],
)
def test_without_such_a_call_a_sentence_says_so(client: Client, path: str, sentence: str) -> None:
    make_call("2021-06-08", "held")
    assert sentence in read(client, f"/calls/{path}/", status=404).text
