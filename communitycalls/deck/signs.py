"""Fonts of pages: which signs a page uses of which fonts, as plain values, and the fonts made of them for a file.

A font is read once in a process. A page that another process painted says enough of its fonts to find them here. A font
that was cut to its signs is kept too: an edit seldom brings new ones.
"""

from __future__ import annotations

import struct
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import TO_UNITS, ffi, gobject, harfbuzz, harfbuzz_subset, pango
from weasyprint.text.fonts import get_hb_object_data, get_pango_font_key

from communitycalls.deck.thin import tables, thinner

MOST_CUT = 64
MOST_SIGNS = 2**16
STRETCHES = (4, 3, 2, 5, 6, 1, 7, 0, 8)  # PangoStretch, the usual first
# a PDF has signs that are chosen and placed already, draws no pictures in their place, and asks for no old device
UNUSED_TABLES = b"GSUB", b"GPOS", b"JSTF", b"BASE", b"SVG ", b"EBLC", b"EBDT", b"EBSC", b"LTSH", b"PCLT", b"DSIG"
CUTTING = ("RETAIN_GIDS", "DESUBROUTINIZE", "PASSTHROUGH_UNRECOGNIZED")  # HarfBuzz's flags

FACES: dict[str, Any] = {}  # by WeasyPrint's name for a font
KNOWN: dict[Any, Any] = {}  # by Pango's


@dataclass(frozen=True)
class Signs:
    """What a page uses of a font, and how the font is asked for. Numbers of signs are the font's own."""

    family: str
    style: int
    weight: int
    variations: str
    size: float
    ascent: int
    descent: int
    widths: dict[int, float]
    to_unicode: dict[int, str]
    missing: dict[int, int]


class StandIns(dict[int, int]):
    """Numbers beyond a font's own for characters it has no sign for: the same on every page and in every process."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self._first = min(first, MOST_SIGNS - 1)

    def __contains__(self, character: object) -> bool:
        if isinstance(character, int):
            self.setdefault(character, self._first + character % (MOST_SIGNS - self._first))
        return True


class PageFonts(dict[Any, Any]):
    """The fonts of one page, for WeasyPrint to fill: those that this process knows are not read anew."""

    def __contains__(self, key: object) -> bool:
        if not super().__contains__(key) and key in KNOWN:
            super().__setitem__(key, _unused(KNOWN[key]))
        return super().__contains__(key)

    def __setitem__(self, key: Any, font: Any) -> None:
        known = _known(font)
        unused = _unused(known)
        if font.png or font.svg or font.colr:
            unused.hb_font = font.hb_font  # signs in colour are read from it: that of an earlier page may be gone
        else:
            KNOWN[key] = known
        super().__setitem__(key, unused)

    def used(self) -> dict[str, Signs]:
        """The signs of each font by the font's name."""
        found: dict[str, Signs] = {}
        for font in self.values():
            told = _signs(font)
            found[font.hash] = merged((found[font.hash], told)) if font.hash in found else told
        return found


def _known(font: Any) -> Any:
    """A font as this process knows it, with its signs' widths: all pages and processes have to round them alike."""
    if font.hash not in FACES:
        font.widths = _widths(font)
        FACES[font.hash] = font
    return FACES[font.hash]


def _widths(font: Any) -> dict[int, float]:
    """Widths of signs in thousandths as the font's file tells them, where it does so plainly.

    Signs at the end of a file may share the last width: in a font of one width nearly all do. Without the sign for
    nothing: it gets the width of the first character that has no sign.
    """
    try:
        told = tables(font.file_content)
        (count,) = struct.unpack_from(">H", told[b"hhea"], 34)
        widths = [round(width * 1000 / font.upem) for width in struct.unpack_from(f">{2 * count}H", told[b"hmtx"])[::2]]
        widths += widths[-1:] * (font.glyph_count - count)
    except (KeyError, struct.error):
        return {}
    return {} if b"fvar" in told else dict(enumerate(widths[1:], 1))


def _unused(font: Any) -> Any:
    """A font of which a page uses nothing yet; what is learned of widths is for all pages."""
    found = Font.__new__(Font)
    found.__dict__.update(vars(font))
    found.to_unicode, found.missing = {}, StandIns(font.glyph_count)
    return found


def _signs(font: Any) -> Signs:
    variations = ",".join(f"{name}={value:g}" for name, value in font.variations.items())
    known = (font.family, int(font.style), int(font.weight), variations, font.font_size, font.ascent, font.descent)
    signs = [*font.to_unicode, 0] if font.missing else font.to_unicode
    return Signs(*known, {sign: font.widths[sign] for sign in signs}, font.to_unicode, dict(font.missing))


def merged(pages: Iterable[Signs]) -> Signs:
    """What several pages use of one font."""
    first, *others = pages
    widths, to_unicode, missing = dict(first.widths), dict(first.to_unicode), dict(first.missing)
    for one in others:
        widths.update(one.widths)
        to_unicode.update(one.to_unicode)
        missing.update(one.missing)
    return replace(first, widths=widths, to_unicode=to_unicode, missing=missing)


