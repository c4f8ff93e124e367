"""Pages painted once: what a page puts into a PDF is kept with it, so that a next PDF takes it over as it is.

WeasyPrint names graphics after their place among all of a document's. Here each page has its names to itself, its own
resources, so that what it painted stays true beside any other pages. Tags are made anew of each whole document.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]  # -- it has no types
from weasyprint.document import Page

if TYPE_CHECKING:
    from weasyprint import Document

KINDS = ("ExtGState", "XObject", "Pattern", "Shading")
MARK = b"BDC"
MISSING: dict[str, dict[int, int]] = {}


@dataclass(frozen=True)
class Ink:
    """What a page painted: operators, its resources, and the fonts, images and tags it used of the document's."""

    number: str
    operators: list[Any]
    resources: Any
    fonts: dict[Any, Any]
    images: dict[str, Any]
    tags: dict[Any, Any]


class InkedPage(Page):  # type: ignore[misc]  # -- WeasyPrint has no types
    """A page that keeps its ink. `number` is what stands at its foot: where it changes the page is painted anew."""

    def __init__(self, page: Page) -> None:
        self.__dict__.update(vars(page))
        self.number = ""
        self._ink: Ink | None = None

    def again(self) -> InkedPage:
        """The page once more, with a number and resources of its own: a deck may show one slide twice."""
        page = InkedPage(Page(self._page_box.deepcopy()))
        page.anchors = {}
        return page

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page into a PDF's stream, or put there what was painted before."""
        if self._ink is None or self._ink.number != self.number:
            self._ink = self._painted(stream, scale)
        ink = self._ink
        stream.stream.extend(ink.operators)
        stream._tags.update(ink.tags)
        _add_fonts(stream._fonts, ink.fonts)
        _add_images(stream._images, ink.images)
        self.resources, self.images = _copied(ink.resources, {}), stream._images
        self.resources["ColorSpace"] = stream._resources["ColorSpace"]

    def _painted(self, stream: Any, scale: float) -> Ink:
        resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in KINDS})
        resources.update(ColorSpace=stream._resources["ColorSpace"], Font=None)
        with _alone(stream, resources):
            super().paint(stream, scale)
            operators = list(_joined(stream.stream))
            ink = Ink(self.number, operators, resources, stream._fonts, stream._images, stream._tags)
        _freeze(resources)
        return ink


class Fonts(dict[Any, Any]):
    """The fonts of a page. Signs that a font has not get the same stand-in on every page."""

    def __setitem__(self, key: Any, font: Any) -> None:
        font.missing = MISSING.setdefault(font.hash, {})
        super().__setitem__(key, font)


@contextmanager
def _alone(stream: Any, resources: Any) -> Iterator[None]:
    """Let a stream write into nothing but what belongs to one page."""
    own = {"_resources": resources, "_fonts": Fonts(), "_images": {}, "_tags": {}, "stream": []}
    before = {name: getattr(stream, name) for name in own}
    vars(stream).update(own)
    try:
        yield
    finally:
        vars(stream).update(before)


def _joined(operators: list[Any]) -> Iterator[Any]:
    """Operators in few pieces; those that mark content stay by themselves, for who looks for them."""
    piece: list[bytes] = []
    for place, operator in enumerate(operators):
        if MARK in operators[place : place + 3]:
            if piece:
                yield b"\n".join(piece)
                piece = []
            yield operator
        else:
            piece.append(pydyf._to_bytes(operator))
    if piece:
        yield b"\n".join(piece)


def _freeze(resources: Any) -> None:
    """Put the operators of a page's groups and patterns into one piece each."""
    for kind in ("XObject", "Pattern"):
        for stream in resources[kind].values():
            if isinstance(stream, pydyf.Stream):
                stream.stream = [b"\n".join(map(pydyf._to_bytes, stream.stream))]
                if "Resources" in stream.extra:
                    _freeze(stream.extra["Resources"])


def _copied(resources: Any, seen: dict[int, Any]) -> Any:
    """Resources for one PDF: writing it puts references in place of everything."""
    found = pydyf.Dictionary(resources)
    for kind in KINDS:
        found[kind] = pydyf.Dictionary({name: _copy(one, seen) for name, one in resources[kind].items()})
    return found


