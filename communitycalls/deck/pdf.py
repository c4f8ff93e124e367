"""Slides as a PDF: fitted, joined, tagged. Call it in a worker: a hostile text may take for ever."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from weasyprint import HTML

from communitycalls.deck import draw, lacking, theme
from communitycalls.deck.bind import bind
from communitycalls.deck.easel import Drawn, Easel, fonts, joined, theme_sheet
from communitycalls.deck.fetcher import OwnPictures
from communitycalls.deck.fit import Fitted, check_length, fit, remarks
from communitycalls.deck.mate import draw_together
from communitycalls.deck.outcome import DeckRemark, Drawing
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.signs import UnknownFontError
from communitycalls.deck.slides import Slide

__all__ = ["draw_pdf", "fitted", "fonts", "theme_sheet", "warm"]


def draw_pdf(slides: Sequence[Slide], setting: DeckSetting, places: Places) -> Drawing:
    """A deck as a tagged PDF (PDF/UA-1) with outline, links and embedded fonts. Raises DeckError."""
    found, told = fitted(slides, setting, places)
    try:
        data = bind(found.document)
    except UnknownFontError:  # of pages that another process drew
        found, told = fitted(slides, setting, places, laid_out=True)
        data = bind(found.document)
    return Drawing(data, len(found.document.pages), told)


def fitted(
    slides: Sequence[Slide], setting: DeckSetting, places: Places, *, laid_out: bool = False
) -> tuple[Fitted, tuple[DeckRemark, ...]]:
    """Slides that fit their pages, and what was done to them. Raises DeckError.

    Pages that were drawn before, or in another process, are ready for `bind` alone, unless all are wanted `laid_out`.
    """
    expected = _begins(slides, range(1, len(slides) + 1))
    easel = Easel(setting, places, draw.deck_title(slides, setting), expected, laid_out=laid_out)
    if not laid_out:
        draw_together(easel, slides)
    fits = fit(slides, easel.fitted)
    pages, count = _pages([easel.draw(slide) for slide in fits])
    check_length(count)
    easel.expect(_begins(fits, pages))
    drawn = [easel.draw(slide) for slide in fits]
    told = [*remarks(fits, pages, count), *_refused(pages, drawn), *lacking.remarks(fits, pages, _lacking)]
    return Fitted(tuple(fits), tuple(pages), joined(drawn)), tuple(sorted(told, key=lambda remark: remark.slide))


def _begins(slides: Sequence[Slide], pages: Iterable[int]) -> dict[int, int]:
    """The page on which each agenda item begins, by number."""
    return {slide.item: page for slide, page in zip(slides, pages, strict=True) if slide.anchor and slide.item}


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


def _lacking(text: str) -> set[str]:
    """The signs of a text that no font here has."""
    return lacking.lacking(text, fonts().font_map)


def warm() -> None:
    """Draw one small page, so that fonts and rules are loaded before the first job."""
    rules = theme_sheet(theme.sheet(theme.theme(DeckSetting("Warm"))))
    page = HTML(string="<p>Warm <b>up</b> <code>1</code></p>", url_fetcher=OwnPictures(()))
    page.render(stylesheets=[rules], font_config=fonts())
