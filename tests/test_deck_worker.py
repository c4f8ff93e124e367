"""The worker outlives every job, and every failure is a sentence."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from communitycalls.deck.outcome import DeckError, Drawing
from communitycalls.deck.render import Workshop
from communitycalls.deck.worker import TOO_DEEP, TOO_LARGE, TOO_LONG, UNKNOWN
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


def test_who_waits_too_long_for_others_is_told(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communitycalls.deck.render.QUEUE_SECONDS", 0.05)
    shop._lock.acquire()
    try:
        with pytest.raises(DeckError, match="Other files are being drawn") as caught:
            shop.ask(deck_jobs.Telling())
        assert not caught.value.is_lasting
    finally:
        shop._lock.release()
