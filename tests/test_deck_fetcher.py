"""A deck loads our own pictures and nothing else: no other file, no network, whatever a text asks for."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from weasyprint import HTML

from communitycalls.deck.fetcher import OwnPictures, RefusedError, shelves
from communitycalls.deck.pdf import warm
from communitycalls.deck.setting import Places
from communitycalls.deck.theme import STATIC
from tests import pdf
from tests.deck_sample import sample_call, sample_setting

SITE = "https://calls.example.org"


@pytest.fixture
def media(tmp_path: Path) -> Path:
    (tmp_path / "images").mkdir()
    Image.new("RGB", (80, 45), "teal").save(tmp_path / "images" / "a.jpg")
    Image.new("RGB", (80, 45), "teal").save(tmp_path / "images" / "cover.png")
    (tmp_path / "images" / "false.png").write_text("no picture")
    (tmp_path / "images" / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "decks").mkdir()
    Image.new("RGB", (80, 45), "teal").save(tmp_path / "decks" / "draft.jpg")
    (tmp_path / "secret.jpg").symlink_to("/etc/passwd")
    (tmp_path / "images" / "link.jpg").symlink_to("/etc/passwd")
    return tmp_path


@pytest.fixture
def fetcher(media: Path, monkeypatch: pytest.MonkeyPatch) -> OwnPictures:
    def refuse(*args: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return OwnPictures(shelves([SITE], "/media/", media, "/static/", STATIC))


def test_uploaded_images_and_static_drawings_are_served(fetcher: OwnPictures) -> None:
    assert fetcher.fetch(f"{SITE}/media/images/a.jpg").read().startswith(b"\xff\xd8")
    assert b"<svg" in fetcher.fetch(f"{SITE}/static/img/deck/waves.svg").read()
    assert b"<svg" in fetcher.fetch(f"{SITE}/media/images/drawing.svg").read()


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/hostname",
        "file://localhost/etc/passwd",
        "/etc/passwd",
        "http://127.0.0.1/x.png",
        "http://2130706433/x.png",
        "https://elsewhere.example/x.png",
        "ftp://elsewhere.example/x.png",
        "data:image/svg+xml,<svg/>",
        "data:text/plain,hello",
        f"{SITE}/media/secret.jpg",
        f"{SITE}/media/decks/draft.jpg",
        f"{SITE}/media/images/../decks/draft.jpg",
        f"{SITE}/media/images/%2e%2e/decks/draft.jpg",
        f"{SITE}/media/images/..%2fdecks%2fdraft.jpg",
        f"{SITE}/media/images//etc/passwd",
        f"{SITE}/media/images/link.jpg",
        f"{SITE}/media/images/false.png",
        f"{SITE}/media/images/none.png",
        f"{SITE}/media/images/",
        f"{SITE}/static/css/deck.css",
        f"{SITE}/static/../manage.py",
        f"{SITE}.evil.example/media/images/a.jpg",
        f"{SITE}@evil.example/media/images/a.jpg",
    ],
)
def test_anything_else_is_refused_and_noted(fetcher: OwnPictures, url: str) -> None:
    with pytest.raises(RefusedError):
        fetcher.fetch(url)
    assert list(fetcher.refused) == [url]


def test_picture_of_too_many_pixels_is_refused_before_it_is_decoded(fetcher: OwnPictures, media: Path) -> None:
    Image.new("1", (9000, 9000)).save(media / "images" / "huge.png")
    with pytest.raises(RefusedError, match="9000 by 9000 pixels, more than 40 million"):
        fetcher.fetch(f"{SITE}/media/images/huge.png")


@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/passwd">',
        '<link rel=attachment href="file:///etc/passwd">',
        '<a rel=attachment href="file:///etc/passwd">x</a>',
        '<object data="http://127.0.0.1/x"></object>',
        '<embed src="file:///etc/passwd">',
        '<style>@import "http://127.0.0.1/x.css"; p{background:url(file:///etc/passwd)}</style><p>x</p>',
        "<style>@font-face{font-family:x;src:url(file:///etc/passwd)} p{font-family:x}</style><p>x</p>",
        '<p style="content:url(http://127.0.0.1/)">x</p>',
        '<base href="file:///etc/"><img src="passwd">',
    ],
)
def test_even_hostile_html_reaches_nothing(fetcher: OwnPictures, html: str) -> None:
    data = HTML(string=html, url_fetcher=fetcher, base_url=SITE).write_pdf()
    assert b"root:" not in data
    assert b"EmbeddedFile" not in data
    assert all(not url.startswith(SITE) for url in fetcher.refused)


def test_own_picture_is_drawn_with_its_words_and_a_foreign_one_is_named(media: Path) -> None:
    notes = "![A harbour](/media/images/a.jpg)\n\n---\n\n![Elsewhere](https://elsewhere.example/x.png)"
    drawing = pdf.draw(pdf.with_notes(sample_call(), notes), sample_setting(), places=Places(media))
    assert b"/Subtype /Image" in drawing.pdf
    assert "Elsewhere https://elsewhere.example/x.png" in " ".join(pdf.text_of(drawing)[4].split())
    assert [remark.text for remark in drawing.remarks] == [
        "“Topic”: The picture https://elsewhere.example/x.png is not on this site: only its words are shown. Upload it."
    ]


def test_picture_that_is_gone_is_told(media: Path) -> None:
    notes = "# Lost\n\n![Lost](/media/images/none.png)"
    drawing = pdf.draw(pdf.with_notes(sample_call(), notes), sample_setting(), places=Places(media))
    assert [(remark.slide, remark.text) for remark in drawing.remarks] == [
        (4, "The picture /media/images/none.png is not shown: there is no such picture on this site.")
    ]


def test_community_s_pictures_lie_behind_cover_and_sections(media: Path) -> None:
    setting = replace(sample_setting(), cover="/media/images/cover.png", pictures=("/media/images/a.jpg",))
    plain = pdf.draw(pdf.with_notes(sample_call(), "x"), sample_setting(), places=Places(media))
    drawing = pdf.draw(pdf.with_notes(sample_call(), "x"), setting, places=Places(media))
    assert drawing.pages == plain.pages
    assert drawing.pdf.count(b"/Subtype /Image") == plain.pdf.count(b"/Subtype /Image") + 2


def test_warming_up_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def note(*names: object, **more: object) -> list[object]:
        asked.append(names)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", note)
    warm()
    assert asked == []
