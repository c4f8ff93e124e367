"""Changes told for readers: old → new as chips where levels are meant, as words where words are. Pure.

Where a revision changes the criteria, what a row was rated before and what it is rated since belong together: its
changes become one turn from all its old levels to all its new ones, so that lost meaning is seen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from django.urls import reverse

from interop.board import heading
from interop.chips import NOT_STATED, Chip, chips_in
from interop.document.cells import read_owners
from interop.document.values import Level
from interop.markdown import plain
from interop.models import Change

LONG = 160
WHAT = Change.What
FIELDS = {"placeholders": "empty rows", "level": "heading level", "table": "has a table"}
LABELS = {WHAT.NOTE: "Notes", WHAT.ISSUE: "Known issues", WHAT.CRITERION: "Criterion", WHAT.SECTION: "Section"}
MARKDOWN = {WHAT.NOTE, WHAT.REFERENCE, WHAT.ISSUE}
CONVERTED = "Criteria changed"
UNTOLD = ("Position: ",)


class Told(Protocol):
    """A change, whether a row or a value."""

    @property
    def what(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def old(self) -> str: ...
    @property
    def new(self) -> str: ...


@dataclass(frozen=True)
class Scheme:
    """The criteria that matrices have or ever had, by (matrix slug, criterion key): names and levels by code."""

    names: Mapping[tuple[str, str], str]
    levels: Mapping[tuple[str, str], Mapping[str, Level]]


@dataclass(frozen=True)
class Turn:
    """One change, or one row's part of a change of criteria. `was` and `now` are chips; `old` and `new` are words."""

    what: str
    fields: tuple[str, ...]
    label: str
    name: str
    url: str
    old: str = ""
    new: str = ""
    was: tuple[Chip, ...] = ()
    now: tuple[Chip, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether the words need folding."""
        return len(self.old) + len(self.new) > LONG or "\n" in self.old + self.new


@dataclass(frozen=True)
class Numbered:
    """A change with the number it has where it is told and the slug of its environment, "" for the matrix itself."""

    number: int
    environment: str
    change: Told


def turns_of(matrix: str, changes: Sequence[Numbered], scheme: Scheme) -> tuple[tuple[tuple[int, ...], Turn], ...]:
    """The turns of changes made together, in their order, each with the numbers of the changes it tells."""
    moved = {
        one.change.field
        for one in changes
        if one.change.what == WHAT.CRITERION and not (one.change.old and one.change.new)
    }
    groups: dict[object, list[Numbered]] = {}
    for one in changes:
        converted = one.change.what == WHAT.RATED and one.change.field in moved
        groups.setdefault(one.environment if converted else one.number, []).append(one)
    return tuple(
        (tuple(one.number for one in group), _turn(matrix, group, scheme, converted=isinstance(key, str)))
        for key, group in groups.items()
    )


def _turn(matrix: str, group: Sequence[Numbered], scheme: Scheme, *, converted: bool) -> Turn:
    first = group[0]
    url = reverse("interop:environment", args=[matrix, first.environment]) if first.environment else ""
    turn = Turn(
        what=first.change.what,
        fields=tuple(one.change.field for one in group),
        label=_label(matrix, first.change, scheme),
        name=first.change.name,
        url=url,
    )
    if converted:
        return _converted(turn, matrix, [one.change for one in group], scheme)
    return _said(turn, matrix, first.change, scheme)


def _label(matrix: str, change: Told, scheme: Scheme) -> str:
    known = scheme.names.get((matrix, change.field))
    if change.what == WHAT.RATED:
        return known or change.field
    if change.what == WHAT.TEXT:
        return change.field.capitalize()
    label = LABELS.get(WHAT(change.what), WHAT(change.what).label)
    structural = change.what in (WHAT.CRITERION, WHAT.SECTION) and not known
    return f"{label} {FIELDS.get(change.field, change.field)}".strip() if structural else label


def _converted(turn: Turn, matrix: str, changes: Sequence[Told], scheme: Scheme) -> Turn:
    """From what the old criteria said of a row to what the new ones say of it."""
    was = [chip for one in changes if one.old for chip in _chips(matrix, one.field, one.old, scheme)]
    new = [(one.field, chip) for one in changes if one.new for chip in _chips(matrix, one.field, one.new, scheme)]
    now = [_of(chip, matrix, key, scheme) for key, chip in new]
    return replace(turn, label=CONVERTED, was=tuple(was) or (NOT_STATED,), now=tuple(now) or (NOT_STATED,))


def _of(chip: Chip, matrix: str, key: str, scheme: Scheme) -> Chip:
    """The chip with its criterion's name beside it."""
    return replace(chip, aside=", ".join(filter(None, (scheme.names.get((matrix, key), key), chip.aside))))


def _chips(matrix: str, key: str, text: str, scheme: Scheme) -> tuple[Chip, ...]:
    return chips_in(text, scheme.levels.get((matrix, key), {}))


def _said(turn: Turn, matrix: str, change: Told, scheme: Scheme) -> Turn:
    if change.what == WHAT.RATED:
        was, now = (_chips(matrix, change.field, text, scheme) for text in (change.old, change.new))
        return replace(turn, was=was, now=now)
    if change.what == WHAT.ADDED:
        return _added(turn, matrix, change.new, scheme)
    if change.what == WHAT.RETIRED:
        day, _, reason = change.new.partition("\n")
        return replace(turn, new=" ".join(filter(None, (reason.replace("\n", " "), f"({day})" if day else ""))))
    if change.what == WHAT.OWNER:
        return replace(turn, old=_owner(change.old), new=_owner(change.new))
    if change.what in MARKDOWN and plain(change.old) != plain(change.new):
        return replace(turn, old=plain(change.old), new=plain(change.new))
    return replace(turn, old=change.old, new=change.new)


def _owner(text: str) -> str:
    return text if read_owners(text) else ("No owner" if text else "Not stated")


def _added(turn: Turn, matrix: str, text: str, scheme: Scheme) -> Turn:
    """A new row: what it is rated as chips, the rest in words."""
    keys = {name: key for (slug, key), name in scheme.names.items() if slug == matrix}
    chips: list[Chip] = []
    words: list[str] = []
    for line in text.split("\n"):
        label, _, said = line.partition(": ")
        key = keys.get(heading(label).name)
        if key and said:
            chips += (_of(chip, matrix, key, scheme) for chip in _chips(matrix, key, said, scheme))
        elif not line.startswith(UNTOLD):
            words.append(line.strip())
    return replace(turn, now=tuple(chips), new="; ".join(_spoken(words)))


def _spoken(lines: Iterable[str]) -> Iterable[str]:
    return (line.replace("Owner: [no owner]", "no owner") for line in lines if line)
