"""Three versions of a call into one: the document as it was read last, the call as it stands here, the new document.

What only the document changed follows the document; what only editors changed stays; where both changed, what stands
here stays and a remark says what the document says. Pure: nothing here knows a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from communitycalls.document import values as v
from communitycalls.importer import sorts
from communitycalls.importer.pairing import VERY_ALIKE, pair
from communitycalls.importer.sentences import told
from communitycalls.importer.sorts import Sort
from interop.document import Remark

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
E = TypeVar("E")

HEAD = ("title", "start", "timezone", "duration", "introduction", "unread")
KEPT = "what stands here was kept"


@dataclass(frozen=True)
class Standing:
    """What rows know of a list beside its value: the highest number it ever used, and numbers that must not go."""

    highest: int = 0
    held: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Merged:
    """`document` is what the rows shall say; `base` the new document with their numbers, to merge with next time."""

    document: v.CallDocument
    base: v.CallDocument
    remarks: tuple[Remark, ...] = ()


def merge(
    base: v.CallDocument | None, ours: v.CallDocument, theirs: v.CallDocument, standing: Mapping[str, Standing]
) -> Merged:
    """Merge a document into a call. `base` is the last `Merged.base`, None where no document was read before.

    `standing` is by list: agenda, entries, questions, releases. Status and matrix changes stay as they are here.
    """
    was = base or v.CallDocument(theirs.series, theirs.date, "")
    if theirs.start is None:
        theirs = replace(theirs, start=was.start, timezone=was.timezone)
    lists = _Lists(standing)
    agenda, new_agenda = lists.merge("agenda", sorts.AGENDA, was.agenda, ours.agenda, theirs.agenda)
    moved = {one.number: two.number for one, two in zip(theirs.agenda, new_agenda, strict=True)}
    theirs = replace(theirs, minutes=_move(theirs.minutes, moved))
    minutes, new_minutes = lists.merge_minutes(was.minutes, ours.minutes, theirs.minutes, agenda)
    questions = lists.merge("questions", sorts.QUESTIONS, was.questions, ours.questions, theirs.questions)
    releases = lists.merge("releases", sorts.RELEASES, was.releases, ours.releases, theirs.releases)
    document = replace(
        merge_fields("the call", HEAD, was, ours, theirs, lists.remarks),
        links=lists.merge("links", sorts.LINKS, was.links, ours.links, theirs.links)[0],
        agenda=agenda,
        minutes=minutes,
        questions=questions[0],
        releases=tuple(sorted(releases[0], key=lambda one: one.number)),
        attendance=lists.merge("attendance", sorts.ATTENDANCE, was.attendance, ours.attendance, theirs.attendance)[0],
    )
    new = replace(theirs, agenda=new_agenda, minutes=new_minutes, questions=questions[1], releases=releases[1])
    return Merged(document, new, tuple(lists.remarks))


def merge_fields(subject: str, names: Iterable[str], base: T, ours: T, theirs: T, remarks: list[Remark]) -> T:
    """`ours` with the fields that `theirs` alone changed; `subject` begins the remark on a field both changed."""
    changes: dict[str, Any] = {}
    for name in names:
        was, here, there = (getattr(one, name) for one in (base, ours, theirs))
        if there in (was, here):
            continue
        if here == was:
            changes[name] = there
        else:
            label = name.replace("_", " ")
            text = f"{subject}: the {label} is {told(here)} here and {told(there)} in the document; {KEPT}."
            remarks.append(Remark(None, text[:1].upper() + text[1:]))
    return replace(ours, **changes)


def _move(minutes: v.Minutes, moved: Mapping[int, int]) -> v.Minutes:
    """Minutes whose entries name agenda items by the numbers the rows have."""
    entries = (replace(one, agenda_item=moved.get(one.agenda_item or 0)) for one in minutes.entries)
    return replace(minutes, entries=tuple(entries))


@dataclass(eq=False)
class _Strand(Generic[T]):
    """One thing as the last document, the rows and the new document have it; None where one has it not."""

    base: T | None = None
    ours: T | None = None
    theirs: T | None = None


@dataclass
class _Lists:
    """Merges the lists of one call and gathers the remarks."""

    standing: Mapping[str, Standing]
    remarks: list[Remark] = field(default_factory=list)

    def merge(
        self, key: str, sort: Sort[T], base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]
    ) -> tuple[tuple[T, ...], tuple[T, ...]]:
        """The merged list, and `theirs` with the numbers of the merged list."""
        standing = self.standing.get(key, Standing())
        highest = max([standing.highest, *map(sort.number, (*base, *ours))], default=0)
        before, here, there = _strands(sort, base, ours, theirs)
        settled: dict[_Strand[T], T | None] = {}
        for strand in self._arrange(sort, before, here, there):
            element = self._settle(sort, strand, standing.held)
            if element is not None and strand.ours is None and highest:
                highest += 1
                element = sort.renumber(element, highest)
            settled[strand] = element
        merged = tuple(element for element in settled.values() if element is not None)
        renumbered = (
            _renumbered(sort, one, strand, settled[strand]) for one, strand in zip(theirs, there, strict=True)
        )
        return merged, tuple(renumbered)

    def merge_minutes(
        self, base: v.Minutes, ours: v.Minutes, theirs: v.Minutes, agenda: Sequence[v.AgendaItem]
    ) -> tuple[v.Minutes, v.Minutes]:
        """Minutes merged, and `theirs` renumbered. A promise of minutes follows the document."""
        merged, new = self.merge("entries", sorts.ENTRIES, base.entries, ours.entries, theirs.entries)
        numbers = {item.number for item in agenda}
        entries = (one if one.agenda_item in numbers else replace(one, agenda_item=None) for one in merged)
        promise = theirs.status in ("absent", "placeholder") and theirs.status != base.status
        head = merge_fields("the minutes", ("introduction",), base, ours, theirs, self.remarks)
        status = theirs.status if promise else ours.status
        return replace(head, entries=tuple(entries), status=status), replace(theirs, entries=new)

    def _arrange(
        self, sort: Sort[T], before: list[_Strand[T]], here: list[_Strand[T]], there: list[_Strand[T]]
    ) -> list[_Strand[T]]:
        """All strands in the order here, or in the document's where the document alone changed the order."""
        if not _is_moved(before, there):
            return _weave(here, there)
        if not _is_moved(before, here):
            return _weave(there, here)
        if _is_moved(here, there):
            text = f"The {sort.noun}s stand in another order here than in the document; {KEPT}."
            self.remarks.append(Remark(None, text))
        return _weave(here, there)

    def _settle(self, sort: Sort[T], strand: _Strand[T], held: frozenset[int]) -> T | None:
        if strand.theirs is None:
            return self._settle_gone(sort, strand, held)
        if strand.ours is not None:
            return self._settle_both(sort, strand.base or sort.empty, strand.ours, strand.theirs)
        if strand.base is None:
            return strand.theirs
        if not sort.is_same(strand.base, strand.theirs):
            text = f"{_subject(sort, strand.base)} was removed here and changed in the document; it stays removed."
            self.remarks.append(Remark(None, f"{text} The document says {told(sort.name(strand.theirs))}."))
        return None

    def _settle_gone(self, sort: Sort[T], strand: _Strand[T], held: frozenset[int]) -> T | None:
        if strand.ours is None or strand.base is None:
            return strand.ours
        if sort.is_same(strand.ours, strand.base) and sort.number(strand.ours) not in held:
            return None
        text = f"{_subject(sort, strand.ours)} is no longer in the document; as there is more of it here, it was kept."
        self.remarks.append(Remark(None, text))
        return strand.ours

    def _settle_both(self, sort: Sort[T], base: T, ours: T, theirs: T) -> T:
        plain = [one.name for one in fields(ours) if one.name != "number" and one.name not in sort.parts]
        merged = merge_fields(_subject(sort, ours), plain, base, ours, theirs, self.remarks)
        for name, part in sort.parts.items():
            old, here, there = (getattr(one, name) for one in (base, ours, theirs))
            merged = replace(merged, **{name: self.merge(name, part, old, here, there)[0]})
        return merged


