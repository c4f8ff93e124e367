"""What the lists of a call hold, and how one element is known again in another version of the list."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from communitycalls.document import values as v
from communitycalls.importer.pairing import Key

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


@dataclass(frozen=True)
class Sort(Generic[T]):
    """One sort of list. `empty` has every field at its default; `keys` go from the surest to the least sure.

    `words` is the text by which an edited element is known again; `parts` are fields that are lists themselves.
    Where a list is not `is_ordered` its order follows the numbers and says nothing.
    """

    noun: str
    empty: T
    keys: tuple[Key[T], ...]
    name: Callable[[T], str]
    words: Callable[[T], str] | None = None
    parts: Mapping[str, Sort[Any]] = field(default_factory=dict)
    is_ordered: bool = True

    @property
    def is_numbered(self) -> bool:
        return hasattr(self.empty, "number")

    def number(self, element: T) -> int:
        """The element's number; 0 where the sort has none."""
        return int(getattr(element, "number", 0))

    def renumber(self, element: T, number: int) -> T:
        return replace(element, number=number) if self.is_numbered else element

    def is_same(self, one: T, other: T) -> bool:
        """Whether two elements say the same, their numbers aside."""
        return self.renumber(one, 0) == self.renumber(other, 0)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _known_channel(release: v.Release) -> Hashable | None:
    return (release.channel, release.outlook) if release.channel else None


def _known_version(release: v.Release) -> Hashable | None:
    return (release.channel, release.version) if release.version else None


def _only_kind(link: v.Link) -> Hashable | None:
    return None if link.kind == "other" else link.kind


def _release_name(release: v.Release) -> str:
    day = release.date.isoformat() if release.date else ""
    return " ".join(part for part in (release.channel, release.version, day) if part)


LINKS = Sort[v.Link](
    noun="link",
    empty=v.Link("other", "", ""),
    keys=(lambda one: one, lambda one: one.url, lambda one: (one.kind, _fold(one.label)), _only_kind),
    name=lambda one: one.label or one.url,
)
AGENDA = Sort[v.AgendaItem](
    noun="agenda item",
    empty=v.AgendaItem(0, ""),
    keys=(lambda one: replace(one, number=0), lambda one: _fold(one.title)),
    name=lambda one: one.title,
    words=lambda one: f"{one.title} {one.body}",
)
ENTRIES = Sort[v.MinutesEntry](
    noun="minutes entry",
    empty=v.MinutesEntry(0, ""),
    keys=(lambda one: replace(one, number=0), lambda one: _fold(one.text)),
    name=lambda one: one.text,
    words=lambda one: one.text,
)
ANSWERS = Sort[v.Answer](
    noun="answer",
    empty=v.Answer("", ""),
    keys=(lambda one: one, lambda one: _fold(one.text)),
    name=lambda one: one.text,
    words=lambda one: one.text,
)
QUESTIONS = Sort[v.Question](
    noun="question",
    empty=v.Question(0, ""),
    keys=(lambda one: replace(one, number=0), lambda one: _fold(one.text)),
    name=lambda one: one.text,
    words=lambda one: one.text,
    parts={"answers": ANSWERS},
)
RELEASES = Sort[v.Release](
    noun="release",
    empty=v.Release(0, None, None),
    keys=(
        lambda one: replace(one, number=0),
        lambda one: (one.channel, one.version, one.outlook, one.date),
        lambda one: (one.channel, one.outlook, one.date),
        _known_version,
        _known_channel,
    ),
    name=_release_name,
    is_ordered=False,
)
ATTENDANCE = Sort[v.Attendance](
    noun="attendance",
    empty=v.Attendance(""),
    keys=(lambda one: one, lambda one: _fold(one.name)),
    name=lambda one: one.name,
)
LISTS: Mapping[str, Sort[Any]] = {
    "links": LINKS,
    "agenda": AGENDA,
    "entries": ENTRIES,
    "questions": QUESTIONS,
    "releases": RELEASES,
    "attendance": ATTENDANCE,
}
