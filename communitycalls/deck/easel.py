"""Slides drawn one by one, each as a document of its own, and kept: a deck of which one slide changed costs one slide.

A slide is told by its HTML, its rules and where pictures lie; whatever looks the same is laid out once in a process.
What depends on the deck around it is put in last: the page's number at its foot, and on the agenda the pages of its
items. Pages are joined by WeasyPrint's `Document.copy`; `bind` makes a file of the joined document.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from weasyprint import CSS, Document
from weasyprint.text.fonts import FontConfiguration

from communitycalls.deck import draw, theme
from communitycalls.deck.fetcher import OWN, OwnPictures, shelves
from communitycalls.deck.fit import Measure, fitted_slide, measure
from communitycalls.deck.ink import InkedPage
from communitycalls.deck.markup import Markup
from communitycalls.deck.pictures import Pictures
from communitycalls.deck.progress import Desk
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.slides import Agenda, Slide

SHEET_ADDRESS = f"{OWN}/static/css/deck.css"
OUR_PICTURES = f"{OWN}/static/img/deck/"
NAMED = "item-"
MOST_KEPT = 400
MOST_MEASURED = 4_000


@dataclass(frozen=True)
class Drawn:
    """A slide on its pages; `refused` are own pictures that were asked for and not shown, by address.

    Of a slide that another process drew there are the painted pages alone, and no document.
    """

    pages: tuple[InkedPage, ...]
    measure: Measure
    document: Document | None
    refused: Mapping[str, str]

    def sendable(self) -> Drawn:
        """The same for another process."""
        return replace(self, pages=tuple(page.sendable() for page in self.pages), document=None)


@lru_cache(maxsize=1)
def fonts() -> FontConfiguration:
    return FontConfiguration()


@lru_cache(maxsize=8)
def theme_sheet(text: str) -> CSS:
    """A theme's rules, read once in a process. Their own pictures come from the static files alone."""
    pictures = OwnPictures(shelves([OWN], "/media/", theme.STATIC / "none", "/static/", theme.STATIC))
    return CSS(string=text, base_url=SHEET_ADDRESS, url_fetcher=pictures, font_config=fonts())


