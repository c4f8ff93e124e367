"""A whole call by keyboard alone: planned, announced, minuted, finalised, and what the public sees at each step."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from communitycalls.models import Call
from interop.exporter import read_matrix
from interop.history import Note, record
from tests.keyboard import Keyboard, sign_in, watched_page
from tests.make import (
    make_call,
    make_editor,
    make_environment,
    make_matrix,
    make_series,
)

__all__ = ["watched_page"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/calls/community-call/2021-06-08/"
TITLE = "Community call, 8 June 2021"
ITEMS = [
    ("Welcome 5m @Thilo", "Welcome", "Thilo"),
    ("Spotlight: the update server 15m @Kai", "Spotlight: the update server", "Kai"),
    ("Status update: ARM64 10m @Kai @Mathieu", "Status update: ARM64", "Mathieu"),
    ("Releases 10m @Sayan", "Releases", "Sayan"),
    ("Q&A 10m @Marga", "Q&A", "Marga"),
]
QUESTIONS = {
    "Does it boot on bare metal?": [
        ("Kai", "Since last week."),
        ("Mathieu", "By PXE too."),
        ("Marga", "Send reports."),
    ],
    "Who tests the nightlies?": [("Thilo", "Everybody can."), ("Sayan", "The release team does."), ("Kai", "So do I.")],
}


@pytest.fixture
def visitor(browser: Browser, live_server: Any) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/")
    yield page
    context.close()


def plan(keyboard: Keyboard) -> None:
    """Make the call and add its five items without leaving the line."""
    keyboard.press("New call", "a")
    keyboard.choose("Series", "Community")
    keyboard.fill("Date", "2021-06-08")
    keyboard.enter()
    for line, title, _ in ITEMS:
        assert keyboard.focused()[1] == "Add an item"
        keyboard.page.keyboard.type(line)
        keyboard.enter()
        expect(keyboard.page.get_by_role("heading", name=title)).to_be_visible()


def ask(keyboard: Keyboard, text: str, answers: list[tuple[str, str]]) -> None:
    keyboard.press("Question with answers", "a")
    keyboard.fill("Question", text)
    for number, (who, answer) in enumerate(answers, 1):
        keyboard.fill(f"Who, answer {number}", who)
        keyboard.fill(f"Answer {number}", answer)
    keyboard.press("Record the question", "button")


def change_matrix(keyboard: Keyboard) -> None:
    keyboard.press("Change the matrix", "a")
    keyboard.press("Support matrix", "a")
    keyboard.press("EC2", "a")
    keyboard.fill("Support level", "L1")
    keyboard.press("Record", "button")


def sees_nothing(visitor: Page, url: str) -> None:
    """A draft is neither at its address nor named anywhere."""
    answer = visitor.goto(url + ADDRESS)
    assert answer is not None
    assert answer.status == 404
    assert TITLE not in visitor.content()
    for page in ("/", "/calls/", "/calls/community-call/", "/sitemap.xml"):
        text = visitor.request.get(url + page).text()
        assert "2021-06-08" not in text, page
        assert "update server" not in text, page


def prepare() -> None:
    """A series with a call of the month before, and a matrix that rates EC2 L2."""
    make_editor()
    make_call("2021-05-11", "final", series=make_series())
    matrix = make_matrix()
    make_environment(matrix, "EC2", "L2")
    record(matrix, read_matrix(matrix), Note(Call.objects.get().date))


def sees_the_agenda(visitor: Page, url: str) -> None:
    visitor.goto(url + ADDRESS)
    for _, title, presenter in ITEMS:
        expect(visitor.get_by_role("heading", name=title).first).to_be_visible()
        expect(visitor.get_by_text(presenter).first).to_be_visible()


def take_minutes(keyboard: Keyboard) -> None:
    """Start the call, record the questions and the change, and end it."""
    keyboard.press("Start the call", "button")
    keyboard.press("Minutes", "a")
    for text, answers in QUESTIONS.items():
        ask(keyboard, text, answers)
    change_matrix(keyboard)
    told = keyboard.page.get_by_text("1 change is recorded as revision 2 and in the minutes of")
    expect(told).to_be_visible()


def finalise(keyboard: Keyboard) -> None:
    keyboard.press("Calls", "a")
    keyboard.press(TITLE, "a")
    keyboard.press("End the call", "button")
    keyboard.press("Finalise the minutes", "button")
    expect(keyboard.page.get_by_text("The call is final.")).to_be_visible()


def download_deck(keyboard: Keyboard, path: Path) -> bytes:
    keyboard.find("Deck as PDF", "a")
    with keyboard.page.expect_download(timeout=90_000) as download:
        keyboard.page.keyboard.press("Enter")
    download.value.save_as(path)
    return path.read_bytes()


def test_call_is_planned_minuted_and_published_by_keyboard_alone(
    watched_page: Page, visitor: Page, live_server: Any, tmp_path: Path
) -> None:
    prepare()
    url, keyboard = live_server.url, Keyboard(watched_page)
    sign_in(keyboard, url)
    plan(keyboard)
    sees_nothing(visitor, url)
    keyboard.press("Announce", "button")
    expect(keyboard.page.get_by_text("The call is announced.")).to_be_visible()
    sees_the_agenda(visitor, url)
    take_minutes(keyboard)
    visitor.reload()
    assert "bare metal" not in visitor.content()
    finalise(keyboard)
    assert download_deck(keyboard, tmp_path / "deck.pdf").startswith(b"%PDF")
    sees_everything(visitor, url)


def sees_everything(visitor: Page, url: str) -> None:
    """Agenda, questions, answers and the change are on the call's page; the matrix says it and names the call."""
    visitor.goto(url + ADDRESS)
    for text, answers in QUESTIONS.items():
        expect(visitor.get_by_text(text).first).to_be_visible()
        for who, answer in answers:
            expect(visitor.get_by_text(answer).first).to_be_visible()
            expect(visitor.get_by_text(who).first).to_be_visible()
    expect(visitor.locator("#change-1")).to_contain_text("EC2")
    payload = visitor.request.get(f"{url}{ADDRESS}call.json").json()
    assert [len(question["answers"]) for question in payload["questions"]] == [3, 3]
    assert [(one["environment"], one["old"], one["new"]) for one in payload["matrix_changes"]] == [("ec2", "L2", "L1")]
    visitor.goto(f"{url}/interop/support/")
    expect(visitor.get_by_role("row", name="EC2")).to_contain_text("L1")
    visitor.goto(f"{url}/interop/support/changes/")
    link = visitor.get_by_role("main").get_by_role("link", name="Community call").first
    expect(link).to_have_attribute("href", f"{ADDRESS}#change-1")
