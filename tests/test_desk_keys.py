"""The desk's pages in a browser: accessible, within the page, and with what the script adds."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from communitycalls.desk.agenda_forms import set_presenters
from communitycalls.models import Attendance, Call, Link, Outlook
from interop.exporter import read_matrix
from interop.history import Note, record
from tests.keyboard import Keyboard, at_desk, watched_page
from tests.make import (
    make_call,
    make_entry,
    make_environment,
    make_item,
    make_matrix,
    make_person,
    make_question,
)
from tests.screens import faults

__all__ = ["at_desk", "watched_page"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def full(db: None) -> Call:
    """A held call with something on every page of the desk."""
    matrix = make_matrix()
    environment = make_environment(matrix, "EC2", "L2", "@harbour/crew")
    make_environment(matrix, "Azure", "")
    for day in ("2021-05-01", "2021-05-02"):
        record(matrix, replace(read_matrix(matrix), introduction=f"As of {day}."), Note(dt.date.fromisoformat(day)))
    call = make_call("2021-05-11", "held", cancelled_reason="")
    item = make_item(call, "Welcome", kind="welcome", minutes=70, body="Some *text*")
    set_presenters(item, ("Thilo",))
    item.environments.add(environment)
    make_entry(call, agenda_item=item)
    make_entry(call, "Ask them", kind="action", agenda_item=item)
    make_question(call, answers={"Kai": "Yes"})
    Outlook.objects.create(call=call, number=1, version="1.0.0")
    Link.objects.create(call=call, url="https://example.org/", kind="slides")
    Attendance.objects.create(call=call, person=make_person("Kai"))
    make_call("2021-06-08", "draft")
    return call


PAGES = [
    "/desk/",
    "/desk/calls/",
    "/desk/calls/new/",
    "{call}",
    "{call}agenda/1/",
    "{call}details/",
    "{call}links/add/",
    "{call}minutes/",
    "{call}minutes/1/",
    "{call}minutes/1/remove/",
    "{call}questions/1/",
    "{call}releases/add/",
    "/desk/interop/",
    "/desk/interop/support/",
    "/desk/interop/support/environments/ec2/",
    "/desk/interop/support/environments/ec2/retire/",
    "/desk/interop/support/revisions/",
    "/desk/interop/support/revisions/1/restore/",
]


def test_every_page_is_accessible_fits_and_keeps_the_policy(at_desk: Keyboard, full: Call, live_server: Any) -> None:
    page, found = at_desk.page, []
    page.set_viewport_size({"width": 360, "height": 900})
    for path in PAGES:
        page.goto(live_server.url + path.format(call="/desk/calls/community-call/2021-05-11/"))
        page.wait_for_load_state("networkidle")
        found += faults(page, [(360, "dark"), (1400, "light")])
    assert found == []


def test_failed_form_has_the_focus_on_its_problems_and_they_lead_to_the_field(
    at_desk: Keyboard, full: Call, live_server: Any
) -> None:
    page = at_desk.page
    page.goto(f"{live_server.url}/desk/calls/new/")
    at_desk.fill("Date", "2021-02-30")
    at_desk.enter()
    expect(page.locator(".problems")).to_be_focused()
    at_desk.press("“2021-02-30” is no day of the calendar.", "a")
    assert at_desk.focused() == ("input", "Date")
    expect(page.get_by_label("Date")).to_have_value("2021-02-30")


def test_line_says_how_it_reads_while_it_is_typed(at_desk: Keyboard, full: Call, live_server: Any) -> None:
    page = at_desk.page
    page.goto(f"{live_server.url}/desk/calls/community-call/2021-05-11/minutes/")
    at_desk.fill("Quick entry", "> ask them @Kai 6 July")
    expect(page.locator(".compose [data-read]")).to_contain_text("due Tue 6 July 2021")
    page.goto(f"{live_server.url}/desk/interop/support/environments/ec2/")
    at_desk.fill("Support level", "L9")
    expect(page.locator(".cellline [data-read]")).to_contain_text("“L9” is no level of Support level.")


def test_item_moves_by_alt_and_arrow_and_keeps_the_focus(at_desk: Keyboard, full: Call, live_server: Any) -> None:
    make_item(full, "Second")
    page = at_desk.page
    page.goto(f"{live_server.url}/desk/calls/community-call/2021-05-11/")
    at_desk.find("Second", "a")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".items h3").first).to_have_text("Second")
    at_desk.press("Move down: Second", "button")
    expect(page.locator(".items h3").last).to_have_text("Second")
    assert at_desk.focused() == ("button", "Move down: Second")


def test_item_is_dragged_to_another_place(at_desk: Keyboard, full: Call, live_server: Any) -> None:
    make_item(full, "Second")
    page = at_desk.page
    page.goto(f"{live_server.url}/desk/calls/community-call/2021-05-11/")
    page.locator("#item-2 .grip").drag_to(page.locator("#item-1"), target_position={"x": 60, "y": 4})
    expect(page.locator(".items h3").first).to_have_text("Second")


def test_text_that_was_not_saved_is_offered_again(at_desk: Keyboard, full: Call, live_server: Any) -> None:
    page = at_desk.page
    address = f"{live_server.url}/desk/calls/community-call/2021-05-11/agenda/1/"
    page.goto(address)
    at_desk.fill("Title", "My own words")
    page.wait_for_timeout(400)
    page.goto(address)
    at_desk.find("Put it back", "button")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title")).to_have_value("My own words")
