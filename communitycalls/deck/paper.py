"""Agenda and minutes on A4 paper: the call's page for those who print or file it."""

from __future__ import annotations

from typing import Any

from django.template import Context
from weasyprint import CSS, HTML

from communitycalls.deck import boards, clock, draw, theme
from communitycalls.deck.fetcher import OWN, OwnPictures, shelves
from communitycalls.deck.outcome import Drawing
from communitycalls.deck.pdf import fonts
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.words import printable
from communitycalls.document.values import AgendaItem, CallDocument, MinutesEntry

SHEET = theme.SHEETS / "paper.css"
ROLES = (("host", "Host"), ("minute taker", "Minutes"), ("speaker", "Speakers"), ("attendee", "Present"))


def draw_paper(kind: str, call: CallDocument, setting: DeckSetting, places: Places) -> Drawing:
    """A call's agenda or minutes as a tagged PDF."""
    call, setting = printable(call), printable(setting)
    base = setting.site_url or OWN
    pictures = OwnPictures(shelves({base, OWN}, places.media_url, places.media, places.static_url, theme.STATIC))
    text = draw.engine().get_template(f"deck/paper_{kind}.html").render(Context(context(kind, call, setting)))
    rules = CSS(string=SHEET.read_text(encoding="utf-8"), url_fetcher=pictures, font_config=fonts())
    page = HTML(string=text, base_url=setting.call_url or base, url_fetcher=pictures)
    document = page.render(stylesheets=[rules], font_config=fonts())
    return Drawing(document.write_pdf(pdf_variant="pdf/ua-1"), len(document.pages))


def context(kind: str, call: CallDocument, setting: DeckSetting) -> dict[str, Any]:
    """What the templates of both papers need."""
    return {
        "call": call,
        "setting": setting,
        "kind": kind,
        "times": clock.times(call, setting.zones),
        "zone": clock.zone_note(call),
        "agenda": list(zip(call.agenda, clock.agenda_times(call), strict=True)),
        "join": [link for link in call.links if link.kind == "join"],
        "links": [link for link in call.links if link.kind != "join"],
        "present": _present(call),
        "parts": _parts(call),
        "decisions": [entry for entry in call.minutes.entries if entry.kind == "decision"],
        "actions": [entry for entry in call.minutes.entries if entry.kind == "action"],
        "boards": [slide for outlook in boards.BOARD_TITLES for slide in boards.releases(call, outlook, setting)],
        "changes": boards.changes(call, setting),
    }


def _present(call: CallDocument) -> list[tuple[str, str]]:
    """Who was there, by role."""
    named = [(label, [who.name for who in call.attendance if who.role == role]) for role, label in ROLES]
    return [(label, ", ".join(names)) for label, names in named if names]


def _parts(call: CallDocument) -> list[tuple[AgendaItem | None, list[MinutesEntry]]]:
    """Minutes entries below the agenda items they belong to; those of no item come last."""
    parts: list[tuple[AgendaItem | None, list[MinutesEntry]]] = []
    known = {item.number for item in call.agenda}
    for item in call.agenda:
        entries = [entry for entry in call.minutes.entries if entry.agenda_item == item.number]
        if entries:
            parts.append((item, entries))
    rest = [entry for entry in call.minutes.entries if entry.agenda_item not in known]
    return [*parts, (None, rest)] if rest else parts
