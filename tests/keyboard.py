"""A person at a keyboard: finds things with Tab, types, presses Enter. No mouse, no script, no address typed twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.make import make_editor

FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return ["", "", 0];
  const labels = [...(one.labels ?? [])].map((label) => label.textContent);
  const name = one.getAttribute("aria-label") ?? (labels.length ? labels.join(" ") : one.textContent);
  const seen = (window.seen ??= new Map());
  if (!seen.has(one)) seen.set(one, seen.size);
  return [one.tagName.toLowerCase(), name.trim().replace(/\\s+/g, " "), seen.get(one)];
}"""
FIELDS = ("input", "select", "textarea")
MOST = 250


@dataclass(frozen=True)
class Keyboard:
    """Acts on a page. Names are what a screen reader would say; a name that only begins so will do."""

    page: Page

    def focused(self) -> tuple[str, str]:
        """The tag and the name of what has the focus."""
        tag, name, _ = self.page.evaluate(FOCUSED)
        return tag, name

    def find(self, name: str, *tags: str) -> None:
        """Press Tab until something of this name has the focus. Fails with what was passed on the way."""
        passed = []
        for _ in range(MOST):
            tag, here = self.focused()
            if here.startswith(name) and (not tags or tag in tags):
                return
            passed.append(f"{tag} {here[:40]}")
            self.page.keyboard.press("Tab")
        raise AssertionError(f"No {tags or 'thing'} named {name!r} gets the focus. Passed: {passed}")

    def fill(self, label: str, text: str) -> None:
        """Find a field and make it say `text`."""
        self.find(label, *FIELDS)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        """Find a list and pick by typing, as lists allow."""
        self.find(label, "select")
        self.page.keyboard.type(option)

    def press(self, name: str, *tags: str) -> None:
        """Find a button or link and follow it with Enter."""
        self.find(name, *(tags or ("a", "button")))
        self.enter()

    def enter(self) -> None:
        """Press Enter and wait for the page, or the place on the page, to which that leads."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")


def breaks_policy(said: ConsoleMessage) -> bool:
    """Whether the page did what its policy forbids. axe, which has no address, does so where it reads shadow roots."""
    return "Content Security" in said.text and bool(said.location["url"])


@pytest.fixture
def watched_page(page: Page) -> Iterator[Page]:
    """A page on which no script throws and nothing breaks the policy."""
    troubles: list[str] = []
    page.on("console", lambda one: troubles.append(one.text) if breaks_policy(one) else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.set_default_timeout(15_000)
    yield page
    assert troubles == []


@pytest.fixture
def at_desk(watched_page: Page, live_server: Any) -> Keyboard:
    """An editor who is signed in and sees the desk."""
    client = Client()
    client.force_login(make_editor())
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    watched_page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    watched_page.goto(f"{live_server.url}/desk/")
    expect(watched_page.get_by_role("heading", name="Desk", exact=True)).to_be_visible()
    return Keyboard(watched_page)


def sign_in(keyboard: Keyboard, site: str) -> None:
    """Come to the desk of a site as the editor there is, by name and password."""
    keyboard.page.goto(f"{site}/desk/")
    keyboard.fill("Username", "edith")
    keyboard.fill("Password", "a quiet harbour")
    keyboard.enter()
    expect(keyboard.page.get_by_role("heading", name="Desk", exact=True)).to_be_visible()
