"""A document that grew, in a browser: brought in and decided by keyboard, without scripts, on three screens."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from communitycalls.models import Call
from tests.keyboard import Keyboard, at_desk, watched_page
from tests.make import make_call

__all__ = ["at_desk", "watched_page"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = "/desk/calls/community-call/2021-05-11/"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3
DOCUMENT = (
    f"# Community call Tuesday, 11th of May, 17:30 CEST\n\n## Welcome\n- Meet the team in May\n\n## Q&A\n- {LONG}\n"
)
NEWER = DOCUMENT.replace("Meet the team", "Meet the new team").replace("Donau", "Elbe")


def is_sound(page: Page) -> None:
    """Nothing overflows on three screens, in light and dark, and axe finds nothing."""
    for width, scheme in ((360, "dark"), (800, "light"), (1400, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # -- literals
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (page.url, width)
        if width != 800:
            results = Axe().run(page)
            assert not results.violations_count, f"{page.url}\n{results.generate_report()}"


def bring(keyboard: Keyboard, text: str) -> None:
    keyboard.page.goto(f"{keyboard.page.url.split('/desk/')[0]}{DESK}document/")
    keyboard.find("Or its text", "textarea")
    keyboard.page.keyboard.insert_text(text)
    keyboard.press("Show what it would change", "button")
    is_sound(keyboard.page)
    keyboard.press("Bring it in", "button")


def test_document_is_brought_in_and_decided_by_keyboard(at_desk: Keyboard, live_server: Any) -> None:
    call: Call = make_call(status="held", title="Community call Tuesday, 11th of May, 17:30 CEST")
    page = at_desk.page
    bring(at_desk, DOCUMENT)
    call.agenda.filter(number=1).update(body="- Meet the whole team in May, all of you")
    call.agenda.filter(number=2).update(body=f"- Ours {LONG}")
    bring(at_desk, NEWER)
    expect(page.get_by_role("heading", name="Here and in the document")).to_be_visible()
    is_sound(page)
    at_desk.press("Take the document’s", "button")
    expect(page.get_by_text("Decided: taken from the document.")).to_be_visible()
    at_desk.find("Keep what stands here", "button")
    at_desk.find("Put the two together by hand", "summary")
    if not page.get_by_label("Put together").is_visible():
        page.keyboard.press("Enter")
    at_desk.fill("Put together", "By hand")
    is_sound(page)
    at_desk.press("Save this text", "button")
    expect(page.get_by_text("Decided: put together by hand.")).to_be_visible()
    assert sorted(item.body for item in call.agenda.all()) == ["- Meet the new team in May", "By hand"]


def test_pages_work_without_scripts(browser: Any, live_server: Any, at_desk: Keyboard) -> None:
    call: Call = make_call(status="held", title="Community call Tuesday, 11th of May, 17:30 CEST")
    bring(at_desk, DOCUMENT)
    call.agenda.filter(number=1).update(body="Ours")
    context = browser.new_context(java_script_enabled=False, storage_state=at_desk.page.context.storage_state())
    page = context.new_page()
    page.goto(f"{live_server.url}{DESK}document/")
    page.get_by_label("Or its text").fill(NEWER)
    page.get_by_role("button", name="Show what it would change").click()
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("button", name="Keep what stands here").click()
    expect(page.get_by_text("Decided: kept as it stands here.")).to_be_visible()
    context.close()
    assert call.agenda.get(number=1).body == "Ours"
