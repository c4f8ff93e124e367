"""A call's page: agenda with clock times, minutes, questions, agreements, releases, matrix changes, materials."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from communitycalls.models import Attendance, Call, Channel, Link, Outlook, Presenter, RecordedChange, Speaker
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

MAY = "/calls/community-call/2021-05-11/"


def test_page_says_when_in_the_zone_of_the_call_and_in_utc(client: Client) -> None:
    make_call(title="Community call, May")
    page = read(client, MAY)
    assert [one.text for one in page.all("h1")] == ["Community call, May"]
    assert "Tuesday 11 May 2021, 17:30–18:30 CEST" in page.one("p", "callhead__when").text
    assert "15:30 UTC" in page.one("p", "callhead__when").text
    assert page.one("title").text.startswith("Community call, May, 11 May 2021, Community call")


def test_typed_times_are_left_to_the_small_print(client: Client) -> None:
    make_call(title="Community call Tuesday, 11th of May, 8:30am PST")
    head = read(client, MAY).one("header", "callhead")
    assert head.one("h1").text == "Community call, May 2021"
    assert "Titled “Community call Tuesday, 11th of May, 8:30am PST”" in head.text


def test_agenda_has_clock_times_lengths_and_presenters(client: Client) -> None:
    call = make_call()
    make_item(call, "Welcome", minutes=10)
    item = make_item(call, "Matrix", minutes=15, body="- What **works**")
    Presenter.objects.create(item=item, person=make_person("Marga"))
    part = read(client, MAY).part("item-2")
    assert part.one("p", "meta").text == "17:40 CEST15 minMarga"
    assert part.one("strong").text == "works"


def test_no_clock_time_is_told_behind_an_item_of_unknown_length(client: Client) -> None:
    call = make_call()
    for minutes in (10, None, 5):
        make_item(call, "Item", minutes=minutes)
    page = read(client, MAY)
    assert [len(page.part(f"item-{number}").all("time")) for number in (1, 2, 3)] == [1, 1, 0]


def test_entries_stand_under_their_item_and_the_others_apart(client: Client) -> None:
    call = make_call()
    item = make_item(call)
    make_entry(call, "Under the item.\n   - and its list", agenda_item=item)
    make_entry(call, "Under none.")
    page = read(client, MAY)
    assert page.part("item-1").part("entry-1").one("li").text == "and its list"
    assert "Under none." in page.part("said").part("entry-2").text


def test_place_in_the_recording_is_a_link_into_it(client: Client) -> None:
    call = make_call()
    Link.objects.create(call=call, kind="recording", url="https://www.youtube.com/watch?v=abc&t=10s")
    make_entry(call, offset=235)
    link = read(client, MAY).part("entry-1").one("a", "at")
    assert link.text == "3:55"
    assert link.get("href") == "https://www.youtube.com/watch?v=abc&t=235s"
    assert link.get("aria-label") == "Recording at 3 min 55 s"


def test_speaker_whom_the_text_does_not_name_is_named(client: Client) -> None:
    call = make_call()
    for text in ("Kai shows the tests.", "The tests are shown."):
        Speaker.objects.create(entry=make_entry(call, text), person=make_person("Kai Lüke"))
    page = read(client, MAY)
    assert not page.part("entry-1").all("p", "who")
    assert page.part("entry-2").one("p", "who").text == "Kai Lüke"


def test_question_shows_asker_state_and_answers_in_order(client: Client) -> None:
    call = make_call()
    question = make_question(call, "Does it **boot**?", {"Thilo": "Yes.", "Andy": "- With PXE"})
    question.state, question.asked_by = "follow-up", make_person("Jannik")
    question.save()
    question.environments.add(make_environment(make_matrix(), "EC2"))
    part = read(client, MAY).part("question-1")
    assert part.one("h3").text == "Does it boot?"
    assert "asked by Jannik" in part.text
    assert "Follow-up" in part.text
    assert [one.text for one in part.all("p", "who")] == ["Thilo", "Andy"]
    assert "/interop/support/ec2/" in part.links


def test_unnamed_asker_stays_unnamed(client: Client) -> None:
    make_question(make_call())
    assert "asked in the call" in read(client, MAY).part("question-1").text


def test_agreements_say_who_and_what_became_of_them(client: Client) -> None:
    call = make_call()
    later = make_call("2021-08-10", "final")
    held = make_call("2021-09-14", "held")
    first = make_entry(call, "We meet monthly.", kind="decision")
    make_entry(call, "Closed.", kind="action", assignee=make_person("Dongsu"), closed_in=later)
    make_entry(call, "Late.", kind="action", due=dt.date(2021, 6, 8))
    make_entry(call, "Open.", kind="action", closed_in=held)
    make_entry(later, "We meet weekly.", kind="decision", supersedes=first)
    rows = [one.text for one in read(client, MAY).part("agreed").all("tr")][1:]
    assert rows[0].endswith("DecisionSuperseded 10 August 2021")
    assert rows[1:] == ["Closed.ActionDongsuClosed 10 August 2021", "Late.ActionOverdue", "Open.ActionOpen"]


def test_releases_stand_on_boards_by_channel(client: Client) -> None:
    call = make_call()
    beta = Channel.objects.create(name="Beta", slug="beta")
    Outlook.objects.create(
        call=call,
        number=1,
        channel=beta,
        version="2823.1.0",
        date=dt.date(2021, 4, 28),
        kind="major",
        highlights="- A kernel",
    )
    Outlook.objects.create(call=call, number=2, channel=beta, outlook="upcoming", date=dt.date(2021, 5, 19))
    Outlook.objects.create(call=call, number=3, outlook="upcoming", date=dt.date(2021, 8, 2), granularity="week")
    page = read(client, MAY).part("releases")
    assert [one.text for one in page.all("div", "board__head")] == [
        "Currentshipped on 28 April 2021",
        "Upcomingplanned for 19 May 2021",
        "Upcomingplanned for the week of 2 August 2021",
    ]
    assert page.part("release-1").text == "Beta2823.1.0major A kernel"
    assert page.part("release-2").text == "Betanot named"
    assert page.part("release-3").text == "A release, announced by its date alone."


def record(call: Call) -> None:
    matrix = make_matrix()
    row = make_environment(matrix, "Tencent", level="x")
    revision = Revision.objects.create(matrix=matrix, number=1, effective=call.date, value={}, message="Seen")
    for number, (old, new) in enumerate((("x", "L2"), ("L4", "")), 1):
        change = Change.objects.create(
            revision=revision,
            environment=row,
            name="Tencent",
            what="rated",
            field="support-level",
            old=old,
            new=new,
            position=number,
        )
        RecordedChange.objects.create(call=call, change=change, number=number)


def test_matrix_changes_show_old_and_new_and_lead_to_the_matrix_of_that_call(client: Client) -> None:
    record(make_call())
    part = read(client, MAY).part("changes")
    assert part.part("change-1").text == "TencentSupport levelfrom No to L2 Seen"
    assert part.part("change-2").text == "TencentSupport levelfrom L4 to Not stated Seen"
    assert "/interop/support/?call=community-call/2021-05-11" in part.links
    assert "/interop/support/tencent/" in part.links


def test_file_name_beside_an_imported_document_is_no_link(client: Client) -> None:
    call = make_call()
    Link.objects.create(call=call, kind="slides", label="Slide deck", url="2021-05-11-slides.pdf")
    Link.objects.create(call=call, kind="board", url="javascript:alert(1)", position=2)
    part = read(client, MAY).part("materials")
    assert "Slide deck2021-05-11-slides.pdf" in part.text
    assert [link for link in part.links if "slides.pdf" in link or "javascript" in link] == [f"{MAY}slides.pdf"]


def test_relative_links_of_the_text_lead_to_calls_and_matrix(client: Client) -> None:
    text = "[June](2021-06-08.md#item-2), [July](2021-07-13.md), [matrix](../interop-matrix.md)"
    make_call(minutes_introduction=text)
    make_call("2021-06-08", "held")
    make_call("2021-07-13", "draft")
    make_matrix()
    links = read(client, MAY).part("minutes").links
    assert "/calls/community-call/2021-06-08/#item-2" in links
    assert "/interop/support/" in links
    assert not [link for link in links if "2021-07-13" in link]


def test_attendees_are_listed_once_with_their_roles(client: Client) -> None:
    call = make_call()
    for position, (name, role) in enumerate((("Thilo Fromm", "host"), ("Thilo Fromm", "speaker"), ("Kai", "attendee"))):
        Attendance.objects.create(call=call, person=make_person(name), role=role, position=position)
    people = read(client, MAY).one("ul", "people")
    assert [one.text for one in people.all("li")] == ["TFThilo Frommhost, speaker", "KaKaiattendee"]


def test_join_link_ends_with_the_call(client: Client) -> None:
    call = make_call(status="announced")
    Link.objects.create(call=call, kind="join", url="https://meet.example.org/1", details="Passcode: 444")
    with time_machine.travel("2021-05-11T16:00:00Z", tick=False):
        assert read(client, MAY).links.count("https://meet.example.org/1") == 2
    with time_machine.travel("2021-05-11T16:31:00Z", tick=False):
        page = read(client, MAY)
        assert "https://meet.example.org/1" not in page.links
        assert "Passcode" not in page.text


def test_neighbours_are_of_the_same_series(client: Client) -> None:
    make_call("2021-04-13")
    make_call()
    make_call("2021-05-11", ordinal=2)
    make_call("2021-05-12", series=make_series("other"))
    assert read(client, MAY).one("nav", "flip").links == [
        "/calls/community-call/2021-04-13/",
        "/calls/community-call/2021-05-11-2/",
    ]


def test_cancelled_call_says_why_and_has_no_slides(client: Client) -> None:
    make_call(status="cancelled", cancelled_reason="Holidays.")
    page = read(client, MAY)
    assert "This call is cancelled. Holidays." in page.text
    assert f"{MAY}slides.pdf" not in page.links


def test_what_people_wrote_is_escaped(client: Client) -> None:
    bad = "<script>alert(1)</script>"
    call = make_call(title=bad, introduction=bad, minutes_introduction=bad)
    make_entry(call, bad, agenda_item=make_item(call, bad, body=bad))
    make_question(call, bad, {bad: bad})
    Link.objects.create(call=call, label=bad, url=bad, details=bad)
    content = client.get(MAY).content.decode()
    assert bad not in content
    assert content.count("&lt;script&gt;") >= 10


@pytest.mark.parametrize("address", ["2021-05-12", "2021-05-11-2", "2021-5-11", "today", "2021-02-30"])
def test_address_of_no_call_is_not_found(client: Client, address: str) -> None:
    make_call()
    assert read(client, f"/calls/community-call/{address}/", status=404).one("h1").text == "There is no such page"
