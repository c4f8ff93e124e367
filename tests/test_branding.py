"""The community's branding: colours that can be read, pictures that were drawn anew, and where they show."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from communitycalls import branding
from communitycalls.deck import theme
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.sheet import SIZES
from communitycalls.deck.slides import Cover
from communitycalls.deck.sources import setting_of
from communitycalls.document.values import Attendance
from communitycalls.models import SectionPicture, Site
from tests import pdf
from tests.deck_sample import sample_call
from tests.make import make_call, make_person

pytestmark = pytest.mark.django_db
PICTURE = "/media/images/3f2b7a54-0000-4000-8000-123456789abc.jpg"


def upload(name: str = "cover.png") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (64, 36), "teal").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue() + b"<script>")


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_any_accent_can_be_read_on_light_pages_and_on_dark(accent: str) -> None:
    for paper, surface in branding.SURFACES.items():
        tint = branding.readable_on(accent, paper)
        assert theme.contrast(tint, paper) >= theme.READABLE
        assert theme.contrast(tint, surface) >= theme.READABLE
        ink = max(theme.contrast(tint, one) for one in (branding.WHITE, branding.INK))
        assert ink >= theme.READABLE


def test_a_readable_accent_stays_as_it_is_and_another_is_told_of() -> None:
    assert branding.readable_on("#0b6b6b", branding.LIGHT_PAPER) == "#0b6b6b"
    assert "#ffff00 is shown as" in branding.advice("#ffff00")


def test_pages_take_the_accent_from_a_sheet_that_may_be_kept(client: Client) -> None:
    Site.objects.create(pk=1, accent="#8A3378")
    page = client.get("/").content.decode()
    sheet = client.get("/branding/8a3378.css")
    assert 'href="/branding/8a3378.css"' in page
    assert sheet["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in sheet["Cache-Control"]
    assert "--accent:#8a3378;" in sheet.content.decode()


@pytest.mark.parametrize("path", ["8a337.css", "8a3378;}.css", "8A3378.css", "8a33789.css", "red.css"])
def test_a_colour_that_is_none_has_no_sheet(client: Client, path: str) -> None:
    assert client.get(f"/branding/{path}").status_code == 404


def test_without_an_accent_pages_and_decks_have_their_own(client: Client) -> None:
    assert "/branding/" not in client.get("/").content.decode()
    assert theme.theme(setting_of(make_call())).accent == theme.theme(DeckSetting("Ours")).accent


def test_a_maintainer_uploads_pictures_in_the_back_office(maintainer: Client) -> None:
    Site.objects.create(pk=1)
    data = {
        "name": "Harbour OS",
        "accent": "#ffff00",
        "deck_theme": "midnight",
        "paper": "letter",
        "logo": upload("logo.png"),
        "section_pictures-TOTAL_FORMS": "1",
        "section_pictures-INITIAL_FORMS": "0",
        "section_pictures-0-position": "1",
        "section_pictures-0-picture": upload(),
    }
    response = maintainer.post("/admin/communitycalls/site/1/change/", data, follow=True)
    site = Site.load()
    assert "#ffff00 is shown as" in response.content.decode()
    assert site.deck_theme == "midnight"
    assert site.paper == "letter"
    for address in (site.logo, SectionPicture.objects.get().picture):
        stored = Path(default_storage.path(address.removeprefix(settings.MEDIA_URL))).read_bytes()
        assert stored.startswith(b"\x89PNG")
        assert b"<script>" not in stored


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(maintainer: Client) -> None:
    Site.objects.create(pk=1)
    data = {"name": "x", "deck_theme": "harbour", "paper": "a4", "logo": SimpleUploadedFile("logo.png", b"<html>")}
    data |= {"section_pictures-TOTAL_FORMS": "0", "section_pictures-INITIAL_FORMS": "0"}
    page = maintainer.post("/admin/communitycalls/site/1/change/", data).content.decode()
    assert "“logo.png” is a web page" in page
    assert Site.load().logo == ""


def test_a_call_may_have_a_cover_of_its_own(editor: Client) -> None:
    Site.objects.create(pk=1, cover=PICTURE)
    call = make_call()
    address = reverse("desk:cover", args=[call.series.slug, call.address])
    assert setting_of(call).cover == PICTURE
    assert editor.post(address, {"cover": upload()}).status_code == 302
    call.refresh_from_db()
    own = call.cover
    assert own.endswith(".png")
    assert call.version == 2
    assert setting_of(call).cover == own
    assert own in editor.get(address).content.decode()
    editor.post(address, {"cover-clear": "on"})
    call.refresh_from_db()
    assert setting_of(call).cover == PICTURE


def test_a_cover_that_is_no_picture_is_refused_and_nothing_is_lost(editor: Client) -> None:
    call = make_call(cover=PICTURE)
    address = reverse("desk:cover", args=[call.series.slug, call.address])
    response = editor.post(address, {"cover": SimpleUploadedFile("plan.pdf", b"%PDF-1.7")})
    call.refresh_from_db()
    assert response.status_code == 422
    assert "“plan.pdf” is a PDF document" in response.content.decode()
    assert call.cover == PICTURE


def test_only_editors_reach_the_cover_page(client: Client, user_client: Client) -> None:
    call = make_call()
    address = reverse("desk:cover", args=[call.series.slug, call.address])
    assert client.get(address).status_code == 302
    assert user_client.post(address, {"cover": upload()}).status_code == 404
    call.refresh_from_db()
    assert call.cover == ""


def test_a_theme_for_printers_spares_the_pictures() -> None:
    slides = (Cover(title="Call", community="Ours", date=make_call().date),)
    for name, shown in {"harbour": True, "midnight": True, "paper": False}.items():
        setting = DeckSetting("Ours", theme=name, cover=PICTURE)
        assert (PICTURE in theme.pictures_sheet(setting, slides, 1)) is shown


def test_the_communitys_font_stands_before_the_themes_own() -> None:
    assert theme.theme(DeckSetting("Ours", font="Noto Sans")).sans.startswith("Noto Sans, Inter")
    assert theme.theme(DeckSetting("Ours", font='x"; } body {')).sans.startswith("Inter")


def test_every_theme_has_a_choice_and_a_sheet() -> None:
    assert sorted(Site.Theme.values) == theme.names()


def test_every_size_of_paper_can_be_the_usual_one() -> None:
    assert dict(Site.Paper.choices) == SIZES


def test_a_portrait_stands_for_initials_on_the_teams_slide(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    Image.new("RGB", (64, 64), "plum").save(tmp_path / "images" / "ada.png")
    make_person("Ada Lovelace", picture="/media/images/ada.png")
    setting = replace(setting_of(make_call()), matrix=None)
    call = replace(sample_call(), attendance=(Attendance("Ada Lovelace", "host"), Attendance("Kim Ko", "speaker")))
    drawing = pdf.draw(call, setting, places=Places(tmp_path))
    (page,) = (text for text in pdf.text_of(drawing) if "Meet the team" in text)
    assert "KK" in page
    assert "AL" not in page.replace("Ada", "")
    assert not any("picture" in remark.text for remark in drawing.remarks)
