"""Images from outside: whatever is sent, only pixels are stored, and every refusal says what would be right."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, PngImagePlugin

from communitycalls.uploads import SIZE_LIMIT, UploadError, store_image
from interop.markdown import render

PAYLOAD = b"<script>alert(1)</script>"


def picture(format: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:  # noqa: A002 -- Pillow's word
    out = BytesIO()
    Image.new(mode, size, "red").save(out, format, **options)
    return out.getvalue()


def stored(data: bytes, name: str = "photo.png") -> Path:
    address = store_image(SimpleUploadedFile(name, data))
    return Path(default_storage.path(address.removeprefix(settings.MEDIA_URL)))


def refusal(data: bytes, name: str = "photo.png") -> str:
    with pytest.raises(UploadError) as error:
        store_image(SimpleUploadedFile(name, data))
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))
    return error.value.message


def bomb(side: int) -> bytes:
    """A small PNG file whose header promises side by side pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def animation() -> bytes:
    out = BytesIO()
    frames = [Image.new("P", (9, 9), colour) for colour in range(5)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (picture("PNG"), ".png"),
        (picture("PNG", mode="RGBA"), ".png"),
        (picture("PNG", mode="I;16"), ".png"),
        (picture("PNG", mode="1"), ".png"),
        (picture("JPEG"), ".jpg"),
        (picture("JPEG", mode="CMYK"), ".jpg"),
        (picture("MPO"), ".jpg"),
        (picture("WEBP", mode="RGBA"), ".webp"),
        (picture("GIF", mode="P"), ".png"),
        (animation(), ".png"),
    ],
)
def test_what_is_stored_is_what_its_extension_says(data: bytes, extension: str) -> None:
    path = stored(data, "whatever.html")
    assert path.suffix == extension
    with Image.open(path) as image:
        image.load()
        assert image.format == {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}[extension]
        assert getattr(image, "n_frames", 1) == 1


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    with Image.open(stored(picture(size=(3000, 1500)))) as image:
        assert image.size == (2560, 1280)


def test_a_turned_photo_is_stored_upright_without_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Berlin, at home"
    data = picture("JPEG", exif=exif, comment=PAYLOAD, icc_profile=b"profile" + PAYLOAD)
    path = stored(data, "photo.jpg")
    with Image.open(path) as image:
        assert image.size == (40, 60)
        assert not image.getexif()
    assert PAYLOAD in data
    assert PAYLOAD not in path.read_bytes()
    assert b"Berlin" not in path.read_bytes()


@pytest.mark.parametrize("data", [picture("GIF", comment=PAYLOAD), picture("JPEG") + PAYLOAD, picture() + PAYLOAD])
def test_what_hides_in_a_picture_or_behind_it_is_gone(data: bytes) -> None:
    assert PAYLOAD not in stored(data).read_bytes()


def test_the_words_of_a_png_are_gone() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", PAYLOAD.decode())
    data = picture(pnginfo=words)
    assert PAYLOAD in data
    assert PAYLOAD not in stored(data).read_bytes()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "a web page"),
        (b"\xef\xbb\xbf  <html>", "a web page"),
        (b"<script>", "a script"),
        (b'<?xml version="1.0"?><feed/>', "an XML document"),
        (b"%PDF-1.7", "a PDF document"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a PostScript document"),
        (b"8BPS\0\1", "a Photoshop document"),
        (b"PK\x03\x04", "an archive or office document"),
        (b"\0\0\0\x18ftypheic", "a HEIC or AVIF photo or a video"),
        (picture("BMP"), "a BMP image"),
        (picture("TIFF"), "a TIFF image"),
        (picture("ICO"), "an icon"),
        (b"hello", "not an image we can read"),
        (b"\xff\xd8", "not an image we can read"),
    ],
)
@pytest.mark.parametrize("name", ["evil.png", "evil.gif", "evil.html"])
def test_what_is_no_image_of_ours_is_refused_by_what_it_is(data: bytes, kind: str, name: str) -> None:
    sentence = f"“{name}” is {kind}, whatever its name says. Send a PNG, JPEG, WebP or GIF image, or an SVG drawing."
    assert refusal(data, name) == sentence


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_damaged_picture_is_refused_or_decoded_but_never_an_accident(format: str, keep: float) -> None:  # noqa: A002 -- Pillow's word
    out = BytesIO()
    Image.effect_noise((64, 64), 90).convert("P" if format == "GIF" else "RGB").save(out, format)
    data = out.getvalue()
    assert outcome(data[: int(len(data) * keep)]).startswith(("stored", "“photo.png” is "))


