"""The kinds of slides a deck is made of, as frozen values: what a slide says, not how it looks.

Titles and texts are inline Markdown unless they are called plain. A slide knows how many atoms it holds (the smallest
pieces that stay together) and can be cut before any of them into two slides; `fit` decides where.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from communitycalls.deck import blocks as body
from communitycalls.deck.blocks import Block, Bullet, Lane, Picture
from communitycalls.deck.setting import Contact

FULL_SIZE = 100
ARTS = 4
FEW_REPLIES, FEW_LETTERS = 2, 300


@dataclass(frozen=True, kw_only=True)
class Slide:
    """A slide. `section` is the title of the agenda item it belongs to, `item` that item's number.

    `anchor` is set on the first slide of an item; `scale` is the text's size in percent; `remarks` are sentences for
    the editor.
    """

    template: ClassVar[str] = ""
    parts: ClassVar[str] = ""

    title: str = ""
    section: str = ""
    item: int | None = None
    anchor: bool = False
    continued: bool = False
    scale: int = FULL_SIZE
    remarks: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many atoms the slide holds; with fewer than 2 it cannot be cut."""
        return len(getattr(self, self.parts)) if self.parts else 0

    def cut(self, at: int) -> tuple[Self, Self]:
        """The slide with its first `at` atoms, and its continuation with the others; 0 < at < size."""
        atoms = getattr(self, self.parts)
        return replace(self, **{self.parts: atoms[:at]}), self.going_on(**{self.parts: atoms[at:]})

    @property
    def simpler(self) -> Self | None:
        """The slide in a form that may overflow, where its own may not; None where it may already."""
        return None

    def good_cut(self, at: int) -> int:
        """The best place to cut at or before `at`."""
        return at

    def going_on(self, **changes: Any) -> Self:
        """The slide as its own continuation, with some of its own fields changed."""
        return replace(self, continued=True, anchor=False, remarks=(), **changes)


@dataclass(frozen=True)
class ClockTime:
    """A moment as one zone's clocks show it: "17:30", "CEST", "Berlin"; `day` is said where it is another day."""

    time: str
    zone: str
    place: str
    day: str = ""


@dataclass(frozen=True, kw_only=True)
class Cover(Slide):
    """The first slide. `community` and `series` are plain."""

    template = "cover"

    community: str
    series: str = ""
    date: dt.date
    times: tuple[ClockTime, ...] = ()
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgendaRow:
    """`time` is a clock time in the call's zone, "" where an earlier item has no planned length."""

    number: int
    title: str
    time: str = ""
    minutes: int | None = None
    presenters: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Agenda(Slide):
    """`zone` says what the clock times mean, plain."""

    template = "agenda"
    parts = "rows"

    rows: tuple[AgendaRow, ...] = ()
    zone: str = ""

    @property
    def names(self) -> bool:
        """Whether any row has presenters: a column that is empty is none."""
        return any(row.presenters for row in self.rows)

    @property
    def lengths(self) -> bool:
        return any(row.minutes for row in self.rows)

    @property
    def is_counted(self) -> bool:
        """Whether rows have numbers instead of times."""
        return not any(row.time for row in self.rows)


@dataclass(frozen=True)
class Face:
    """A person as shown on a slide: plain name, initials, and what they do in the call."""

    name: str
    initials: str
    roles: str = ""


@dataclass(frozen=True, kw_only=True)
class Team(Slide):
    template = "team"
    parts = "rows"

    rows: tuple[tuple[Face, ...], ...] = ()

    @property
    def columns(self) -> int:
        return max((len(row) for row in self.rows), default=1)


@dataclass(frozen=True, kw_only=True)
class Section(Slide):
    """The full-bleed slide that opens an agenda item. `place` counts the sections of the deck from 1.

    `lead` is one sentence of inline Markdown, all there is to say of the item.
    """

    template = "section"

    number: int
    place: int = 1
    time: str = ""
    minutes: int | None = None
    presenters: tuple[str, ...] = ()
    lead: str = ""

    @property
    def art(self) -> int:
        """Which of the four backgrounds it has."""
        return (self.place - 1) % ARTS + 1


@dataclass(frozen=True, kw_only=True)
class Body(Slide):
    """Blocks under a title. `layout` is one of text, quotes, icons, actions, code, table, diagram."""

    template = "body"

    layout: str = "text"
    blocks: tuple[Block, ...] = ()

    @property
    def size(self) -> int:
        return body.size(self.blocks)

    def cut(self, at: int) -> tuple[Self, Self]:
        before, after = body.cut(self.blocks, at)
        return replace(self, blocks=before), self.going_on(blocks=after)

    def good_cut(self, at: int) -> int:
        return body.good_cut(self.blocks, at)


@dataclass(frozen=True, kw_only=True)
class Pictured(Body):
    """A picture with the blocks beside or below it. `place` is inside, full, left or right."""

    template = "picture"

    picture: Picture
    place: str = "inside"

    @property
    def simpler(self) -> Self | None:
        return replace(self, place="inside") if self.place == "full" else None


