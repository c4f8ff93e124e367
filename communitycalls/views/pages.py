"""A call as its page shows it: the document's values, put together with clock times and addresses."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communitycalls.document import values as v
from communitycalls.recordings import moment_in, offset_in_figures, offset_in_words
from communitycalls.schedule import Slot, slots
from interop.allowlist import is_safe_address
from interop.turns import Numbered, Scheme, Turn, turns_of

MATERIALS = {
    "slides": "Slide deck",
    "recording": "Recording",
    "stream": "Live stream",
    "join": "Join the call",
    "board": "Planning board",
    "other": "Link",
}
SIGNS = {"slides": "slides", "recording": "video", "stream": "video", "join": "video", "board": "grid", "other": "link"}


@dataclass(frozen=True)
class Spot:
    """An environment named in a call."""

    name: str
    url: str


@dataclass(frozen=True)
class Fate:
    """What became of a decision or an action: closed in a call, superseded, or past its due day."""

    closed: Spot | None = None
    superseded: Spot | None = None
    overdue: bool = False


@dataclass(frozen=True)
class Line:
    """An entry of the minutes. `at` is its place in the recording as figures and words, `at_url` a link into it."""

    entry: v.MinutesEntry
    at: str = ""
    at_words: str = ""
    at_url: str = ""
    fate: Fate = Fate()

    @property
    def lead(self) -> str:
        """The entry's first line: what it says before its nested list."""
        return self.entry.text.strip().partition("\n")[0]

    @property
    def said_by(self) -> tuple[str, ...]:
        """The speakers whom the text itself does not name."""
        return tuple(name for name in self.entry.speakers if name.partition(" ")[0] not in self.entry.text)


