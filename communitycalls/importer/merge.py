"""Three versions of a call into one: the document as it was read last, the call as it stands here, the new document.

What only the document changed follows the document; what only editors changed stays; where both changed, what stands
here stays and a conflict holds both sides until somebody decides. Pure: nothing here knows a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from communitycalls.document import values as v
from communitycalls.importer import sorts
from communitycalls.importer.pairing import VERY_ALIKE, pair
from communitycalls.importer.sentences import told
from communitycalls.importer.sides import ORDER, Conflict, Place, agree, names_of, rows_of, say, weave
from communitycalls.importer.sorts import Sort
from interop.document import Remark, codec

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
E = TypeVar("E")

HEAD = ("title", "start", "timezone", "duration", "introduction")
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
    conflicts: tuple[Conflict, ...] = ()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """A sentence for each conflict."""
        return tuple(Remark(None, one.sentence) for one in self.conflicts)


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
    agenda, new_agenda = lists.merge(Place("agenda"), sorts.AGENDA, was.agenda, ours.agenda, theirs.agenda)
    moved = {one.number: two.number for one, two in zip(theirs.agenda, new_agenda, strict=True)}
    theirs = replace(theirs, minutes=_move(theirs.minutes, moved))
    minutes, new_minutes = lists.merge_minutes(was.minutes, ours.minutes, theirs.minutes, agenda)
    questions = lists.merge(Place("questions"), sorts.QUESTIONS, was.questions, ours.questions, theirs.questions)
    releases = lists.merge(Place("releases"), sorts.RELEASES, was.releases, ours.releases, theirs.releases)
    there = (was.attendance, ours.attendance, theirs.attendance)
    document = replace(
        lists.merge_head("call", "the call", HEAD, was, ours, theirs),
        links=lists.merge(Place("links"), sorts.LINKS, was.links, ours.links, theirs.links)[0],
        agenda=agenda,
        minutes=minutes,
        questions=questions[0],
        releases=tuple(sorted(releases[0], key=lambda one: one.number)),
        attendance=lists.merge(Place("attendance"), sorts.ATTENDANCE, *there)[0],
        unread=ours.unread if theirs.unread == was.unread else theirs.unread,
    )
    new = replace(theirs, agenda=new_agenda, minutes=new_minutes, questions=questions[1], releases=releases[1])
    return Merged(document, new, tuple(_as_merged(document, lists.conflicts)))


def _as_merged(document: v.CallDocument, conflicts: Iterable[Conflict]) -> Iterator[Conflict]:
    """Conflicts with what stands here after the merge: an entry may have lost the agenda item it named."""
    for one in conflicts:
        here = say(document, one.place, one.here)
        if not agree(one.place, here, one.there):
            yield replace(one, here=here)


def merge_fields(names: Iterable[str], base: T, ours: T, theirs: T) -> tuple[T, tuple[str, ...]]:
    """`ours` with the fields that `theirs` alone changed, and the names of the fields that both changed."""
    changes: dict[str, Any] = {}
    contested: list[str] = []
    for name in names:
        was, here, there = (getattr(one, name) for one in (base, ours, theirs))
        if there in (was, here):
            continue
        if here == was:
            changes[name] = there
        else:
            contested.append(name)
    return replace(ours, **changes), tuple(contested)


def holds_more(ours: v.CallDocument, base: v.CallDocument | None, lists: Iterable[str]) -> bool:
    """Whether a call holds something in one of the lists, or in its minutes' introduction, that a document does not."""
    was = base or v.CallDocument(ours.series, ours.date, "")
    for name in lists:
        sort = sorts.LISTS[name]
        known, here = ([sort.renumber(one, 0) for one in rows_of(call, Place(name))] for call in (was, ours))
        if any(one not in known for one in here):
            return True
    return bool(ours.minutes.introduction) and ours.minutes.introduction != was.minutes.introduction


