"""What changed in a matrix, revision by revision, and where each change was recorded.

A level keeps its mark after the scheme that knew it is gone: the schemes of all times are read from the revisions that
changed them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from interop.board import heading
from interop.document import codec
from interop.document import values as v
from interop.models import Change, Criterion, Revision
from interop.occasions import Occasion, occasions_of
from interop.turns import Numbered, Scheme, Turn, turns_of


@dataclass(frozen=True)
class Entry:
    """A revision with its changes; `occasions` are where they were recorded, the first of them the rule."""

    revision: Revision
    turns: tuple[Turn, ...]
    occasions: tuple[Occasion, ...]

    @property
    def occasion(self) -> Occasion | None:
        return self.occasions[0] if self.occasions else None

    @property
    def address(self) -> str:
        """The matrix as this revision left it."""
        return f"{self.revision.matrix.get_absolute_url()}?revision={self.revision.number}"

    @property
    def begins(self) -> int:
        """How many environments the matrix began with, where this is its first revision; else 0."""
        return sum(turn.what == Change.What.ADDED for turn in self.turns) if self.revision.number == 1 else 0

    @property
    def rows_first(self) -> tuple[Turn, ...]:
        """The turns of environments before those of the matrix itself."""
        return tuple(sorted(self.turns, key=lambda turn: not turn.url))


def light(revisions: Iterable[int]) -> dict[int, Revision]:
    """Revisions by key, without the values and sources they carry. Costs one query."""
    rows = Revision.objects.defer("value", "source").select_related("matrix", "user")
    return rows.in_bulk(list(revisions))


def read_log(revisions: Sequence[int], *, environment: int | None = None) -> tuple[Entry, ...]:
    """The entries of revisions by their keys, in that order; of one environment where its key is given.

    Costs five queries and one for each source of occasions.
    """
    rows = light(revisions)
    changes = Change.objects.filter(revision__in=rows).select_related("environment").order_by("revision", "position")
    if environment is not None:
        changes = changes.filter(Q(environment=environment) | Q(what=Change.What.CRITERION))
    found = list(changes)
    told = [one for one in found if environment in (None, one.environment_id)]
    occasions = occasions_of(told)
    scheme = read_scheme({row.matrix_id: row.matrix.slug for row in rows.values()})
    entries = (_entry(rows[key], [one for one in found if one.revision_id == key], scheme) for key in revisions)
    return tuple(
        Entry(entry.revision, _only(entry.turns, environment), _once(occasions, told, entry.revision))
        for entry in entries
    )


def _entry(revision: Revision, changes: Sequence[Change], scheme: Scheme) -> Entry:
    numbered = [Numbered(one.position, one.environment.slug if one.environment else "", one) for one in changes]
    return Entry(revision, tuple(turn for _, turn in turns_of(revision.matrix.slug, numbered, scheme)), ())


def _only(turns: tuple[Turn, ...], environment: int | None) -> tuple[Turn, ...]:
    return turns if environment is None else tuple(turn for turn in turns if turn.url)


def _once(occasions: Mapping[int, Occasion], changes: Iterable[Change], revision: Revision) -> tuple[Occasion, ...]:
    """Each occasion of a revision's changes once, at the first change recorded there."""
    pages: dict[str, Occasion] = {}
    for change in changes:
        if change.revision_id == revision.pk and change.pk in occasions:
            found = occasions[change.pk]
            pages.setdefault(found.url.partition("#")[0], found)
    return tuple(pages.values())


def read_scheme(matrices: Mapping[int, str]) -> Scheme:
    """The criteria that matrices, slugs by key, have or had; the newest say last. Costs two queries."""
    changed = Exists(Change.objects.filter(revision=OuterRef("pk"), what=Change.What.CRITERION))
    schemes = Revision.objects.filter(Q(number=1) | changed, matrix__in=matrices)
    stored = schemes.order_by("number").values_list("matrix_id", "value__criteria")
    pairs = [(matrices[key], codec.load(v.Criterion, one)) for key, criteria in stored for one in criteria or ()]
    pairs += [(matrices[row.matrix_id], _criterion(row)) for row in _criteria(matrices)]
    names: dict[tuple[str, str], str] = {}
    levels: dict[tuple[str, str], dict[str, v.Level]] = {}
    for slug, criterion in pairs:
        names[slug, criterion.key] = heading(criterion.name).name
        levels.setdefault((slug, criterion.key), {}).update({level.code: level for level in criterion.levels})
    return Scheme(names, levels)


def _criteria(matrices: Mapping[int, str]) -> Iterable[Criterion]:
    return Criterion.objects.filter(matrix__in=matrices).prefetch_related("levels")


def _criterion(row: Criterion) -> v.Criterion:
    levels = (v.Level(one.code, one.symbol, one.name, one.meaning, v.Tone(one.tone)) for one in row.levels.all())
    return v.Criterion(row.key, row.name, tuple(levels))
