"""What a call's minutes say on paper: entries below their items, what was agreed, releases and changes, each with the
address that stays. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from communitycalls.deck import boards
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.slides import ChangeRow, Changes
from communitycalls.document.values import AgendaItem, CallDocument, MinutesEntry, Release
from communitycalls.recordings import moment_in, offset_in_figures, offset_in_words
from interop.allowlist import is_safe_address
from interop.markdown import plain

ROLES = (("host", "Host"), ("minute taker", "Minutes"), ("speaker", "Speakers"), ("attendee", "Present"))
OUTLOOKS = (*boards.BOARD_TITLES.items(), ("mentioned", "Also mentioned"))


@dataclass(frozen=True)
class Line:
    """An entry. `at` is its place in the recording in figures, `at_words` in words, `at_url` a link to it."""

    entry: MinutesEntry
    at: str = ""
    at_words: str = ""
    at_url: str = ""

    @property
    def lead(self) -> str:
        """The entry's first line in plain words."""
        return plain(self.entry.text.strip().partition("\n")[0]).replace("\n", " ")

    @property
    def said_by(self) -> tuple[str, ...]:
        """The speakers whom neither the text nor the line above it names."""
        others = (name for name in self.entry.speakers if name != self.entry.assignee)
        return tuple(name for name in others if name.partition(" ")[0] not in self.entry.text)


@dataclass(frozen=True)
class Part:
    """An agenda item, or None, with what was said under it."""

    item: AgendaItem | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Told:
    """What was said of a release; kind and date in words."""

    release: Release
    kind: str
    date: str


@dataclass(frozen=True)
class Round:
    """Releases told of as current, upcoming or in passing."""

    title: str
    rows: tuple[Told, ...]

    @property
    def has_highlights(self) -> bool:
        return any(row.release.highlights for row in self.rows)


@dataclass(frozen=True)
class Record:
    """The minutes of a call. `changes` are rows of the matrix with the numbers of their addresses."""

    present: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    decisions: tuple[Line, ...]
    actions: tuple[Line, ...]
    rounds: tuple[Round, ...]
    changes_title: str
    changes: tuple[tuple[int, ChangeRow], ...]
    recording: str

    @property
    def is_empty(self) -> bool:
        return not self.parts


def record_of(call: CallDocument, setting: DeckSetting) -> Record:
    """The minutes of a call."""
    recording = next((link.url for link in call.links if link.kind == "recording" and is_safe_address(link.url)), "")
    lines = tuple(_line(entry, recording) for entry in call.minutes.entries)
    title, changes = _changes(call, setting)
    return Record(
        present=tuple(_present(call)),
        parts=tuple(_parts(call.agenda, lines)),
        decisions=tuple(line for line in lines if line.entry.kind == "decision"),
        actions=tuple(line for line in lines if line.entry.kind == "action"),
        rounds=tuple(_rounds(call)),
        changes_title=title,
        changes=changes,
        recording=recording,
    )


def _line(entry: MinutesEntry, recording: str) -> Line:
    if entry.offset is None:
        return Line(entry)
    url = moment_in(recording, entry.offset) if recording else ""
    return Line(entry, offset_in_figures(entry.offset), offset_in_words(entry.offset), url)


def _present(call: CallDocument) -> Iterable[tuple[str, str]]:
    """Who was there, by role."""
    for role, label in ROLES:
        names = [who.name for who in call.attendance if who.role == role]
        if names:
            yield label, ", ".join(names)


def _parts(agenda: Iterable[AgendaItem], lines: Iterable[Line]) -> Iterable[Part]:
    """Entries below the items they belong to; those of no item come last."""
    below: dict[int | None, list[Line]] = {item.number: [] for item in agenda}
    rest: list[Line] = []
    for line in lines:
        below.get(line.entry.agenda_item, rest).append(line)
    for item in agenda:
        if below[item.number]:
            yield Part(item, tuple(below[item.number]))
    if rest:
        yield Part(None, tuple(rest))


def _rounds(call: CallDocument) -> Iterable[Round]:
    for outlook, title in OUTLOOKS:
        rows = tuple(_told(release) for release in call.releases if release.outlook == outlook)
        if rows:
            yield Round(title, rows)


def _told(release: Release) -> Told:
    kind = boards.KIND_NAMES.get(release.kind or "", "")
    return Told(release, kind, boards.date_words(release.date, release.granularity))


def _changes(call: CallDocument, setting: DeckSetting) -> tuple[str, tuple[tuple[int, ChangeRow], ...]]:
    numbers = [change.number for change in boards.told_changes(call)]
    found = boards.changes(call, setting)
    rows = [row for slide in found if isinstance(slide, Changes) for row in slide.rows]
    return (found[0].title if found else ""), tuple(zip(numbers, rows, strict=True))
