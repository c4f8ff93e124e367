"""Slides as a PDF: fitted, joined, tagged. Call it in a worker: a hostile text may take for ever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from weasyprint import HTML, Document

from communitycalls.deck import draw, theme
from communitycalls.deck.easel import Drawn, Easel, fonts, joined, theme_sheet
from communitycalls.deck.fit import Fitted, check_length, fit, remarks
from communitycalls.deck.ink import spread
from communitycalls.deck.outcome import DeckRemark, Drawing
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.slides import Agenda, Slide
from communitycalls.deck.tagging import tidy
from communitycalls.deck.thin import thin

__all__ = ["draw_pdf", "fitted", "fonts", "theme_sheet", "warm"]


def draw_pdf(slides: Sequence[Slide], setting: DeckSetting, places: Places) -> Drawing:
    """A deck as a tagged PDF (PDF/UA-1) with outline, links and embedded fonts. Raises DeckError."""
    found, told = fitted(slides, setting, places)
    data = found.document.write_pdf(pdf_variant="pdf/ua-1", finisher=_finish)
    return Drawing(data, len(found.document.pages), told)


def _finish(document: Document, pdf: Any) -> None:
    spread(document, pdf)
    tidy(document, pdf)
    thin(pdf)


def fitted(slides: Sequence[Slide], setting: DeckSetting, places: Places) -> tuple[Fitted, tuple[DeckRemark, ...]]:
    """Slides that fit their pages, and what was done to them. Raises DeckError."""
    easel = Easel(setting, places, draw.deck_title(slides, setting))
    fits = fit(slides, easel.lies)
    pages, count = _pages([easel.draw(slide) for slide in fits])
    check_length(count)
    begins = {slide.item: page for slide, page in zip(fits, pages, strict=True) if slide.anchor and slide.item}
    drawn = [easel.draw_with(slide, begins) if isinstance(slide, Agenda) else easel.draw(slide) for slide in fits]
    told = [*remarks(fits, pages, count), *_refused(pages, drawn)]
    return Fitted(tuple(fits), tuple(pages), joined(drawn)), tuple(sorted(told, key=lambda remark: remark.slide))


def _pages(drawn: Sequence[Drawn]) -> tuple[list[int], int]:
    """The page, from 1, on which each slide begins; and how many pages there are."""
    begins, count = [], 0
    for one in drawn:
        begins.append(count + 1)
        count += len(one.pages)
    return begins, count


def _refused(pages: Sequence[int], drawn: Sequence[Drawn]) -> list[DeckRemark]:
    """Own pictures that were asked for and not shown, at the first slide that wants them."""
    found: dict[str, DeckRemark] = {}
    for page, one in zip(pages, drawn, strict=True):
        for url, why in one.refused.items():
            path = urlsplit(url).path
            found.setdefault(path, DeckRemark(page, f"The picture {path} is not shown: {why}."))
    return list(found.values())


def warm() -> None:
    """Draw one small page, so that fonts and rules are loaded before the first job."""
    rules = theme_sheet(theme.sheet(theme.theme(DeckSetting("Warm"))))
    HTML(string="<p>Warm <b>up</b> <code>1</code></p>").render(stylesheets=[rules], font_config=fonts())
