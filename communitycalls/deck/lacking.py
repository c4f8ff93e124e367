"""Signs that no installed font has: a PDF shows boxes in their place, and the editor is told which they are.

A font that lacks a sign is helped out by any other that is installed, so that what is lacking is lacking in every slide
of this machine: it is asked once in a process, of signs that were not asked of before. Call it in a worker.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from weasyprint.text.ffi import ffi, fontconfig, gobject, pango
from weasyprint.text.fonts import FontConfiguration

from communitycalls.deck.outcome import DeckError, DeckRemark
from communitycalls.deck.slides import Slide

LATIN_ENDS = "\u0250"  # signs before it are in every font
MOST_NAMED = 5
CJK = "fonts-noto-cjk"
EMOJI = "fonts-noto-color-emoji"
OTHERS = "fonts-noto-core"
# first and last sign of scripts and symbols, and the package that brings them
PACKAGES = (
    ("\u1100", "\u11ff", CJK),
    ("\u2e80", "\ua4cf", CJK),
    ("\uac00", "\ud7ff", CJK),
    ("\uf900", "\ufaff", CJK),
    ("\ufe30", "\ufe4f", CJK),
    ("\uff00", "\uffef", CJK),
    ("\U0001f000", "\U0001faff", EMOJI),
    ("\U00020000", "\U0003ffff", CJK),
)
NO_FONT = "It could not be drawn: no font is installed where the site runs. Install one, such as fonts-dejavu-core."
UNKNOWN = {"Co", "Cn"}  # categories of Unicode: left to private use, not assigned
NOT_DRAWN = {"Cs", "Zl", "Zp"}  # halves of signs, ends of lines
UNSEEN = {"remarks", "sign"}

_asked: dict[str, bool] = {}

Asked = Callable[[str], set[str]]


def require_fonts(known: FontConfiguration) -> None:
    """Raise DeckError where there is no font at all: what lays out texts would end the process."""
    found = fontconfig.FcConfigGetFonts(known._config, fontconfig.FcSetSystem)
    if found == ffi.NULL or not found.nfont:
        raise DeckError(NO_FONT, is_lasting=False)


def remarks(slides: Sequence[Slide], pages: Sequence[int], lacking: Asked) -> list[DeckRemark]:
    """What to say of slides with signs that `lacking` picks out of a text; `pages` are those the slides begin on."""
    told = ((page, sentence(lacking(words_of(slide)))) for slide, page in zip(slides, pages, strict=True))
    return [DeckRemark(page, said) for page, said in told if said]


def words_of(value: object) -> str:
    """All texts in a slide, or in what it is made of; some that it does not show do no harm."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "".join(map(words_of, value))
    if is_dataclass(value):
        return "".join(words_of(getattr(value, one.name)) for one in fields(value) if one.name not in UNSEEN)
    return ""


def sentence(signs: Iterable[str]) -> str:
    """What to say of signs that are lacking; "" for none."""
    found = sorted(signs)
    if not found:
        return ""
    they, them, are, boxes = ("it", "it", "is", "a box") if len(found) == 1 else ("they", "them", "are", "boxes")
    known = [sign for sign in found if unicodedata.category(sign) not in UNKNOWN]
    advice = (
        f"Install one that has {them}, such as {' and '.join(_packages(known))}." if known else f"Leave {them} out."
    )
    return f"No font here has {_named(found)}: {they} {are} shown as {boxes}. {advice}"


def _named(signs: Sequence[str]) -> str:
    named = [f"“{sign}” (U+{ord(sign):04X})" for sign in signs[:MOST_NAMED]]
    if len(signs) > MOST_NAMED:
        named.append(f"{len(signs) - MOST_NAMED} more")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def _packages(signs: Iterable[str]) -> list[str]:
    """The packages that bring signs, those of a system of Debian's family."""
    return list(dict.fromkeys(map(_package, signs)))


def _package(sign: str) -> str:
    return next((package for first, last, package in PACKAGES if first <= sign <= last), OTHERS)


def lacking(text: str, font_map: Any) -> set[str]:
    """The signs of a text that no font of a font map has. Costs a line's layout for signs not asked of before."""
    signs = {sign for sign in text if sign >= LATIN_ENDS and unicodedata.category(sign) not in NOT_DRAWN}
    if new := signs.difference(_asked):
        boxes = _boxes(" ".join(sorted(new)), font_map)
        _asked.update((sign, sign in boxes) for sign in new)
    return {sign for sign in signs if _asked[sign]}


def _boxes(text: str, font_map: Any) -> set[str]:
    """The signs of a line that Pango finds no font for."""
    context = ffi.gc(pango.pango_font_map_create_context(font_map), gobject.g_object_unref)
    layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    written = text.encode()
    pango.pango_layout_set_text(layout, ffi.new("char[]", written), len(written))
    found, run = set(), pango.pango_layout_get_line_readonly(layout, 0).runs
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        numbers = [one.glyph for one in glyphs.glyphs[0 : glyphs.num_glyphs]]
        found |= {chr(number - pango.PANGO_GLYPH_UNKNOWN_FLAG) for number in numbers if _is_box(number)}
        run = run.next
    return found


def _is_box(number: int) -> bool:
    return bool(number & pango.PANGO_GLYPH_UNKNOWN_FLAG)
