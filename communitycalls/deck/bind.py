"""Pages bound into a PDF: what each painted takes its numbers in the file, and what belongs to all is put around it.

WeasyPrint writes a file of no pages, with metadata and fonts; pages, structure tree, links and outline are added to it.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]  # -- it has no types
from weasyprint.pdf import generate_pdf
from weasyprint.pdf.anchors import add_outlines

from communitycalls.deck.filing import written
from communitycalls.deck.foot import number
from communitycalls.deck.ink import OPTIONS, POINTS, Ink
from communitycalls.deck.parts import Bound, Gap, Part
from communitycalls.deck.signs import fonts_of
from communitycalls.deck.tagging import NOTHING, levels

if TYPE_CHECKING:
    from weasyprint import Document

Names = dict[Gap, bytes]


def bind(document: Document) -> bytes:
    """A document of inked pages as a tagged PDF (PDF/UA-1) with outline, links and embedded fonts, pages numbered."""
    inks = [page.ink for page in document.pages]
    empty = document.copy([])
    used = [fonts for ink in inks for fonts in (ink.fonts, ink.foot.alphabet.fonts if ink.foot else {})]
    empty.fonts = fonts_of(used, document.font_config.font_map)

    pdf = generate_pdf(empty, None, 1, **OPTIONS | {"pdf_variant": "pdf/ua-1"})
    Binder(pdf, inks).bind()
    add_outlines(pdf, document.make_bookmark_tree(POINTS, transform_pages=True))
    return written(pdf)


class Binder:
    """Puts the ink of pages into a PDF that has none yet."""

    def __init__(self, pdf: Any, inks: Sequence[Ink]) -> None:
        self._pdf, self._inks = pdf, inks
        rows = {one.reference: one for one in pdf.objects}
        root = rows[pdf.catalog["StructTreeRoot"]]
        self._top, self._owners = rows[root["K"][0]], rows[root["ParentTree"]]["Nums"]
        resources = next(one for one in pdf.objects if isinstance(one, dict) and "ExtGState" in one)
        self._names: Names = {
            "pages": pdf.pages.reference,
            "top": self._top.reference,
            "fonts": resources["Font"],
            "colours": resources["ColorSpace"],
        }

    def bind(self) -> None:
        """Put everything in but the outline."""
        self._share()
        pages = [self._numbered(ink) for ink in self._inks]
        self._point(pages)
        level = iter(list(levels(level for ink in self._inks for level in ink.levels)))
        link = len(pages)
        link_owners: list[Any] = []
        for place, (ink, names) in enumerate(zip(self._inks, pages, strict=True)):
            names["page"] = str(place).encode()
            names |= {("level", at): b"/H%d" % next(level) for at in range(len(ink.levels))}
            names |= {("link", at): b"%d" % (link + at) for at in range(len(ink.links))}
            for at, owner in enumerate(ink.links):
                link_owners += [link + at, names[owner]]
            link += len(ink.links)
            self._put(place, ink, names)
        self._owners.extend(link_owners)

    def _share(self) -> None:
        """Put in what pages share, each once."""
        for digest, part in {digest: part for ink in self._inks for digest, part in ink.shared.items()}.items():
            one = self._add(part)
            one.data = part.filled(self._names)
            self._names[digest] = one.reference

    def _add(self, part: Part) -> Bound:
        one = Bound(part)
        self._pdf.add_object(one)
        return one

    def _numbered(self, ink: Ink) -> Names:
        """Give a page's parts their numbers in the file."""
        first, *others = map(Bound, ink.parts)
        self._pdf.add_page(first)
        for one in others:
            self._pdf.add_object(one)
        return self._names | {at: one.reference for at, one in enumerate((first, *others))}

    def _put(self, place: int, ink: Ink, names: Names) -> None:
        text = number(place + 1, len(self._inks))
        content = ink.content.and_then(ink.foot.written(text, POINTS) if ink.foot else b"")
        stream = Part(b"<</Filter /FlateDecode/Length %d>>" % len(content), (), content)
        one = self._add(stream)
        one.data = stream.filled({})
        names["content"] = one.reference
        first = int(names[0].split()[0])
        for at, part in enumerate(ink.parts):
            self._pdf.objects[first + at].data = part.filled(names)
        self._top["K"].extend(names[top] for top in ink.tops)
        owners = pydyf.Array([NOTHING if mark is None else names[mark] for mark in ink.marks])
        self._owners.extend((place, owners))

    def _point(self, pages: Sequence[Names]) -> None:
        """Say where names lead: to the first page that has one; one that no page has to the page that asks for it."""
        found: dict[str, Any] = {}
        for ink, names in zip(self._inks, pages, strict=True):
            for name, (x, y) in ink.anchors.items():
                found.setdefault(name, pydyf.Array([names[0], "/XYZ", x, y, 0]))
        for ink, names in zip(self._inks, pages, strict=True):
            for name in ink.wanted:
                found.setdefault(name, pydyf.Array([names[0], "/Fit"]))
        if found:
            told = pydyf.Array()
            for name in sorted(found, key=_written):
                told.extend((pydyf.String(name), found[name]))
            self._pdf.catalog["Names"] = pydyf.Dictionary({"Dests": pydyf.Dictionary({"Names": told})})


def _written(name: str) -> bytes:
    """A name as a file has it: readers look names up by these bytes, which have to be in order."""
    return name.encode() if name.isascii() else BOM_UTF16_BE + name.encode("utf-16-be")