def _subject(sort: Sort[T], element: T) -> str:
    number = f" {sort.number(element)}" if sort.is_numbered else ""
    return f"{sort.noun[:1].upper()}{sort.noun[1:]}{number} ({told(sort.name(element))})"


def _renumbered(sort: Sort[T], element: T, strand: _Strand[T], settled: T | None) -> T:
    """A document's element with the number it has here; of one that was removed here, the number it had."""
    known = settled or strand.base or element
    return sort.renumber(element, sort.number(known))


def _strands(
    sort: Sort[T], base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]
) -> tuple[list[_Strand[T]], list[_Strand[T]], list[_Strand[T]]]:
    """The strands in the order of each version. Rows are known by number, elements of documents by what they say."""
    olds, rows, news = (dict(enumerate(one)) for one in (base, ours, theirs))
    before = [_Strand(one) for one in base]
    in_rows = pair(olds, rows, (sort.number,)) if sort.is_numbered else pair(olds, rows, sort.keys, sort.words)
    of_row = {j: before[i] for i, j in in_rows.items()}
    of_new = {j: before[i] for i, j in pair(olds, news, sort.keys, sort.words).items()}
    own = {j: one for j, one in rows.items() if j not in of_row}
    fresh = {j: one for j, one in news.items() if j not in of_new}
    for i, j in pair(own, fresh, sort.keys, sort.words, VERY_ALIKE).items():
        of_row[i] = of_new[j] = _Strand()
    for j, row in rows.items():
        of_row.setdefault(j, _Strand()).ours = row
    for j, new in news.items():
        of_new.setdefault(j, _Strand()).theirs = new
    return before, [of_row[j] for j in rows], [of_new[j] for j in news]


def _is_moved(before: Sequence[E], after: Sequence[E]) -> bool:
    """Whether what both lists hold stands in another order."""
    common = set(before) & set(after)
    return [one for one in before if one in common] != [one for one in after if one in common]


def _weave(leading: Sequence[E], other: Sequence[E]) -> list[E]:
    """The leading list with what only the other has, each after the one it follows there."""
    woven = list(leading)
    previous: E | None = None
    for one in other:
        if one not in woven:
            woven.insert(0 if previous is None else woven.index(previous) + 1, one)
        previous = one
    return woven