def outcome(data: bytes) -> str:
    try:
        return f"stored as {stored(data)}"
    except UploadError as error:
        return error.message


@pytest.mark.parametrize("side", [5_001, 13_300, 20_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(side: int) -> None:
    assert "pixels" in refusal(bomb(side))


def test_a_file_too_large_or_empty_is_refused_by_its_size() -> None:
    assert refusal(picture() + b"\0" * SIZE_LIMIT) == "“photo.png” has 5.0 MB; at most 5 MB can be stored."
    assert refusal(b"") == "“photo.png” is empty. Send a PNG, JPEG, WebP or GIF image, or an SVG drawing."


@pytest.mark.parametrize("name", ["../../evil.png", "a\u202egnp.exe", "x" * 250 + ".png", "<b>.png", "con", ".png"])
def test_the_name_that_was_sent_is_quoted_but_never_used(name: str) -> None:
    quoted = refusal(b"hello", name)
    assert stored(picture(), name).parent == Path(settings.MEDIA_ROOT) / "images"
    assert "\u202e" not in quoted
    assert len(quoted) < 200


def test_a_full_disk_is_a_sentence_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    assert "could not be stored: No space left on device" in refusal(picture())


@pytest.mark.django_db
def test_an_editor_gets_markdown_that_shows_the_image(editor: Client) -> None:
    answer = editor.post(reverse("markdownx_upload"), {"image": SimpleUploadedFile("my_[plan].png", picture())}).json()
    assert answer["image_code"] == f"![my plan]({answer['url']})"
    assert f'<img src="{answer["url"]}" alt="my plan">' in render(answer["image_code"])


@pytest.mark.django_db
def test_an_editor_is_told_why_an_upload_failed(editor: Client) -> None:
    answer = editor.post(reverse("markdownx_upload"), {"image": SimpleUploadedFile("a.png", b"<html>")})
    assert (answer.status_code, answer.json()["error"][:20]) == (422, "“a.png” is a web pag")
    answer = editor.post(reverse("markdownx_upload"))
    assert (answer.status_code, answer.json()["error"][:18]) == (422, "No image was sent.")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["markdownx_upload", "markdownx_markdownify"])
def test_only_editors_may_ask_and_only_by_post(name: str, client: Client, user_client: Client, editor: Client) -> None:
    data: Callable[[], dict[str, object]] = lambda: {"image": SimpleUploadedFile("a.png", picture()), "content": "a"}  # noqa: E731 -- a fresh file each time
    assert client.post(reverse(name), data()).status_code == 403
    assert "You are signed out." in client.post(reverse(name), data()).content.decode()
    assert user_client.post(reverse(name), data()).status_code == 404
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))
    assert editor.get(reverse(name)).status_code == 405
    assert editor.post(reverse(name), data()).status_code == 200
    assert Client(enforce_csrf_checks=True).post(reverse(name), data()).status_code == 403


@pytest.mark.django_db
def test_a_stored_image_is_sent_so_that_it_can_only_be_looked_at(client: Client) -> None:
    path = stored(picture("JPEG"))
    response = client.get(f"/media/images/{path.name}")
    assert b"".join(response) == path.read_bytes()
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    assert client.post(f"/media/images/{path.name}").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["a.png", "%2e%2e%2fdb.sqlite3", "00000000-0000-0000-0000-000000000000.png", "evil.html", "..", "a%00.png"],
)
def test_no_other_file_is_sent(name: str, client: Client) -> None:
    folder = Path(settings.MEDIA_ROOT) / "images"
    folder.mkdir(parents=True)
    for file in (folder / "a.png", folder / "evil.html", folder.parent / "db.sqlite3"):
        file.write_bytes(b"x")
    assert client.get(f"/media/images/{name}").status_code in (400, 404)
