"""What a deck may load: pictures of our own, and nothing else. No network, no other file, whatever a text asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image, UnidentifiedImageError
from weasyprint.urls import URLFetcher, URLFetcherResponse

OWN = "https://deck.invalid"
PICTURE_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
DRAWING_TYPES = {".svg": "image/svg+xml"}
MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
SAFE_PATH = re.compile(r"[\w./-]+", re.ASCII)


class RefusedError(ValueError):
    """A picture that is not loaded. The message is a sentence."""


@dataclass(frozen=True)
class Shelf:
    """A folder of pictures and the addresses that lead there. Drawings are SVG that we made, or made anew on upload."""

    prefix: str
    folder: Path
    drawings: bool = False


def shelves(sites: Iterable[str], media_url: str, media: Path, static_url: str, static: Path) -> tuple[Shelf, ...]:
    """Our pictures under each of a site's addresses: uploaded images and static files."""
    found = []
    for site in sites:
        found.append(Shelf(f"{site}{media_url}images/", media / "images", drawings=True))
        found.append(Shelf(f"{site}{static_url}", static, drawings=True))
    return tuple(found)


class OwnPictures(URLFetcher):  # type: ignore[misc]  # -- WeasyPrint has no types
    """Serves pictures from shelves; every other address is refused and noted in `refused` as (address, why)."""

    def __init__(self, shelves: tuple[Shelf, ...]) -> None:
        super().__init__(timeout=1, allowed_protocols=("https",), allow_redirects=False)
        self.shelves = shelves
        self.refused: dict[str, str] = {}

    def add_handler(self, handler: object) -> None:
        """None of the ways of reaching out is kept: nothing of ours is opened by an address."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The picture at one of our addresses. Raises RefusedError for any other."""
        try:
            path, kind = self._find(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
        except RefusedError as error:
            self.refused[url] = str(error)
            raise

    def _find(self, url: str) -> tuple[Path, str]:
        for shelf in self.shelves:
            if url.startswith(shelf.prefix):
                return find(shelf, unquote(urlsplit(url).path.removeprefix(urlsplit(shelf.prefix).path)))
        raise RefusedError("it is not on this site")


def find(shelf: Shelf, name: str) -> tuple[Path, str]:
    """The file of a name on a shelf, and its content type. Raises RefusedError."""
    types = PICTURE_TYPES | (DRAWING_TYPES if shelf.drawings else {})
    path = (shelf.folder / name).resolve()
    if not SAFE_PATH.fullmatch(name) or not path.is_relative_to(shelf.folder.resolve()):
        raise RefusedError("it is not among the site's pictures")
    if path.suffix.lower() not in types:
        raise RefusedError(f"it is no picture of a kind a deck shows ({', '.join(sorted(types))})")
    if not path.is_file():
        raise RefusedError("there is no such picture on this site")
    if path.suffix.lower() in PICTURE_TYPES:
        check_size(path)
    return path, types[path.suffix.lower()]


def check_size(path: Path) -> None:
    """Refuse a picture that would take too much memory, by its file's size and its header. Raises RefusedError."""
    if path.stat().st_size > MOST_BYTES:
        raise RefusedError(f"it is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        with Image.open(path) as image:
            width, height = image.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError, SyntaxError) as error:
        raise RefusedError("it cannot be read as a picture") from error
    if width * height > MOST_PIXELS:
        raise RefusedError(f"it has {width} by {height} pixels, more than {MOST_PIXELS // 1_000_000} million")
