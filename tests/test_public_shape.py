"""Every public page has one heading, landmarks, a title of its own, and nothing inline."""

import itertools
import re

import pytest
import time_machine
from django.test import Client

from tests.filled import ADDRESSES, NOW, fill
from tests.reading import Part, read

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PROBLEMS = ("/nowhere/", "/interop/matrix-1/?level=nothing")


@pytest.fixture(autouse=True)
def _site() -> None:
    with time_machine.travel(NOW, tick=False):
        fill(2)


def pages(client: Client) -> dict[str, Part]:
    with time_machine.travel(NOW, tick=False):
        found = {path: read(client, path) for path in ADDRESSES}
        return found | {path: read(client, path, 400 if "?" in path else 404) for path in PROBLEMS}


def test_titles_are_unique(client: Client) -> None:
    titles = [page.one("title").text for page in pages(client).values()]
    assert len(set(titles)) == len(titles)


def test_one_first_heading_and_no_level_left_out(client: Client) -> None:
    for path, page in pages(client).items():
        levels = [int(one.tag[1]) for one in page.element.iter() if re.fullmatch("h[1-6]", str(one.tag))]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (path, levels)


def test_landmarks_and_skip_link_are_there(client: Client) -> None:
    for path, page in pages(client).items():
        assert page.element.get("lang") == "en", path
        assert [len(page.all(tag)) for tag in ("main", "footer")] == [1, 1], path
        assert page.one("a", "skip").get("href") == "#main", path
        names = [one.get("aria-label") or one.get("aria-labelledby") for one in page.all("nav")]
        assert all(names), path
        assert len(set(names)) == len(names), path


def test_ids_are_unique_and_every_reference_has_its_target(client: Client) -> None:
    for path, page in pages(client).items():
        ids = [one.get("id") for one in page.element.iter() if one.get("id")]
        assert len(set(ids)) == len(ids), path
        for name in ("aria-labelledby", "for"):
            targets = {one.get(name) for one in page.element.iter() if one.get(name)}
            assert targets <= set(ids), path
        fragments = {link[1:] for link in page.links if link.startswith("#") and len(link) > 1}
        assert fragments <= set(ids), path


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(client: Client) -> None:
    for path, page in pages(client).items():
        assert not page.all("style"), path
        assert all(one.get("src") and not one.text for one in page.all("script")), path
        for one in page.element.iter():
            assert not [name for name in one.keys() if name == "style" or name.startswith("on")], path  # noqa: SIM118 -- an element's keys are its attributes'
        loaded = [one.get("src") for one in page.all("script") + page.all("img")] + [
            one.get("href") for one in page.all("link")
        ]
        assert all(address.startswith("/static/") for address in loaded), path


def test_times_are_machine_readable(client: Client) -> None:
    for path, page in pages(client).items():
        for one in page.all("time"):
            assert re.fullmatch(
                r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2}))?", one.get("datetime")
            ), path


def test_links_within_the_site_lead_somewhere(client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        links = {
            link.partition("#")[0] for page in pages(client).values() for link in page.links if link.startswith("/")
        }
        for link in sorted(links):
            if not link.endswith(".pdf"):
                assert client.get(link).status_code in (200, 302), link
