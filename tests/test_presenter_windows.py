"""What windows with slides are told: where the presenter is, who presents, and that the slides changed."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from html5lib import parse

from communitycalls.models import Call, Presentation, Site
from tests.desk_pages import NS, at
from tests.make import make_call, make_editor, make_entry, make_item, make_question
from tests.slide_windows import address_of, move, position

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def other(db: None) -> Client:
    """A second editor."""
    client = Client()
    client.force_login(make_editor("emil"))
    return client


def told(client: Client, call: Call) -> dict[str, Any]:
    """Where a window is told to be, without the versions of decks."""
    return {name: value for name, value in position(client, call).items() if name not in ("deck", "shown")}


def body_of(client: Client, url: str) -> Any:
    return next(parse(client.get(url).content.decode()).iter(f"{NS}body"))


def later(minutes: int) -> Any:
    return time_machine.travel(timezone.now() + dt.timedelta(minutes=minutes), tick=False)


def test_windows_are_told_where_the_presenter_is(client: Client, editor: Client) -> None:
    call = make_call(status="live")
    assert told(client, call) == {"presenting": False}
    with time_machine.travel("2021-05-11T15:32:00Z", tick=False):
        answer = move(editor, call, 7, 5, window="w1").json()
        assert answer["slide"] == position(editor, call)["slide"] == 7
        assert (answer["window"], answer["by"], answer["since"]) == ("w1", "edith", "17:32 CEST")
        assert told(client, call) == {"presenting": True, "slide": 5, "black": False, "step": 1}
        first = client.get(address_of(call, "position_json"))
        unchanged = {"If-None-Match": first["ETag"]}
        assert client.get(address_of(call, "position_json"), headers=unchanged).status_code == 304
        move(editor, call, 8, 6, black="on", window="w1")
        assert client.get(address_of(call, "position_json"), headers=unchanged).status_code == 200
        assert told(client, call) == {"presenting": True, "slide": 6, "black": True, "step": 2}
        move(editor, call, 8, 6, on="", window="w1")
        assert told(client, call) == {"presenting": False}


def test_a_second_presenter_is_told_of_the_first_and_may_take_over(editor: Client, other: Client) -> None:
    call = make_call(status="live")
    with time_machine.travel("2021-05-11T15:32:00Z", tick=False):
        move(editor, call, 4, window="first")
        body = body_of(other, at("presenter", call))
        assert (body.get("data-by"), body.get("data-since")) == ("edith", "17:32 CEST")
        for end in ("on", ""):
            refused = move(other, call, 1, on=end, window="second")
            assert refused.status_code == 409
            assert (refused.json()["by"], refused.json()["slide"]) == ("edith", 4)
        taken = move(other, call, 1, act="take", window="second")
    assert taken.status_code == 200
    assert (taken.json()["slide"], taken.json()["by"], taken.json()["window"]) == (4, "emil", "second")
    assert Presentation.objects.get().slide == 4


def test_the_first_presenter_is_told_and_windows_follow_the_second(
    client: Client, editor: Client, other: Client
) -> None:
    call = make_call(status="live")
    move(editor, call, 4, 4, window="first")
    move(other, call, 1, act="take", window="second")
    move(other, call, 6, 5, window="second")
    for answer in (move(editor, call, 9, 9, window="first"), move(editor, call, 4, act="still", window="first")):
        assert answer.status_code == 409
        assert answer.json()["by"] == "emil"
    assert told(client, call)["slide"] == 5
    assert position(editor, call)["window"] == "second"


def test_a_closed_window_keeps_nobody_from_presenting(client: Client, editor: Client, other: Client) -> None:
    call = make_call(status="live")
    move(editor, call, 4, window="first")
    with later(4):
        assert told(client, call) == {"presenting": False}
        assert move(other, call, 2, window="second").status_code == 200


def test_a_window_that_is_open_still_presents_until_it_is_left_alone(client: Client, editor: Client) -> None:
    call = make_call(status="live")
    move(editor, call, 3, window="first")
    for minutes in range(2, 190, 2):
        Presentation.objects.update(seen_at=timezone.now() + dt.timedelta(minutes=minutes))
    with later(179):
        assert move(editor, call, 1, act="still", window="first").json()["step"] == 1
        assert told(client, call)["slide"] == 1
    with later(181):
        assert move(editor, call, 1, act="still", window="first").json()["presenting"] is False


@pytest.mark.parametrize("wrong", [{"window": "a b"}, {"window": "w" * 41}, {"deck": "<b>"}, {"act": "steal"}])
def test_what_no_window_of_ours_sends_is_refused(editor: Client, wrong: dict[str, str]) -> None:
    call = make_call()
    assert move(editor, call, 1, **wrong).status_code == 422
    assert not Presentation.objects.exists()


def test_windows_are_told_that_the_slides_changed(client: Client, editor: Client) -> None:
    call = make_call(status="announced")
    item = make_item(call, "News", slide_notes="- one")
    page = body_of(client, address_of(call)).get("data-version")
    assert page == position(client, call)["deck"]
    item.slide_notes = "- two"
    item.save()
    Call.objects.filter(pk=call.pk).update(version=2)
    assert page != position(client, call)["deck"] == body_of(client, address_of(call)).get("data-version")
    before = position(client, call)["deck"]
    Site.objects.update_or_create(pk=1, defaults={"deck_theme": "midnight"})
    assert position(client, call)["deck"] != before


def test_presenters_window_says_which_slides_it_shows(client: Client, editor: Client) -> None:
    call = make_call(status="live")
    make_question(call, "A veiled question?")
    body = body_of(editor, at("presenter", call))
    versions = {"deck": body.get("data-version"), "public_deck": body.get("data-public-version")}
    assert versions["deck"] != versions["public_deck"]
    move(editor, call, 1, **versions)
    for who, name in ((client, "public_deck"), (editor, "deck")):
        assert position(who, call)["deck"] == position(who, call)["shown"] == versions[name]


def test_what_visitors_may_not_see_changes_no_version_of_theirs(client: Client, editor: Client) -> None:
    draft = make_call("2021-06-08", status="draft")
    call = make_call(status="live")
    public, whole = position(client, call)["deck"], position(editor, call)["deck"]
    make_item(draft, "A secret plan")
    Call.objects.filter(pk=draft.pk).update(version=5, title="Zanzibar")
    make_question(call, "A veiled question?")
    make_entry(call, "A veiled note.")
    item = make_item(call, "News")
    Call.objects.filter(pk=call.pk).update(version=2)
    with_item = position(client, call)["deck"]
    assert with_item != public
    assert position(editor, call)["deck"] != whole
    item.private_notes = "Ask Kai."
    item.save()
    make_question(call, "Another veiled question?")
    Call.objects.filter(pk=call.pk).update(version=3)
    assert position(client, call)["deck"] == with_item


def test_minutes_that_are_taken_meanwhile_are_no_news_to_the_presenter(editor: Client) -> None:
    call = make_call(status="live")
    before = position(editor, call)["deck"]
    make_entry(call, "Kai reports.")
    Call.objects.filter(pk=call.pk).update(version=2)
    assert position(editor, call)["deck"] == before


def test_slides_that_cannot_be_made_are_no_news(client: Client) -> None:
    call = make_call()
    make_item(call, "Endless", slide_notes="a\n\n---\n\n" * 300)
    assert position(client, call) == {"presenting": False, "deck": ""}
