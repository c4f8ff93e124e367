"""Decks are drawn ahead once a call is announced or final, and never get in anybody's way."""

import datetime as dt
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from communitycalls import lifecycle
from communitycalls.deck import ahead
from communitycalls.deck.ahead import DRAWER, Drawer
from communitycalls.deck.outcome import DeckError, Drawing
from communitycalls.deck.render import WORKSHOP
from communitycalls.models import Call
from tests.make import make_call, make_editor, make_entry

NOW = dt.datetime(2021, 5, 1, tzinfo=dt.UTC)
HOME = Path(__file__).resolve().parent.parent


@pytest.fixture
def drawn(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The jobs that were drawn, none of them in earnest."""
    settings.DATA_DIR, settings.DECKS_AHEAD = tmp_path, True
    jobs: list[Any] = []

    def ask(job: Any) -> Drawing:
        jobs.append(job)
        return Drawing(b"%PDF", 1)

    monkeypatch.setattr(WORKSHOP, "ask", ask)
    return jobs


def take(call: Call, target: str) -> None:
    lifecycle.take(call, lifecycle.find_step(call, target), reason="", at=NOW)


@pytest.mark.django_db(transaction=True)
def test_announcing_a_call_on_the_desk_draws_the_deck_that_readers_get(client: Client, drawn: list[Any]) -> None:
    call = make_call(status="draft")
    desk = Client()
    desk.force_login(make_editor())
    desk.post(f"/desk/calls/community-call/{call.address}/state/", {"version": call.version, "target": "announced"})
    DRAWER.wait()
    assert len(drawn) == 1
    assert client.get(f"/calls/community-call/{call.address}/slides.pdf").content == b"%PDF"
    assert len(drawn) == 1


@pytest.mark.django_db(transaction=True)
def test_final_minutes_are_drawn_and_a_call_that_is_held_is_not(drawn: list[Any]) -> None:
    call = make_call(status="live")
    make_entry(call, "We decided.")
    take(call, "held")
    DRAWER.wait()
    assert drawn == []
    take(call, "final")
    DRAWER.wait()
    assert "We decided." in repr(drawn[0])


@pytest.mark.django_db
def test_nothing_is_drawn_of_a_change_that_was_not_committed(
    drawn: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        take(make_call(status="draft"), "announced")
    assert len(callbacks) == 1
    DRAWER.wait()
    assert drawn == []


@pytest.mark.django_db
def test_draft_is_never_drawn_ahead(drawn: list[Any]) -> None:
    ahead.draw(make_call(status="draft").pk)
    assert drawn == []


def test_what_cannot_be_drawn_is_logged_and_the_next_is_drawn(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[int] = []

    def draw(call: int) -> None:
        asked.append(call)
        if call == 1:
            raise DeckError("Too long.")

    monkeypatch.setattr(ahead, "draw", draw)
    drawer = Drawer()
    drawer.order(1)
    drawer.order(2)
    drawer.wait()
    assert asked == [1, 2]
    assert "The deck of call 1 could not be drawn ahead." in caplog.text


def test_only_so_many_wait_and_nobody_waits_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    go, asked = threading.Event(), []

    def draw(call: int) -> None:
        go.wait(10)
        asked.append(call)

    monkeypatch.setattr(ahead, "draw", draw)
    drawer = Drawer()
    for number in range(100):
        drawer.order(number)
    go.set()
    drawer.wait()
    assert asked[:3] == [0, 1, 2]
    assert ahead.MOST_WAITING <= len(asked) <= ahead.MOST_WAITING + 1


def test_process_ends_though_something_is_being_drawn() -> None:
    script = (
        "import os, time; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; import django; django.setup()\n"
        "from communitycalls.deck import ahead\n"
        "ahead.draw = lambda call: time.sleep(60)\n"
        "ahead.DRAWER.order(1)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=HOME, timeout=20, check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
