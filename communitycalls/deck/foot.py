"""The number at a page's foot, apart from the page: which page it is depends on the deck, and numbers are written last.

Its signs are drawn once for each look, as many as any number needs; a number is then put together of them as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from weasyprint.draw.text import draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import split_first_line

from communitycalls.deck.signs import PageFonts, Signs

if TYPE_CHECKING:
    from weasyprint.document import Page

NUMBER_BOX = "@bottom-right"
ALL_SIGNS = "0123456789 / 0"  # a space at an end would be left out
LOOK = (
    "font_family font_size font_weight font_style font_stretch font_variant_numeric font_variant_caps font_kerning"
    " font_feature_settings font_variation_settings letter_spacing word_spacing lang"
).split()
TOKEN = re.compile(rb"/(?P<font>\w+) (?P<size>[\d.]+) Tf|(?P<signs><[0-9a-f]+>)|(?P<back>-?[\d.]+)(?=[<\]])")
SIGN = re.compile(rb"[0-9a-f]{4}")
LOOKS: dict[tuple[str, ...], Alphabet | None] = {}


@dataclass(frozen=True)
class Sign:
    """A sign in its font, by WeasyPrint's name; `width` is in the page's pixels, `back` as text operators have it."""

    font: bytes
    size: bytes
    sign: bytes
    back: bytes
    width: float


@dataclass(frozen=True)
class Alphabet:
    """What numbers are made of, and what that takes of fonts."""

    signs: dict[str, Sign]
    fonts: dict[str, Signs]


@dataclass(frozen=True)
class Foot:
    """Where a page's number ends, in the page's pixels, and how it looks."""

    end: float
    base: float
    colour: bytes
    alphabet: Alphabet

    def written(self, text: str, scale: float) -> bytes:
        """Operators for a number: one that is not content, for a page whose first operator turned it upside down."""
        signs = [self.alphabet.signs[sign] for sign in text]
        begin = self.end - sum(sign.width for sign in signs)
        place = f"1 0 0 -1 {begin:.6f} {self.base:.6f} Tm".encode()
        scaled = f"{scale:g} 0 0 {scale:g} 0 0 cm".encode()
        lines = (b"/Artifact BMC", b"q", scaled, self.colour, b"BT", place, *_shown(signs), b"ET", b"Q", b"EMC")
        return b"\n".join(lines)


def _shown(signs: list[Sign]) -> Iterator[bytes]:
    for (font, size), run in groupby(signs, key=lambda sign: (sign.font, sign.size)):
        yield b"/%b %b Tf" % (font, size)
        yield b"[%b] TJ" % b"".join(b"<%b>%b" % (sign.sign, sign.back) for sign in run)


def number_box(page_box: Any) -> Any:
    """The margin box with a page's number, None where it has none."""
    for box in page_box.children:
        if isinstance(box, boxes.MarginBox) and box.at_keyword == NUMBER_BOX:
            return box
    return None


def set_numbers(pages: Sequence[Page]) -> None:
    """Write pages' numbers into what was laid out, each ending where its own ended: for who paints the boxes anew."""
    for place, page in enumerate(pages, 1):
        margin = number_box(page._page_box)
        for box in _texts(margin) if margin else ():
            text = number(place, len(pages))
            layout, _, _, width, *_ = split_first_line(text, box.style, None, None, 0)
            box.position_x += box.width - width
            box.text, box.width, box.pango_layout = text, width, layout


def number(place: int, count: int) -> str:
    """What stands at the foot of a page."""
    return f"{place} / {count}"


def _texts(margin: Any) -> list[Any]:
    return [box for box in margin.descendants() if isinstance(box, boxes.TextBox)]


def foot_of(margin: Any, stream: Any) -> Foot | None:
    """The foot of a page by the box of its number, None where nothing stands there that could be taken apart.

    `stream` is one of WeasyPrint's; it is left as it was.
    """
    found = _texts(margin)
    if len(found) != 1 or found[0].style["visibility"] != "visible":
        return None
    box = found[0]
    look = tuple(str(box.style[name]) for name in LOOK)
    if look not in LOOKS:
        LOOKS[look] = _alphabet(box, stream)
    alphabet = LOOKS[look]
    if alphabet is None:
        return None
    colour = b"\n".join(_drawn(stream, lambda: stream.set_color(box.style["color"])))
    return Foot(box.position_x + box.width, box.position_y + box.baseline, colour, alphabet)


def _drawn(stream: Any, draw: Callable[[], None]) -> list[bytes]:
    """The operators that drawing writes to a stream."""
    before, stream.stream = stream.stream, []
    stream._current_color = stream._current_alpha = stream._current_font = None
    try:
        draw()
        found: list[bytes] = stream.stream
        return found
    finally:
        stream.stream = before
        stream._current_color = stream._current_alpha = stream._current_font = None


def _alphabet(box: Any, stream: Any) -> Alphabet | None:
    """All signs drawn once; None where a font does not draw them one by one."""
    layout, *_ = split_first_line(ALL_SIGNS, box.style, None, None, 0)
    sample = copy(box)
    sample.text, sample.pango_layout = ALL_SIGNS, layout
    fonts, stream._fonts = stream._fonts, PageFonts()
    try:
        operators = b"\n".join(_drawn(stream, lambda: draw_text(stream, sample, 0, "clip", "none")))
        used = stream._fonts.used()
    finally:
        stream._fonts = fonts
    signs = list(_signs(operators, used))
    return Alphabet(dict(zip(ALL_SIGNS, signs, strict=True)), used) if len(signs) == len(ALL_SIGNS) else None


def _signs(operators: bytes, fonts: dict[str, Signs]) -> Iterator[Sign]:
    """The signs that operators show, one by one."""
    font, size, waiting = b"", b"", b""
    for token in [*TOKEN.finditer(operators), None]:
        back = token["back"] if token else None
        if waiting:
            widths = fonts[font.decode()].widths
            width = (widths[int(waiting, 16)] - float(back or 0)) / 1000 * float(size)
            yield Sign(font, size, waiting, back or b"", width)
            waiting = b""
        if token and token["font"]:
            font, size = token["font"], token["size"]
        elif token and token["signs"]:
            *first, waiting = SIGN.findall(token["signs"])
            for sign in first:
                yield Sign(font, size, sign, b"", fonts[font.decode()].widths[int(sign, 16)] / 1000 * float(size))
