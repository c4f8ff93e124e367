"""A call's past in a browser: three screens, light and dark, without scripts, and a restore by keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from communitycalls.models import Call
from tests.keyboard import Keyboard, at_desk, watched_page
from tests.make import make_editor
from tests.revised import DESK, HOME, make_past, save
from tests.screens import faults

__all__ = ["at_desk", "watched_page"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ("revisions/", "revisions/4/", "diff/?from=1&to=5", "diff/?from=4")
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3


@pytest.fixture
def call(db: None) -> Call:
    call = make_past(make_editor("thilo"))
    call.questions.get().answers.update(text=LONG)
    call.agenda.update(title="https://example.org/" + "a" * 200)
    save(call, None, LONG[:300], introduction=LONG)
    return call


def test_no_page_of_the_past_overflows_or_shuts_anybody_out(browser: Browser, live_server: Any, call: Call) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page, found = context.new_page(), []
    for path in PAGES:
        page.goto(live_server.url + HOME + path)
        found += faults(page, [(360, "dark"), (1400, "light")], fits=[800])
    assert found == []
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_two_revisions_are_picked_and_compared(browser: Browser, live_server: Any, call: Call, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{live_server.url}{HOME}revisions/")
    page.get_by_label("From", exact=True).select_option("1")
    page.get_by_label("to", exact=True).select_option("2")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".words ins")).to_contain_text("All are welcome.")
    context.close()


def test_editor_undoes_the_last_save_by_keyboard(at_desk: Keyboard, live_server: Any, call: Call) -> None:
    at_desk.page.goto(f"{live_server.url}{DESK}")
    at_desk.press("History", "a")
    for path in ("revisions/", "revisions/9/", "diff/", "revisions/8/restore/"):
        at_desk.page.goto(f"{live_server.url}{DESK}{path}")
        assert faults(at_desk.page, [(1280, "light")]) == []
    at_desk.page.goto(f"{live_server.url}{DESK}revisions/")
    at_desk.press("Undo the last save", "a")
    at_desk.fill("Why", "Too long")
    at_desk.press("Restore revision 8", "button")
    expect(at_desk.page.get_by_text("The call says again what it said at revision 8.")).to_be_visible()
    expect(at_desk.page.get_by_text("Too long")).to_be_visible()
    assert call.agenda.get().title == "Welcome"
