"""A call as slides. Pure: a CallDocument and a DeckSetting make a tuple of slide values, and nothing else is asked.

Title, agenda, then for each agenda item its section slide and what its slide notes say (else its body), with the
slides that the call's own data make beside the item they belong to: the team with the welcome, release boards with
the releases, changes and standing with the matrix, questions with the Q&A; and thanks at the end. Slide notes may
ask for any of these elsewhere by `layout:`; each is shown once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from communitycalls.deck import boards, caps, clock
from communitycalls.deck.blocks import Bullet, Bullets, Text
from communitycalls.deck.layouts import Given, Place, arrange
from communitycalls.deck.notes import read_notes
from communitycalls.deck.outcome import DeckError
from communitycalls.deck.people import hosts, initials, team, team_rows
from communitycalls.deck.setting import Contact, DeckSetting
from communitycalls.deck.slides import (
    Agenda,
    AgendaRow,
    Asked,
    Body,
    Cover,
    Discussion,
    Reply,
    Section,
    Slide,
    Team,
    Thanks,
)
from communitycalls.deck.words import printable
from communitycalls.document.values import AgendaItem, CallDocument, Question
from communitycalls.titles import headline
from interop.markdown import plain

MOST_SLIDES = 200
MOST_ATOMS = 1_500
LONGEST_LEAD = 160

BESIDE = {
    "welcome": ("team",),
    "releases": ("releases-current", "releases-upcoming"),
    "matrix": ("changes", "matrix"),
    "qa": ("questions",),
}

T = TypeVar("T")


def compose(call: CallDocument, setting: DeckSetting) -> tuple[Slide, ...]:
    """The slides of a call. Raises DeckError where the call holds more than a deck can take."""
    caps.check(call)
    call, setting = printable(call), printable(setting)
    given = _given(call, setting)
    slides: list[Slide] = [_cover(call, setting), *_agenda(call)]
    shown = _asked_for(call, given)
    if not any(item.kind == "welcome" for item in call.agenda):
        slides += _once(("team",), given, shown)
    for item, time in zip(call.agenda, clock.agenda_times(call), strict=True):
        if item.kind == "qa":
            slides += _once(_homeless(call), given, shown)
        slides += _item(item, time, given, shown, setting)
    slides += _once((*_homeless(call), "questions", "thanks"), given, shown)
    _check_size(slides)
    return _placed(slides)


def _check_size(slides: Sequence[Slide]) -> None:
    if len(slides) > MOST_SLIDES:
        raise DeckError(f"The call makes {len(slides)} slides; a deck can have {MOST_SLIDES}. Shorten its slide notes.")
    largest = max(slides, key=lambda slide: slide.size)
    if largest.size > MOST_ATOMS:
        raise DeckError(
            f"Slide “{plain(largest.title)}” holds {largest.size:,} rows, lines or bullets; a slide and its"
            f" continuations can hold {MOST_ATOMS:,}. Shorten it."
        )


def _given(call: CallDocument, setting: DeckSetting) -> Given:
    """The slides that the call's own data make, by the layout that asks for them."""
    faces = team(call)
    return {
        "team": (Team(title="Meet the team", rows=team_rows(faces)),) if faces else (),
        "agenda": _agenda(call),
        "releases-current": boards.releases(call, "current", setting),
        "releases-upcoming": boards.releases(call, "upcoming", setting),
        "changes": boards.changes(call, setting),
        "matrix": boards.standing(setting),
        "questions": tuple(_asked(question) for question in call.questions),
        "discussion": (Discussion(title="Questions & answers", url=setting.call_url),),
        "thanks": (_thanks(call, setting),),
    }


def _asked_for(call: CallDocument, given: Given) -> set[str]:
    """The layouts of the call's data that slide notes place themselves. Explicit teams count as the team."""
    layouts = {draft.layout for item in call.agenda for draft in read_notes(item.slide_notes)}
    return layouts & set(given)


def _homeless(call: CallDocument) -> tuple[str, ...]:
    """The layouts of releases and matrix changes where no agenda item is about them: they go before the questions."""
    kinds = {item.kind for item in call.agenda}
    releases = () if "releases" in kinds else BESIDE["releases"]
    return releases if "matrix" in kinds else (*releases, "changes")


