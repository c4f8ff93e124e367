"""What goes wrong while people present: no network, no storage, a tab twice, a way back by a link, broken slides."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from communitycalls.models import AgendaItem, Call
from tests.desk_pages import at
from tests.make import make_call, make_editor, make_item
from tests.slide_windows import is_on, signed_in, sound, watched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = "## Ships\n\n- one\n\n---\n\n## Boats\n\n- two"
REFUSED = """for (const name of ["sessionStorage", "localStorage", "BroadcastChannel"])
  Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });"""


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
def reader(browser: Browser) -> Iterator[Page]:
    yield from watched(browser, viewport={"width": 800, "height": 600})


@pytest.fixture
def desk(browser: Browser, live_server: Any, call: Call) -> Iterator[Page]:
    """An editor's browser, presenting the fourth slide."""
    for page in watched(browser, viewport={"width": 1400, "height": 850}):
        page.context.add_cookies([signed_in(make_editor(), live_server.url)])
        page.goto(f"{live_server.url}{at('presenter', call)}#slide-4")
        page.get_by_role("button", name="Start presenting").click()
        expect(page.get_by_text("The audience is in step.")).to_be_visible()
        yield page


def test_follower_without_network_or_storage_is_told_and_catches_up(
    desk: Page, reader: Page, live_server: Any, call: Call
) -> None:
    reader.add_init_script(REFUSED)
    reader.goto(f"{live_server.url}{call.get_absolute_url()}slides/")
    is_on(reader, 4)
    reader.route("**/position.json", lambda route: route.abort())
    expect(reader.get_by_text("Out of touch with the presenter. Trying again.")).to_be_visible()
    sound(reader)
    desk.route("**/position.json", lambda route: route.abort())
    expect(desk.get_by_text("The audience is not in step")).to_be_visible(timeout=10_000)
    desk.unroute("**/position.json")
    expect(desk.get_by_text("The audience is in step.")).to_be_visible()
    desk.keyboard.press("Space")
    reader.unroute("**/position.json")
    expect(reader.get_by_text("In step with the presenter.")).to_be_visible(timeout=20_000)  # it tries every 5 s
    is_on(reader, 5)


def test_follower_who_loads_the_page_again_is_in_step_and_who_came_by_a_link_is_not(
    desk: Page, reader: Page, live_server: Any, call: Call
) -> None:
    slides = f"{live_server.url}{call.get_absolute_url()}slides/"
    reader.goto(slides)
    is_on(reader, 4)
    reader.reload()
    expect(reader.get_by_text("In step with the presenter.")).to_be_visible()
    desk.keyboard.press("Space")
    is_on(reader, 5)
    reader.goto("about:blank")
    reader.goto(f"{slides}#slide-2")
    expect(reader.get_by_text("The slides are being presented now.")).to_be_visible()
    is_on(reader, 2)


def test_presenter_comes_back_by_a_link_or_a_reload_and_a_twin_tab_only_follows(
    desk: Page, live_server: Any, call: Call
) -> None:
    address = live_server.url + at("presenter", call)
    desk.reload()
    expect(desk.get_by_role("button", name="End presenting")).to_be_in_viewport()
    desk.get_by_role("link", name="Minutes").click()
    desk.goto(address)
    is_on(desk, 4)
    expect(desk.get_by_text("The audience is in step.")).to_be_visible()
    name = desk.evaluate(f"sessionStorage.getItem('window:{call.get_absolute_url()}')")
    twin = desk.context.new_page()
    twin.goto(live_server.url + call.get_absolute_url())
    twin.evaluate(f"sessionStorage.setItem('window:{call.get_absolute_url()}', '{name}')")
    twin.goto(f"{address}#slide-4")
    expect(twin.get_by_text("You present in another window")).to_be_visible()
    desk.keyboard.press("Space")
    is_on(twin, 5)
    twin.keyboard.press("Home")
    expect(twin.get_by_text("This window stays on its slide.")).to_be_visible()
    is_on(desk, 5)
    expect(desk.get_by_role("button", name="End presenting")).to_be_visible()


def test_address_of_a_slide_that_is_gone_or_makes_no_sense_shows_another(
    reader: Page, live_server: Any, call: Call
) -> None:
    for fragment, number in (("#slide-99", 6), ("#slide-0", 1), ("#50%", 1), ("#item-1", 3)):
        reader.goto("about:blank")
        reader.goto(f"{live_server.url}{call.get_absolute_url()}slides/{fragment}")
        is_on(reader, number)


def test_presenter_s_window_without_scripts_has_the_slides(browser: Browser, live_server: Any, call: Call) -> None:
    for page in watched(browser, viewport={"width": 360, "height": 740}, java_script_enabled=False):
        page.context.add_cookies([signed_in(make_editor(), live_server.url)])
        page.goto(live_server.url + at("presenter", call))
        box = page.locator("#slide-1 .slidepage").bounding_box()
        assert box is not None
        assert box["width"] == pytest.approx(328, abs=1)


def test_presenter_is_told_of_slides_that_cannot_be_drawn(desk: Page, call: Call) -> None:
    for notes, told in (("x " * 150_000, "cannot be drawn as they are now"), ("## Rafts", "The slides were changed.")):
        AgendaItem.objects.filter(call=call).update(slide_notes=notes)
        call.refresh_from_db()
        call.version += 1
        call.save()
        expect(desk.get_by_text(told)).to_be_visible(timeout=15_000)
    desk.get_by_role("button", name="Show the new slides").click()
    expect(desk.get_by_role("group", name="4 of 5: Rafts")).to_be_visible()
