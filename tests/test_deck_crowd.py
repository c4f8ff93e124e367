"""Many readers of one file at once have it drawn once, and a system that has no room left says so."""

import errno
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from socket import socketpair
from typing import Any

import pytest
from django.test import Client

from communitycalls.deck import child, kept, orders, render
from communitycalls.deck.bounds import NO_PROCESS, Limits
from communitycalls.deck.job import Job
from communitycalls.deck.outcome import DeckError, Drawing, read_answer
from communitycalls.deck.worker import NO_BENCH, Call, Worker
from tests import deck_jobs
from tests.deck_sample import sample_call, sample_setting
from tests.make import make_call
from tests.pdf import NOWHERE

PDF = b"%PDF-1"


class Shop:
    """Draws when it is let."""

    def __init__(self, answer: Drawing | DeckError) -> None:
        self.answer, self.asked, self.may = answer, 0, threading.Event()

    def ask(self, job: Any) -> Drawing:
        self.asked += 1
        self.may.wait(20)
        if isinstance(self.answer, DeckError):
            raise self.answer
        return self.answer


def ask_at_once(readers: int, folder: Path, shop: Shop, *, patient: bool = True) -> list[str]:
    """What so many threads are told who ask for one file while it is being drawn."""
    said: list[str] = []

    def ask() -> None:
        try:
            said.append(kept.stored(deck_jobs.Telling(), folder).path.read_bytes().partition(b"\n")[2].decode())
        except DeckError as error:
            said.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(readers)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 20
    while len(said) < (0 if patient else readers - 1) and time.monotonic() < deadline:
        time.sleep(0.01)
    while not shop.asked:
        time.sleep(0.01)
    time.sleep(0.1 if patient else 0)
    shop.may.set()
    for thread in threads:
        thread.join()
    return said


@pytest.mark.parametrize("answer", [Drawing(PDF, 1), DeckError("It takes too long.")])
def test_readers_of_one_file_wait_for_one_drawing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Drawing | DeckError
) -> None:
    monkeypatch.setattr(kept, "WORKSHOP", shop := Shop(answer))
    assert set(ask_at_once(6, tmp_path, shop)) == {str(answer) if isinstance(answer, DeckError) else PDF.decode()}
    assert shop.asked == 1
    assert not kept.BEGUN


def test_readers_are_not_held_up_for_long_by_a_slow_drawing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "WORKSHOP", shop := Shop(Drawing(PDF, 1)))
    monkeypatch.setattr(kept, "PATIENCE_SECONDS", 0.05)
    said = ask_at_once(4, tmp_path, shop, patient=False)
    assert sorted(said) == sorted([PDF.decode(), *[kept.BEGUN_ALREADY] * 3])


def test_file_that_cannot_be_kept_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "WORKSHOP", shop := Shop(Drawing(PDF, 1)))
    monkeypatch.setattr(Path, "replace", no_room)
    shop.may.set()
    with pytest.raises(DeckError, match="no room to keep it") as caught:
        kept.stored(deck_jobs.Telling(), tmp_path)
    assert not caught.value.is_lasting
    assert not list(tmp_path.iterdir())
    assert kept.drawn(deck_jobs.Telling(), tmp_path).pdf == PDF


@pytest.mark.django_db
def test_file_that_is_let_go_while_it_is_sent_is_drawn_again(
    client: Client, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(kept, "WORKSHOP", shop := Shop(Drawing(PDF, 1)))
    shop.may.set()
    gone = kept.Stored(tmp_path / "gone", 0, 1, "mark")
    monkeypatch.setattr("communitycalls.views.slides.known", lambda note, folder: gone)
    assert client.get(make_call().get_absolute_url() + "slides.pdf").content == PDF


def no_room(*given: object, **named: object) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_site_without_room_for_a_job_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", no_room)
    with pytest.raises(DeckError, match="can be written: No space left on device") as caught:
        render.WORKSHOP.ask(deck_jobs.Telling())
    assert not caught.value.is_lasting


def test_pipe_or_device_is_written_to_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    orders.save(str(path), PDF)
    assert os.read(reader, 100) == PDF
    os.close(reader)
    assert path.is_fifo()


def test_file_that_cannot_be_written_whole_leaves_the_old_one_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", no_room)
    with pytest.raises(orders.UnwritableError, match="No space left"):
        orders.save(str(path), PDF)
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"old"]


def test_process_is_held_to_no_more_than_the_system_allows() -> None:
    script = (
        "import resource as r\nfrom communitycalls.deck import bounds\n"
        "for kind in (r.RLIMIT_AS, r.RLIMIT_CPU): r.setrlimit(kind, (5 << 30, 5 << 30))\n"
        "bounds.limit_memory(9 << 30); bounds.limit_time(9 << 30)\n"
        "print(r.getrlimit(r.RLIMIT_AS), r.getrlimit(r.RLIMIT_CPU))"
    )
    said = subprocess.check_output([sys.executable, "-c", script], cwd=render.HOME, text=True)
    assert said == f"{(5 << 30, 5 << 30)} {(5 << 30, 5 << 30)}\n"


def no_more() -> int:
    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def test_command_without_a_process_left_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", no_more)
    with pytest.raises(DeckError) as caught:
        read_answer(child.draw_alone(deck_jobs.Telling()))
    assert str(caught.value) == NO_PROCESS


def test_worker_without_a_process_left_says_so_and_lives_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", no_more)
    calls, answer = socketpair(), socketpair()
    worker = Worker(calls[0], Limits())
    worker._waiting.append(Call(NO_BENCH, os.open(os.devnull, os.O_RDONLY), answer[0], time.monotonic() + 9))
    worker._hand_out()
    assert NO_PROCESS.encode() in answer[1].recv(1000)
    assert not worker._children
    for one in (*calls, *answer):
        one.close()


def test_site_without_fonts_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tmp_path / "none.conf"
    rules.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>'
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(rules))
    workshop = render.Workshop()
    with pytest.raises(DeckError, match="no font is installed"):
        workshop.ask(Job("agenda", sample_call(), sample_setting(), NOWHERE))
    workshop.close()
