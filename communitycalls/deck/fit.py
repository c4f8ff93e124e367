"""Nothing overflows a slide: slides are measured on their pages, their text made smaller or continued on a next slide.

WeasyPrint's pages are asked on which page each atom of a slide came to lie. A slide that needs more than its page
is set smaller, step by step, and where the smallest readable size does not do it is cut before the first atom that
fell off, and its rest measured again. The bare minimum is 14 pt; the style sheet keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.text import Truncator

from communitycalls.deck.guess import HOPELESS, atoms_at, next_scale
from communitycalls.deck.outcome import DeckError, DeckRemark
from communitycalls.deck.slides import FULL_SIZE, Slide
from communitycalls.deck.words import SOFT
from interop.markdown import plain

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.document import Page

SCALE_WHEN_CUT = 84
MOST_PAGES = 200
MOST_AT_ONCE = 150
MANY, FEW = 32, 24
SPARE = 2
LEAST_FILLED = 0.25
LONE = 4  # so many times as much on the page before makes the last one a lone piece
TOP, FOOTER = 64.0, 84.0
ATOM = re.compile(r"s1a(?P<atom>\d+)(?:-\d+)?")
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


def fit(slides: Sequence[Slide], fitted: Callable[[Slide], list[Slide]]) -> list[Slide]:
    """Slides made to fit, each by `fitted`. Raises DeckError where they become too many."""
    found: list[Slide] = []
    for slide in slides:
        found += fitted(slide)
        check_length(len(found))
    return found


def check_length(pages: int) -> None:
    """Raise DeckError for more pages than a deck may have."""
    if pages > MOST_PAGES:
        raise DeckError(f"The deck needs more than {MOST_PAGES} slides. Shorten the call's slide notes.")


def fitted_slide(slide: Slide, measured: Measured) -> list[Slide]:
    """A slide as it is, set smaller or cut."""
    if slide.size > MANY and slide.simpler is None:
        start = measured(slide.cut(FEW)[0])
        if slide.size > MOST_AT_ONCE or start.filled > HOPELESS:
            return _cut(slide, {FULL_SIZE: start}, measured)
    tries = {FULL_SIZE: measured(slide)}
    if tries[FULL_SIZE].fits:
        return [slide]
    if slide.simpler is not None:
        return fitted_slide(slide.simpler, measured)
    while scale := next_scale(tries):
        tries[scale] = measured(replace(slide, scale=scale))
    scale = max((scale for scale, found in tries.items() if found.fits), default=0)
    if scale:
        return [replace(slide, scale=scale, remarks=(*slide.remarks, _smaller(scale)))]
    return _cut(slide, tries, measured)


def _cut(slide: Slide, tries: Mapping[int, Measure], measured: Measured) -> list[Slide]:
    """A slide and its continuations, each with as much as its page holds. `tries` are what is known of it, by scale."""
    slide = replace(slide, scale=SCALE_WHEN_CUT)
    expected = slide.size if SCALE_WHEN_CUT in tries else atoms_at(SCALE_WHEN_CUT, tries)
    done: list[Slide] = []
    wholes: list[Slide] = []
    rest: Slide | None = slide
    while rest is not None and len(done) <= MOST_PAGES:
        wholes.append(rest)
        first, rest = _first_page(rest, measured, expected)
        done.append(first)
        expected = first.size
    if rest is None and len(done) > 1:
        done[-2:] = _evened(wholes[-2], done[-2:], measured)
    more = len(done) - 1
    if more:
        said = f"It holds more than fits: continued on {more} more slide{'s' if more > 1 else ''}."
        done[0] = replace(done[0], remarks=(*done[0].remarks, said))
    return done


def _evened(whole: Slide, last: list[Slide], measured: Measured) -> list[Slide]:
    """The last two pages of a slide, cut anew in the middle of both where else a small piece would stand alone."""
    full, tail = last
    if tail.size * LONE > full.size:
        return last
    parts = whole.cut(max(whole.good_cut((whole.size + 1) // 2), 1))
    if parts[1].size <= tail.size or not all(measured(part).fits for part in parts):
        return last
    return [*parts]


def _first_page(slide: Slide, measured: Measured, expected: int) -> tuple[Slide, Slide | None]:
    """As much of a slide as its page holds, and the rest; little more is laid out than is expected to fit."""
    tried = min(slide.size, expected + SPARE)
    while (found := measured(slide.cut(tried)[0] if tried < slide.size else slide)).fits:
        if tried >= slide.size:
            return slide, None
        tried = min(slide.size, max(tried + SPARE, round(tried / max(found.filled, LEAST_FILLED))))
    off = tried - 1 if found.first_off is None and tried < slide.size else found.first_off
    at = _where(slide, off)
    return _kept(slide, at, measured) if at is not None else (slide, None)


def _kept(slide: Slide, at: int, measured: Measured) -> tuple[Slide, Slide | None]:
    """The slide cut before atom `at`, or before an earlier one where the cut itself takes room.

    There is no rest where a slide has to keep all it has: columns are not parted from their headings.
    """
    first, rest = slide.cut(at)
    while at > 1 and not measured(first).fits:
        at = slide.good_cut(at - 1)
        first, rest = slide.cut(at)
    return first, rest if rest.size else None


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
    kept, *later = atoms = [_atoms(page) for page in document.pages]
    missing = set(range(size)) - set(kept)
    off = min(missing.union(*later), default=None)
    filled = sum(map(_filled, document.pages, atoms))
    return Measure(len(document.pages), filled, off)


def _filled(page: Page, atoms: dict[int, float]) -> float:
    """How much of a page's height its atoms reach down to, 0 to 1."""
    lowest = max(atoms.values(), default=TOP)
    room: float = page.height - TOP - FOOTER
    return max(lowest - TOP, 0.0) / room


def _atoms(page: Page) -> dict[int, float]:
    """Atoms on a page and where they end; one that ends below the page's body is not on it.

    WeasyPrint gives each element with an id rules of its own, and so everything in it: atoms are named by data.
    """
    found: dict[str, float] = {}
    for box in _boxes(page._page_box):
        name = "" if box.element is None else box.element.get("data-atom", "")
        if name and name not in found:
            _, top, _, height = box.hit_area()
            found[name] = top + height
    atoms: dict[int, float] = {}
    for name, bottom in found.items():
        match = ATOM.fullmatch(name)
        if match and bottom <= page.height - FOOTER + 1:
            atoms[int(match["atom"])] = bottom
    return atoms


def _boxes(box: Any) -> Iterator[Any]:
    """A box and all below it, each before what is in it."""
    yield box
    for child in box.all_children():
        yield from _boxes(child)


def remarks(slides: Sequence[Slide], pages: Sequence[int], count: int) -> list[DeckRemark]:
    """What slides say to the editor, under the page they came to lie on; and slides that still run over."""
    found = []
    for slide, page, following in zip(slides, pages, (*pages[1:], count + 1), strict=True):
        runs_on = (RUNS_ON,) if following - page > 1 else ()
        name = Truncator(plain(slide.title).replace(SOFT, "")).chars(LONGEST_NAME)
        found += [DeckRemark(page, f"“{name}”: {text}") for text in (*slide.remarks, *runs_on)]
    return found
