"""What ended while it drew is told by the slide it was at, and what is too long by the item that holds most."""

import datetime as dt
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from communitycalls.deck import caps
from communitycalls.deck.bounds import Limits
from communitycalls.deck.child import draw_alone
from communitycalls.deck.job import Drawable
from communitycalls.deck.outcome import DeckError, Drawing, read_answer
from communitycalls.deck.progress import LONGEST_NAME, Desk, Note
from communitycalls.deck.render import Workshop
from communitycalls.document.values import AgendaItem, CallDocument

SENTENCE = "It takes too long."


@pytest.fixture(autouse=True)
def _tidy() -> Iterator[None]:
    yield
    Desk.note = None


def test_note_outlives_the_process_that_wrote_it() -> None:
    note = Note()
    assert note.told(SENTENCE) == SENTENCE
    pid = os.fork()
    if pid == 0:
        Desk.note = note
        Desk.at("Ships")
        Desk.at("Boats “and” 🚀")
        os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    assert note.told(SENTENCE) == f"{SENTENCE} It came as far as the slide “Boats “and” 🚀”."
    note.close()


def test_long_titles_and_halves_of_signs_fit_the_note() -> None:
    note = Note()
    note.write("\U0001f680" * 10_000)
    assert note.read() == "\U0001f680" * (LONGEST_NAME - 1) + "…"
    note.write("a\ud800b")
    assert note.read() == "a?b"


def test_process_tells_how_far_it_came_itself_where_somebody_wants_to_know() -> None:
    Desk.at("Ships")
    assert Desk.told(SENTENCE) == SENTENCE
    Desk.note = Note()
    Desk.at("Ships")
    assert Desk.told(SENTENCE) == f"{SENTENCE} It came as far as the slide “Ships”."
    Desk.at("")
    assert Desk.told(SENTENCE) == SENTENCE


def test_call_that_is_too_long_is_told_by_its_longest_item() -> None:
    agenda = (AgendaItem(1, "News", body="a " * 5_000), AgendaItem(2, "Tables", slide_notes="b " * 100_000))
    with pytest.raises(DeckError, match=r"210,\d{3} characters.* Most is in “Tables”: 200,0\d\d\. Shorten"):
        caps.check(CallDocument("series", dt.date(2021, 5, 11), "Call", agenda=agenda))


def test_call_of_many_short_items_names_none() -> None:
    agenda = tuple(AgendaItem(number, f"Item {number}", body="a " * 2_000) for number in range(60))
    with pytest.raises(DeckError, match=r"a deck can take 200,000\. Shorten"):
        caps.check(CallDocument("series", dt.date(2021, 5, 11), "Call", agenda=agenda))


@dataclass(frozen=True)
class Stuck:
    """A job that never comes past its second slide."""

    def draw(self) -> Drawing:
        for title in ("Ships", "Long"):
            Desk.at(title)
        time.sleep(60)
        return Drawing(b"", 0)


@pytest.mark.parametrize(
    "ask", [Workshop(wall_seconds=1).ask, lambda job: read_answer(draw_alone(job, Limits(wall=1)))]
)
def test_what_was_stopped_is_told_by_its_slide(ask: Callable[[Drawable], Drawing]) -> None:
    with pytest.raises(DeckError, match=r"takes too long.*It came as far as the slide “Long”\."):
        ask(Stuck())