class CutFont(Font):  # type: ignore[misc]  # -- WeasyPrint has no types
    """A font with the signs of a whole file. It is cut once for the same signs."""

    cut: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
    file_content: bytes

    def __init__(self, face: Font, signs: Signs) -> None:
        self.__dict__.update(vars(face))
        self.widths, self.to_unicode, self.missing = signs.widths, signs.to_unicode, signs.missing
        self.variations = dict(face.variations)
        self.ascent, self.descent = signs.ascent, signs.descent

    def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Cut the font to what it shows; a font of which nothing shows to a sign for nothing."""
        asked = (self.hash, tuple(sorted(to_unicode)), bool(self.missing), hinting)
        if asked not in self.cut:
            super().clean(to_unicode or {0: ""}, hinting)
            self.cut[asked] = thinner(self.file_content)
            if len(self.cut) > MOST_CUT:
                self.cut.popitem(last=False)
        self.file_content = self.cut[asked]

    def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Cut the file by HarfBuzz, as WeasyPrint does, which however does so twice and parses a C type each time."""
        if not harfbuzz_subset or not harfbuzz.hb_version_atleast(4, 1, 0):
            super().subset(to_unicode, hinting)
            return
        asked = [*CUTTING, *(["NOTDEF_OUTLINE"] if self.missing else []), *([] if hinting else ["NO_HINTING"])]
        flags = sum(getattr(harfbuzz_subset, f"HB_SUBSET_FLAGS_{name}") for name in asked)
        found = _cut(self.hb_face, sorted(to_unicode), flags)
        self.file_content = (found and get_hb_object_data(found)) or self.file_content


def _cut(face: Any, signs: Sequence[int], flags: int) -> Any:
    """A HarfBuzz face with nothing but some signs, None where it cannot be made."""
    order = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    _add(harfbuzz_subset.hb_subset_input_glyph_set(order), signs)
    tags = sorted(harfbuzz.hb_tag_from_string(name, -1) for name in UNUSED_TABLES)
    _add(harfbuzz_subset.hb_subset_input_set(order, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG), tags)
    harfbuzz_subset.hb_subset_input_set_flags(order, flags)
    found = harfbuzz_subset.hb_subset_or_fail(face, order)
    return ffi.gc(found, harfbuzz.hb_face_destroy) if found else None


def _add(numbers: Any, more: Sequence[int]) -> None:
    harfbuzz.hb_set_add_sorted_array(numbers, ffi.new("hb_codepoint_t[]", list(more)), len(more))


class UnknownFontError(LookupError):
    """A font of another process that this one does not find."""


def fonts_of(pages: Iterable[dict[str, Signs]], font_map: Any) -> dict[str, CutFont]:
    """The fonts of a file by name, each with the signs of all its pages. Raises UnknownFontError."""
    used: dict[str, list[Signs]] = {}
    for page in pages:
        for name, signs in page.items():
            used.setdefault(name, []).append(signs)
    return {name: CutFont(_face(name, signs[0], font_map), merged(signs)) for name, signs in used.items()}


def _face(name: str, signs: Signs, font_map: Any) -> Font:
    """A font that a page of this process used, or else one that is found as the page of another process tells it."""
    if name not in FACES:
        found = next((font for font in _told(signs, font_map) if font.hash == name), None)
        if found is None:
            message = f"The font {signs.family!r} that a page was painted with cannot be found again."
            raise UnknownFontError(message)
        return _known(found)
    return FACES[name]


def _told(signs: Signs, font_map: Any) -> Iterable[Font]:
    """The fonts that answer to what is told of one; how wide it runs is not told, so that each way is tried.

    Of a variable font Pango tells the variations that its weight stands for; asked for them too, it tells them twice.
    """
    context = ffi.gc(pango.pango_font_map_create_context(font_map), gobject.g_object_unref)
    for stretch, variations in product(STRETCHES, dict.fromkeys(("", signs.variations))):
        found = pango.pango_font_map_load_font(font_map, context, _wish(signs, stretch, variations))
        if found != ffi.NULL:
            _, description, size = get_pango_font_key(found)
            yield Font(found, description, size)


def _wish(signs: Signs, stretch: int, variations: str) -> Any:
    """A font as Pango is asked for it."""
    asked = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    pango.pango_font_description_set_family(asked, signs.family.encode())
    pango.pango_font_description_set_style(asked, signs.style)
    pango.pango_font_description_set_weight(asked, signs.weight)
    pango.pango_font_description_set_stretch(asked, stretch)
    pango.pango_font_description_set_absolute_size(asked, signs.size * TO_UNITS)
    if variations:
        pango.pango_font_description_set_variations(asked, variations.encode())
    return asked
