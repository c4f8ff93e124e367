"""Slides that change while they are shown, two presenters, and touch, in browsers."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from communitycalls.models import AgendaItem, Call
from tests.desk_pages import at
from tests.make import make_call, make_editor, make_item
from tests.slide_windows import is_on, signed_in, sound, watched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHANGED = "The slides were changed."
NOTES = "## Ships\n\n- one\n\n---\n\n## Boats\n\n- two"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def call(db: None) -> Call:
    """Title, agenda, News, Ships (4), Boats (5), thanks."""
    found = make_call(status="live")
    make_item(found, "News", slide_notes=NOTES)
    return found


@pytest.fixture
def windows(browser: Browser, live_server: Any) -> Iterator[tuple[Page, Page, Page, Page]]:
    """Two editors' browsers, and two readers'."""
    edith, emil, near, far = (watched(browser, viewport={"width": 900, "height": 600}) for _ in range(4))
    pages = (next(edith), next(emil), next(near), next(far))
    for page, name in zip(pages, ("edith", "emil"), strict=False):
        page.context.add_cookies([signed_in(make_editor(name), live_server.url)])
    yield pages
    for one in (edith, emil, near, far):
        next(one, None)


def edit(call: Call, notes: str) -> None:
    """As another editor's save does it."""
    AgendaItem.objects.filter(call=call).update(slide_notes=notes)
    call.refresh_from_db()
    call.version += 1
    call.save()


def test_new_slides_come_to_all_windows_at_the_same_place(
    windows: tuple[Page, ...], live_server: Any, call: Call
) -> None:
    presenter, _, follower, reader = windows
    slides = f"{live_server.url}{call.get_absolute_url()}slides/"
    presenter.goto(live_server.url + at("presenter", call))
    presenter.get_by_role("button", name="Start presenting").click()
    presenter.keyboard.type("5")
    presenter.keyboard.press("Enter")
    follower.goto(slides)
    is_on(follower, 5)
    reader.goto(f"{slides}#slide-4")
    edit(call, "## Rafts\n\n- nought\n\n---\n\n" + NOTES)
    for page in (presenter, reader):
        expect(page.get_by_text(CHANGED)).to_be_visible(timeout=15_000)
    expect(follower.get_by_text(CHANGED)).to_be_hidden()
    is_on(follower, 5)
    sound(reader)
    reader.evaluate("document.body.dataset.here = 'still'")
    reader.get_by_role("button", name="Show the new slides").click()
    is_on(reader, 5)  # Ships, which was the fourth
    expect(reader.get_by_role("group", name="5 of 7: Ships")).to_be_visible()
    expect(reader.get_by_text(CHANGED)).to_be_hidden()
    assert reader.evaluate("document.body.dataset.here") == "still"
    presenter.get_by_role("button", name="Show the new slides").click()
    for page in (presenter, follower):
        is_on(page, 6)
        expect(page.get_by_role("group", name="6 of 7: Boats")).to_be_visible()
    expect(presenter.get_by_text("The audience is in step.")).to_be_visible()
    follower.keyboard.press("o")
    expect(follower.locator(".frame:visible")).to_have_count(7)


def test_second_presenter_takes_over_and_the_first_is_told(
    windows: tuple[Page, ...], live_server: Any, call: Call
) -> None:
    edith, emil, follower, _ = windows
    address = live_server.url + at("presenter", call)
    edith.goto(address)
    edith.get_by_role("button", name="Start presenting").click()
    edith.keyboard.press("End")
    expect(edith.get_by_text("The audience is in step.")).to_be_visible()
    edith.reload()
    expect(edith.get_by_role("button", name="End presenting")).to_be_visible()
    emil.goto(address)
    expect(emil.get_by_text("edith is presenting since")).to_be_visible()
    follower.goto(f"{live_server.url}{call.get_absolute_url()}slides/")
    for page in (follower, emil):
        is_on(page, 6)
    emil.keyboard.press("Home")
    expect(emil.get_by_text("This window stays on its slide.")).to_be_visible()
    sound(emil)
    emil.get_by_role("button", name="Take over").click()
    is_on(emil, 6)
    expect(edith.get_by_text("emil took over at")).to_be_visible(timeout=15_000)
    sound(edith)
    emil.keyboard.press("PageUp")
    for page in (follower, edith):
        is_on(page, 5)
    edith.keyboard.press("Home")
    edith.get_by_role("button", name="Follow").click()
    is_on(edith, 5)
    edith.keyboard.press("Home")
    edith.get_by_role("button", name="Take over").click()
    is_on(edith, 5)
    expect(emil.get_by_role("button", name="Take over")).to_be_visible(timeout=15_000)
    edith.get_by_role("button", name="End presenting").click()
    expect(emil.get_by_role("button", name="Start presenting")).to_be_visible(timeout=15_000)


