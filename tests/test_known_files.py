"""A file that is there already is found with one query, and is the one that the long way leads to."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from communitycalls import versions
from communitycalls.access import may_join, sees_minutes
from communitycalls.deck.outcome import Drawing
from communitycalls.deck.render import WORKSHOP
from communitycalls.models import Call
from communitycalls.views import slides
from tests.make import make_call, make_entry

pytestmark = pytest.mark.django_db
SOON = timezone.now() + dt.timedelta(hours=2)
STATES: list[tuple[str, dict[str, Any]]] = [
    ("announced", {}),
    ("announced", {"start": SOON}),
    ("live", {}),
    ("held", {}),
    ("held", {"minutes_introduction": "Said."}),
    ("final", {}),
    ("cancelled", {"cancelled_reason": "A storm."}),
]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(WORKSHOP, "ask", lambda job: Drawing(b"%PDF-1.7 " + repr(job).encode(), 1))


def seen(call: Call) -> tuple[bool, bool] | None:
    public = versions.public(call.series.slug, call.date, call.ordinal)
    return (public.sees_minutes, public.may_join) if public else None


@pytest.mark.parametrize(("status", "fields"), STATES)
def test_what_the_public_may_see_is_told_as_elsewhere(status: str, fields: dict[str, Any]) -> None:
    call = make_call(status=status, **fields)
    assert seen(call) == (sees_minutes(AnonymousUser(), call), may_join(call, timezone.now()))
    make_entry(call, "A note.")
    assert seen(call) == (sees_minutes(AnonymousUser(), call), may_join(call, timezone.now()))


def test_draft_is_not_known_to_anybody() -> None:
    assert seen(make_call(status="draft")) is None


@pytest.mark.parametrize(("status", "fields"), STATES)
def test_second_reader_gets_the_same_file_with_one_query(
    client: Client,
    status: str,
    fields: dict[str, Any],
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call = make_call(status=status, **fields)
    address = f"/calls/community-call/{call.address}/slides.pdf"
    with monkeypatch.context() as patched:
        patched.setattr(slides, "_known", lambda *told: None)
        long_way = [client.get(address), client.get(address)][1]
    with django_assert_num_queries(1):
        short_way = client.get(address)
    assert short_way.content == long_way.content
    assert dict(short_way.headers) == dict(long_way.headers)


def test_file_of_a_held_call_is_another_once_something_is_recorded(client: Client) -> None:
    call = make_call(status="held")
    before = client.get("/calls/community-call/2021-05-11/slides.pdf")
    make_entry(call, "A note that is not public yet.")
    after = client.get("/calls/community-call/2021-05-11/slides.pdf")
    assert b"not public yet" not in after.content
    assert before.headers["ETag"] != after.headers["ETag"]


@pytest.mark.parametrize("status", ["held", "announced"])
def test_minutes_that_are_not_final_are_not_found_the_short_way(client: Client, status: str) -> None:
    call = make_call(status=status)
    make_entry(call, "A note that is not public yet.")
    assert client.get("/calls/community-call/2021-05-11/minutes.pdf").status_code == 404
