"""The run sheet: a call minute by minute for those who run it, with what nobody else may know. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from communitycalls.deck.compose import compose
from communitycalls.deck.outcome import DeckError
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.sheet import Backstage, Sheet
from communitycalls.deck.slides import Discussion, Section
from communitycalls.document.values import AgendaItem, CallDocument, Question
from communitycalls.schedule import slots
from interop.markdown import plain

LINE, MOST_LINES = 80, 24
TO_TAKE_UP = ("open", "follow-up", "carried")


@dataclass(frozen=True)
class Step:
    """An agenda item with its clock times, such as 17:40 and 17:55; "" where a length before it is not known.

    `note` is its private note, `slides` the titles of its slides. `over` says that it is due to end after the call.
    """

    item: AgendaItem
    begins: str = ""
    ends: str = ""
    over: bool = False
    note: str = ""
    slides: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether it may need more than a page: any other stays on one, beside its time."""
        lines = f"{self.item.body}\n{self.note}".splitlines()
        return sum(1 + len(line) // LINE for line in lines) > MOST_LINES


@dataclass(frozen=True)
class Running:
    """A call as those see it who run it. `total` is the sum of planned minutes, `spare` what is left of the call."""

    steps: tuple[Step, ...]
    backstage: Backstage
    hosts: str
    minute_takers: str
    speakers: str
    total: int
    spare: int
    unplanned: int
    questions: tuple[Question, ...]

    @property
    def balance(self) -> str:
        """Whether the plan fits the call, in words."""
        if self.unplanned:
            items = "one item has" if self.unplanned == 1 else f"{self.unplanned} items have"
            return f"{items} no planned length"
        if self.spare < 0:
            return f"{-self.spare} minutes too many"
        return f"{self.spare} minutes in hand" if self.spare else "exactly the length of the call"


def running_of(call: CallDocument, setting: DeckSetting, sheet: Sheet) -> Running:
    """The run sheet of a call."""
    backstage = sheet.backstage or Backstage()
    lengths = [item.minutes for item in call.agenda]
    total = sum(length or 0 for length in lengths)
    return Running(
        steps=_steps(call, dict(backstage.notes), _titles(call, setting)),
        backstage=backstage,
        hosts=_people(call, "host"),
        minute_takers=_people(call, "minute taker"),
        speakers=_people(call, "speaker"),
        total=total,
        spare=call.duration - total,
        unplanned=lengths.count(None),
        questions=tuple(one for one in call.questions if one.state in TO_TAKE_UP),
    )


def _people(call: CallDocument, role: str) -> str:
    return ", ".join(who.name for who in call.attendance if who.role == role)


def _titles(call: CallDocument, setting: DeckSetting) -> dict[int, tuple[str, ...]]:
    """The titles of each item's slides behind its first; none where a call is too much for a deck."""
    try:
        slides = compose(call, setting)
    except DeckError:
        return {}
    found: dict[int, tuple[str, ...]] = {}
    for slide in slides:
        if slide.item is not None and slide.title and not isinstance(slide, Section | Discussion):
            found[slide.item] = (*found.get(slide.item, ()), plain(slide.title).replace("\n", " "))
    return found


def _steps(call: CallDocument, notes: dict[int, str], titles: dict[int, tuple[str, ...]]) -> tuple[Step, ...]:
    lengths = [item.minutes for item in call.agenda]
    if call.start is None:
        return tuple(Step(item, note=notes.get(item.number, "")) for item in call.agenda)
    known = lengths.index(None) if None in lengths else len(lengths)
    due = slots(call.start, call.timezone, call.duration, lengths)
    return tuple(
        Step(
            item,
            begins=f"{slot.start:%H:%M}" if place <= known else "",
            ends=f"{slot.end:%H:%M}" if place < known else "",
            over=place < known and slot.over,
            note=notes.get(item.number, ""),
            slides=titles.get(item.number, ()),
        )
        for place, (item, slot) in enumerate(zip(call.agenda, due, strict=True))
    )