Finger = tuple[float, float]


def draw_fingers(page: Page, *ways: tuple[Finger, Finger]) -> None:
    """Draw fingers over the screen as a hand does, each from one place to another."""
    client = page.context.new_cdp_session(page)
    for part in range(7):
        places = [[begin[side] + (end[side] - begin[side]) * part / 6 for side in (0, 1)] for begin, end in ways]
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(places)]
        client.send("Input.dispatchTouchEvent", {"type": "touchMove" if part else "touchStart", "touchPoints": points})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    client.detach()


def swipe(page: Page, begin: Finger, end: Finger) -> None:
    draw_fingers(page, (begin, end))


def pinch(page: Page, near: float, far: float) -> None:
    """Move two fingers from `near` to `far` from the middle of the screen."""
    draw_fingers(page, ((180 - near, 370), (180 - far, 370)), ((180 + near, 370), (180 + far, 370)))


def wait_for_zoom(page: Page, *, zoomed: bool) -> None:
    for _ in range(50):
        if (page.evaluate("visualViewport.scale") > 1.5) is zoomed:
            return
        page.wait_for_timeout(50)
    raise AssertionError(page.evaluate("visualViewport.scale"))


def test_fingers_turn_pages_and_still_scroll_and_zoom(browser: Browser, live_server: Any, call: Call) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    for page in watched(browser, **phone):
        page.goto(f"{live_server.url}{call.get_absolute_url()}slides/#slide-4")
        swipe(page, (300, 370), (60, 380))
        is_on(page, 5)
        swipe(page, (60, 370), (300, 360))
        is_on(page, 4)
        swipe(page, (180, 600), (120, 200))
        draw_fingers(page, ((300, 370), (60, 380)), ((340, 370), (100, 380)))
        is_on(page, 4)
        page.get_by_role("button", name="Next slide").tap()
        is_on(page, 5)
        pinch(page, 30, 120)
        wait_for_zoom(page, zoomed=True)
        swipe(page, (300, 370), (60, 380))
        pinch(page, 150, 20)
        wait_for_zoom(page, zoomed=False)
        is_on(page, 5)
        page.get_by_role("button", name="One page").tap()
        expect(page.locator("#slide-5")).to_be_in_viewport()
        swipe(page, (180, 200), (170, 600))
        expect(page.locator("#slide-2")).to_be_in_viewport()
        sound(page)


def test_phone_presents_with_its_fingers(browser: Browser, live_server: Any, call: Call) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    AgendaItem.objects.update(private_notes="Ask Kai.\n" * 60)
    for page in watched(browser, **phone):
        page.context.add_cookies([signed_in(make_editor(), live_server.url)])
        page.goto(f"{live_server.url}{at('presenter', call)}#slide-3")
        page.get_by_role("button", name="Start presenting").tap()
        box = page.locator(".frame.is-current").bounding_box()
        assert box is not None
        middle = int(box["y"] + box["height"] / 2)
        swipe(page, (300, middle), (60, middle))
        is_on(page, 4)
        swipe(page, (180, 700), (170, 250))
        expect(page.get_by_role("heading", name="Presenter")).not_to_be_in_viewport()
        swipe(page, (300, 700), (60, 700))  # over the notes, which turns no page
        is_on(page, 4)
        for name in ("Next slide", "End presenting"):
            button = page.get_by_role("button", name=name)
            expect(button).to_be_in_viewport()
            size = button.bounding_box()
            assert size is not None
            assert size["height"] >= 44
        sound(page)