def _differences(names: Iterable[str], ours: object, theirs: object) -> str:
    """What two sides say of some fields, for a sentence."""
    both = ((name.replace("_", " "), told(getattr(ours, name)), told(getattr(theirs, name))) for name in names)
    return "; ".join(f"the {label} is {here} here and {there} in the document" for label, here, there in both)


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
    conflicts: list[Conflict] = field(default_factory=list)

    def merge(
        self, place: Place, sort: Sort[T], base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]
    ) -> tuple[tuple[T, ...], tuple[T, ...]]:
        """The merged list, and `theirs` with the numbers of the merged list."""
        standing = self.standing.get(place.part or place.section, Standing())
        highest = max([standing.highest, *map(sort.number, (*base, *ours))], default=0)
        before, here, there = _strands(sort, base, ours, theirs)
        settled: dict[_Strand[T], T | None] = {}
        for strand in self._arrange(place, sort, before, here, there):
            element = self._settle(place, sort, strand, standing.held)
            if element is not None and strand.ours is None and highest:
                highest += 1
                element = sort.renumber(element, highest)
            settled[strand] = element
        merged = tuple(element for element in settled.values() if element is not None)
        renumbered = (
            _renumbered(sort, one, strand, settled[strand]) for one, strand in zip(theirs, there, strict=True)
        )
        return merged, tuple(renumbered)

    def merge_head(self, section: str, subject: str, names: Iterable[str], base: T, ours: T, theirs: T) -> T:
        """The fields of the call itself, or of its minutes."""
        merged, contested = merge_fields(names, base, ours, theirs)
        for name in contested:
            self._keep_field(Place(section, field=name), subject, base, ours, theirs)
        return merged

    def merge_minutes(
        self, base: v.Minutes, ours: v.Minutes, theirs: v.Minutes, agenda: Sequence[v.AgendaItem]
    ) -> tuple[v.Minutes, v.Minutes]:
        """Minutes merged, and `theirs` renumbered. A promise of minutes follows the document."""
        merged, new = self.merge(Place("entries"), sorts.ENTRIES, base.entries, ours.entries, theirs.entries)
        numbers = {item.number for item in agenda}
        entries = (one if one.agenda_item in numbers else replace(one, agenda_item=None) for one in merged)
        promise = theirs.status in ("absent", "placeholder") and theirs.status != base.status
        head = self.merge_head("minutes", "the minutes", ("introduction",), base, ours, theirs)
        status = theirs.status if promise else ours.status
        return replace(head, entries=tuple(entries), status=status), replace(theirs, entries=new)

    def _arrange(
        self, place: Place, sort: Sort[T], before: list[_Strand[T]], here: list[_Strand[T]], there: list[_Strand[T]]
    ) -> list[_Strand[T]]:
        """All strands in the order here, or in the document's where the document alone changed the order."""
        if not _is_moved(before, there):
            return weave(here, there)
        if not _is_moved(before, here):
            return weave(there, here)
        if sort.is_ordered and _is_moved(here, there):
            text = f"The {sort.noun}s stand in another order here than in the document; {KEPT}."
            was, ours, theirs = (_order(sort, strands) for strands in (before, here, there))
            self.conflicts.append(Conflict(replace(place, field=ORDER), was, ours, theirs, text))
        return weave(here, there)

    def _settle(self, place: Place, sort: Sort[T], strand: _Strand[T], held: frozenset[int]) -> T | None:
        if strand.theirs is None:
            return self._settle_gone(place, sort, strand, held)
        if strand.ours is not None:
            return self._settle_both(place, sort, strand, strand.ours, strand.theirs)
        if strand.base is None:
            return strand.theirs
        if not sort.is_same(strand.base, strand.theirs):
            text = f"{_subject(sort, strand.base)} was removed here and changed in the document; it stays removed."
            text = f"{text} The document says {told(sort.name(strand.theirs))}."
            there = sort.renumber(strand.theirs, sort.number(strand.base))
            self._keep(place, sort, (strand.base, None, there), text)
        return None

    def _settle_gone(self, place: Place, sort: Sort[T], strand: _Strand[T], held: frozenset[int]) -> T | None:
        if strand.ours is None or strand.base is None:
            return strand.ours
        if sort.is_same(strand.ours, strand.base) and sort.number(strand.ours) not in held:
            return None
        text = f"{_subject(sort, strand.ours)} is no longer in the document; as there is more of it here, it was kept."
        self._keep(place, sort, (strand.base, strand.ours, None), text)
        return strand.ours

    def _settle_both(self, place: Place, sort: Sort[T], strand: _Strand[T], ours: T, theirs: T) -> T:
        base = strand.base or sort.empty
        plain = [one.name for one in fields(ours) if one.name != "number" and one.name not in sort.parts]
        merged, contested = merge_fields(plain, base, ours, theirs)
        if contested and sort.is_numbered:
            for name in contested:
                at = replace(place, number=sort.number(ours), field=name)
                self._keep_field(at, _subject(sort, ours), base, ours, theirs)
        elif contested:
            text = f"{_subject(sort, ours)}: {_differences(contested, ours, theirs)}; {KEPT}."
            taken = replace(merged, **{name: getattr(theirs, name) for name in contested})
            self._keep(place, sort, (strand.base, merged, taken), text)
        for name, part in sort.parts.items():
            old, here, there = (getattr(one, name) for one in (base, ours, theirs))
            inside = replace(place, number=sort.number(ours), part=name)
            merged = replace(merged, **{name: self.merge(inside, part, old, here, there)[0]})
        return merged

    def _keep(self, place: Place, sort: Sort[T], sides: tuple[T | None, T | None, T | None], text: str) -> None:
        """A conflict over a whole element."""
        number = next((sort.number(one) for one in sides if one is not None), 0) if sort.is_numbered else place.number
        was, here, there = map(codec.dump, sides)
        self.conflicts.append(Conflict(replace(place, number=number), was, here, there, text))

    def _keep_field(self, place: Place, subject: str, base: object, ours: object, theirs: object) -> None:
        """A conflict over one field."""
        was, here, there = (codec.dump(getattr(one, place.field)) for one in (base, ours, theirs))
        text = f"{subject}: {_differences([place.field], ours, theirs)}; {KEPT}."
        self.conflicts.append(Conflict(place, was, here, there, text[:1].upper() + text[1:]))


def _order(sort: Sort[T], strands: Iterable[_Strand[T]]) -> list[Any]:
    """The order of strands, by the numbers or names that the rows have; what is new has none yet."""
    known = (one.ours or one.base for one in strands)
    return names_of(sort, [one for one in known if one is not None])


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
