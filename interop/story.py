"""What the pages tell beside the values: the points one may go back to, what stirred last, an environment's story."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Max

from interop.board import (
    RatingCell,
    Share,
    Stir,
    is_vacant,
    issue_words,
    laid_out,
    ratings_of,
    remarks_on,
)
from interop.document import values as v
from interop.exporter import read_matrix, read_page
from interop.log import Entry, read_log
from interop.models import Change, Environment, Matrix, Revision
from interop.occasions import Occasion, occasions_of
from interop.points import Point
from interop.references import resolve
from interop.turns import Turn

MOMENTS = 100
BESIDE = 500


@dataclass(frozen=True)
class Tally:
    """A matrix in the list of matrices. `vacant` is None where it names no owners."""

    matrix: Matrix
    total: int
    vacant: int | None
    shares: tuple[Share, ...]
    changed: dt.date | None

    @property
    def label(self) -> str:
        return f"{self.total - (self.vacant or 0)} of {self.total} environments have an owner"


@dataclass(frozen=True)
class Moment:
    """A revision one may go back to."""

    number: int
    date: dt.date
    occasion: Occasion | None


@dataclass(frozen=True)
class Standing:
    """What an environment is rated for one criterion, and the entry of the log since which it is."""

    cell: RatingCell
    since: Entry | None


@dataclass(frozen=True)
class Issue:
    """A known issue of an environment, with the other environments that have it."""

    code: str
    definition: str
    others: tuple[v.Environment, ...]


def tally(row: Matrix, total: int, owned: int, changed: dt.date | None) -> Tally:
    if not any(column["role"] == v.Role.OWNER for column in row.columns):
        return Tally(row, total, None, (), changed)
    shares = (Share(v.Tone.WORKS, "owned", owned), Share(v.Tone.BLANK, "without owner", total - owned))
    return Tally(row, total, total - owned, laid_out(shares), changed)


def moments_of(row: Matrix) -> tuple[Moment, ...]:
    """The latest hundred revisions, the newest first. Costs two queries and one for each source of occasions."""
    latest = list(row.revisions.values_list("pk", "number", "effective")[:MOMENTS])
    firsts = Change.objects.filter(revision__in=[key for key, _, _ in latest], position=1)
    changes = {change.revision_id: change for change in firsts}
    occasions = occasions_of(changes.values())
    return tuple(
        Moment(number, date, occasions.get(changes[key].pk) if key in changes else None) for key, number, date in latest
    )


def stirred(row: Matrix, point: Point) -> dict[str, Stir]:
    """When each environment changed last, up to a point, by slug. Costs one query."""
    last = point.revision.number if point.revision else 0
    changes = Change.objects.filter(revision__matrix=row, revision__number__lte=last, environment__isnull=False)
    rows = changes.order_by().values_list("environment__slug")
    found = rows.annotate(number=Max("revision__number"), date=Max("revision__effective"))
    return {slug: Stir(date, number == last and not point.now) for slug, number, date in found}


def tell(row: Environment) -> dict[str, object]:
    """Everything the page of an environment shows. Costs a constant number of queries."""
    matrix = read_matrix(row.matrix)
    section, value = next((s, one) for s, one in matrix.environments() if one.slug == row.slug)
    revisions = Revision.objects.filter(changes__environment=row).distinct().values_list("pk", flat=True)
    log = read_log(list(revisions), environment=row.pk)
    return {
        "environment": row,
        "matrix": row.matrix,
        "value": value,
        "section": section,
        "standings": standings_of(matrix, value, log),
        "owned_since": since(log, lambda turn: turn.what == Change.What.OWNER),
        "vacant": is_vacant(matrix, value),
        "names_owners": matrix.names_owners,
        "references": [resolve(one, row.matrix.tracker_url) for one in value.references],
        "issues": issues_of(matrix, value),
        "issue_words": issue_words(value),
        "remarks": remarks_on(value),
        "neighbours": neighbours_of(matrix, section, value),
        "log": log,
        **detail_of(read_page(row)),
    }


def detail_of(page: v.EnvironmentPage) -> dict[str, object]:
    """An environment's page: variants beside each other where their texts are short, advisories of no variant apart."""
    names = {variant.name for variant in page.variants}
    return {
        "page": page,
        "stacked": any(len(one.description) > BESIDE or one.listings for one in page.variants),
        "loose_advisories": [one for one in page.advisories if one.variant not in names],
    }


def standings_of(matrix: v.Matrix, value: v.Environment, log: Sequence[Entry]) -> tuple[Standing, ...]:
    cells = ratings_of(matrix, value)
    return tuple(
        Standing(cell, _rated_since(log, criterion.key, stated=bool(value.cell(criterion.key).written)))
        for cell, criterion in zip(cells, matrix.criteria, strict=True)
    )


def _rated_since(log: Sequence[Entry], key: str, *, stated: bool) -> Entry | None:
    """The last entry that rated a criterion; the row's first where it never changed since it was stated."""
    last = since(log, lambda turn: turn.what == Change.What.RATED and key in turn.fields)
    return last or (log[-1] if log and stated else None)


def since(log: Sequence[Entry], told: Callable[[Turn], bool]) -> Entry | None:
    """The newest entry, of a log that begins with the newest, that holds a change for which `told` is true."""
    return next((entry for entry in log if any(told(turn) for turn in entry.turns)), None)


def issues_of(matrix: v.Matrix, value: v.Environment) -> tuple[Issue, ...]:
    definitions = {issue.code: issue.definition for issue in matrix.known_issues}
    every = [one for _, one in matrix.environments() if one.slug != value.slug and not one.retired]
    return tuple(
        Issue(code, definitions.get(code, ""), tuple(one for one in every if code in one.issues))
        for code in value.issues
    )


@dataclass(frozen=True)
class Neighbour:
    value: v.Environment
    cell: RatingCell | None


def neighbours_of(matrix: v.Matrix, section: v.Section, value: v.Environment) -> tuple[Neighbour, ...]:
    """The other environments of a section, with what they are rated for the criterion that says most of them."""
    others = [one for one in section.environments if one.slug != value.slug and not one.retired]
    said = [sum(bool(one.cell(criterion.key).ratings) for one in others) for criterion in matrix.criteria]
    place = said.index(max(said)) if said else None
    return tuple(Neighbour(one, ratings_of(matrix, one)[place] if place is not None else None) for one in others)
