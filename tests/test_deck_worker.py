"""The worker outlives every job, and every failure is a sentence."""

import datetime as dt
import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from communitycalls.deck.bounds import BUSY, TOO_DEEP, TOO_LARGE, TOO_LONG, UNKNOWN, Limits
from communitycalls.deck.child import draw_alone
from communitycalls.deck.outcome import DeckError, Drawing, read_answer
from communitycalls.deck.progress import Note
from communitycalls.deck.render import Workshop
from communitycalls.deck.worker import NO_BENCH, Call, Child, Worker
from communitycalls.document.values import CallDocument
from tests import deck_jobs


@pytest.fixture(scope="module")
def shop() -> Iterator[Workshop]:
    workshop = Workshop(cpu_seconds=2, wall_seconds=4)
    yield workshop
    workshop.close()


@pytest.mark.parametrize(
    ("job", "sentence"),
    [
        (deck_jobs.Endless(), TOO_LONG),
        (deck_jobs.Asleep(), TOO_LONG),
        (deck_jobs.Greedy(), TOO_LARGE),
        (deck_jobs.Deep(), TOO_DEEP),
        (deck_jobs.Crash(), TOO_LARGE),
        (deck_jobs.Broken(), UNKNOWN),
        (deck_jobs.Refusing(), "“disco” is no theme."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_job_that_fails_gives_a_sentence_and_the_worker_lives_on(shop: Workshop, job: Any, sentence: str) -> None:
    with pytest.raises(DeckError) as caught:
        shop.ask(job)
    assert str(caught.value) == sentence
    assert shop.ask(deck_jobs.Telling()).remarks[0].text == "told"


def test_worker_knows_neither_secrets_nor_a_database(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    shop.close()
    told = shop.ask(deck_jobs.Telling()).pdf.decode().split("\n")
    assert "PATH" in told
    assert not {"SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "EMAIL_URL"} & set(told)
    assert "engine=" in told or "engine=django.db.backends.dummy" in told


def test_worker_that_died_is_replaced(shop: Workshop) -> None:
    shop.ask(deck_jobs.Telling())
    first = shop._worker
    assert first is not None
    first.kill()
    first.wait()
    assert shop.ask(deck_jobs.Telling()).pages
    assert shop._worker is not first


def test_jobs_of_several_threads_get_their_own_answers(shop: Workshop) -> None:
    answers: list[Drawing | str] = []

    def ask(job: Any) -> None:
        try:
            answers.append(shop.ask(job))
        except DeckError as error:
            answers.append(str(error))

    jobs = (deck_jobs.Telling(), deck_jobs.Refusing(), deck_jobs.Telling(), deck_jobs.Broken())
    threads = [threading.Thread(target=ask, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(answer, Drawing) for answer in answers) == 2
    assert {answer for answer in answers if isinstance(answer, str)} == {"“disco” is no theme.", UNKNOWN}


def of_call(day: int, **options: Any) -> deck_jobs.OfCall:
    start = dt.datetime(2021, 5, day, 15, tzinfo=dt.UTC)
    call = CallDocument("community-call", start.date(), "A call", start)
    return deck_jobs.OfCall(call, **options)


def test_jobs_of_one_call_share_a_process_and_those_of_another_do_not(shop: Workshop) -> None:
    first, second, other = shop.ask(of_call(1)), shop.ask(of_call(1)), shop.ask(of_call(2))
    assert (first.pages, second.pages, other.pages) == (1, 2, 1)
    assert first.pdf == second.pdf != other.pdf


def test_process_that_broke_does_no_other_job(shop: Workshop) -> None:
    shop.ask(of_call(3))
    with pytest.raises(DeckError, match="It could not be drawn"):
        shop.ask(of_call(3, breaks=True))
    assert shop.ask(of_call(3)).pages == 1


def test_process_that_is_killed_with_a_job_unread_does_not_end_the_worker() -> None:
    calls, channel, answer = socket.socketpair(), socket.socketpair(), socket.socketpair()
    child = subprocess.Popen(["sleep", "60"])
    worker = Worker(calls[0], Limits())
    call = Call(NO_BENCH, os.open(os.devnull, os.O_RDONLY), answer[0], 0)
    worker._children = [found := Child(child.pid, channel[0], NO_BENCH, Note(), call)]
    channel[0].send(b"j")
    channel[1].close()
    child.kill()
    worker._hear(found)
    assert worker._children == []
    assert TOO_LONG.encode() in answer[1].recv(1000)


def test_slow_job_holds_up_its_own_call_alone_and_who_waits_too_long_is_told() -> None:
    workshop = Workshop(cpu_seconds=2, wall_seconds=9, queue_seconds=1)
    said: list[str] = []

    def ask() -> None:
        try:
            workshop.ask(of_call(1, seconds=4))
        except DeckError as error:
            said.append(str(error) if not error.is_lasting else "lasting")

    workshop.ask(of_call(2))
    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert workshop.ask(of_call(2)).pages == 2
    assert any(thread.is_alive() for thread in threads)
    for thread in threads:
        thread.join()
    workshop.close()
    assert said == [BUSY]


def test_command_draws_in_a_child_of_its_own_within_the_same_limits() -> None:
    limits = Limits(cpu=1, wall=2)
    assert read_answer(draw_alone(deck_jobs.Telling(), limits)).remarks[0].text == "told"
    told = read_answer(draw_alone(deck_jobs.Telling(), limits)).pdf.decode().split("\n")
    assert not {"SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "EMAIL_URL"} & set(told)
    for job, sentence in (
        (deck_jobs.Endless(), TOO_LONG),
        (deck_jobs.Asleep(), TOO_LONG),
        (deck_jobs.Greedy(), TOO_LARGE),
    ):
        with pytest.raises(DeckError) as caught:
            read_answer(draw_alone(job, limits))
        assert str(caught.value) == sentence
