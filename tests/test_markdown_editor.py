"""The Markdown editor in a browser, under the site's own policy: keyboard, preview, images, and what goes wrong."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests.test_uploads import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.editor_page")]

DROP = """([area, files]) => {
  const transfer = new DataTransfer();
  for (const [name, type, bytes] of files) transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
  return area.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""
PASTE = """([area, text, bytes]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], "shot.png", { type: "image/png" }));
  if (text) transfer.setData("text/plain", text);
  return area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def desk(page: Page, live_server: Any, editor: Client) -> Iterator[Page]:
    """A page with two editors, open for an editor; no test may break the policy or throw."""
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    session = editor.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    response = page.goto(f"{live_server.url}/editor/")
    assert response is not None
    assert "script-src 'self'" in response.headers["content-security-policy"]
    expect(page.locator(".markdownx-preview").first).to_be_visible()
    yield page
    page.context.close()  # while the live server still shares its database with its threads
    assert troubles == []


def area(page: Page) -> Any:
    return page.get_by_label("Agenda item", exact=True)


def test_the_preview_follows_the_text(desk: Page) -> None:
    preview = desk.get_by_role("region", name="Preview: Agenda item")
    expect(preview.get_by_role("heading", name="Hello", level=3)).to_be_visible()
    expect(desk.locator(".markdownx-preview").nth(1)).to_be_hidden()
    area(desk).fill("**bold** <img src=x onerror=alert(1)>")
    expect(preview.locator("strong")).to_have_text("bold")
    expect(preview.locator("img")).to_have_count(0)


def test_tab_leaves_the_editor_both_ways_and_altgr_writes(desk: Page) -> None:
    area(desk).focus()
    desk.keyboard.press("Tab")
    expect(desk.locator(".md-add input").first).to_be_focused()
    desk.keyboard.press("Shift+Tab")
    expect(area(desk)).to_be_focused()
    prevented = desk.evaluate(
        """() => ["[", "]", "d"].map((key) => document.activeElement.dispatchEvent(
             new KeyboardEvent("keydown", { key, ctrlKey: true, altKey: true, bubbles: true, cancelable: true })))"""
    )
    assert prevented == [True, True, True]
    expect(area(desk)).to_have_value("# Hello")


def test_an_image_comes_in_by_button_and_undo_takes_it_out(desk: Page) -> None:
    area(desk).fill("")
    desk.locator(".md-add input").first.set_input_files({"name": "plan.png", "mimeType": "", "buffer": picture()})
    expect(desk.get_by_role("status").first).to_contain_text("“plan.png” is in the text.")
    expect(area(desk)).to_have_value(re.compile(r"^!\[plan\]\(/media/images/[0-9a-f-]{36}\.png\)$"))
    expect(desk.locator(".markdownx-preview img")).to_have_attribute("alt", "plan")
    assert (
        desk.locator(".markdownx-preview img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 60
    )
    area(desk).focus()
    desk.keyboard.press("Control+z")
    expect(area(desk)).to_have_value("")


def test_images_come_in_by_drop_and_a_refused_one_is_named_near_the_field(desk: Page) -> None:
    files = [["a.png", "image/png", list(picture())], ["b.png", "image/png", list(b"<html>")]]
    assert desk.evaluate(DROP, [area(desk).element_handle(), files]) is False
    expect(desk.get_by_role("status").first).to_have_text(
        "“b.png” is a web page, whatever its name says. Send a PNG, JPEG, WebP or GIF image, or an SVG drawing."
    )
    assert area(desk).input_value().count("![") == 1
    assert "Invalid" not in area(desk).input_value()
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*.png"))) == 1


def test_pasted_text_stays_text_even_with_a_picture_of_it(desk: Page) -> None:
    assert desk.evaluate(PASTE, [area(desk).element_handle(), "text", list(picture())]) is True
    assert desk.evaluate(PASTE, [area(desk).element_handle(), "", list(picture())]) is False
    expect(area(desk)).to_have_value(re.compile(r"!\[shot\]"))
    assert area(desk).input_value().count("![") == 1


def test_a_lost_connection_is_a_sentence_and_loses_no_text(desk: Page) -> None:
    desk.context.set_offline(True)
    area(desk).fill("written offline")
    expect(desk.locator(".markdownx-preview").first).to_have_text(
        "There is no preview: the connection failed. Your text is still here."
    )
    desk.locator(".md-add input").first.set_input_files({"name": "a.png", "mimeType": "", "buffer": picture()})
    expect(desk.get_by_role("status").first).to_have_text("“a.png” was not sent: the connection failed. Try again.")
    expect(area(desk)).to_have_value("written offline")


def test_somebody_signed_out_is_told_so(desk: Page) -> None:
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    area(desk).fill("after the session")
    expect(desk.locator(".markdownx-preview").first).to_contain_text("You are signed out.")
    desk.context.clear_cookies()
    area(desk).fill("without even a token")
    expect(desk.locator(".markdownx-preview").first).to_contain_text("you may be signed out")
    expect(desk.locator(".markdownx-preview").first.locator("h1")).to_have_count(0)


def test_a_row_added_later_has_a_preview_too(desk: Page) -> None:
    desk.evaluate(
        """() => { const row = document.querySelector(".markdownx").parentElement.cloneNode(true);
             row.querySelector("textarea").value = "*later*"; document.querySelector("form").append(row);
             row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true })); }"""
    )
    expect(desk.locator(".markdownx-preview em")).to_have_text("later")


def test_the_editor_has_no_accessibility_violation(desk: Page) -> None:
    area(desk).fill("# A\n\n- [ ] b\n\n| c | d |\n|---|---|\n| e | f |\n\n```\ng\n```\n\n> [!TIP]\n> h\n")
    expect(desk.locator(".markdownx-preview table")).to_be_visible()
    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme=scheme)
        assert [rule["id"] for rule in Axe().run(desk).response["violations"]] == []


def test_without_javascript_it_is_a_text_area_that_can_be_sent(browser: Any, live_server: Any) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/editor/")
    expect(page.locator(".md-tools").first).to_be_hidden()
    expect(page.locator(".markdownx-preview").first).to_be_hidden()
    area(page).fill("plain")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Told: plain")).to_be_visible()
    page.context.close()
