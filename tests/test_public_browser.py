"""The public pages in a browser: wide and narrow, light and dark, by keyboard, and without scripts."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from tests.filled import ADDRESSES, NOW, fill
from tests.screens import Screen, faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS: list[Screen] = [(360, "dark"), (1400, "light")]


@pytest.fixture
def site(live_server: Any) -> Iterator[str]:
    """The address of a filled site on which it is November 2021."""
    with time_machine.travel(NOW, tick=False):
        fill(2)
        yield live_server.url


def open_page(browser: Browser, width: int = 1400, **options: Any) -> tuple[Page, list[str]]:
    """A page in Kolkata, and the list that its complaints go to."""
    page = browser.new_context(
        viewport={"width": width, "height": 800}, timezone_id="Asia/Kolkata", **options
    ).new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def test_no_page_complains_overflows_or_shuts_anybody_out(browser: Browser, site: str) -> None:
    page, complaints = open_page(browser, 360)
    for address in ADDRESSES:
        page.goto(site + address)
        complaints += faults(page, SCREENS, fits=[800])
    assert not complaints, "\n\n".join(complaints)
    page.context.close()


def test_times_are_told_in_the_visitors_zone(browser: Browser, site: str) -> None:
    page, _ = open_page(browser)
    page.goto(f"{site}/")
    expect(page.locator(".next__times [data-your]")).to_contain_text("22:00–23:00")
    expect(page.locator(".next__times [data-your]")).to_contain_text("Asia/Kolkata")
    expect(page.locator(".zones .is-you")).to_have_text("22:00Kolkata, you")
    expect(page.locator("[data-zone-line]")).to_contain_text("India Standard Time")
    page.context.close()


def test_a_zone_that_is_not_listed_is_added(browser: Browser, site: str) -> None:
    context = browser.new_context(timezone_id="Pacific/Auckland")
    page = context.new_page()
    page.goto(f"{site}/")
    expect(page.locator(".zones .is-you")).to_have_text("Wed 05:30Auckland, you")
    context.close()


def test_skip_link_comes_first_and_leads_to_the_content(browser: Browser, site: str) -> None:
    page, _ = open_page(browser)
    page.goto(f"{site}/calls/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.context.close()


def test_sections_of_the_matrix_fold_on_a_phone_by_keyboard(browser: Browser, site: str) -> None:
    page, _ = open_page(browser, 360)
    page.goto(f"{site}/interop/matrix-1/")
    button, row = page.locator(".group button"), page.get_by_role("link", name="Row 1", exact=True)
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(row).to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(row).to_be_hidden()
    page.set_viewport_size({"width": 1400, "height": 800})
    expect(row).to_be_visible()
    page.context.close()


def test_head_of_the_matrix_stays_in_sight(browser: Browser, site: str) -> None:
    for width in (800, 1400):
        page, _ = open_page(browser, width)
        page.set_viewport_size({"width": width, "height": 160})
        page.goto(f"{site}/interop/matrix-1/")
        page.evaluate("scrollTo(0, document.querySelector('.matrix').getBoundingClientRect().top + scrollY + 40)")
        box = page.locator(".matrix thead th").first.bounding_box()
        assert box is not None
        assert -2 <= box["y"] <= 2, (width, box)
        page.context.close()


@pytest.mark.parametrize("width", [360, 1400])
def test_every_page_is_whole_without_scripts(browser: Browser, site: str, width: int) -> None:
    page, complaints = open_page(browser, width, java_script_enabled=False)
    page.goto(f"{site}/interop/matrix-1/")
    expect(page.get_by_role("link", name="Row 1", exact=True)).to_be_visible()
    expect(page.get_by_text("What the marks mean")).to_be_visible()
    page.goto(f"{site}/")
    expect(page.locator(".next")).to_contain_text("17:30–18:30 CET")
    expect(page.locator(".next [data-your]").first).to_be_hidden()
    page.goto(f"{site}/interop/matrix-1/")
    page.get_by_label("Owner", exact=True).select_option("Ada 2")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("link", name="Row 2", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Row 1", exact=True)).to_have_count(0)
    assert complaints == []
    page.context.close()


def test_printed_matrix_has_all_its_sections(browser: Browser, site: str) -> None:
    page, _ = open_page(browser, 360)
    page.goto(f"{site}/interop/matrix-1/")
    page.locator(".group button").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".matrix th[scope=row]").first).to_be_visible()
    expect(page.locator(".filters")).to_be_hidden()
    page.context.close()
