"""Nothing overflows a slide: slides are measured on their pages, their text made smaller or continued on a next slide.

WeasyPrint's pages are asked on which page each slide and each atom came to lie. A slide that needs more than its page
is set smaller, step by step, and where the smallest readable size does not do it is cut before the first atom that
fell off, and its rest measured again. The bare minimum is 14 pt; the style sheet keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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
MOST_PAGES_TO_SHRINK = 3
FIRST_GUESS = 20
FOOTER = 84.0
ATOM = re.compile(r"s(?P<slide>\d+)(?:a(?P<atom>\d+)(?:-\d+)?)?")
BASE_POINTS = 22.5
LONGEST_NAME = 60
RUNS_ON = "One piece of it is longer than a slide and runs on over the next."

Render = Callable[[Sequence[Slide], int], "Document"]


@dataclass(frozen=True)
class Fitted:
    """Slides that fit, the page (from 1) each begins on, the document drawn from them, and what was done."""

    slides: tuple[Slide, ...]
    pages: tuple[int, ...]
    document: Document
    remarks: tuple[DeckRemark, ...]


@dataclass(frozen=True)
class Measure:
    """How a slide lies: how many pages it needs, and the first atom that is not on the first of them."""

    pages: int
    first_off: int | None

    @property
    def fits(self) -> bool:
        return self.pages <= 1 and self.first_off is None


def fit(slides: Sequence[Slide], render: Render) -> Fitted:
    """Slides made to fit. `render` draws slides as a document, the first under the number given.

    Raises DeckError where a slide holds what no page can hold.
    """
    document = render(slides, 1)
    measures = measure(document, slides, 1)
    fitted: list[Slide] = []
    for slide, found in zip(slides, measures, strict=True):
        fitted += [slide] if found.fits else fitted_slide(slide, found, render)
        _check_length(len(fitted))
    if fitted != list(slides):
        document = render(fitted, 1)
    _check_length(len(document.pages))
    begins = first_pages(document)
    pages = tuple(begins.get(place, place) for place in range(1, len(fitted) + 1))
    return Fitted(tuple(fitted), pages, document, remarks(fitted, pages, len(document.pages)))


def _check_length(pages: int) -> None:
    if pages > MOST_PAGES:
        raise DeckError(f"The deck needs more than {MOST_PAGES} slides. Shorten the call's slide notes.")


def fitted_slide(slide: Slide, found: Measure, render: Render) -> list[Slide]:
    """A slide that overflows as measured, set smaller or cut; alone on its document, so that it is quick."""
    if slide.simpler is not None:
        found = measured(slide.simpler, render)
        return [slide.simpler] if found.fits else fitted_slide(slide.simpler, found, render)
    for scale in SCALES if found.pages <= MOST_PAGES_TO_SHRINK else ():
        smaller = replace(slide, scale=scale)
        if measured(smaller, render).fits:
            return [replace(smaller, remarks=(*slide.remarks, _smaller(scale)))]
    return _cut(replace(slide, scale=SCALE_WHEN_CUT), render)


def _cut(slide: Slide, render: Render) -> list[Slide]:
    """A slide and its continuations, each with as much as its page holds."""
    done: list[Slide] = []
    rest: Slide | None = slide
    while rest is not None and len(done) <= MOST_PAGES:
        first, rest = _first_page(rest, render, expected=done[-1].size if done else FIRST_GUESS)
        done.append(first)
    more = len(done) - 1
    if more:
        said = f"It holds more than fits: continued on {more} more slide{'s' if more > 1 else ''}."
        done[0] = replace(done[0], remarks=(*done[0].remarks, said))
    return done


def _first_page(slide: Slide, render: Render, expected: int) -> tuple[Slide, Slide | None]:
    """As much of a slide as its page holds, and the rest; only about as much is laid out as is expected to fit."""
    tried = expected
    while True:
        tried = min(slide.size, 2 * tried + 4)
        found = measured(slide.cut(tried)[0] if tried < slide.size else slide, render)
        if not found.fits:
            at = _where(slide, found.first_off)
            return _kept(slide, at, render) if at is not None else (slide, None)
        if tried >= slide.size:
            return slide, None


def _kept(slide: Slide, at: int, render: Render) -> tuple[Slide, Slide]:
    """The slide cut before atom `at`, or before an earlier one where the cut itself takes room."""
    first, rest = slide.cut(at)
    while at > 1 and not measured(first, render).fits:
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


def measured(slide: Slide, render: Render) -> Measure:
    """How one slide lies on a document of its own."""
    return measure(render([slide], 1), [slide], 1)[0]


def measure(document: Document, slides: Sequence[Slide], first: int) -> list[Measure]:
    """How slides lie on the pages of the document they were drawn in."""
    pages: dict[int, list[int]] = {}
    on_page: dict[tuple[int, int], set[int]] = {}
    for number, page in enumerate(document.pages):
        for slide, atom in _found(page):
            if atom is None:
                pages.setdefault(slide, []).append(number)
            else:
                on_page.setdefault((slide, number), set()).add(atom)
    return [_measure(slide, sorted(pages.get(place, [])), place, on_page) for place, slide in enumerate(slides, first)]


def _measure(slide: Slide, pages: list[int], place: int, on_page: dict[tuple[int, int], set[int]]) -> Measure:
    """The first atom that lies on a later page, or on none: what WeasyPrint dropped counts as not fitting."""
    if not pages:
        return Measure(2, 0)
    kept = on_page.get((place, pages[0]), set())
    later = {atom for number in pages[1:] for atom in on_page.get((place, number), set())}
    off = later | (set(range(slide.size)) - kept - later)
    return Measure(len(pages), min(off, default=None))


def _found(page: Page) -> list[tuple[int, int | None]]:
    """Slides and atoms on a page; an atom that begins below the page's body is not on it."""
    found: list[tuple[int, int | None]] = []
    for name, place in page.anchors.items():
        match = ATOM.fullmatch(name)
        if match is None:
            continue
        atom = int(match["atom"]) if match["atom"] else None
        if atom is None or place[3] <= page.height - FOOTER + 1:
            found.append((int(match["slide"]), atom))
    return found


def remarks(slides: Sequence[Slide], pages: Sequence[int], count: int) -> tuple[DeckRemark, ...]:
    """What slides say to the editor, under the page they came to lie on; and slides that still run over."""
    found = []
    for slide, page, following in zip(slides, pages, (*pages[1:], count + 1), strict=True):
        runs_on = (RUNS_ON,) if following - page > 1 else ()
        name = Truncator(plain(slide.title)).chars(LONGEST_NAME)
        found += [DeckRemark(page, f"“{name}”: {text}") for text in (*slide.remarks, *runs_on)]
    return tuple(found)


def first_pages(document: Document) -> dict[int, int]:
    """The page, from 1, on which each slide begins."""
    begins: dict[int, int] = {}
    for number, page in enumerate(document.pages, 1):
        for slide, atom in _found(page):
            if atom is None:
                begins.setdefault(slide, number)
    return begins
