"""The slides in the browser and the presenter's window: who sees what, and where the windows in step are sent."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from html5lib import parse

from communitycalls.deck import faces
from communitycalls.deck.browser import BrowserSlide
from communitycalls.desk.presenting import stops
from communitycalls.models import Presentation, Site
from tests.desk_pages import NS, at
from tests.make import make_call, make_item, make_question
from tests.slide_windows import address_of, move, position

pytestmark = pytest.mark.django_db

SECRET = "Zanzibar"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def frames_in(page: str) -> list[Any]:
    return [one for one in parse(page).iter(f"{NS}div") if "frame" in one.get("class", "").split()]


def test_slides_are_text_each_at_its_own_address(client: Client) -> None:
    call = make_call(status="announced")
    make_item(call, "Harbour news", slide_notes="## Ships\n\n- one [link](https://example.org/)\n\n---\n\n## Boats")
    response = client.get(address_of(call))
    page = response.content.decode()
    frames = frames_in(page)
    assert [frame.get("id") for frame in frames] == [f"slide-{n}" for n in range(1, 7)]
    names = [frame.get("aria-label").partition(": ")[2] for frame in frames]
    assert names == ["Community call, May 2021", "Agenda", "Harbour news", "Ships", "Boats", "Thank you!"]
    assert "4 / 6" in page
    assert 'href="#item-1"' in page
    assert 'id="item-1"' in page
    assert " style=" not in page
    assert "<style" not in page
    assert response["Cache-Control"] == "no-cache"
    assert client.get(address_of(call), headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_sheet_is_kept_for_ever_at_the_address_that_names_its_version(client: Client) -> None:
    call = make_call()
    page = parse(client.get(address_of(call)).content.decode())
    links = [str(link.get("href")) for link in page.iter(f"{NS}link")]
    sheet = next(link for link in links if "deck.css" in link)
    assert client.get(sheet)["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(address_of(call, "deck_css"))["Cache-Control"] == "no-cache"
    Site.objects.update_or_create(pk=1, defaults={"deck_theme": "midnight"})
    assert client.get(sheet)["Cache-Control"] == "no-cache"
    assert sheet not in client.get(address_of(call)).content.decode()


def test_fonts_are_those_of_this_machine_and_no_other_files(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        "Inter|180|0|False|/fonts/Inter-SemiBold.otf",
        "Inter|80|100|False|/fonts/Inter-Italic.otf",
        "Inter|[80 200]|0|True|/fonts/Inter.ttf",
        "Inter|80|0|False|/fonts/Inter.ttc",
        "Lato|80|0|False|/fonts/Lato.ttf",
        "no font",
    ]
    found = faces.read(lines)
    assert [face.name for face in found] == ["inter-600.otf", "inter-400-italic.otf", "lato-400.ttf"]
    font = Path(settings.MEDIA_ROOT).parent / "Inter-SemiBold.otf"
    font.write_bytes(b"OTTO")
    monkeypatch.setattr(faces, "installed", lambda: (replace(found[0], path=font), *found[1:]))
    rules = client.get(address_of(make_call(), "deck_fonts_css")).content.decode()
    assert "Lato" not in rules
    assert 'font-weight: 600; font-style: normal; font-display: swap; src: url("/fonts/inter-600.otf")' in rules
    response = client.get("/fonts/inter-600.otf")
    assert response.getvalue() == b"OTTO"
    assert response["Content-Type"] == "font/otf"
    for other in ("inter-500.otf", "..%2Finter-600.otf", "Inter-SemiBold.otf"):
        assert client.get(f"/fonts/{other}").status_code == 404


def test_of_a_draft_there_is_nothing_but_for_editors(client: Client, editor: Client) -> None:
    call = make_call(status="draft", title=f"{SECRET} call")
    make_item(call, SECRET)
    move(editor, call, 2, 2)
    for name in ("slides", "deck_css", "deck_fonts_css", "deck_pictures_css", "position_json"):
        hidden, never = client.get(address_of(call, name)), client.get(address_of(call, name).replace("2021", "1999"))
        assert hidden.status_code == never.status_code == 404
        assert hidden.content.replace(b"2021-05-11", b"1999-05-11") == never.content
        seen = editor.get(address_of(call, name))
        assert (seen.status_code, seen["Cache-Control"][:7]) == (200, "private")
    assert position(editor, call)["slide"] == 2
    assert editor.get(address_of(call))["Cache-Control"] == "private, no-store"


def test_unfinished_minutes_are_on_no_slide_of_the_public(client: Client, editor: Client) -> None:
    call = make_call(status="live")
    make_item(call, "News", private_notes=SECRET, slide_notes="- public")
    make_question(call, "A veiled question?", {"Thilo": "A veiled answer."})
    assert "veiled" not in (public := client.get(address_of(call)).content.decode())
    assert SECRET not in public
    whole = editor.get(address_of(call)).content.decode()
    assert "A veiled question?" in whole
    assert SECRET not in whole
    presenter = editor.get(at("presenter", call)).content.decode()
    assert SECRET in presenter
    assert [frame.get("data-public") for frame in frames_in(presenter)] == ["1", "2", "3", "4", "4", "5"]


@pytest.mark.parametrize("slide", ["0", "-1", "seven", "", "99999999999"])
def test_slide_that_is_none_is_refused_with_a_sentence(editor: Client, slide: str) -> None:
    call = make_call()
    answer = move(editor, call, slide)
    assert answer.status_code == 422
    assert f"“{slide}” is no slide." in answer.json()["error"]
    assert not Presentation.objects.exists()


def test_only_editors_move_windows(client: Client, user_client: Client) -> None:
    call = make_call()
    assert move(client, call, 2).status_code == 302
    assert move(user_client, call, 2).status_code == 404
    assert not Presentation.objects.exists()


def test_visitors_windows_stay_where_there_is_no_such_slide_for_them() -> None:
    def slides(marks: str) -> list[BrowserSlide]:
        return [BrowserSlide(number, mark, None, mark, "") for number, mark in enumerate(marks, 1)]

    assert [stop.public for stop in stops(slides("abXcYd"), slides("abcd"))] == [1, 2, 2, 3, 3, 4]
    assert [stop.public for stop in stops(slides("Abab"), slides("abab"))] == [1, 2, 3, 4]


def test_slides_that_cannot_be_made_are_a_sentence_everywhere(client: Client, editor: Client) -> None:
    call = make_call()
    make_item(call, "Endless", slide_notes="a\n\n---\n\n" * 300)
    for who, url in ((client, address_of(call)), (editor, at("presenter", call)), (editor, at("slides", call))):
        response = who.get(url)
        assert response.status_code == 422
        assert "a deck can have 200" in response.content.decode()
    assert client.get(address_of(call, "deck_pictures_css")).status_code == 404


def test_desk_tells_beside_each_slide_what_was_done_to_it(editor: Client) -> None:
    call = make_call(status="draft")
    make_item(call, "Harbour", slide_notes="## Ships\n\n" + "- a ship with a long name\n" * 40)
    page = editor.get(at("slides", call)).content.decode()
    assert "It holds more than fits: continued on" in page
    assert "“Ships”" not in page
    assert f'href="{at("item", call, 1)}#item-1"' in page


@pytest.mark.parametrize("size", [1, 3])
def test_queries_do_not_grow_with_slides(
    client: Client, editor: Client, django_assert_num_queries: Callable[[int], Any], size: int
) -> None:
    call = make_call()
    for number in range(size):
        make_item(call, f"Item {number}")
        make_question(call, f"Question {number}?", {"Kai": "Yes."})
    move(editor, call, 2)
    for who, url, count in (
        (client, address_of(call), 21),
        (client, address_of(call, "position_json"), 3),
        (editor, at("presenter", call), 28),
    ):
        with django_assert_num_queries(count):
            assert who.get(url).status_code == 200
