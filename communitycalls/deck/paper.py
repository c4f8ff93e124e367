"""A call on A4 or Letter paper, for those who print or file it: agenda, minutes, run sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.template import Context
from weasyprint import HTML

from communitycalls.deck import clock, draw, theme
from communitycalls.deck.easel import fonts, theme_sheet
from communitycalls.deck.fetcher import OWN, OwnPictures, shelves
from communitycalls.deck.outcome import DeckError, DeckRemark, Drawing
from communitycalls.deck.record import record_of
from communitycalls.deck.runsheet import running_of
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.sheet import SIZES, Sheet
from communitycalls.deck.tagging import tidy
from communitycalls.deck.words import printable
from communitycalls.document.values import CallDocument
from communitycalls.schedule import slots
from communitycalls.titles import headline
from communitycalls.zones import around_the_world

if TYPE_CHECKING:
    from weasyprint import Document

LOOK = "harbour"
NAMES = {"agenda": "Agenda", "minutes": "Minutes", "handout": "Handout", "runsheet": "Run sheet"}
STEPS = ("", "step-1", "step-2", "step-3")
STEP_POINTS = {"step-1": 9.7, "step-2": 9.0, "step-3": 8.4}
BASE_POINTS = 10.5
TAIL = 0.25  # what a last page must hold, unless the text cannot do with a page less


@dataclass(frozen=True)
class Clock:
    """The start in a city. `day` is "" or the day it is there, `own` says that it is the call's own zone."""

    city: str
    time: str
    day: str
    own: bool


@dataclass(frozen=True)
class Press:
    """Lays out the papers of one call."""

    setting: DeckSetting
    places: Places
    size: str

    def __post_init__(self) -> None:
        if self.size not in SIZES:
            raise DeckError(f"“{self.size}” is no size of paper. Known are {', '.join(SIZES)}.")

    def lay_out(self, template: str, sheet: str, context: Mapping[str, Any]) -> Document:
        """A template of the deck's on pages, with a style sheet of ours."""
        base = self.setting.site_url or OWN
        places = self.places
        pictures = OwnPictures(shelves({base, OWN}, places.media_url, places.media, places.static_url, theme.STATIC))
        text = draw.engine().get_template(f"deck/{template}.html").render(Context(dict(context)))
        page = HTML(string=text, base_url=OWN, url_fetcher=pictures)  # the call's own address would be this document
        return page.render(stylesheets=[theme_sheet(self._rules(sheet))], font_config=fonts())

    def _rules(self, sheet: str) -> str:
        """A style sheet with the tokens of a light theme put in, which has the community's accent and font."""
        tokens = theme.theme(replace(self.setting, theme=LOOK)).tokens
        text = (theme.SHEETS / sheet).read_text(encoding="utf-8") + f"@page {{ size: {SIZES[self.size]} }}"
        return theme.VARIABLE.sub(lambda match: tokens.get(match[1], match[0]), text)


def draw_paper(kind: str, call: CallDocument, setting: DeckSetting, places: Places, sheet: Sheet) -> Drawing:
    """A call's agenda, minutes or run sheet as a tagged PDF. Raises DeckError."""
    call, setting, sheet = printable(call), printable(setting), printable(sheet)
    press = Press(setting, places, sheet.size)
    document, remarks = _fitted(kind, press, context(kind, call, setting, sheet))
    return Drawing(document.write_pdf(pdf_variant="pdf/ua-1", finisher=tidy), len(document.pages), remarks)


def _fitted(kind: str, press: Press, told: dict[str, Any]) -> tuple[Document, tuple[DeckRemark, ...]]:
    """The paper on its pages; an agenda on one page where its text can be set so small that it fits."""
    if kind != "agenda":
        return without_tail(kind, press, told), ()
    whole: Document | None = None
    for step in STEPS:
        document = press.lay_out(f"paper_{kind}", "paper.css", told | {"step": step})
        whole = whole or document
        if len(document.pages) == 1:
            return document, _smaller(step)
    assert whole is not None
    return whole, _longer(len(whole.pages))


def without_tail(kind: str, press: Press, told: dict[str, Any]) -> Document:
    """The paper; set a step smaller where a few lines alone would take a page more."""
    whole, *smaller = (told | {"step": step} for step in STEPS[:2])
    document = press.lay_out(f"paper_{kind}", "paper.css", whole)
    if len(document.pages) == 1 or _filled(document) > TAIL:
        return document
    closer = press.lay_out(f"paper_{kind}", "paper.css", smaller[0])
    return closer if len(closer.pages) < len(document.pages) else document


def _filled(document: Document) -> float:
    """How much of its last page a paper fills, 0 to 1."""
    page = document.pages[-1]._page_box
    text = page.children[0]
    return float(text.height / page.height)


def _smaller(step: str) -> tuple[DeckRemark, ...]:
    if not step:
        return ()
    said = f"The agenda holds much: its text was made smaller, {STEP_POINTS[step]} instead of {BASE_POINTS} pt."
    return (DeckRemark(1, said),)


def _longer(pages: int) -> tuple[DeckRemark, ...]:
    return (DeckRemark(1, f"The agenda holds more than one page: it runs over {pages} pages, in its usual size."),)


def context(kind: str, call: CallDocument, setting: DeckSetting, sheet: Sheet) -> dict[str, Any]:
    """What the template of a paper needs."""
    told = head_of(kind, call, setting, sheet)
    if kind == "minutes":
        return told | {"record": record_of(call, setting)}
    if kind == "runsheet":
        return told | {"running": running_of(call, setting, sheet)}
    return told | {
        "agenda": list(zip(call.agenda, clock.told_times(call), strict=True)),
        "ends": _ends(call),
        "join": [link for link in call.links if link.kind == "join"],
        "links": [link for link in call.links if link.kind != "join"],
    }


def head_of(kind: str, call: CallDocument, setting: DeckSetting, sheet: Sheet) -> dict[str, Any]:
    """What the head of every paper needs."""
    return {
        "call": replace(call, title=headline(call.title, call.date)),
        "setting": setting,
        "sheet": sheet,
        "name": NAMES[kind],
        "clocks": _clocks(call),
        "zone": clock.zone_note(call).removeprefix("Times are ").removesuffix("."),
        "span": _span(call),
    }


def _clocks(call: CallDocument) -> list[Clock]:
    """The start around the world, in words: Django's own date filter would show it in the server's zone."""
    if call.start is None:
        return []
    told = around_the_world(call.start, call.timezone)
    return [Clock(one.city, f"{one.moment:%H:%M}", one.ahead, one.is_series) for one in told]


def _span(call: CallDocument) -> str:
    """From when to when the call is planned, in its own zone."""
    if call.start is None:
        return ""
    (slot,) = slots(call.start, call.timezone, call.duration, [call.duration])
    return f"{slot.start:%H:%M}–{slot.end:%H:%M}"


def _ends(call: CallDocument) -> str:
    """When the last item is due to end, in the call's zone; "" where a length is not known."""
    lengths: Sequence[int | None] = [item.minutes for item in call.agenda]
    if call.start is None or not lengths or None in lengths:
        return ""
    return f"{slots(call.start, call.timezone, call.duration, lengths)[-1].end:%H:%M}"
