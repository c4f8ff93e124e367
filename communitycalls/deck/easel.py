"""Slides drawn one by one, each as a document of its own, and kept: a deck of which one slide changed costs one slide.

A slide is told by its HTML, its rules and where pictures lie; whatever looks the same is laid out once in a process.
What depends on the deck around it is put in last: the page's number at its foot, and on the agenda the pages of its
items. Pages are joined by WeasyPrint's `Document.copy`; tags, outline and links are made of the joined document.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from weasyprint import CSS, HTML, Document
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import split_first_line

from communitycalls.deck import draw, theme
from communitycalls.deck.fetcher import OWN, OwnPictures, shelves
from communitycalls.deck.fit import Measure, measure
from communitycalls.deck.ink import InkedPage
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.slides import Slide

SHEET_ADDRESS = f"{OWN}/static/css/deck.css"
OUR_PICTURES = f"{OWN}/static/img/deck/"  # read once in a process: they change only with the code
NAMED = "item-"
MOST_KEPT = 400
MOST_MEASURED = 4_000
NUMBER_BOX = "@bottom-right"


@dataclass(frozen=True)
class Drawn:
    """A slide on its pages; `refused` are own pictures that were asked for and not shown, by address."""

    pages: tuple[InkedPage, ...]
    measure: Measure
    document: Document
    refused: Mapping[str, str]


@lru_cache(maxsize=1)
def fonts() -> FontConfiguration:
    return FontConfiguration()


@lru_cache(maxsize=8)
def theme_sheet(text: str) -> CSS:
    """A theme's rules, read once in a process. Their own pictures come from the static files alone."""
    pictures = OwnPictures(shelves([OWN], "/media/", theme.STATIC / "none", "/static/", theme.STATIC))
    return CSS(string=text, base_url=SHEET_ADDRESS, url_fetcher=pictures, font_config=fonts())


class Easel:
    """Draws the slides of one deck."""

    asked: OrderedDict[tuple[object, ...], Drawn] = OrderedDict()
    kept: OrderedDict[tuple[object, ...], Drawn] = OrderedDict()
    measured: OrderedDict[tuple[object, ...], Measure] = OrderedDict()
    ours: dict[str, Any] = {}

    def __init__(self, setting: DeckSetting, places: Places, title: str) -> None:
        self._setting, self._places, self._title = setting, places, title
        self._base = setting.site_url or OWN
        self._rules = theme_sheet(theme.sheet(theme.theme(setting)))
        self._images: dict[str, Any] = dict(self.ours)
        self._seen: dict[Slide, Drawn] = {}

    def lies(self, slide: Slide) -> Measure:
        """How a slide lies by itself. What does not fit is measured and let go: trials are many, and large."""
        asked = self._asked(slide, None)
        found = self.measured.get(asked)
        if found is None:
            drawn = self.draw(slide)
            found = self.measured[asked] = drawn.measure
            _trim(self.measured, MOST_MEASURED)
            if not found.fits:
                self._let_go(slide, asked, drawn)
                del drawn
                gc.collect(0)  # jobs run with the collector off, and what was laid out is full of cycles
        return found

    def _let_go(self, slide: Slide, asked: tuple[object, ...], drawn: Drawn) -> None:
        self._seen.pop(slide, None)
        self.asked.pop(asked, None)
        for key in [key for key, one in self.kept.items() if one is drawn]:
            del self.kept[key]

    def draw(self, slide: Slide) -> Drawn:
        """A slide by itself."""
        found = self._seen.get(slide)
        if found is None:
            found = self._seen[slide] = self.draw_with(slide, None)
        return found

    def draw_with(self, slide: Slide, begins: Mapping[int, int] | None) -> Drawn:
        """A slide by itself, where it lists agenda items with their pages by number."""
        asked = self._asked(slide, begins)
        found = self.asked.get(asked)
        if found is None:
            found = self.asked[asked] = self._known(slide, begins)
            _trim(self.asked, MOST_KEPT)
        self.asked.move_to_end(asked)
        return found

    def _asked(self, slide: Slide, begins: Mapping[int, int] | None) -> tuple[object, ...]:
        return (slide, self._setting, self._title, tuple((begins or {}).items()), self._rules, self._places)

    def _known(self, slide: Slide, begins: Mapping[int, int] | None) -> Drawn:
        """What a slide's HTML leads to: slides that are not the same may look it."""
        text = draw.html([slide], self._setting, title=self._title, begins=begins)
        own = theme.pictures_sheet(self._setting, [slide], 1)
        key = (text, own, self._rules, self._base, self._setting.call_url, self._places)
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = self._drawn(slide, text, own)
            _trim(self.kept, MOST_KEPT)
        self.kept.move_to_end(key)
        return found

    def _drawn(self, slide: Slide, text: str, own: str) -> Drawn:
        places = self._places
        pictures = OwnPictures(
            shelves({self._base, OWN}, places.media_url, places.media, places.static_url, theme.STATIC)
        )
        sheets = [self._rules]
        if own:
            sheets.append(CSS(string=own, base_url=self._base, url_fetcher=pictures))
        page = HTML(string=text, base_url=self._setting.call_url or self._base, url_fetcher=pictures)
        document = page.render(stylesheets=sheets, font_config=fonts(), cache=self._images)
        self.ours.update((url, image) for url, image in self._images.items() if image and url.startswith(OUR_PICTURES))
        found = measure(document, slide.size)
        for one in document.pages:
            one.anchors = {name: place for name, place in one.anchors.items() if name.startswith(NAMED)}
        return Drawn(tuple(map(InkedPage, document.pages)), found, document, pictures.refused)


def _trim(kept: OrderedDict[tuple[object, ...], Any], most: int) -> None:
    """Let the oldest go."""
    while len(kept) > most:
        kept.popitem(last=False)


def joined(drawn: Sequence[Drawn]) -> Document:
    """One document of slides drawn one by one, with their pages numbered."""
    pages: list[InkedPage] = []
    for page in (page for one in drawn for page in one.pages):
        pages.append(page.again() if any(page is other for other in pages) else page)
    for place, page in enumerate(pages, 1):
        set_number(page, f"{place} / {len(pages)}")
    return drawn[0].document.copy(pages)


def set_number(page: InkedPage, text: str) -> None:
    """Write a page's number at its foot, where it has one. It ends where the number that was laid out ended."""
    page.number = text
    for box in page._page_box.children:
        if isinstance(box, boxes.MarginBox) and box.at_keyword == NUMBER_BOX:
            for inner in box.descendants():
                if isinstance(inner, boxes.TextBox):
                    _write(inner, text)


def _write(box: Any, text: str) -> None:
    layout, _, _, width, *_ = split_first_line(text, box.style, None, None, 0)
    box.position_x += box.width - width
    box.text, box.width, box.pango_layout = text, width, layout
