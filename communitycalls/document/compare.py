"""The difference of two versions of a call: what was added, removed, moved and changed, field by field. Pure.

What has a number is the same thing under the same number, whatever became of it. Links, answers, attendance and
unread lines have none: they are known again by what they say, the surest sign first. Nothing differs where, and only
where, the two values are equal.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from communitycalls.document import values as v
from communitycalls.document.fields import FIELDS, Field, Kind
from communitycalls.wording import Mark, marks

T = TypeVar("T")

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class FieldChange:
    """One field: `old` and `new` as readers see them, "" for nothing. `is_text` says that it is running text."""

    label: str
    old: str
    new: str
    is_text: bool = False

    def marks(self) -> tuple[Mark, ...]:
        """The two put together word by word."""
        return marks(self.old, self.new)


@dataclass(frozen=True)
class Difference:
    """What became of one thing. `number` is None where it has none, `what` is added, removed or changed.

    `moved` holds the places it had and has, from 1. `parts` are the differences of what it holds: answers.
    """

    noun: str
    number: int | None
    name: str
    what: str
    fields: tuple[FieldChange, ...] = ()
    moved: tuple[int, int] | None = None
    parts: tuple["Difference", ...] = ()

    @property
    def is_moved_only(self) -> bool:
        return self.moved is not None and not self.fields and not self.parts


@dataclass(frozen=True)
class Part:
    """The differences in one part of the call. `key` is head, links, agenda, minutes, questions, releases…"""

    key: str
    title: str
    differences: tuple[Difference, ...]

    def count(self, what: str) -> int:
        """How many things were added, removed or changed; those that were only moved are counted as "moved"."""
        return sum(("moved" if one.is_moved_only else one.what) == what for one in self.differences)

    @property
    def in_short(self) -> str:
        """What to say of the part in a list: the fields of the head, else how many of what."""
        if self.key == "head":
            return ", ".join(_in_short(field) for one in self.differences for field in one.fields)
        counts = ((self.count(what), what) for what in (ADDED, CHANGED, "moved", REMOVED))
        return f"{self.title.lower()}: " + ", ".join(f"{count} {what}" for count, what in counts if count)


@dataclass(frozen=True)
class Comparison:
    """The parts that differ, in the order of the call's page."""

    parts: tuple[Part, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.parts

    @property
    def in_short(self) -> tuple[str, ...]:
        return tuple(part.in_short for part in self.parts)


def compare(old: v.CallDocument, new: v.CallDocument) -> Comparison:
    """What turns `old` into `new`."""
    whole = ((old, new),)
    minutes = _paired("minutes", ((old.minutes, new.minutes),))
    parts = (
        Part("head", "The call", tuple(_paired("call", whole))),
        Part("links", "Links", _lists("link", old.links, new.links)),
        Part("agenda", "Agenda", _lists("agenda item", old.agenda, new.agenda)),
        Part("minutes", "Minutes", (*minutes, *_lists("entry", old.minutes.entries, new.minutes.entries))),
        Part("questions", "Questions", _lists("question", old.questions, new.questions)),
        Part("releases", "Releases", _lists("release", old.releases, new.releases)),
        Part("changes", "Matrix changes", _lists("matrix change", old.matrix_changes, new.matrix_changes)),
        Part("attendance", "Attendance", _lists("attendance", old.attendance, new.attendance)),
        Part("unread", "Unread lines", _lists("unread line", old.unread, new.unread)),
    )
    return Comparison(tuple(part for part in parts if part.differences))


def _paired(noun: str, pairs: Iterable[tuple[T, T]]) -> Iterator[Difference]:
    """Changes of things that are there in both versions and stay in their places."""
    for one, other in pairs:
        fields = _fields(FIELDS[noun], one, other)
        if fields:
            yield Difference(noun, None, "", CHANGED, fields)


def _lists(noun: str, old: Sequence[T], new: Sequence[T]) -> tuple[Difference, ...]:
    """What became of a list, in the order of `new`; what went stands where it stood."""
    if old == new:
        return ()
    kind = FIELDS[noun]
    pairs = pair(old, new, kind.keys)
    moved = _moved([(i, j) for j, i in sorted((j, i) for i, j in pairs.items())])
    return tuple(_List(noun, kind, old, new, pairs, moved).differences())


@dataclass(frozen=True)
class _List(Generic[T]):
    """Two versions of a list: `pairs` says which place in `old` is which in `new`, `moved` the places in `new`."""

    noun: str
    kind: Kind
    old: Sequence[T]
    new: Sequence[T]
    pairs: dict[int, int]
    moved: frozenset[int]

    def differences(self) -> Iterator[Difference]:
        back = {j: i for i, j in self.pairs.items()}
        at = 0
        for j, element in enumerate(self.new):
            i = back.get(j)
            if i is None:
                yield self._one(ADDED, element)
                continue
            if j not in self.moved:
                yield from self._gone(at, i)
                at = i + 1
            yield from self._kept(i, j)
        yield from self._gone(at, len(self.old))

    def _gone(self, start: int, end: int) -> Iterator[Difference]:
        return (self._one(REMOVED, self.old[i]) for i in range(start, end) if i not in self.pairs)

    def _one(self, what: str, element: T) -> Difference:
        """Something that is in one version alone, with all that it says."""
        texts = ((field, field.tell(element)) for field in self.kind.fields)
        fields = (
            FieldChange(field.label, *(("", text) if what == ADDED else (text, "")), field.is_text)
            for field, text in texts
            if text
        )
        answers = tuple(getattr(element, "answers", ()))
        parts = _lists("answer", *(((), answers) if what == ADDED else (answers, ())))
        return Difference(self.noun, _number(element), self.kind.name(element), what, tuple(fields), None, parts)

    def _kept(self, i: int, j: int) -> Iterator[Difference]:
        was, now = self.old[i], self.new[j]
        moved = (i + 1, j + 1) if j in self.moved else None
        if was == now and moved is None:
            return
        fields = _fields(self.kind, was, now)
        parts = _lists("answer", getattr(was, "answers", ()), getattr(now, "answers", ()))
        yield Difference(self.noun, _number(now), self.kind.name(now), CHANGED, fields, moved, parts)


def _fields(kind: Kind, was: object, now: object) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field.label, field.tell(was), field.tell(now), field.is_text)
        for field in kind.fields
        if _differs(field, was, now)
    )


