"""Which levels of a criterion somebody declared, and which only follow from its cells.

A level with a meaning is declared. One without (`x`, `?`) is there because cells use it: it comes and goes with them,
in the order of their first appearance, with the tone its code has. Only where it differs from that does it say
something of its own.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from interop.document.ratings import Scheme, is_mark, read_ratings
from interop.document.values import Cell, Criterion, Environment, KnownIssue, Level, Matrix, Rating


def read_cells(criterion: str, levels: Sequence[Level], cells: Sequence[str], foreign: Collection[str] = ()) -> Scheme:
    """As `read_ratings`; a history asks the same again and again, so answers are kept. Nobody may change them."""
    return _read_cells(criterion, tuple(levels), tuple(cells), frozenset(foreign))


@lru_cache(maxsize=2048)
def _read_cells(criterion: str, levels: tuple[Level, ...], cells: tuple[str, ...], foreign: frozenset[str]) -> Scheme:
    return read_ratings(criterion, levels, cells, foreign)


def cells_of(matrix: Matrix, criterion: str) -> list[str]:
    """A criterion's cells as written, in the order of the tables."""
    return [one.cell(criterion).written for _, one in matrix.environments() if not one.retired]


def foreign_to(matrix: Matrix) -> frozenset[str]:
    """The owners, whose names in a rating cell are no levels: they slipped there from their own column."""
    owners = (owner for _, one in matrix.environments() if not one.retired for owner in one.owners)
    return frozenset(owner for owner in owners if not is_mark(owner, ()))


def meant(criterion: Criterion) -> tuple[Level, ...]:
    """The levels that somebody gave a meaning."""
    return tuple(level for level in criterion.levels if level.meaning)


def derived(matrix: Matrix, criterion: Criterion) -> tuple[Level, ...]:
    """The levels that a reader would find, given those with a meaning and the cells."""
    return read_cells(criterion.name, meant(criterion), cells_of(matrix, criterion.key), foreign_to(matrix)).levels


def own_levels(matrix: Matrix, criterion: Criterion) -> dict[str, Level]:
    """The levels by code that do not merely follow from the cells: with a meaning, or a tone or name of their own."""
    follow = {level.code: level for level in derived(matrix, criterion) if not level.meaning}
    used = follow.keys()
    return {
        level.code: level
        for level in criterion.levels
        if level.meaning or (level.code in used and follow[level.code] != level)
    }


def canonical(matrix: Matrix) -> Matrix:
    """The matrix with what merely follows from its cells in the order of the cells, and without what they lack.

    Two matrices that say the same are equal in this form, wherever their levels and issues without a meaning stand.
    """
    criteria = tuple(replace(one, levels=_canonical_levels(matrix, one)) for one in matrix.criteria)
    return replace(matrix, criteria=criteria, known_issues=_canonical_issues(matrix))


def _canonical_levels(matrix: Matrix, criterion: Criterion) -> tuple[Level, ...]:
    known = {level.code: level for level in criterion.levels}
    follow = (known.get(level.code, level) for level in derived(matrix, criterion) if not level.meaning)
    return (*meant(criterion), *follow)


def _canonical_issues(matrix: Matrix) -> tuple[KnownIssue, ...]:
    defined = tuple(issue for issue in matrix.known_issues if issue.definition)
    known = {issue.code for issue in defined}
    named = (code for _, one in matrix.environments() if not one.retired for code in one.issues)
    return (*defined, *(KnownIssue(code) for code in dict.fromkeys(named) if code not in known))


def rated(matrix: Matrix, old: Matrix) -> Matrix:
    """The matrix with its cells read: as in `old` where neither the cell nor the meant levels changed, else anew.

    Variants are given by the caller's cells, which hold them in ratings without levels.
    """
    rows = {one.slug: one for _, one in old.environments()}
    same = {
        one.key
        for one in matrix.criteria
        if any(one.key == was.key and meant(one) == meant(was) for was in old.criteria)
    }
    readers = {one.key: _reader(matrix, one) for one in matrix.criteria}
    sections = []
    for section in matrix.sections:
        environments = (_rated(one, rows.get(one.slug), same, readers, matrix) for one in section.environments)
        sections.append(replace(section, environments=tuple(environments)))
    return replace(matrix, sections=tuple(sections))


def _reader(matrix: Matrix, criterion: Criterion) -> Callable[[str], tuple[Rating, ...]]:
    cells, foreign = cells_of(matrix, criterion.key), foreign_to(matrix)
    read = read_cells(criterion.name, criterion.levels, cells, foreign).ratings
    return lambda cell: read.get(cell) or read_cells(criterion.name, criterion.levels, [cell], foreign).ratings[cell]


def _rated(
    one: Environment,
    before: Environment | None,
    same: set[str],
    readers: dict[str, Callable[[str], tuple[Rating, ...]]],
    matrix: Matrix,
) -> Environment:
    cells = []
    for key, reader in readers.items():
        cell, old = one.cell(key), before.cell(key) if before else Cell(key)
        if cell.written:
            kept = old.written == cell.written and (key in same or one.retired)
            ratings = _varied(old.ratings if kept else reader(cell.written), cell.ratings)
            cells.append(cell if cell.ratings == ratings else replace(cell, ratings=ratings))
    now = tuple(cells)
    placed = one if one.cells == now else replace(one, cells=now)
    return resting(placed, matrix) if one.retired else placed


def _varied(ratings: tuple[Rating, ...], variants: tuple[Rating, ...]) -> tuple[Rating, ...]:
    given = (one.variant for one in variants[: len(ratings)])
    return tuple(_of(rating, variant) for rating, variant in zip_longest(ratings, given))


def _of(rating: Rating, variant: str | None) -> Rating:
    return rating if rating.variant == variant else replace(rating, variant=variant)


def resting(one: Environment, matrix: Matrix) -> Environment:
    """A retired row in the matrix's present scheme: cells of criteria that went are left to the history."""
    levels = {criterion.key: {level.code for level in criterion.levels} for criterion in matrix.criteria}
    cells = (
        replace(cell, ratings=tuple(_in_scheme(rating, codes) for rating in cell.ratings))
        for key, codes in levels.items()
        if (cell := one.cell(key)).written
    )
    known = {issue.code for issue in matrix.known_issues}
    return replace(one, cells=tuple(cells), issues=tuple(code for code in one.issues if code in known))


def _in_scheme(rating: Rating, codes: set[str]) -> Rating:
    if rating.level is None or rating.level in codes:
        return rating
    return replace(rating, level=None, words=f"{rating.level} {rating.words}".strip())
