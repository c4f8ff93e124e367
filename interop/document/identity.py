"""Which environment of a new document is which of the old one.

An environment keeps its address through renaming and moving, and no document says so: it is told from names first,
then from sections that kept most of their rows, then from rows that stand where another stood and say the same.
A wrong guess would falsify a history, while a missed one only ends an address, so doubt means "another one".
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.utils.text import slugify

from interop.document.environments import with_slugs
from interop.document.levels import resting
from interop.document.values import Cell, Column, Criterion, Environment, Matrix, Retirement, Section, Tone

UNTITLED = "(no heading)"
AGAIN = re.compile(r" \(table \d+\)$")
ALIKE = 0.85
NUMBER = re.compile(r"\d+")
INSIDE = re.compile(r"\(([^()]*)\)")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class Spot:
    """An environment and where it stands: the places of its section and of its row, counted from 0."""

    section: int
    row: int
    label: str
    environment: Environment


@dataclass(frozen=True)
class Pairing:
    """What belongs together: spots of the old and the new matrix, and places of sections (new to old)."""

    spots: tuple[tuple[Spot, Spot], ...]
    sections: dict[int, int]


def labels(sections: Sequence[Section]) -> tuple[str, ...]:
    """A name for each section that no other has; a second table below one heading is "Other (table 2)"."""
    names = [section.name or UNTITLED for section in sections]
    counts = (names[: place + 1].count(name) for place, name in enumerate(names))
    return tuple(name if count == 1 else f"{name} (table {count})" for name, count in zip(names, counts, strict=True))


def name_of(label: str) -> str:
    """The name of the section with a label."""
    name = AGAIN.sub("", label)
    return "" if name == UNTITLED else name


def spots(matrix: Matrix) -> list[Spot]:
    named = labels(matrix.sections)
    return [
        Spot(place, row, named[place], environment)
        for place, section in enumerate(matrix.sections)
        for row, environment in enumerate(section.environments)
    ]


def pair_by_address(old: Matrix, new: Matrix) -> Pairing:
    """Pair by address first, and what is left as `pair_by_name` does."""
    return _pair(old, new, (lambda spot: spot.environment.slug or None,))


def pair_by_name(old: Matrix, new: Matrix) -> Pairing:
    """Pair the environments of a document whose addresses were made afresh."""
    return _pair(old, new, ())


Key = Callable[[Spot], Hashable | None]
NAMES: tuple[Key, ...] = (
    lambda spot: (spot.label, spot.environment.name, _said(spot.environment)),
    lambda spot: (spot.label, spot.environment.name),
    lambda spot: spot.environment.name,
    lambda spot: slugify(spot.environment.name) or None,
)


def _pair(old: Matrix, new: Matrix, first: tuple[Key, ...]) -> Pairing:
    """Pair in steps, each with what the steps before left; retired environments come back only by their names."""
    before, after = spots(old), spots(new)
    here = [spot for spot in before if not spot.environment.retired]
    pairs: list[tuple[Spot, Spot]] = []
    for key in first:
        pairs += _same(before, after, key, pairs)
    for key in NAMES:
        pairs += _same(here, after, key, pairs)
    sections = _sections(old, new, pairs)
    pairs += _renamed(here, after, pairs, sections)
    for key in NAMES:
        pairs += _same(before, after, key, pairs)
    return Pairing(tuple(sorted(pairs, key=lambda pair: (pair[1].section, pair[1].row))), sections)


def _left(spots: Iterable[Spot], taken: Iterable[Spot]) -> list[Spot]:
    known = {(spot.section, spot.row) for spot in taken}
    return [spot for spot in spots if (spot.section, spot.row) not in known]


def _same(
    before: list[Spot], after: list[Spot], key: Key, pairs: Sequence[tuple[Spot, Spot]]
) -> Iterator[tuple[Spot, Spot]]:
    """Pairs whose keys agree, in order; a key of None agrees with nothing."""
    waiting: dict[Hashable, list[Spot]] = {}
    for spot in _left(before, (old for old, _ in pairs)):
        waiting.setdefault(key(spot), []).append(spot)
    for spot in _left(after, [new for _, new in pairs]):
        found = waiting.get(key(spot)) if key(spot) is not None else None
        if found:
            yield found.pop(0), spot


def _sections(old: Matrix, new: Matrix, pairs: Sequence[tuple[Spot, Spot]]) -> dict[int, int]:
    """Sections by name, else by most of their rows, else as the only ones left."""
    names = {label: place for place, label in enumerate(labels(old.sections))}
    found = {place: names[label] for place, label in enumerate(labels(new.sections)) if label in names}
    shared = Counter((after.section, before.section) for before, after in pairs)
    for (after, before), count in shared.most_common():
        smaller = min(len(old.sections[before].environments), len(new.sections[after].environments))
        if after not in found and before not in found.values() and count * 2 >= smaller:
            found[after] = before
    rest_old = [place for place in range(len(old.sections)) if place not in found.values()]
    rest_new = [place for place in range(len(new.sections)) if place not in found]
    if len(rest_old) == len(rest_new) == 1 and _is_bare(old.sections[rest_old[0]], new.sections[rest_new[0]]):
        found[rest_new[0]] = rest_old[0]
    return found


def _is_bare(*sections: Section) -> bool:
    return any(all(one.retired for one in section.environments) for section in sections)


def _renamed(
    before: list[Spot], after: list[Spot], pairs: Sequence[tuple[Spot, Spot]], sections: dict[int, int]
) -> list[tuple[Spot, Spot]]:
    """Rows of one section with another name: nearly the same name, or the same place and the same cells."""
    gone, come = _left(before, [old for old, _ in pairs]), _left(after, [new for _, new in pairs])
    was, now = _anchors(gone, [old for old, _ in pairs]), _anchors(come, [new for _, new in pairs])
    places = {(old.section, *was[old]): old for old in gone}
    left = dict.fromkeys(gone)
    found: list[tuple[Spot, Spot]] = []
    for new in come:
        section = sections.get(new.section, -1)
        here = places.get((section, *now[new]))
        near = (old for old in left if old.section == section and _is_typo(old.environment.name, new.environment.name))
        same = next(near, here if here in left and here and _says_the_same(here, new) else None)
        if same:
            del left[same]
            found.append((same, new))
    return found


def _is_typo(one: str, other: str) -> bool:
    """Whether two names differ by a slip of the pen and not by a number or by what stands in parentheses."""
    one, other = one.casefold(), other.casefold()
    size = min(len(one), len(other))
    if size < 6 or abs(len(one) - len(other)) > size // 4 or not (one[0] == other[0] or one[-1] == other[-1]):
        return False
    alike = SequenceMatcher(None, one, other).ratio() >= ALIKE
    return alike and all(pattern.findall(one) == pattern.findall(other) for pattern in (NUMBER, INSIDE))


def _anchors(unknown: Sequence[Spot], known: Sequence[Spot]) -> dict[Spot, tuple[int, int]]:
    """Where each unpaired row stands: the number of the pair above it (-1 for none) and of unpaired rows between."""
    numbers = {spot: number for number, spot in enumerate(known)}
    found: dict[Spot, tuple[int, int]] = {}
    section, above, between = -1, -1, 0
    for spot in sorted([*unknown, *known], key=lambda one: (one.section, one.row)):
        if spot.section != section:
            section, above, between = spot.section, -1, 0
        if spot in numbers:
            above, between = numbers[spot], 0
        else:
            found[spot] = (above, between)
            between += 1
    return found


def _says_the_same(old: Spot, new: Spot) -> bool:
    one, other = old.environment, new.environment
    mine, yours = (set(WORD.findall(name.casefold())) for name in (one.name, other.name))
    more = (mine <= yours or yours <= mine) and NUMBER.findall(one.name) == NUMBER.findall(other.name)
    return more or _said(one) == _said(other)


def _said(one: Environment) -> tuple[object, ...]:
    written = tuple((cell.criterion, cell.written) for cell in one.cells)
    return written, one.owner_written, one.reference_written, one.notes, one.issues_written, one.texts


# carrying over


def carry_slugs(old: Matrix, new: Matrix) -> Matrix:
    """A document read afresh with what no document says: addresses, tones of levels, variants of ratings.

    An environment has the address of the old one it is; a new one gets an address that no other has or had. A criterion
    that kept its name or nearly all its cells keeps its key. Levels
    the old matrix knew keep their tones, and cells written as before keep their ratings. Environments retired before
    stand again at the end of their sections.
    """
    pairing = pair_by_name(old, new)
    new = _with_old_keys(old, new, pairing)
    known = {(after.section, after.row): before.environment for before, after in pairing.spots}
    taken = {environment.slug for _, environment in old.environments()}
    rated = {(one.key, level.code): level.tone for one in old.criteria for level in one.levels}
    criteria = tuple(_with_old_tones(one, rated) for one in new.criteria)
    same = {one.key for one in criteria if one in old.criteria}
    sections = []
    for place, section in enumerate(new.sections):
        rows = [_carried(one, known.get((place, row)), same) for row, one in enumerate(section.environments)]
        sections.append(replace(section, environments=with_slugs(rows, taken)))
    carried = replace(new, criteria=criteria, sections=tuple(sections))
    back = {before.environment.slug for before, _ in pairing.spots}
    gone = [spot for spot in spots(old) if spot.environment.retired and spot.environment.slug not in back]
    return _with_retired(old, carried, gone, pairing.sections)


def _with_old_keys(old: Matrix, new: Matrix, pairing: Pairing) -> Matrix:
    """The new matrix with a criterion that was only renamed under its old key."""
    gone = [one for one in old.criteria if one.key not in {other.key for other in new.criteria}]
    come = [one for one in new.criteria if one.key not in {other.key for other in old.criteria}]
    keys: dict[str, str] = {}
    for criterion in come:
        same = [one for one in gone if one.key not in keys.values() and _is_same_criterion(one, criterion, pairing)]
        if same:
            keys[criterion.key] = same[0].key
    return _rekeyed(new, keys) if keys else new


def _is_same_criterion(old: Criterion, new: Criterion, pairing: Pairing) -> bool:
    """Whether a criterion kept its name or, under another, nearly all of its cells."""
    pairs = [
        (before.environment.cell(old.key).written, after.environment.cell(new.key).written)
        for before, after in pairing.spots
    ]
    filled = [pair for pair in pairs if any(pair)]
    alike = sum(before == after for before, after in filled)
    return old.name == new.name or (alike >= 3 and alike >= ALIKE * len(filled))


def _rekeyed(matrix: Matrix, keys: dict[str, str]) -> Matrix:
    def column(one: Column) -> Column:
        return replace(one, criterion=keys.get(one.criterion, one.criterion))

    def row(one: Environment) -> Environment:
        return replace(
            one, cells=tuple(replace(cell, criterion=keys.get(cell.criterion, cell.criterion)) for cell in one.cells)
        )

    sections = (
        replace(one, columns=tuple(map(column, one.columns)), environments=tuple(map(row, one.environments)))
        for one in matrix.sections
    )
    criteria = (replace(one, key=keys.get(one.key, one.key)) for one in matrix.criteria)
    return replace(
        matrix, criteria=tuple(criteria), columns=tuple(map(column, matrix.columns)), sections=tuple(sections)
    )


def _carried(new: Environment, old: Environment | None, same: set[str]) -> Environment:
    if old is None:
        return replace(new, slug="")
    cells = tuple(_carried_cell(cell, old.cell(cell.criterion), same) for cell in new.cells)
    return replace(new, slug=old.slug, cells=cells)


def _carried_cell(new: Cell, old: Cell, same: set[str]) -> Cell:
    return old if new.written == old.written and new.criterion in same else new


def _with_old_tones(new: Criterion, rated: dict[tuple[str, str], Tone]) -> Criterion:
    return replace(new, levels=tuple(replace(one, tone=rated.get((new.key, one.code), one.tone)) for one in new.levels))


def retire_missing(old: Matrix, new: Matrix, retirement: Retirement) -> Matrix:
    """`new` with every environment it leaves out of `old`, retired, at the end of its section."""
    kept = {environment.slug for _, environment in new.environments()}
    gone = [
        replace(spot, environment=replace(spot.environment, retired=spot.environment.retired or retirement))
        for spot in spots(old)
        if spot.environment.slug not in kept
    ]
    return _with_retired(old, new, gone, pair_by_address(old, new).sections)


def _with_retired(old: Matrix, new: Matrix, gone: Sequence[Spot], sections: dict[int, int]) -> Matrix:
    """`new` with retired rows in what became of their sections; a section that went stays for them, without a table."""
    place_of = {before: after for after, before in sections.items()}
    grown = list(new.sections)
    for spot in gone:
        if spot.section not in place_of:
            place_of[spot.section] = len(grown)
            grown.append(Section(old.sections[spot.section].name, level=old.sections[spot.section].level, table=False))
        place = place_of[spot.section]
        grown[place] = replace(grown[place], environments=(*grown[place].environments, resting(spot.environment, new)))
    return replace(new, sections=tuple(grown))
