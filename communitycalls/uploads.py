"""Images that come from outside: decoded, turned upright, made small enough and drawn anew, so that only pixels enter.

Nothing of the file that was sent is kept: neither its name, its metadata nor a byte that is not part of the picture.
"""

import struct
import zlib
from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

from communitycalls import svg

MEGABYTE = 1024 * 1024
SIZE_LIMIT = 5 * MEGABYTE
PIXEL_LIMIT = 25_000_000
SIDE_LIMIT = 2560
FOLDER = "images"

# what is written for each format that is read; a phone's MPO is a JPEG with a second picture behind it
WRITTEN = {"PNG": "PNG", "JPEG": "JPEG", "MPO": "JPEG", "WEBP": "WEBP", "GIF": "PNG"}
READ = ("PNG", "JPEG", "WEBP", "GIF")
XML_BEGINS = (b"<svg", b"<?xml", b"<!--", b"<!doctype svg")
EXTENSIONS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
CONTENT_TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}
WHAT_IS_RIGHT = "Send a PNG, JPEG, WebP or GIF image, or an SVG drawing."
BROKEN = (OSError, SyntaxError, ValueError, EOFError, OverflowError, TypeError, KeyError, struct.error, zlib.error)
TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
BEGINNINGS = {
    b"%pdf": "a PDF document",
    b"<?xml": "an XML document",
    b"<!doctype": "a web page",
    b"<html": "a web page",
    b"<script": "a script",
    b"%!ps": "a PostScript document",
    b"8bps": "a Photoshop document",
    b"pk\x03\x04": "an archive or office document",
    b"bm": "a BMP image",
    b"ii*\x00": "a TIFF image",
    b"mm\x00*": "a TIFF image",
    b"\x00\x00\x01\x00": "an icon",
}


class UploadError(Exception):
    """A file that is not taken in. `message` quotes its name and says what would be right."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def store_image(upload: "UploadedFile[bytes]") -> str:
    """Store an uploaded image and return its address. Raises UploadError."""
    name = quoted(upload.name or "")
    size = upload.size or 0
    if not size:
        raise UploadError(f"{name} is empty. {WHAT_IS_RIGHT}")
    if size > SIZE_LIMIT:
        raise UploadError(f"{name} has {size / MEGABYTE:.1f} MB; at most {SIZE_LIMIT // MEGABYTE} MB can be stored.")
    extension, data = redraw(upload.read(), name)
    return default_storage.url(_store(f"{FOLDER}/{uuid4()}.{extension}", data, name))


def redraw(data: bytes, name: str) -> tuple[str, bytes]:
    """The picture in `data` as (extension, bytes) of a new file. `name` is for error messages. Raises UploadError."""
    if is_drawing(data):
        return "svg", _redraw_drawing(data, name)
    try:
        with _open(data, name) as image:
            _measure(image, name)
            return _write(image)
    except TOO_LARGE as error:
        raise UploadError(f"{name} has more than {PIXEL_LIMIT:,} pixels. Send a smaller picture.") from error
    except BROKEN as error:
        raise UploadError(f"{name} is damaged and cannot be decoded. Save the picture again and send that.") from error


def is_drawing(data: bytes) -> bool:
    """Whether a file begins as an SVG drawing does: with `<svg`, or with what XML puts before it."""
    beginning = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return beginning.startswith(XML_BEGINS) and b"<svg" in beginning


def _redraw_drawing(data: bytes, name: str) -> bytes:
    try:
        return svg.redraw(data)
    except svg.SvgError as error:
        raise UploadError(f"{name} {error}") from error


def quoted(name: str) -> str:
    """A file's name for a sentence: without what cannot be seen, shortened where it is long."""
    seen = "".join(character for character in name if character.isprintable())
    return f"“{seen if len(seen) <= 80 else seen[:60] + '…' + seen[-19:]}”"


def _open(data: bytes, name: str) -> Image.Image:
    try:
        return Image.open(BytesIO(data), formats=READ)
    except UnidentifiedImageError as error:
        raise UploadError(f"{name} is {_kind(data)}, whatever its name says. {WHAT_IS_RIGHT}") from error


def _kind(data: bytes) -> str:
    """What a file that is no image of ours is, as far as its beginning tells."""
    if data[4:8] == b"ftyp":
        return "a HEIC or AVIF photo or a video"
    beginning = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].lower()
    return next((kind for start, kind in BEGINNINGS.items() if beginning.startswith(start)), "not an image we can read")


def _measure(image: Image.Image, name: str) -> None:
    """Refuse a picture too large to decode, before anything of it is decoded."""
    width, height = image.size
    if width * height > PIXEL_LIMIT:
        raise UploadError(f"{name} is {width:,} by {height:,} pixels; at most {PIXEL_LIMIT:,} in all can be stored.")


def _write(image: Image.Image) -> tuple[str, bytes]:
    written = WRITTEN[image.format or ""]
    upright = ImageOps.exif_transpose(image)
    upright = upright.convert("RGBA" if upright.has_transparency_data and written != "JPEG" else "RGB")
    upright.thumbnail((SIDE_LIMIT, SIDE_LIMIT))
    upright.info = {}  # comments, profiles and positions would be written into the new file
    out = BytesIO()
    upright.save(out, written, quality=88)
    return EXTENSIONS[written], out.getvalue()


def _store(path: str, data: bytes, name: str) -> str:
    try:
        return default_storage.save(path, ContentFile(data))
    except OSError as error:
        default_storage.delete(path)
        reason = error.strerror or "the disk refused it"
        raise UploadError(f"{name} could not be stored: {reason}. Tell the maintainer of this site.") from error
