"""Whether a stored matrix is sound in itself: nothing in it twice, nothing named that is not there, cells read rightly.

A rating is read rightly where it is what its cell says in its matrix or alone, or what the same cell was understood as
before: a cell keeps its reading while its words stay, even where a new reader would read otherwise.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from interop.document import values as v
from interop.document.levels import rated, read_cells

Fault = tuple[str, str, str]
"""Of what, of which part of it, and what is wrong with that, as words of a sentence."""

Reading = tuple[str, str, tuple[v.Rating, ...]]
"""A criterion's key, a cell as written, and how it was understood, variants left out."""


class Soundness:
    """Judges the stored values of one matrix in the order of their revisions."""

    def __init__(self) -> None:
        self.known: set[Reading] = set()

    def fault(self, value: v.Matrix, follows: v.Matrix) -> Fault | None:
        """The first fault of a value; None for a sound one. `follows` is the value settled."""
        faults = chain(_twice(value), _unknown(value), _misread(value, follows), self._misunderstood(value))
        return next(faults, None)

    def _misunderstood(self, value: v.Matrix) -> Iterator[Fault]:
        """Cells whose ratings are none of their readings. Those of retired rows are left to the schemes of old."""
        bare = {one.slug: one for _, one in rated(_bare(value), v.Matrix("")).environments()}
        criteria = {one.key: one for one in value.criteria}
        for _, one in value.environments():
            for cell in one.cells:
                reading = _reading(cell)
                anew = (bare[one.slug].cell(cell.criterion).ratings, _alone(criteria[cell.criterion], cell.written))
                if not one.retired and reading not in self.known and reading[2] not in map(_plain, anew):
                    yield _row(one), f"how {cell.criterion} was understood", f"is not what “{cell.written}” says"
                self.known.add(reading)


def _bare(value: v.Matrix) -> v.Matrix:
    """The matrix with its cells unread."""
    sections = []
    for section in value.sections:
        rows = (
            replace(one, cells=tuple(replace(cell, ratings=()) for cell in one.cells)) for one in section.environments
        )
        sections.append(replace(section, environments=tuple(rows)))
    return replace(value, sections=tuple(sections))


def _alone(criterion: v.Criterion, written: str) -> tuple[v.Rating, ...]:
    """What a cell says by itself, as a form reads it."""
    return read_cells(criterion.name, criterion.levels, [written]).ratings[written]


def _plain(ratings: tuple[v.Rating, ...]) -> tuple[v.Rating, ...]:
    return tuple(replace(one, variant=None) for one in ratings)


def _reading(cell: v.Cell) -> Reading:
    return cell.criterion, cell.written, _plain(cell.ratings)


def _row(one: v.Environment) -> str:
    return f"environment “{one.slug}”"


def _again(who: str, part: str, names: Iterable[str]) -> Iterator[Fault]:
    yield from ((who, f"{part} “{name}”", "stands there twice") for name, n in Counter(names).items() if n > 1)


def _twice(value: v.Matrix) -> Iterator[Fault]:
    yield from _again("the matrix", "address", (one.slug for _, one in value.environments()))
    yield from _again("the matrix", "criterion", (one.key for one in value.criteria))
    yield from _again("the matrix", "known issue", (one.code for one in value.known_issues))
    for criterion in value.criteria:
        yield from _again(f"criterion “{criterion.key}”", "level", (level.code for level in criterion.levels))
    for _, one in value.environments():
        yield from _again(_row(one), "cell", (cell.criterion for cell in one.cells))


def _unknown(value: v.Matrix) -> Iterator[Fault]:
    levels = {one.key: {level.code for level in one.levels} for one in value.criteria}
    slugs, codes = {one.slug for _, one in value.environments()}, {one.code for one in value.known_issues}
    for _, one in value.environments():
        successor = one.retired.successor if one.retired else None
        if successor and successor not in slugs:
            yield _row(one), f"successor “{successor}”", "is no environment of the matrix"
        yield from ((_row(one), f"issue “{code}”", "is no known issue") for code in one.issues if code not in codes)
        for cell in one.cells:
            if cell.criterion not in levels:
                yield _row(one), f"cell “{cell.written}”", f"is of no criterion, but of “{cell.criterion}”"
            for rating in cell.ratings:
                if rating.level is not None and rating.level not in levels.get(cell.criterion, ()):
                    yield _row(one), f"level “{rating.level}”", f"is no level of {cell.criterion}"


def _misread(value: v.Matrix, settled: v.Matrix) -> Iterator[Fault]:
    """Owners, references and issues that are not what their cells say."""
    follows = {one.slug: one for _, one in settled.environments()}
    for _, one in value.environments():
        other = follows[one.slug]
        pairs = (
            ("owners", one.owners, other.owners),
            ("references", one.references, other.references),
            ("known issues", () if one.retired else one.issues, () if one.retired else other.issues),
        )
        yield from ((_row(one), part, "are not what the cell says") for part, mine, yours in pairs if mine != yours)