@dataclass(frozen=True)
class Item:
    """An agenda item with what was said under it. `slot` is None where the lengths before it are not known."""

    item: v.AgendaItem
    slot: Slot | None
    lines: tuple[Line, ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Query:
    question: v.Question
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Round:
    """Releases told of together: on one day, as current, upcoming or merely mentioned."""

    outlook: str
    date: dt.date | None
    granularity: str | None
    lanes: tuple[v.Release, ...]
    loose: tuple[v.Release, ...]


@dataclass(frozen=True)
class Material:
    """A link of the call. `url` is "" where it leads nowhere from here; then `text` says what was written."""

    kind: str
    sign: str
    label: str
    url: str
    text: str
    details: str


@dataclass(frozen=True)
class Attendee:
    name: str
    roles: str


@dataclass(frozen=True)
class MatrixTurns:
    """What a call changed in one matrix, each turn with the numbers of its changes in the call and their note."""

    slug: str
    turns: tuple[tuple[tuple[int, ...], Turn, str], ...]


@dataclass(frozen=True)
class CallPage:
    items: tuple[Item, ...]
    loose: tuple[Line, ...]
    questions: tuple[Query, ...]
    rounds: tuple[Round, ...]
    materials: tuple[Material, ...]
    attendees: tuple[Attendee, ...]
    changes: tuple[MatrixTurns, ...]
    lines: tuple[Line, ...]
    recording: str = ""

    @property
    def join(self) -> Material | None:
        """Where to join, while one may."""
        return next((one for one in self.materials if one.kind == "join" and one.url), None)

    @property
    def agreed(self) -> tuple[Line, ...]:
        """Decisions and actions, in the order of the minutes."""
        return tuple(line for line in self.lines if line.entry.kind != "note")

    @property
    def decisions(self) -> int:
        return sum(line.entry.kind == "decision" for line in self.agreed)

    @property
    def actions(self) -> int:
        return len(self.agreed) - self.decisions

    @property
    def open_actions(self) -> int:
        return sum(line.entry.kind == "action" and line.fate.closed is None for line in self.agreed)

    @property
    def change_count(self) -> int:
        return sum(len(numbers) for one in self.changes for numbers, _, _ in one.turns)

    @property
    def release_count(self) -> int:
        return sum(len(one.lanes) + len(one.loose) for one in self.rounds)


def page_of(
    document: v.CallDocument,
    *,
    spots: Mapping[str, Spot],
    fates: Mapping[int, Fate],
    scheme: Scheme | None,
    may_join: bool,
) -> CallPage:
    """The page of a document.

    `spots` are its environments by "matrix/environment", `fates` what became of entries by their numbers, `scheme`
    the levels its matrices ever had; `may_join` says that the call has not ended.
    """
    materials = tuple(_material(link) for link in document.links if may_join or link.kind != "join")
    recording = next((one.url for one in materials if one.kind == "recording" and one.url), "")
    lines = [_line(entry, recording, fates.get(entry.number, Fate())) for entry in document.minutes.entries]
    numbers = {item.number for item in document.agenda}
    return CallPage(
        items=tuple(_items(document, lines, spots)),
        loose=tuple(line for line in lines if line.entry.agenda_item not in numbers),
        questions=tuple(Query(one, _spots(one.environments, spots)) for one in document.questions),
        rounds=_rounds(document.releases),
        materials=materials,
        attendees=_attendees(document.attendance),
        changes=_changes(document.matrix_changes, scheme),
        lines=tuple(lines),
        recording=recording,
    )


def _items(document: v.CallDocument, lines: Sequence[Line], spots: Mapping[str, Spot]) -> list[Item]:
    return [
        Item(
            item,
            slot,
            tuple(one for one in lines if one.entry.agenda_item == item.number),
            _spots(item.environments, spots),
        )
        for item, slot in zip(document.agenda, slots_of(document), strict=True)
    ]


def slots_of(document: v.CallDocument) -> tuple[Slot | None, ...]:
    """When each agenda item is due; None behind an item of unknown length, and throughout where no length is known."""
    lengths = [item.minutes for item in document.agenda]
    known = lengths.index(None) + 1 if None in lengths else len(lengths)
    if document.start is None or not any(lengths):
        return (None,) * len(lengths)
    found = slots(document.start, document.timezone, document.duration, lengths)
    return tuple(slot if place < known else None for place, slot in enumerate(found))


def _line(entry: v.MinutesEntry, recording: str, fate: Fate) -> Line:
    if entry.offset is None:
        return Line(entry, fate=fate)
    url = moment_in(recording, entry.offset) if recording else ""
    return Line(entry, offset_in_figures(entry.offset), offset_in_words(entry.offset), url, fate)


def _spots(keys: Sequence[str], spots: Mapping[str, Spot]) -> tuple[Spot, ...]:
    return tuple(spots[key] for key in keys if key in spots)


def _rounds(releases: Sequence[v.Release]) -> tuple[Round, ...]:
    """Current rounds first, then upcoming, then what was only mentioned; within them by day."""
    order = ["current", "upcoming", "mentioned"]
    keys = sorted(
        {(one.outlook, one.date, one.granularity) for one in releases},
        key=lambda key: (order.index(key[0]), key[1] or dt.date.max, key[2] or ""),
    )
    return tuple(
        _round(key, [one for one in releases if (one.outlook, one.date, one.granularity) == key]) for key in keys
    )


def _round(key: tuple[str, dt.date | None, str | None], releases: Sequence[v.Release]) -> Round:
    lanes = tuple(one for one in releases if one.channel)
    return Round(*key, lanes, tuple(one for one in releases if not one.channel))


def _material(link: v.Link) -> Material:
    web = is_safe_address(link.url)
    label = link.label if link.label and link.label != link.url else MATERIALS.get(link.kind, "Link")
    return Material(link.kind, SIGNS.get(link.kind, "link"), label, link.url if web else "", link.url, link.details)


def _attendees(attendance: Sequence[v.Attendance]) -> tuple[Attendee, ...]:
    roles: dict[str, list[str]] = {}
    for one in attendance:
        roles.setdefault(one.name, []).append(one.role)
    return tuple(Attendee(name, ", ".join(each)) for name, each in roles.items())


def _changes(changes: Sequence[v.MatrixChange], scheme: Scheme | None) -> tuple[MatrixTurns, ...]:
    if scheme is None:
        return ()
    numbered: dict[str, list[Numbered]] = {}
    for one in changes:
        numbered.setdefault(one.matrix, []).append(Numbered(one.number, one.environment, one))
    notes = {one.number: one.note for one in changes}
    return tuple(
        MatrixTurns(slug, tuple((numbers, turn, notes[numbers[0]]) for numbers, turn in turns_of(slug, those, scheme)))
        for slug, those in numbered.items()
    )
