"""Pages painted once: what a page puts into a PDF is kept with it, so that a next PDF takes it over as it is.

WeasyPrint paints a page by itself, into a PDF of one page, which is taken apart: what remains are plain values that fit
into any file and can go to another process. The number at its foot stands apart, for it depends on the other pages.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint import DEFAULT_OPTIONS
from weasyprint.document import Page
from weasyprint.matrix import Matrix
from weasyprint.pdf import generate_pdf

from communitycalls.deck.foot import Foot, foot_of, number_box
from communitycalls.deck.parts import LEVEL, Hole, Part, Taken, ink_of
from communitycalls.deck.pictures import alone, take_pictures
from communitycalls.deck.signs import Signs
from communitycalls.deck.tagging import NOTHING, level_of, tidy_all_but_levels

POINTS = 0.75  # of a pixel
OPTIONS = DEFAULT_OPTIONS | {"pdf_tags": True, "pdf_version": "1.7"}


@dataclass(frozen=True)
class Packed:
    """A page's operators, packed, to which others can be added without unpacking them."""

    data: bytes
    sum: int
    tail: bytes

    @classmethod
    def of(cls, operators: bytes) -> Packed:
        packer = zlib.compressobj(LEVEL)
        data = packer.compress(operators) + packer.flush(zlib.Z_SYNC_FLUSH)
        return cls(data, zlib.adler32(operators), operators[-400:])

    def and_then(self, operators: bytes) -> bytes:
        """The whole, packed and closed."""
        more = b"\n" + operators
        packer = zlib.compressobj(LEVEL, wbits=-15, zdict=self.tail)
        return self.data + packer.compress(more) + packer.flush() + zlib.adler32(more, self.sum).to_bytes(4)


@dataclass(frozen=True)
class Ink:
    """What a page puts into a PDF.

    `parts` are its own objects, the page first; `shared` are those that may serve other pages, by digest, each after
    those it needs. `tops` are parts at the top of the structure tree, `marks` the elements of marked content, `links`
    those of links; `levels` are those of headings as they were written. Points of `anchors` are the PDF's, `wanted` are
    names of anchors that links lead to.
    """

    content: Packed
    parts: tuple[Part, ...]
    shared: dict[bytes, Part]
    tops: tuple[int, ...]
    marks: tuple[int | None, ...]
    links: tuple[int, ...]
    levels: tuple[int, ...]
    anchors: dict[str, tuple[float, float]]
    wanted: tuple[str, ...]
    fonts: dict[str, Signs]
    foot: Foot | None


class InkedPage(Page):  # type: ignore[misc]  # -- WeasyPrint has no types
    """A page that keeps its ink."""

    def __init__(self, page: Page) -> None:
        self.__dict__.update(vars(page))
        self._ink: Ink | None = None
        self._first: InkedPage | None = None

    @property
    def ink(self) -> Ink:
        """What the page paints; it is painted when this is asked first."""
        if self._ink is None:
            self._ink = self._first.ink if self._first else Painting(self).ink()
        return self._ink

    def paint_ahead(self) -> None:
        """Paint the page before anything asks for it."""
        _ = self.ink

    def sendable(self) -> InkedPage:
        """The page for another process: painted, and without what was laid out."""
        page = InkedPage(self)
        page._ink, page._page_box, page.links = self.ink, None, []
        return page

    def again(self) -> InkedPage:
        """The page once more, with boxes of its own: a deck may show one slide twice."""
        page = InkedPage(self if self._page_box is None else Page(self._page_box.deepcopy()))
        page.anchors, page._first = {}, self
        return page


class Painting(Page):  # type: ignore[misc]  # -- as above
    """A page being painted by itself, without its number."""

    def __init__(self, page: Page) -> None:
        self.__dict__.update(vars(page))
        self._real_anchors = page.anchors
        wanted = [target for kind, target, *_ in page.links if kind == "internal"]
        self._wanted = tuple(dict.fromkeys(wanted))
        self.anchors = dict.fromkeys(wanted, (0, 0, 0, 0))  # links to other pages would be left out
        self._number = number_box(page._page_box)
        self._foot: Foot | None = None
        self._used: dict[str, Signs] = {}
        self._pictures: dict[bytes, Part] = {}

    def ink(self) -> Ink:
        document = alone(self)
        with self._without_number():
            pdf = generate_pdf(document, None, 1, **OPTIONS)
        rows = tidy_all_but_levels(document, pdf)
        return self._taken(pdf, rows)

    @contextmanager
    def _without_number(self) -> Iterator[None]:
        whole = self._page_box.children
        self._page_box.children = [box for box in whole if box is not self._number]
        try:
            yield
        finally:
            self._page_box.children = whole

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint into a PDF's stream; take fonts and pictures away from it, for files of many pages share them."""
        super().paint(stream, scale)
        self._foot = self._number and foot_of(self._number, stream)
        self._pictures = take_pictures(stream)
        self._used = stream._fonts.used()
        stream._fonts.clear()

    def _taken(self, pdf: Any, titles: list[Any]) -> Ink:
        taken = Taken(pdf, self._pictures)
        page, rows, root = taken.page, taken.rows, taken.rows[pdf.catalog["StructTreeRoot"]]
        top, (_, owners, *links) = rows[root["K"][0]], rows[root["ParentTree"]]["Nums"]
        levels = tuple(map(level_of, titles))
        _open(page, titles, rows)
        taken.share(page["Resources"])
        taken.take_page()
        return Ink(
            content=Packed.of(ink_of(rows[page["Contents"]])),
            tops=tuple(map(taken.take, top["K"])),
            marks=tuple(None if owner == NOTHING else taken.take(owner) for owner in owners),
            links=tuple(map(taken.take, links[1::2])),
            parts=taken.parts,
            shared=taken.shared,
            levels=levels,
            anchors=self._points(),
            wanted=self._wanted,
            fonts=self._used,
            foot=self._foot,
        )

    def _points(self) -> dict[str, tuple[float, float]]:
        """Where anchors are, as a PDF tells it."""
        matrix = Matrix(POINTS, 0, 0, -POINTS, 0, self.height * POINTS)
        return {name: matrix.transform_point(x, y) for name, (x, y, *_) in self._real_anchors.items()}


def _open(page: Any, titles: list[Any], rows: dict[bytes, Any]) -> None:
    """Put gaps where a page says what depends on the pages before it."""
    page["StructParents"] = Hole("page")
    for place, title in enumerate(titles):
        title["S"] = Hole(("level", place))
    annotations = [rows[reference] for reference in page.get("Annots", ())]
    for one in annotations:
        if "StructParent" in one:
            one["StructParent"] = Hole(("link", one["StructParent"] - 1))  # the page itself is the tree's first
