"""The slides, the presenter's window and the live picture in a browser: by keys, in step, narrow, without scripts."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from communitycalls.models import Call, Presentation
from tests.desk_pages import at
from tests.make import make_call, make_editor, make_item, make_question
from tests.slide_windows import CURRENT, is_on, signed_in, sound, watched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEYS = (
    ("ArrowRight", 2),
    ("Space", 3),
    ("PageDown", 4),
    ("ArrowLeft", 3),
    ("Shift+Space", 2),
    ("PageUp", 1),
    ("PageUp", 1),
    ("End", 7),
    ("ArrowRight", 7),
    ("Home", 1),
)
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def call(db: None) -> Call:
    """A live call of eight slides for editors, seven for visitors."""
    found = make_call(status="live")
    make_item(found, "News", minutes=10, slide_notes=f"## Ships\n\n- one\n\n---\n\n## Boats\n\n{TABLE}")
    make_item(found, "Questions", kind="qa", minutes=1, private_notes="Ask Kai.")
    make_question(found, "Does it float?")
    return found


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    yield from watched(browser, viewport={"width": 800, "height": 600})


@pytest.fixture
def desk(browser: Browser, live_server: Any) -> Iterator[Page]:
    """An editor's browser, signed in."""
    cookie = signed_in(make_editor(), live_server.url)
    for page in watched(browser, viewport={"width": 1400, "height": 850}):
        page.context.add_cookies([cookie])
        yield page


def test_reader_turns_pages_by_keys_buttons_and_addresses(reader: Page, live_server: Any, call: Call) -> None:
    reader.goto(f"{live_server.url}{call.get_absolute_url()}slides/")
    is_on(reader, 1)
    for key, number in KEYS:
        reader.keyboard.press(key)
        is_on(reader, number)
    reader.keyboard.type("5")
    reader.keyboard.press("Enter")
    is_on(reader, 5)
    expect(reader.locator("[data-said]")).to_have_text("Slide 5 of 7: Boats")
    reader.keyboard.press("b")
    expect(reader.locator("[data-black]")).to_be_visible()
    reader.keyboard.press("b")
    expect(reader.locator("[data-black]")).to_be_hidden()
    reader.keyboard.press("o")
    expect(reader.locator(".frame:visible")).to_have_count(7)
    sound(reader)
    reader.keyboard.press("ArrowLeft")
    reader.keyboard.press("Enter")
    is_on(reader, 4)
    reader.keyboard.press("?")
    expect(reader.get_by_role("dialog", name="Keys")).to_be_visible()
    reader.keyboard.press("Escape")
    reader.get_by_role("button", name="Next slide").click()
    is_on(reader, 5)
    reader.goto(f"{live_server.url}{call.get_absolute_url()}slides/#item-2")
    is_on(reader, 6)
    reader.evaluate("location.hash = '#slide-2'")
    is_on(reader, 2)
    reader.locator(CURRENT).get_by_role("link", name="News").click()
    is_on(reader, 3)


def test_slides_fit_every_window_and_stand_in_print(reader: Page, live_server: Any, call: Call) -> None:
    for width, height in ((360, 740), (800, 500), (1400, 900)):
        reader.set_viewport_size({"width": width, "height": height})
        reader.goto(f"{live_server.url}{call.get_absolute_url()}slides/#slide-5")
        box = reader.locator(f"{CURRENT} .slidepage").bounding_box()
        assert box is not None
        assert (box["width"] == pytest.approx(width, abs=1)) or (box["height"] == pytest.approx(height - 48, abs=1))
        assert box["width"] / box["height"] == pytest.approx(16 / 9, rel=0.01)
        sound(reader)
    reader.emulate_media(media="print")
    expect(reader.locator(".frame:visible")).to_have_count(7)
    expect(reader.locator(".tools")).to_be_hidden()
    with closing(pypdfium2.PdfDocument(reader.pdf(prefer_css_page_size=True))) as printed:
        assert [page.get_size() for page in printed] == [(960.0, 540.0)] * 7


def test_without_scripts_slides_stand_one_under_another(browser: Browser, live_server: Any, call: Call) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{call.get_absolute_url()}slides/#slide-4")
    expect(page.locator(".frame:visible")).to_have_count(7)
    expect(page.locator("#slide-4")).to_be_in_viewport()
    expect(page.locator(".tools")).to_be_hidden()
    box = page.locator("#slide-4 .slidepage").bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(328, abs=1)
    context.close()


