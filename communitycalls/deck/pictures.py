"""Pictures as parts of a PDF, made once in a process: raster images as encoded, a theme's own drawings as painted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary
from xml.etree import ElementTree

from weasyprint import DEFAULT_OPTIONS, Document
from weasyprint.images import SVGImage
from weasyprint.pdf import generate_pdf
from weasyprint.pdf.metadata import DocumentMetadata

from communitycalls.deck.parts import Hole, Part, Taken, part_of
from communitycalls.deck.signs import PageFonts

MOST_SIZES, MOST_PLATES = 8, 64
OURS = re.compile(r"[\w-]+\.svg")


@dataclass(frozen=True)
class Held:
    """A picture in place of an object of a PDF: the digest of its part, and all parts it takes by digest."""

    name: bytes
    parts: dict[bytes, Part]

    @property
    def reference(self) -> Hole:
        return Hole(self.name)


HELD: WeakKeyDictionary[Any, dict[tuple[object, ...], Held]] = WeakKeyDictionary()


def take_pictures(stream: Any) -> dict[bytes, Part]:
    """The pictures that a page painted; WeasyPrint is left nothing to encode."""
    found: dict[bytes, Part] = {}
    for image in stream._images.values():
        held = image["x_object"] = image["x_object"] or _encoded(image)
        found |= held.parts
    return found


def _encoded(image: dict[str, Any]) -> Held:
    asked = (image["interpolate"], max(image["dpi_ratios"]))
    known = HELD.setdefault(image["image"], {})
    if asked not in known:
        made = image["image"].get_x_object(*asked)
        parts = []
        if "SMask" in made.extra:
            parts.append(part_of(made.extra["SMask"], bytes))
            made.extra["SMask"] = Hole(parts[0].digest)
        parts.append(part_of(made, bytes))
        known[asked] = Held(parts[-1].digest, {part.digest: part for part in parts})
    return known[asked]


class Pictures(dict[str, Any]):
    """WeasyPrint's cache of images by address. Drawings of our own, in a folder of that address, are plates."""

    def __init__(self, address: str, folder: Path) -> None:
        super().__init__()
        self._address, self._folder = address, folder

    def __contains__(self, url: object) -> bool:
        name = str(url).removeprefix(self._address)
        if not super().__contains__(url) and OURS.fullmatch(name) and (plate := _plate(self._folder / name, str(url))):
            self[str(url)] = plate
        return super().__contains__(url)


@lru_cache(maxsize=MOST_PLATES)
def _plate(path: Path, url: str) -> Plate | None:
    """Our own drawing, read once in a process: it changes only with the code. None where there is none."""
    return Plate(SVGImage(ElementTree.fromstring(path.read_bytes()), url, None, None)) if path.is_file() else None


class Plate:
    """A drawing that is painted once at each size, for pages painted by themselves."""

    def __init__(self, image: SVGImage) -> None:
        self._image = image
        self._printed: dict[tuple[float, float], Held | None] = {}

    def get_intrinsic_size(self, resolution: float, font_size: float) -> Any:
        """As WeasyPrint asks for it: width, height and ratio."""
        return self._image.get_intrinsic_size(resolution, font_size)

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Put the drawing on a page; draw it there where it has text, whose fonts are the page's."""
        held = self.held(width, height) if isinstance(stream._fonts, PageFonts) else None
        if held is None:
            self._image.draw(stream, width, height, style)
            return
        name = f"d{held.name.hex()[:6]}"
        stream._resources["XObject"][name] = None
        stream._images[name] = {"x_object": held, "dpi_ratios": set()}
        stream.draw_x_object(name)

    def held(self, width: float, height: float) -> Held | None:
        """The drawing painted at a size in pixels, None where it has text."""
        size = (width, height)
        if size not in self._printed:
            if len(self._printed) == MOST_SIZES:
                self._printed.clear()
            self._printed[size] = Print(self._image, width, height).held()
        return self._printed[size]


class Print:
    """A page of nothing but a drawing, as WeasyPrint takes it."""

    bookmarks, links, anchors, forms = (), (), {}, {}  # type: ignore[var-annotated]  # -- there are none

    def __init__(self, image: SVGImage, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.bleed = dict.fromkeys(("top", "right", "bottom", "left"), 0)
        self._image = image
        self._pictures: dict[bytes, Part] = {}
        self._name: str | None = None

    def held(self) -> Held | None:
        """The painted drawing, None where it has text."""
        pdf = generate_pdf(alone(self), None, 1, **DEFAULT_OPTIONS)
        taken = Taken(pdf, self._pictures)
        if self._name is None:
            return None
        name = taken.share(taken.resources["XObject"][self._name])
        return Held(name, taken.shared) if isinstance(name, bytes) else None

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the drawing as a form, with room around it for what it does not clip."""
        width, height = self.width, self.height
        group = stream.add_group(-width, -height, 3 * width, 3 * height)
        del group.extra["Group"]  # it is blended as if it were drawn in place
        self._image.draw(group, width, height, None)
        self._pictures = take_pictures(stream)
        self._name = None if stream._fonts else group.id
        stream._fonts.clear()


def alone(page: Any) -> Document:
    """A document of one page to be taken apart, whose fonts are its own."""
    document = Document([page], DocumentMetadata(lang="-"), None, SimpleNamespace(font_map=None), {}, None)
    document.fonts = PageFonts()
    return document
