"""Two processes draw one deck; what ends the second costs time, not slides."""

import errno
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from communitycalls.deck import bind, mate
from communitycalls.deck import pdf as deck_pdf
from communitycalls.deck.compose import compose
from communitycalls.deck.mate import draw_together
from communitycalls.deck.outcome import DeckError
from communitycalls.deck.progress import Desk, Note
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.signs import UnknownFontError
from communitycalls.deck.slides import Slide
from tests import deck_jobs, pdf
from tests.deck_sample import sample_call

SLIDES = [Slide(title=f"Slide {number}") for number in range(40)]


class Easel:
    """Stands in for the real one: a slide takes a moment, and who drew it is kept."""

    def __init__(self, draw: Callable[[], None] = lambda: time.sleep(0.002)) -> None:
        self.own, self.held, self.draw = set[Slide](), dict[Slide, Any](), draw

    def holds(self, slide: Slide) -> bool:
        return slide in self.own or slide in self.held

    def paint(self, slide: Slide) -> None:
        self.draw()
        self.own.add(slide)

    def paint_for_good(self, slide: Slide) -> None:
        self.paint(slide)

    def sendable(self, slide: Slide) -> list[Any]:
        self.draw()
        return [(slide, os.getpid())]

    def hold(self, slide: Slide, fits: list[Any]) -> None:
        self.held[slide] = fits


@pytest.fixture
def mates(monkeypatch: pytest.MonkeyPatch) -> list[mate.Mate]:
    """Leave to have one, and those that were begun."""
    begun: list[mate.Mate] = []
    fork = mate._fork

    def forked(*given: Any) -> mate.Mate | None:
        if made := fork(*given):
            begun.append(made)
        return made

    monkeypatch.setattr(mate, "_fork", forked)
    monkeypatch.setattr(mate.LEAVE, "is_given", True)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1})
    return begun


def together(easel: Any, slides: list[Slide] = SLIDES) -> None:
    draw_together(easel, slides)


@pytest.mark.usefixtures("mates")
def test_each_slide_is_drawn_once_by_one_of_two_processes() -> None:
    easel = Easel()
    together(easel)
    assert easel.own | set(easel.held) == set(SLIDES)
    assert not easel.own & set(easel.held)
    assert easel.own
    assert easel.held
    assert {pid for fits in easel.held.values() for _, pid in fits}.isdisjoint({os.getpid()})


def test_few_new_slides_one_core_or_no_leave_mean_no_second_process(
    mates: list[mate.Mate], monkeypatch: pytest.MonkeyPatch
) -> None:
    together(Easel(), SLIDES[:5])
    known = Easel()
    known.own = set(SLIDES[3:])
    together(known)
    monkeypatch.setattr(mate.LEAVE, "is_given", False)
    together(Easel())
    monkeypatch.setattr(mate.LEAVE, "is_given", True)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0})
    together(Easel())
    assert not mates


@pytest.mark.parametrize("way", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(0), lambda: 1 / 0])
def test_mate_that_ends_early_costs_no_slide(mates: list[mate.Mate], way: Callable[[], Any]) -> None:
    parent = os.getpid()
    easel = Easel(lambda: time.sleep(0.002) if os.getpid() == parent else way())
    together(easel)
    assert not easel.held
    assert all(not easel.holds(slide) or slide in easel.own for slide in SLIDES)
    assert not is_running(mates[0].pid)


@pytest.mark.usefixtures("mates")
@pytest.mark.parametrize("error", [DeckError("Too long."), MemoryError(), RecursionError()])
def test_mate_that_cannot_draw_a_slide_sends_those_before_it(error: Exception) -> None:
    parent, drawn = os.getpid(), []

    def draw() -> None:
        time.sleep(0.002)
        drawn.append(1)
        if os.getpid() != parent and len(drawn) > 3:
            raise error

    easel = Easel(draw)
    together(easel)
    assert 1 <= len(easel.held) <= 3


@pytest.mark.usefixtures("mates")
@pytest.mark.parametrize("name", ["fork", "pipe"])
def test_deck_is_drawn_alone_where_the_system_has_nothing_left(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, name, no_more)
    files = len(list(Path("/proc/self/fd").iterdir()))
    easel = Easel()
    together(easel)
    assert easel.own == {SLIDES[0]}
    assert len(list(Path("/proc/self/fd").iterdir())) == files


def no_more() -> int:
    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def test_error_of_the_first_process_ends_the_mate_too(mates: list[mate.Mate]) -> None:
    parent, drawn = os.getpid(), []

    def draw() -> None:
        drawn.append(1)
        if os.getpid() != parent:
            time.sleep(60)
        if len(drawn) > 1:
            raise DeckError("Too deep.")

    began = time.monotonic()
    with pytest.raises(DeckError, match="Too deep"):
        together(Easel(draw))
    assert time.monotonic() - began < 30
    assert not is_running(mates[0].pid)


@pytest.mark.usefixtures("mates")
def test_mate_ends_when_its_process_is_killed() -> None:
    ours, theirs = os.pipe()
    drawn: list[int] = []

    def draw() -> None:
        drawn.append(1)
        if len(drawn) > 1:
            os.write(theirs, f"{os.getpid()} ".encode())
            time.sleep(60)

    pid = os.fork()
    if pid == 0:
        with suppress(BaseException):
            together(Easel(draw))
        os._exit(0)
    said = b""
    while len(said.split()) < 2:
        said += os.read(ours, 64)
    time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    other = next(int(one) for one in said.split() if int(one) != pid)
    deadline = time.monotonic() + 20
    while is_running(other) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(other)


@pytest.mark.usefixtures("mates")
def test_process_that_waits_for_its_mate_notes_the_mate_s_slide(monkeypatch: pytest.MonkeyPatch) -> None:
    parent = os.getpid()
    monkeypatch.setattr(Desk, "note", Note())

    def draw() -> None:
        if os.getpid() != parent:
            Desk.at("Ships")
        time.sleep(0.1 if os.getpid() == parent else 0.8)

    together(Easel(draw), SLIDES[:7])
    assert Desk.told("Too long.") == "Too long. It came as far as the slide “Ships”."


def test_deck_of_two_processes_is_the_deck_of_one() -> None:
    together, alone = (pdf.SHOP.ask(deck_jobs.Paired(sample_call(), allowed)) for allowed in (True, False))
    assert together.remarks[-1].text != "none"
    assert alone.remarks[-1].text == "none"
    assert pdf.text_of(together) == pdf.text_of(alone)
    assert together.pages == alone.pages
    assert together.remarks[:-1] == alone.remarks[:-1]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_deck_is_drawn_again_where_the_mate_s_fonts_are_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def bound(document: Any) -> bytes:
        calls.append([page._page_box is None for page in document.pages])
        if len(calls) == 1:
            raise UnknownFontError("No font.")
        return bind.bind(document)

    monkeypatch.setattr(deck_pdf, "bind", bound)
    slides = compose(sample_call(), DeckSetting("Flatcar"))
    drawing = deck_pdf.draw_pdf(slides, DeckSetting("Flatcar"), Places(Path("/nowhere")))
    assert len(calls) == 2
    assert not any(calls[1])
    assert drawing.pages == len(calls[1])
