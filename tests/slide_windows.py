"""What tests of windows with slides share: what is sent and told, and people's own browsers."""

import re
from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from communitycalls.models import Call
from tests.desk_pages import at

CUT_OFF = "ERR_FAILED"  # what the browser says of the request a test aborts
CURRENT = ".frame.is-current"


def address_of(call: Call, name: str = "slides") -> str:
    return reverse(f"calls:{name}", args=[call.series.slug, call.address])


def move(client: Client, call: Call, slide: object, public: object = 1, **more: str) -> Any:
    return client.post(at("presenter_move", call), {"slide": slide, "public": public, "on": "on", **more})


def position(client: Client, call: Call) -> dict[str, Any]:
    found: dict[str, Any] = client.get(address_of(call, "position_json")).json()
    return found


def signed_in(user: User, url: str) -> Any:
    """The cookie of somebody who is signed in at a site."""
    client = Client()
    client.force_login(user)
    return {"name": settings.SESSION_COOKIE_NAME, "value": str(client.session.session_key), "url": url}


def is_ours(said: ConsoleMessage) -> bool:
    """Whether a complaint is the page's own: axe, which has no address, copies shadow roots' sheets as inline style."""
    return said.type in ("error", "warning") and bool(said.location["url"]) and CUT_OFF not in said.text


def watched(browser: Browser, **options: Any) -> Iterator[Page]:
    """A person's own browser, whose complaints fail the test."""
    context = browser.new_context(**options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if is_ours(said) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def is_on(page: Page, number: int) -> None:
    """Whether the page shows this slide, alone, at its own address."""
    expect(page.locator(CURRENT)).to_have_id(f"slide-{number}")
    expect(page).to_have_url(re.compile(rf"#slide-{number}$"))


def sound(page: Page) -> None:
    """Whether nobody is shut out and nothing sticks out sideways."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