def _once(names: tuple[str, ...], given: Given, shown: set[str]) -> list[Slide]:
    """The given slides of those names that were not shown yet."""
    new = [name for name in names if name not in shown]
    shown.update(new)
    return [slide for name in new for slide in given[name]]


def _item(item: AgendaItem, time: str, given: Given, shown: set[str], setting: DeckSetting) -> list[Slide]:
    opening = _opening(item, time, setting)
    place = Place(item.title, item.number, given)
    drafts = read_notes(item.slide_notes or item.body)
    written = [slide for draft in drafts for slide in arrange(draft, place)]
    lead = "" if item.slide_notes else _lead(written, item.title)
    if lead:
        opening, written = replace(opening, lead=lead), []
    beside = [replace(slide, section=item.title, item=item.number) for slide in _beside(item, given, shown)]
    return [opening, *beside, *written] if item.kind == "welcome" else [opening, *written, *beside]


def _lead(written: Sequence[Slide], title: str) -> str:
    """The one sentence that a body says: it stands on the item's first slide, not alone on a second. "" for more."""
    match written:
        case [Body(layout="text", blocks=(Text(text),) | (Bullets((Bullet(text, icon=""),)),))]:
            is_all = written[0].title == title and not written[0].remarks
            return text if is_all and len(text) <= LONGEST_LEAD else ""
        case _:
            return ""


def _beside(item: AgendaItem, given: Given, shown: set[str]) -> list[Slide]:
    return _once(BESIDE.get(item.kind, ()), given, shown)


def _opening(item: AgendaItem, time: str, setting: DeckSetting) -> Section | Discussion:
    people = item.presenters
    if item.kind == "qa":
        return Discussion(
            title=item.title, item=item.number, anchor=True, number=item.number, url=setting.call_url, presenters=people
        )
    return Section(
        title=item.title,
        item=item.number,
        anchor=True,
        number=item.number,
        time=time,
        minutes=item.minutes,
        presenters=people,
    )


def _placed(slides: list[Slide]) -> tuple[Slide, ...]:
    """The slides with their sections counted, so that each may have its own colours and picture."""
    place = 0
    placed = []
    for slide in slides:
        place += isinstance(slide, Section)
        placed.append(replace(slide, place=place) if isinstance(slide, Section) else slide)
    return tuple(placed)


def _cover(call: CallDocument, setting: DeckSetting) -> Cover:
    return Cover(
        title=headline(call.title, call.date) or setting.series,
        community=setting.community,
        series=setting.series,
        date=call.date,
        times=clock.times(call, setting.zones),
        hosts=hosts(call),
    )


def _agenda(call: CallDocument) -> tuple[Slide, ...]:
    times = clock.told_times(call)
    rows = tuple(
        AgendaRow(item.number, item.title, time, item.minutes, item.presenters)
        for item, time in zip(call.agenda, times, strict=True)
    )
    zone = clock.zone_note(call) if any(times) else clock.begins_note(call)
    return (Agenda(title="Agenda", rows=rows, zone=zone),) if rows else ()


def _asked(question: Question) -> Asked:
    replies = tuple(Reply(plain(answer.speaker), initials(answer.speaker), answer.text) for answer in question.answers)
    return Asked(
        title=f"Question {question.number}",
        number=question.number,
        text=question.text,
        asked_by=question.asked_by or "",
        state=question.state,
        replies=replies,
    )


def _thanks(call: CallDocument, setting: DeckSetting) -> Thanks:
    labels = {"recording": "Recording", "stream": "Live stream", "board": "Planning board"}
    links = [Contact(labels[link.kind], link.url, link.url) for link in call.links if link.kind in labels]
    if setting.call_url:
        links.insert(0, Contact("This call", setting.call_url, setting.call_url))
    return Thanks(
        title="Thank you!",
        community=setting.community,
        contacts=setting.contacts,
        links=tuple(links),
        next_call=setting.next_call,
    )
