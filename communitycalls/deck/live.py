"""The slides of one agenda item while its text is written: a picture beside the text, within a moment.

Only slides that changed since they were last seen are laid out: the site keeps what it was told of each, and says
which it knows.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TypedDict

from communitycalls.deck import kept
from communitycalls.deck.browser import (
    BrowserDeck,
    BrowserSlide,
    SlideTold,
    mark_of,
    pictures,
    slides_in,
    told_of,
)
from communitycalls.deck.compose import compose
from communitycalls.deck.outcome import DeckError, DeckRemark, Drawing
from communitycalls.deck.render import WORKSHOP, Workshop
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.slides import Slide
from communitycalls.document.values import AgendaItem, CallDocument

OF_THE_CALL = "layout:"
MOST_KNOWN = 500
GONE = "There is no slide to show: the agenda item is not there any more. Reload the page."


class PieceTold(TypedDict):
    """A composed slide in a worker's answer: itself and its continuations."""

    slides: list[SlideTold]
    remarks: list[tuple[int, str]]
    pictures: str


@dataclass(frozen=True)
class ItemJob:
    """The slides of the agenda item of a number, but for those whose marks are known."""

    call: CallDocument
    setting: DeckSetting
    places: Places
    item: int
    known: tuple[str, ...] = ()

    def draw(self) -> Drawing:
        """The marks of the item's slides in order, and each slide that is not known, as JSON. Raises DeckError."""
        slides = [slide for slide in compose(self.call, self.setting) if slide.item == self.item]
        if not slides:
            raise DeckError(GONE)
        marked = [(_mark(slide), slide) for slide in slides]
        drawn = {mark: self._told(mark, slide) for mark, slide in marked if mark not in self.known}
        return Drawing(json.dumps({"order": [mark for mark, _ in marked], "drawn": drawn}).encode(), len(slides))

    def _told(self, mark: str, slide: Slide) -> PieceTold:
        """One slide as written, and its continuations. Its ids are its own among the item's slides."""
        from communitycalls.deck.pdf import fitted  # noqa: PLC0415 -- WeasyPrint is loaded in the worker alone

        found, remarks = fitted([slide], self.setting, self.places)
        first = int(mark[:8], 16)
        return PieceTold(
            slides=told_of(found, self.setting, first=first, counted=False),
            remarks=[(remark.slide, remark.text) for remark in remarks],
            pictures=pictures(found.slides, self.setting, first),
        )


class Pictures:
    """Asks a worker for an item's slides and keeps what it said of each, the latest `most` slides."""

    def __init__(self, workshop: Workshop, most: int = MOST_KNOWN) -> None:
        self._workshop, self._most = workshop, most
        self._known: OrderedDict[tuple[str, str], BrowserDeck] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, job: ItemJob) -> BrowserDeck:
        """The item's slides. Raises DeckError."""
        look = f"{kept.look()}{job.setting!r}{job.places!r}"
        with self._lock:
            known = {mark: deck for (name, mark), deck in self._known.items() if name == look}
        told = json.loads(self._workshop.ask(replace(job, known=tuple(known))).pdf)
        known |= {mark: _read(one) for mark, one in told["drawn"].items()}
        parts = [known[mark] for mark in told["order"]]
        self._keep({(look, mark): known[mark] for mark in told["order"]})
        return _joined(parts)

    def _keep(self, seen: dict[tuple[str, str], BrowserDeck]) -> None:
        with self._lock:
            for key, deck in seen.items():
                self._known[key] = deck
                self._known.move_to_end(key)
            while len(self._known) > self._most:
                self._known.popitem(last=False)


def item_job(call: CallDocument, item: AgendaItem, setting: DeckSetting, places: Places) -> ItemJob:
    """The slides of one agenda item as it stands in a form, in its place in the call. What others say is left out."""
    agenda = tuple(item if one.number == item.number else _silent(one) for one in call.agenda)
    return ItemJob(replace(call, agenda=agenda), setting, places, item.number)


def _silent(item: AgendaItem) -> AgendaItem:
    """An item with no more than bears on others' slides: its time, and which of the call's own slides it asks for."""
    return replace(item, body="", slide_notes=item.slide_notes if OF_THE_CALL in item.slide_notes else "")


def _mark(slide: Slide) -> str:
    """A name for a slide together with the remarks it was composed with."""
    return mark_of(slide) + mark_of(Slide(title="\n".join(slide.remarks)))


def _read(told: PieceTold) -> BrowserDeck:
    slides = slides_in(told["slides"], [DeckRemark(place, text) for place, text in told["remarks"]])
    return BrowserDeck(slides, len(slides), told["pictures"])


def _joined(parts: list[BrowserDeck]) -> BrowserDeck:
    slides = [slide for part in parts for slide in part.slides]
    numbered: tuple[BrowserSlide, ...] = tuple(replace(one, number=place) for place, one in enumerate(slides, 1))
    return BrowserDeck(numbered, len(numbered), "".join(part.pictures for part in parts))


PICTURES = Pictures(WORKSHOP)