class Easel:
    """Draws the slides of one deck. `begins` are the pages, by number, on which agenda items are expected to begin.

    `laid_out` wants pages with their boxes, which those that another process drew do not have.
    """

    asked: OrderedDict[tuple[object, ...], Drawn] = OrderedDict()
    kept: OrderedDict[tuple[object, ...], Drawn] = OrderedDict()
    measured: OrderedDict[tuple[object, ...], Measure] = OrderedDict()
    fits: OrderedDict[tuple[object, ...], list[Slide]] = OrderedDict()

    def __init__(
        self, setting: DeckSetting, places: Places, title: str, begins: Mapping[int, int], *, laid_out: bool = False
    ) -> None:
        self._setting, self._places, self._title = setting, places, title
        self._begins, self._laid_out = dict(begins), laid_out
        self._base = setting.site_url or OWN
        self._rules = theme_sheet(theme.sheet(theme.theme(setting)))
        self._images = Pictures(OUR_PICTURES, theme.STATIC / "img" / "deck")
        self._seen: dict[Slide, Drawn] = {}

    @classmethod
    def forget(cls) -> None:
        """Let go of all that was laid out in this process."""
        for kept in (cls.asked, cls.kept, cls.measured, cls.fits):
            kept.clear()

    def fitted(self, slide: Slide) -> list[Slide]:
        """A slide made to fit: itself, set smaller, or cut."""
        asked = self._asked(slide)
        found = self.fits.get(asked)
        if found is None:
            Desk.at(slide.title)
            found = self.fits[asked] = fitted_slide(slide, self.lies)
            _trim(self.fits, MOST_KEPT)
        self.fits.move_to_end(asked)
        return found

    def holds(self, slide: Slide) -> bool:
        """Whether it is known how a slide is made to fit."""
        return self._asked(slide) in self.fits

    def sendable(self, slide: Slide) -> list[tuple[Slide, Drawn]]:
        """A slide made to fit, with the pages it makes, for another process; this one lets go what it laid out."""
        fits = self.fitted(slide)
        found = [(one, self.draw(one).sendable()) for one in fits]
        for one, drawn in found:
            self._lighten(one, drawn)
        return found

    def paint_for_good(self, slide: Slide) -> None:
        """Paint a slide and let go what was laid out: for a process that draws nothing after this deck."""
        self.sendable(slide)

    def _lighten(self, slide: Slide, painted: Drawn) -> None:
        self._let_go(slide, self._asked(slide), self.draw(slide))
        self.asked[self._asked(slide)] = self._seen[slide] = painted
        gc.collect(0)  # as in `lies`

    def paint(self, slide: Slide) -> None:
        """Lay a slide out so that it fits, and paint it, before anything asks for it."""
        for one in self.fitted(slide):
            for page in self.draw(one).pages:
                page.paint_ahead()

    def hold(self, slide: Slide, fits: Sequence[tuple[Slide, Drawn]]) -> None:
        """Keep what another process made of a slide."""
        self.fits[self._asked(slide)] = [one for one, _ in fits]
        for one, drawn in fits:
            self.asked[self._asked(one)] = drawn
        _trim(self.fits, MOST_KEPT)
        _trim(self.asked, MOST_KEPT)

    def lies(self, slide: Slide) -> Measure:
        """How a slide lies by itself. What does not fit is measured and let go: trials are many, and large."""
        asked = self._asked(slide)
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

    def expect(self, begins: Mapping[int, int]) -> None:
        """Set on which pages agenda items begin. Where that is not what was expected the agenda is drawn anew."""
        if self._begins != begins:
            self._begins = dict(begins)
            self._seen = {slide: drawn for slide, drawn in self._seen.items() if not isinstance(slide, Agenda)}

    def _let_go(self, slide: Slide, asked: tuple[object, ...], drawn: Drawn) -> None:
        self._seen.pop(slide, None)
        self.asked.pop(asked, None)
        for key in [key for key, one in self.kept.items() if one is drawn]:
            del self.kept[key]

    def draw(self, slide: Slide) -> Drawn:
        """A slide by itself."""
        found = self._seen.get(slide)
        if found is None:
            asked = self._asked(slide)
            found = self.asked.get(asked)
            if found is None or (self._laid_out and found.document is None):
                found = self.asked[asked] = self._known(slide)
                _trim(self.asked, MOST_KEPT)
            self.asked.move_to_end(asked)
            self._seen[slide] = found
        return found

    def _asked(self, slide: Slide) -> tuple[object, ...]:
        begins = tuple(self._begins.items()) if isinstance(slide, Agenda) else ()
        return (slide, self._setting, self._title, begins, self._rules, self._places)

    def _known(self, slide: Slide) -> Drawn:
        """What a slide's HTML leads to: slides that are not the same may look it."""
        begins = self._begins if isinstance(slide, Agenda) else None
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
        page = Markup(string=text, base_url=self._setting.call_url or self._base, url_fetcher=pictures)
        document = page.render(stylesheets=sheets, font_config=fonts(), cache=self._images)
        found = measure(document, slide.size)
        for one in document.pages:
            one.anchors = {name: place for name, place in one.anchors.items() if name.startswith(NAMED)}
            one.links = [self._leading(*link) for link in one.links]
        return Drawn(tuple(map(InkedPage, document.pages)), found, document, pictures.refused)

    def _leading(self, kind: str, target: str, *place: object) -> tuple[object, ...]:
        """A link of a page. One into the call's own page, to what no deck has, leads there and not nowhere."""
        if kind == "internal" and self._setting.call_url and not target.startswith(NAMED):
            kind, target = "external", f"{self._setting.call_url}#{quote(target)}"
        return (kind, target, *place)


def _trim(kept: OrderedDict[tuple[object, ...], Any], most: int) -> None:
    """Let the oldest go."""
    while len(kept) > most:
        kept.popitem(last=False)


def joined(drawn: Sequence[Drawn]) -> Document:
    """One document of slides drawn one by one."""
    pages: list[InkedPage] = []
    for page in (page for one in drawn for page in one.pages):
        pages.append(page.again() if any(page is other for other in pages) else page)
    document = next(one.document for one in drawn if one.document is not None)
    return document.copy(pages)
