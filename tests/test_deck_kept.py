"""A stored deck: served whole, in part or not at all, and drawn anew when anything that it shows has changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from communitycalls.deck.outcome import Drawing
from communitycalls.deck.render import WORKSHOP
from communitycalls.models import Call, Channel, Contact, Person, Site
from tests.make import make_call, make_entry, make_item, make_matrix, make_person

pytestmark = pytest.mark.django_db
PDF = b"%PDF-" + bytes(range(256)) * 4
ADDRESS = "/calls/community-call/2021-05-11/slides.pdf"


@pytest.fixture(autouse=True)
def drawn(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The jobs that were drawn, none of them in earnest."""
    settings.DATA_DIR = tmp_path
    jobs: list[Any] = []

    def ask(job: Any) -> Drawing:
        jobs.append(job)
        return Drawing(PDF, 1)

    monkeypatch.setattr(WORKSHOP, "ask", ask)
    return jobs


@pytest.mark.parametrize("status", ["final", "announced", "held", "cancelled"])
def test_unchanged_deck_costs_one_query_and_no_drawing(
    client: Client, drawn: list[Any], django_assert_num_queries: Callable[[int], Any], status: str
) -> None:
    make_call(status=status, cancelled_reason="Storm" if status == "cancelled" else "")
    first = client.get(ADDRESS)
    with django_assert_num_queries(1):
        again = client.get(ADDRESS)
    assert again.headers["Vary"] == first.headers["Vary"] == "Cookie"
    assert again.content == first.content == PDF
    assert again.headers["ETag"] == first.headers["ETag"]
    assert len(drawn) == 1


def test_reader_who_has_it_gets_nothing(client: Client) -> None:
    make_call()
    mark = client.get(ADDRESS).headers["ETag"]
    for known in (mark, f'"other", {mark}', f"W/{mark}", "*"):
        response = client.get(ADDRESS, headers={"If-None-Match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == mark
        assert response.headers["Cache-Control"] == "no-cache"
    assert client.get(ADDRESS, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_tells_the_size_and_sends_nothing(client: Client) -> None:
    make_call()
    response = client.head(ADDRESS, headers={"Range": "bytes=0-9"})
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Length"] == str(len(PDF))
    assert response.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=100-", 100, len(PDF) - 1),
        ("bytes=-5", len(PDF) - 5, len(PDF) - 1),
        ("bytes=1000-99999", 1000, len(PDF) - 1),
        ("bytes=-99999", 0, len(PDF) - 1),
    ],
)
def test_part_is_sent_where_one_is_asked_for(client: Client, asked: str, first: int, last: int) -> None:
    make_call()
    response = client.get(ADDRESS, headers={"Range": asked})
    assert response.status_code == 206
    assert response.content == PDF[first : last + 1]
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/{len(PDF)}"
    assert response.headers["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=0-1,4-5", "bytes=-", "bytes=a-b", "lines=1-2", "bytes"])
def test_range_that_is_not_understood_is_no_range(client: Client, asked: str) -> None:
    make_call()
    response = client.get(ADDRESS, headers={"Range": asked})
    assert (response.status_code, response.content) == (200, PDF)


@pytest.mark.parametrize("asked", ["bytes=99999-", "bytes=99999-100000", "bytes=-0"])
def test_range_beyond_the_end_is_told(client: Client, asked: str) -> None:
    make_call()
    response = client.get(ADDRESS, headers={"Range": asked})
    assert (response.status_code, response.content) == (416, b"")
    assert response.headers["Content-Range"] == f"bytes */{len(PDF)}"


def test_part_of_an_older_file_is_not_sent(client: Client) -> None:
    make_call()
    mark = client.get(ADDRESS).headers["ETag"]
    part = {"Range": "bytes=0-9"}
    assert client.get(ADDRESS, headers={**part, "If-Range": mark}).status_code == 206
    assert client.get(ADDRESS, headers={**part, "If-Range": '"older"'}).content == PDF


def test_large_file_is_sent_as_a_stream(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communitycalls.views.stored.IN_ONE_PIECE", 100)
    make_call()
    response = client.get(ADDRESS)
    assert response.streaming
    assert b"".join(response) == PDF
    assert response.headers["Content-Length"] == str(len(PDF))
    assert response.headers["Content-Type"] == "application/pdf"


def rename_site(call: Call) -> None:
    Site.objects.update_or_create(pk=1, defaults={"name": "Another harbour"})


def add_contact(call: Call) -> None:
    Contact.objects.create(label="Chat", text="#harbour")


def rename_person(call: Call) -> None:
    person = Person.objects.get()
    person.name = "Ada King"
    person.save()


def announce_next(call: Call) -> None:
    make_call(series=call.series, date="2021-06-08", status="announced")


def rename_series(call: Call) -> None:
    call.series.name = "Harbour call"
    call.series.save()


def make_the_matrix(call: Call) -> None:
    make_matrix()


@pytest.mark.parametrize(
    "change",
    [rename_site, add_contact, rename_person, announce_next, rename_series, make_the_matrix, Call.raise_version],
)
def test_whatever_a_deck_shows_makes_it_ask_anew(
    client: Client, change: Callable[[Call], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    call = make_call()
    make_item(call, "News").presenter_rows.create(person=make_person("Ada"), position=1)
    client.get(ADDRESS)
    read: list[str] = []
    monkeypatch.setattr("communitycalls.deck.sources.read_call", _counting(read))
    client.get(ADDRESS)
    assert read == []
    change(call)
    client.get(ADDRESS)
    assert read == ["read"]


def _counting(read: list[str]) -> Callable[..., Any]:
    from communitycalls.exporter import read_call  # noqa: PLC0415 -- the real one, before it is replaced

    def counted(call: Call, *, whole: bool) -> Any:
        read.append("read")
        return read_call(call, whole=whole)

    return counted


def test_new_people_and_channels_are_in_no_deck_yet(
    client: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    make_call()
    client.get(ADDRESS)
    Person.objects.create(name="Grace", slug="grace")
    Channel.objects.create(name="Nightly", slug="nightly")
    with django_assert_num_queries(1):
        client.get(ADDRESS)


def test_editors_and_readers_never_share_a_mark_or_a_file_of_a_call_that_hides_something(
    client: Client, editor: Client, drawn: list[Any]
) -> None:
    call = make_call(status="held")
    make_entry(call, "A secret decision.")
    public, desk = client.get(ADDRESS), editor.get(ADDRESS)
    assert public.headers["ETag"] != desk.headers["ETag"]
    assert len(drawn) == 2
    assert desk.headers["Cache-Control"] == "private, no-store"
    stolen = client.get(ADDRESS, headers={"If-None-Match": desk.headers["ETag"]})
    assert stolen.status_code == 200
    assert "secret" not in repr(drawn[0])


def test_call_that_went_back_to_draft_is_gone_whatever_mark_one_has(client: Client) -> None:
    call = make_call()
    mark = client.get(ADDRESS).headers["ETag"]
    Call.objects.filter(pk=call.pk).update(status="draft")
    assert client.get(ADDRESS, headers={"If-None-Match": mark}).status_code == 404
