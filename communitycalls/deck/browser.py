"""A call's slides for the browser: the very slides that fit the PDF's pages, each as HTML with real text.

Fitting needs WeasyPrint's layout, so a worker does it; what comes back is JSON, kept on disk like the PDFs.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import urlsplit

from django.template import Context

from communitycalls.deck import draw, screen, theme
from communitycalls.deck.compose import compose
from communitycalls.deck.outcome import DeckRemark, Drawing
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.slides import Slide
from communitycalls.document.values import CallDocument
from interop.markdown import plain

if TYPE_CHECKING:
    from communitycalls.deck.fit import Fitted

NAMED = re.compile(r"^“[^”]*”: (?=[A-Z])")


class SlideTold(TypedDict):
    """A slide in a worker's answer."""

    number: int
    title: str
    item: int | None
    mark: str
    html: str
    runs_on: bool


@dataclass(frozen=True)
class BrowserSlide:
    """A slide as HTML. `number` is its page in the PDF, from 1; `item` its agenda item's number, None for none.

    `mark` tells slides apart by what they say: the same slide has the same mark in two decks of a call.
    """

    number: int
    title: str
    item: int | None
    mark: str
    html: str
    runs_on: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class BrowserDeck:
    """Slides as HTML. `pages` is how many pages the PDF has; `pictures` are rules beside the theme's sheet."""

    slides: tuple[BrowserSlide, ...]
    pages: int
    pictures: str = ""

    @property
    def remarks(self) -> int:
        """How many remarks the slides have together."""
        return sum(len(slide.remarks) for slide in self.slides)


@dataclass(frozen=True)
class SlidesJob:
    """All slides of a call."""

    call: CallDocument
    setting: DeckSetting
    places: Places

    def draw(self) -> Drawing:
        """The slides as JSON, for `read`. Costs time and memory: for the worker's children. Raises DeckError."""
        from communitycalls.deck.pdf import fitted  # noqa: PLC0415 -- WeasyPrint is loaded in the worker alone

        found, remarks = fitted(compose(self.call, self.setting), self.setting, self.places)
        told = {"slides": told_of(found, self.setting), "pictures": pictures(found.slides, self.setting, 1)}
        return Drawing(json.dumps(told).encode(), len(found.document.pages), remarks)


def read(drawing: Drawing) -> BrowserDeck:
    """The slides in a worker's answer."""
    told = json.loads(drawing.pdf)
    return BrowserDeck(slides_in(told["slides"], drawing.remarks), drawing.pages, told["pictures"])


def slides_in(told: Iterable[SlideTold], remarks: Iterable[DeckRemark]) -> tuple[BrowserSlide, ...]:
    """Slides with what is to be said of each beside it, where it need not be named again."""
    said: dict[int, list[str]] = {}
    for remark in remarks:
        said.setdefault(remark.slide, []).append(NAMED.sub("", remark.text))
    return tuple(BrowserSlide(**one, remarks=tuple(said.get(one["number"], ()))) for one in told)


def pictures(slides: Sequence[Slide], setting: DeckSetting, first: int) -> str:
    """The rules that put the community's pictures behind slides, the first of which has the id `s{first}`."""
    return screen.for_browser(theme.pictures_sheet(setting, slides, first))


def told_of(fitted: Fitted, setting: DeckSetting, *, first: int = 1, counted: bool = True) -> list[SlideTold]:
    """Each slide as HTML, the first with the id `s{first}`; with its page at its foot where pages are `counted`."""
    pages = len(fitted.document.pages)
    pairs = list(zip(fitted.slides, fitted.pages, strict=True))
    ends = [*fitted.pages[1:], pages + 1]
    context = {
        "setting": replace(setting, call_url=urlsplit(setting.call_url).path),
        "theme": theme.theme(setting),
        "begins": {slide.item: page for slide, page in pairs if slide.anchor},
        "pages": pages if counted else None,
    }
    return [
        SlideTold(
            number=page,
            title=title_of(slide),
            item=slide.item,
            mark=mark_of(slide),
            html=_html(slide, f"s{first + place}", context | {"page": page}),
            runs_on=ends[place] - page > 1,
        )
        for place, (slide, page) in enumerate(pairs)
    ]


def _html(slide: Slide, key: str, context: dict[str, object]) -> str:
    template = draw.engine().get_template("deck/browser_slide.html")
    return template.render(Context(context | {"shown": draw.show(slide, key), "slide": slide, "key": key}))


def title_of(slide: Slide) -> str:
    """What a slide is called, on one line."""
    return plain(slide.title).replace("\n", " ") + (" (cont.)" if slide.continued else "")


def mark_of(slide: Slide) -> str:
    """A name for what a slide says."""
    return hashlib.sha256(repr(replace(slide, remarks=())).encode(errors="surrogatepass")).hexdigest()[:12]