def _in_short(field: FieldChange) -> str:
    return f"state now {field.new.lower()}" if field.label == "State" else field.label.lower()


def _differs(field: Field, was: object, now: object) -> bool:
    return bool(getattr(was, field.name) != getattr(now, field.name))


def _number(element: object) -> int | None:
    return getattr(element, "number", None)


def pair(old: Sequence[T], new: Sequence[T], keys: Sequence[Callable[[Any], Hashable]]) -> dict[int, int]:
    """Which place in `old` is which in `new`. Keys are tried in their order; equal keys pair in the lists' order."""
    pairs: dict[int, int] = {}
    for key in keys:
        taken = set(pairs.values())
        waiting: dict[Hashable, list[int]] = {}
        for j in reversed(range(len(new))):
            if j not in taken:
                waiting.setdefault(key(new[j]), []).append(j)
        for i, element in enumerate(old):
            if i not in pairs and (found := key(element)) is not None and waiting.get(found):
                pairs[i] = waiting[found].pop()
    return pairs


def _moved(pairs: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The places in the new list of what moved: as few as may be. `pairs` are in the order of the new list."""
    ends: list[int] = []
    last: list[int] = []
    before: dict[int, int | None] = {}
    for at, (i, _) in enumerate(pairs):
        place = bisect_left(ends, i)
        ends[place : place + 1] = [i]
        before[at] = last[place - 1] if place else None
        last[place : place + 1] = [at]
    stays, chain = set[int](), last[-1] if last else None
    while chain is not None:
        stays.add(pairs[chain][1])
        chain = before[chain]
    return frozenset(j for _, j in pairs if j not in stays)