def _copy(one: Any, seen: dict[int, Any]) -> Any:
    if one is None or id(one) in seen:
        return seen.get(id(one))
    found = seen[id(one)] = copy(one)
    if isinstance(found, pydyf.Stream):
        found.extra = pydyf.Dictionary(found.extra)
        if "Resources" in found.extra:
            found.extra["Resources"] = _copied(found.extra["Resources"], seen)
    elif "SMask" in found:
        found["SMask"] = pydyf.Dictionary(found["SMask"])
        if "G" in found["SMask"]:
            found["SMask"]["G"] = _copy(found["SMask"]["G"], seen)
    return found


def _add_fonts(fonts: dict[Any, Any], used: dict[Any, Any]) -> None:
    """Add the signs that a page uses to a document's fonts."""
    for key, font in used.items():
        known = fonts.get(key)
        if known is None:
            known = fonts[key] = copy(font)
            known.widths, known.to_unicode, known.missing = {}, {}, {}
            known.variations = dict(font.variations)
        known.widths.update(font.widths)
        known.to_unicode.update(font.to_unicode)
        known.missing.update({sign: stand_in for sign, stand_in in font.missing.items() if stand_in in font.to_unicode})


def _add_images(images: dict[str, Any], used: dict[str, Any]) -> None:
    for name, image in used.items():
        if name in images:
            images[name]["dpi_ratios"] |= image["dpi_ratios"]
        else:
            images[name] = image | {"dpi_ratios": set(image["dpi_ratios"]), "x_object": None}


def spread(document: Document, pdf: Any) -> None:
    """Give each page of a PDF its own resources: for `write_pdf(finisher=…)`, before anything reads the pages.

    What several pages paint alike, such as what lies behind them, is put into the PDF once.
    """
    pages = [pdf.objects[int(reference.split()[0])] for reference in pdf.page_references]
    fonts = next(one["Font"] for one in pdf.objects if isinstance(one, dict) and isinstance(one.get("Font"), bytes))
    shelf = Shelf(pdf, fonts)
    for page, row in zip(document.pages, pages, strict=True):
        if isinstance(page, InkedPage):
            row["Resources"] = shelf.put_resources(page.resources, page.images)


class Shelf:
    """Puts objects into a PDF, those that look alike once."""

    def __init__(self, pdf: Any, fonts: bytes) -> None:
        self._pdf, self._fonts = pdf, fonts
        self._alike: dict[tuple[object, ...], bytes] = {}
        self._put: dict[int, bytes] = {}

    def put_resources(self, resources: Any, images: dict[str, Any]) -> bytes:
        """Where resources came to stand. They and what they lead to are changed in place."""
        resources["Font"] = self._fonts
        for name, form in resources["XObject"].items():
            resources["XObject"][name] = self._image(images[name]) if form is None else self._stream(form, images)
        for name, pattern in resources["Pattern"].items():
            resources["Pattern"][name] = self._stream(pattern, images)
        for name, shading in resources["Shading"].items():
            resources["Shading"][name] = self._once(shading, shading.data)
        for state in resources["ExtGState"].values():
            if "G" in state.get("SMask", ()):
                state["SMask"]["G"] = self._put[id(state["SMask"]["G"])]
        return self._once(resources, resources.data)

    def _image(self, image: dict[str, Any]) -> bytes:
        if image["x_object"] is None:
            made = image["x_object"] = image["image"].get_x_object(image["interpolate"], max(image["dpi_ratios"]))
            self._pdf.add_object(made)
            if "SMask" in made.extra:
                self._pdf.add_object(made.extra["SMask"])
                made.extra["SMask"] = made.extra["SMask"].reference
        reference: bytes = image["x_object"].reference
        return reference

    def _stream(self, stream: Any, images: dict[str, Any]) -> bytes:
        """A group or pattern; one with marked content stands by itself, for its marks belong to a page."""
        if id(stream) not in self._put:
            if "Resources" in stream.extra:
                stream.extra["Resources"] = self.put_resources(stream.extra["Resources"], images)
            ink = b"\n".join(map(pydyf._to_bytes, stream.stream))
            told = (id(stream),) if MARK in ink else (stream.extra.data, ink)
            self._put[id(stream)] = self._once(stream, *told)
        return self._put[id(stream)]

    def _once(self, one: Any, *told: object) -> bytes:
        if told not in self._alike:
            self._pdf.add_object(one)
            self._alike[told] = one.reference
        return self._alike[told]
