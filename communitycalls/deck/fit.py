"""Nothing overflows a slide: slides are measured on their pages, their text made smaller or continued on a next slide.

WeasyPrint's pages are asked on which page each atom of a slide came to lie. A slide that needs more than its page
is set smaller, step by step, and where the smallest readable size does not do it is cut before the first atom that
fell off, and its rest measured again. The bare minimum is 14 pt; the style sheet keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.text import Truncator

from communitycalls.deck.outcome import DeckError, DeckRemark
from communitycalls.deck.slides import FULL_SIZE, Slide
from interop.markdown import plain

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.document import Page

SCALES = (92, 84, 76, 68)
SCALE_WHEN_CUT = 84
MOST_PAGES = 200
MOST_AT_ONCE = 150
FIRST_GUESS = 20
TOP, FOOTER = 64.0, 84.0
ATOM = re.compile(r"s1(?:a(?P<atom>\d+)(?:-\d+)?)?")
BASE_POINTS = 22.5
LONGEST_NAME = 60
RUNS_ON = "One piece of it is longer than a slide and runs on over the next."


@dataclass(frozen=True)
class Fitted:
    """Slides that fit, the page (from 1) each begins on, and the document drawn from them."""

    slides: tuple[Slide, ...]
    pages: tuple[int, ...]
    document: Document


@dataclass(frozen=True)
class Measure:
    """How a slide lies: its pages, how many pages its text fills, and the first atom that is not on the first page."""

    pages: int
    filled: float
    first_off: int | None

    @property
    def fits(self) -> bool:
        return self.pages <= 1 and self.first_off is None


Measured = Callable[[Slide], Measure]


def fit(slides: Sequence[Slide], measured: Measured) -> list[Slide]:
    """Slides made to fit. `measured` lays a slide out by itself, quickly where it did so before.

    Raises DeckError where they become too many.
    """
    fitted: list[Slide] = []
    for slide in slides:
        fitted += fitted_slide(slide, measured)
        check_length(len(fitted))
    return fitted


def check_length(pages: int) -> None:
    """Raise DeckError for more pages than a deck may have."""
    if pages > MOST_PAGES:
        raise DeckError(f"The deck needs more than {MOST_PAGES} slides. Shorten the call's slide notes.")


def fitted_slide(slide: Slide, measured: Measured) -> list[Slide]:
    """A slide as it is, set smaller or cut."""
    if slide.size > MOST_AT_ONCE and slide.simpler is None:
        return _cut(replace(slide, scale=SCALE_WHEN_CUT), measured)
    found = measured(slide)
    if found.fits:
        return [slide]
    if slide.simpler is not None:
        return fitted_slide(slide.simpler, measured)
    scale = _largest(slide, [scale for scale in SCALES if found.filled * (scale / FULL_SIZE) ** 2 <= 1], measured)
    if scale:
        return [replace(slide, scale=scale, remarks=(*slide.remarks, _smaller(scale)))]
    return _cut(replace(slide, scale=SCALE_WHEN_CUT), measured)


def _largest(slide: Slide, scales: Sequence[int], measured: Measured) -> int | None:
    """The largest of some scales, the largest first, at which a slide fits: what fits at one fits at any smaller."""
    low, high = 0, len(scales)
    while low < high:
        middle = (low + high) // 2
        if measured(replace(slide, scale=scales[middle])).fits:
            high = middle
        else:
            low = middle + 1
    return scales[low] if low < len(scales) else None


def _cut(slide: Slide, measured: Measured) -> list[Slide]:
    """A slide and its continuations, each with as much as its page holds."""
    done: list[Slide] = []
    rest: Slide | None = slide
    while rest is not None and len(done) <= MOST_PAGES:
        first, rest = _first_page(rest, measured, expected=done[-1].size if done else FIRST_GUESS)
        done.append(first)
    more = len(done) - 1
    if more:
        said = f"It holds more than fits: continued on {more} more slide{'s' if more > 1 else ''}."
        done[0] = replace(done[0], remarks=(*done[0].remarks, said))
    return done


def _first_page(slide: Slide, measured: Measured, expected: int) -> tuple[Slide, Slide | None]:
    """As much of a slide as its page holds, and the rest; only about as much is laid out as is expected to fit."""
    tried = expected
    while True:
        tried = min(slide.size, tried * 3 // 2 + 4)
        found = measured(slide.cut(tried)[0] if tried < slide.size else slide)
        if not found.fits:
            at = _where(slide, found.first_off)
            return _kept(slide, at, measured) if at is not None else (slide, None)
        if tried >= slide.size:
            return slide, None


def _kept(slide: Slide, at: int, measured: Measured) -> tuple[Slide, Slide]:
    """The slide cut before atom `at`, or before an earlier one where the cut itself takes room."""
    first, rest = slide.cut(at)
    while at > 1 and not measured(first).fits:
        at = slide.good_cut(at - 1)
        first, rest = slide.cut(at)
    return first, rest


def _where(slide: Slide, off: int | None) -> int | None:
    """Before which atom to cut, `off` being the first that fell off; None where one piece runs over by itself."""
    if off is None or slide.size < 2:
        return None
    return max(slide.good_cut(min(max(off, 1), slide.size - 1)), 1)


def _smaller(scale: int) -> str:
    points = BASE_POINTS * scale / FULL_SIZE
    return f"It holds much: its text was made smaller, {points:.1f} instead of {BASE_POINTS:.1f} pt."


def measure(document: Document, size: int) -> Measure:
    """How a slide of so many atoms lies on the pages of its own document.

    The first atom off is the first that lies on a later page, or on none: what WeasyPrint dropped does not fit.
    """
    kept, *later = atoms = [dict(_atoms(page)) for page in document.pages]
    missing = set(range(size)) - set(kept)
    off = min(missing.union(*later), default=None)
    filled = sum(map(_filled, document.pages, atoms))
    return Measure(len(document.pages), filled, off)


def _filled(page: Page, atoms: dict[int, float]) -> float:
    """How much of a page's height its atoms reach down to, 0 to 1."""
    lowest = max(atoms.values(), default=TOP)
    room: float = page.height - TOP - FOOTER
    return max(lowest - TOP, 0.0) / room


def _atoms(page: Page) -> Iterator[tuple[int, float]]:
    """Atoms on a page and where they end; one that ends below the page's body is not on it."""
    for name, (_, _, _, bottom) in page.anchors.items():
        match = ATOM.fullmatch(name)
        if match and match["atom"] and bottom <= page.height - FOOTER + 1:
            yield int(match["atom"]), bottom


def remarks(slides: Sequence[Slide], pages: Sequence[int], count: int) -> list[DeckRemark]:
    """What slides say to the editor, under the page they came to lie on; and slides that still run over."""
    found = []
    for slide, page, following in zip(slides, pages, (*pages[1:], count + 1), strict=True):
        runs_on = (RUNS_ON,) if following - page > 1 else ()
        name = Truncator(plain(slide.title)).chars(LONGEST_NAME)
        found += [DeckRemark(page, f"“{name}”: {text}") for text in (*slide.remarks, *runs_on)]
    return found