def test_windows_keep_in_step_with_the_presenter(desk: Page, reader: Page, live_server: Any, call: Call) -> None:
    slides = f"{live_server.url}{call.get_absolute_url()}slides/"
    desk.goto(live_server.url + at("presenter", call))
    expect(desk.locator("[data-no-notes]")).to_be_visible()
    desk.get_by_role("button", name="Start presenting").click()
    reader.goto(slides)
    expect(reader.get_by_text("In step with the presenter.")).to_be_visible()
    near = desk.context.new_page()
    near.goto(slides)
    desk.keyboard.press("Space")
    desk.keyboard.press("ArrowRight")
    for page in (desk, near, reader):
        is_on(page, 3)
    expect(desk.locator(".frame.is-next")).to_have_id("slide-4")
    expect(desk.locator("[data-item-name]")).to_have_text("Item 1 of 2: News")
    expect(desk.locator("[data-item-plan]")).to_contain_text("of 10 min")
    desk.keyboard.type("7")
    desk.keyboard.press("Enter")
    is_on(desk, 7)
    is_on(near, 7)
    is_on(reader, 6)  # the question's slide is not public yet
    expect(desk.get_by_text("Ask Kai.")).to_be_visible()
    sound(desk)
    desk.set_viewport_size({"width": 360, "height": 740})
    desk.reload()
    expect(desk.get_by_role("button", name="Next slide")).to_be_in_viewport()
    sound(desk)


def test_reader_leaves_the_step_and_comes_back(desk: Page, reader: Page, live_server: Any, call: Call) -> None:
    desk.goto(live_server.url + at("presenter", call))
    desk.get_by_role("button", name="Start presenting").click()
    reader.goto(f"{live_server.url}{call.get_absolute_url()}slides/")
    desk.keyboard.press("b")
    expect(reader.locator("[data-black]")).to_be_visible()
    desk.keyboard.press("b")
    expect(reader.locator("[data-black]")).to_be_hidden()
    reader.keyboard.press("Home")
    expect(reader.get_by_text("The slides are being presented now.")).to_be_visible()
    desk.keyboard.press("End")
    is_on(desk, 8)
    expect(desk.get_by_text("The audience is in step.")).to_be_visible()
    is_on(reader, 1)
    reader.get_by_role("button", name="Follow").click()
    is_on(reader, 7)
    desk.get_by_role("button", name="End presenting").click()
    expect(reader.locator("[data-step]")).to_be_hidden()
    assert not Presentation.objects.get().is_on


def test_presenter_is_told_of_overrun_in_words(desk: Page, live_server: Any, call: Call) -> None:
    desk.clock.install()
    desk.goto(f"{live_server.url}{at('presenter', call)}#item-2")
    desk.get_by_role("button", name="Start the clock").click()
    desk.clock.run_for(75_000)
    expect(desk.locator("[data-item-plan]")).to_have_text("of 1 min: 0:15 over")
    expect(desk.locator("[data-total-plan]")).to_contain_text("left")
    desk.get_by_role("button", name="Pause the clock").click()
    desk.clock.run_for(60_000)
    desk.reload()
    expect(desk.locator("[data-item-clock]")).to_have_text("1:15")
    desk.get_by_role("button", name="Reset").click()
    expect(desk.locator("[data-item-clock]")).to_have_text("0:00")


def test_slides_follow_the_text_while_it_is_typed(desk: Page, live_server: Any, call: Call) -> None:
    desk.goto(live_server.url + at("item", call, 1))
    picture = desk.locator("[data-picture]")
    expect(picture.get_by_role("img", name="Slide 2 of this item: Ships")).to_be_visible(timeout=20_000)
    expect(desk.get_by_role("button", name="Show the slides")).to_be_hidden()
    notes = desk.get_by_label("Slide notes", exact=True)
    notes.fill("## Rafts\n\n- a raft")
    expect(picture.get_by_role("img", name="Slide 2 of this item: Rafts")).to_be_visible()
    expect(picture.get_by_role("img")).to_have_count(2)
    notes.press_sequentially("\n- and one more raft" * 20)
    expect(picture.get_by_text("It holds more than fits: continued on 2 more slides.")).to_be_visible()
    expect(picture.locator("[data-picture-said]")).to_have_text("4 slides. 1 remark.")
    sound(desk)
    desk.route("**/slides/", lambda route: route.abort())
    notes.press_sequentially(" x")
    expect(picture.locator("[data-picture-said]")).to_contain_text("the connection failed")
    desk.unroute("**/slides/")
    notes.press_sequentially("y")
    expect(picture.locator("[data-picture-said]")).to_have_text("4 slides. 1 remark.")
    for page in ("slides", "presenter"):
        desk.goto(live_server.url + at(page, call))
        sound(desk)
