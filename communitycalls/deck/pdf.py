"""Slides as a PDF: HTML, WeasyPrint's layout, fitting, tags. Call it in a worker: a hostile text may take for ever."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

from communitycalls.deck import draw, theme
from communitycalls.deck.fetcher import OWN, OwnPictures, shelves
from communitycalls.deck.fit import Fitted, fit
from communitycalls.deck.outcome import DeckRemark, Drawing
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.slides import Slide

SHEET_ADDRESS = f"{OWN}/static/css/deck.css"


@lru_cache(maxsize=1)
def fonts() -> FontConfiguration:
    return FontConfiguration()


@lru_cache(maxsize=8)
def theme_sheet(text: str) -> CSS:
    """A theme's rules, read once in a process. Their own pictures come from the static files alone."""
    pictures = OwnPictures(shelves([OWN], "/media/", theme.STATIC / "none", "/static/", theme.STATIC))
    return CSS(string=text, base_url=SHEET_ADDRESS, url_fetcher=pictures, font_config=fonts())


def draw_pdf(slides: Sequence[Slide], setting: DeckSetting, places: Places) -> Drawing:
    """A deck as a tagged PDF (PDF/UA-1) with outline, links and embedded fonts. Raises DeckError."""
    base = setting.site_url or OWN
    pictures = OwnPictures(shelves({base, OWN}, places.media_url, places.media, places.static_url, theme.STATIC))
    cache: dict[str, Any] = {}
    rules = theme_sheet(theme.sheet(theme.theme(setting)))

    def render(some: Sequence[Slide], first: int) -> Document:
        text = draw.html(some, setting, first=first, title=title)
        own = CSS(string=theme.pictures_sheet(setting, some, first), base_url=base, url_fetcher=pictures)
        page = HTML(string=text, base_url=setting.call_url or base, url_fetcher=pictures)
        return page.render(stylesheets=[rules, own], font_config=fonts(), cache=cache)

    title = draw.deck_title(slides, setting)
    fitted = fit(slides, render)
    remarks = (*fitted.remarks, *_refused(fitted, pictures.refused))
    data = fitted.document.write_pdf(pdf_variant="pdf/ua-1")
    return Drawing(data, len(fitted.document.pages), tuple(sorted(remarks, key=lambda remark: remark.slide)))


def _refused(fitted: Fitted, refused: dict[str, str]) -> list[DeckRemark]:
    """Own pictures that were asked for and not shown, at the first slide that wants them."""
    found = []
    for url, why in refused.items():
        path = urlsplit(url).path
        wanting = next(
            (page for page, slide in zip(fitted.pages, fitted.slides, strict=True) if path in repr(slide)), 1
        )
        found.append(DeckRemark(wanting, f"The picture {path} is not shown: {why}."))
    return found


def warm() -> None:
    """Draw one small page, so that fonts and rules are loaded before the first job."""
    rules = theme_sheet(theme.sheet(theme.theme(DeckSetting("Warm"))))
    HTML(string="<p>Warm <b>up</b> <code>1</code></p>").render(stylesheets=[rules], font_config=fonts())