@dataclass(frozen=True, kw_only=True)
class Columns(Slide):
    """Blocks side by side, and blocks below them all. Atoms are counted row by row, then on below."""

    template = "columns"

    columns: tuple[tuple[Block, ...], ...] = ()
    below: tuple[Block, ...] = ()

    @property
    def of_code(self) -> bool:
        """Whether every column is one piece of code."""
        return all(len(column) == 1 and isinstance(column[0], body.Code) for column in self.columns)

    @property
    def rows(self) -> int:
        return max((body.size(column) for column in self.columns), default=0)

    @property
    def size(self) -> int:
        return self.rows + body.size(self.below)

    def cut(self, at: int) -> tuple[Self, Self]:
        at = max(at, 2) if self._is_headed else at
        halves = [body.cut(column, min(at, body.size(column))) for column in self.columns]
        first, rest = tuple(half[0] for half in halves), tuple(half[1] for half in halves)
        above, below = body.cut(self.below, max(at - self.rows, 0))
        kept = tuple(map(_headed, self.columns, rest)) if any(rest) else ()
        return replace(self, columns=first, below=above), self.going_on(columns=kept, below=below)

    @property
    def _is_headed(self) -> bool:
        return any(column and isinstance(column[0], body.Heading) for column in self.columns)

    def good_cut(self, at: int) -> int:
        if at > self.rows:
            return self.rows + body.good_cut(self.below, at - self.rows)
        return min((body.good_cut(column, at) for column in self.columns if body.size(column) > at), default=at)


def _headed(column: tuple[Block, ...], rest: tuple[Block, ...]) -> tuple[Block, ...]:
    """The rest of a column under the column's heading, which repeats as a table's head does."""
    return (column[0], *rest) if rest and isinstance(column[0], body.Heading) else rest


@dataclass(frozen=True)
class Card:
    """What a board says of one channel. `tone` names its colour; `kind` is plain, such as "Major release"."""

    channel: str
    tone: str
    version: str = ""
    kind: str = ""
    date: str = ""
    points: tuple[Bullet, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReleaseBoard(Slide):
    """Channels as columns. `when` is the round's date in words, `url` where releases are told of."""

    template = "releases"

    when: str = ""
    url: str = ""
    cards: tuple[Card, ...] = ()

    @property
    def size(self) -> int:
        return max((len(card.points) for card in self.cards), default=0)

    def cut(self, at: int) -> tuple[Self, Self]:
        first = tuple(replace(card, points=card.points[:at]) for card in self.cards)
        rest = tuple(replace(card, points=card.points[at:]) for card in self.cards if card.points[at:])
        return replace(self, cards=first), self.going_on(cards=rest)


@dataclass(frozen=True)
class LaneNotes:
    """A channel of the cadence slide: its rhythm, and what is said of it."""

    lane: Lane
    tone: str
    points: tuple[Bullet, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CadenceMap(Slide):
    """The channels as lanes with their stops, promotions between them, and what is said of each."""

    template = "cadence"

    lanes: tuple[LaneNotes, ...] = ()

    @property
    def size(self) -> int:
        return max((len(lane.points) for lane in self.lanes), default=0)

    def cut(self, at: int) -> tuple[Self, Self]:
        first = tuple(replace(lane, points=lane.points[:at]) for lane in self.lanes)
        rest = tuple(replace(lane, points=lane.points[at:]) for lane in self.lanes if lane.points[at:])
        return replace(self, lanes=first), self.going_on(lanes=rest)


@dataclass(frozen=True)
class ChangeRow:
    """A change of the matrix in words: plain texts, `old` and `new` "" where nothing was stated."""

    environment: str
    field: str
    what: str
    old: str = ""
    new: str = ""
    note: str = ""
    correction: bool = False


@dataclass(frozen=True, kw_only=True)
class Changes(Slide):
    template = "changes"
    parts = "rows"

    rows: tuple[ChangeRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Discussion(Slide):
    """The full-bleed slide that opens questions and answers. `url` is where questions may be asked, `lead` as above."""

    template = "discussion"

    number: int | None = None
    url: str = ""
    presenters: tuple[str, ...] = ()
    lead: str = ""


@dataclass(frozen=True)
class Reply:
    name: str
    initials: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Asked(Slide):
    """One question with the answers recorded. `text` is Markdown; `asked_by` is "" where the asker is unnamed."""

    template = "asked"
    parts = "replies"

    number: int
    text: str
    asked_by: str = ""
    state: str = ""
    replies: tuple[Reply, ...] = ()

    @property
    def is_brief(self) -> bool:
        """Whether so little was answered that it may be said larger."""
        is_cut = self.continued or self.scale != FULL_SIZE
        return (
            not is_cut
            and len(self.replies) <= FEW_REPLIES
            and sum(len(reply.text) for reply in self.replies) <= FEW_LETTERS
        )


@dataclass(frozen=True, kw_only=True)
class TitleOnly(Slide):
    template = "title_only"


@dataclass(frozen=True, kw_only=True)
class Thanks(Slide):
    """The last slide. `links` are what to keep: recording, minutes, board."""

    template = "thanks"
    parts = "contacts"

    community: str = ""
    contacts: tuple[Contact, ...] = ()
    links: tuple[Contact, ...] = ()
    next_call: str = ""
