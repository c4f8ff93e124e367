"""The difference of two points of a matrix: what became of each environment, then of the matrix itself."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from interop.board import heading, is_vacant
from interop.chips import by_code
from interop.document import compare
from interop.document import values as v
from interop.document.compare import NOTHING
from interop.exporter import read_matrix
from interop.history import value_of
from interop.models import Change, Matrix
from interop.points import Point, at_date, at_revision, of_query, read_point
from interop.turns import Numbered, Scheme, Turn, turns_of

WHAT = Change.What
BEST_FIRST = (v.Tone.FULL, v.Tone.WORKS, v.Tone.PARTIAL, v.Tone.CAVEAT, v.Tone.NONE)


# what a change means to readers


@dataclass(frozen=True)
class Sign:
    """A kind of change that has a name. `counted` says it of a number of environments."""

    key: str
    word: str
    icon: str
    counted: str


PROMOTED = Sign("promoted", "Promoted", "up", "promoted")
DEMOTED = Sign("demoted", "Demoted", "down", "demoted")
ADOPTED = Sign("adopted", "Adopted", "person", "adopted")
VACATED = Sign("vacated", "Now vacant", "flag", "now vacant")
ADDED = Sign("added", "Added", "plus", "added")
BACK = Sign("back", "Back again", "turn", "back again")
RETIRED = Sign("retired", "Retired", "archive", "retired")
ABSENT = Sign("absent", "Not there", "cross", "not there")
RENAMED = Sign("renamed", "Renamed", "edit", "renamed")
MOVED = Sign("moved", "Moved", "right", "moved")
SIGNS = (PROMOTED, DEMOTED, ADOPTED, VACATED, ADDED, BACK, RETIRED, ABSENT, RENAMED, MOVED)


@dataclass(frozen=True)
class Line:
    """One change. `label` is "" where the sign says it already."""

    turn: Turn
    sign: Sign | None
    label: str


@dataclass(frozen=True)
class Fate:
    """What became of one environment."""

    name: str
    url: str
    lines: tuple[Line, ...]

    @property
    def signs(self) -> set[Sign]:
        return {line.sign for line in self.lines if line.sign}


@dataclass(frozen=True)
class Count:
    sign: Sign
    number: int


@dataclass(frozen=True)
class Difference:
    """`own` are the changes of the matrix itself: texts, criteria, sections, known issues."""

    fates: tuple[Fate, ...]
    own: tuple[Turn, ...]

    @property
    def is_empty(self) -> bool:
        return not self.fates and not self.own

    @property
    def counts(self) -> tuple[Count, ...]:
        """How many environments bear each sign, without those that none bears."""
        numbers = ((sign, sum(sign in fate.signs for fate in self.fates)) for sign in SIGNS)
        return tuple(Count(sign, number) for sign, number in numbers if number)


def difference_of(slug: str, old: v.Matrix, new: v.Matrix) -> Difference:
    """What differs between two values of the matrix at a slug. Pure."""
    changes = compare(old, new)
    numbered = [Numbered(number, one.environment, one) for number, one in enumerate(changes)]
    turns = [(changes[numbers[0]], turn) for numbers, turn in turns_of(slug, numbered, _scheme(slug, old, new))]
    told = _Told(old, new)
    lines: dict[str, list[Line]] = {}
    for change, turn in turns:
        if change.environment:
            lines.setdefault(change.environment, []).append(told.line(change, turn))
    fates = (Fate(those[-1].turn.name, those[-1].turn.url, tuple(those)) for those in lines.values())
    return Difference(tuple(fates), tuple(turn for change, turn in turns if not change.environment))


def _scheme(slug: str, old: v.Matrix, new: v.Matrix) -> Scheme:
    """The criteria of both; the new ones say last."""
    names: dict[tuple[str, str], str] = {}
    levels: dict[tuple[str, str], dict[str, v.Level]] = {}
    for criterion in (*old.criteria, *new.criteria):
        names[slug, criterion.key] = heading(criterion.name).name
        levels.setdefault((slug, criterion.key), {}).update(by_code(criterion.levels))
    return Scheme(names, levels)


class _Told:
    """The two matrices between which changes are told."""

    def __init__(self, old: v.Matrix, new: v.Matrix) -> None:
        self.old, self.new = old, new
        self.before, self.after = ({one.slug: one for _, one in matrix.environments()} for matrix in (old, new))

    def line(self, change: v.Change, turn: Turn) -> Line:
        sign = self._sign(change)
        if sign is ABSENT:
            turn = replace(turn, new=f"It stood in {change.field}.")
        elif sign is MOVED and change.old == change.new:
            turn = replace(turn, old="", new=f"Another place in {change.new}")
        return Line(turn, sign, "" if sign in SIGNS[4:] else turn.label)

    def _sign(self, change: v.Change) -> Sign | None:
        match change.what:
            case WHAT.RATED:
                return self._rated(change)
            case WHAT.OWNER:
                return self._owned(change.environment)
            case WHAT.ADDED:
                return BACK if change.old else ADDED
            case WHAT.RETIRED:
                return RETIRED if change.new else ABSENT
        return {WHAT.RENAMED: RENAMED, WHAT.MOVED: MOVED}.get(WHAT(change.what))

    def _rated(self, change: v.Change) -> Sign | None:
        """Better or worse; neither where one of the two is unknown, not stated or of another scheme."""
        was = rank_of(self.old, self.before.get(change.environment), change.field)
        now = rank_of(self.new, self.after.get(change.environment), change.field)
        if was is None or now is None or was == now:
            return None
        return PROMOTED if now < was else DEMOTED

    def _owned(self, slug: str) -> Sign | None:
        """Whether an environment found its first owner or lost its last; neither where owners are not stated."""
        before, after = self.before.get(slug), self.after.get(slug)
        if before is None or after is None:
            return None
        if is_vacant(self.old, before) and after.owners:
            return ADOPTED
        return VACATED if before.owners and is_vacant(self.new, after) else None


def rank_of(matrix: v.Matrix, environment: v.Environment | None, criterion: str) -> int | None:
    """How good an environment is rated, 0 being the best; its worst variant counts.

    None where it is not rated, and where a rating names no level or one that is unknown.
    """
    scheme = next((one for one in matrix.criteria if one.key == criterion), None)
    if environment is None or scheme is None:
        return None
    tones: Mapping[str | None, v.Tone] = {level.code: level.tone for level in scheme.levels}
    said = [tones.get(rating.level) for rating in environment.cell(criterion).ratings]
    ranks = [BEST_FIRST.index(tone) for tone in said if tone in BEST_FIRST]
    return max(ranks) if ranks and len(ranks) == len(said) else None


# the page


@dataclass(frozen=True)
class Side:
    """One of the two points: `text` names it in the address, `asked` is what the reader wrote, "" for nothing."""

    point: Point
    value: v.Matrix
    asked: str

    @property
    def text(self) -> str:
        if self.asked:
            return self.asked
        return f"revision:{self.point.revision.number}" if self.point.revision else f"{self.point.date:%Y-%m-%d}"

    @property
    def occasion(self) -> str:
        """What the reader wrote where it was neither a day nor a revision."""
        word, colon, _ = self.asked.partition(":")
        return self.asked if colon and word != "revision" else ""

    @property
    def number(self) -> int:
        """The revision's number, 0 before the first."""
        return self.point.revision.number if self.point.revision else 0


@require_safe
def diff(request: HttpRequest, matrix: str) -> HttpResponse:
    """What differs between two points; without `to` up to today, without `from` since the revision before."""
    row = get_object_or_404(Matrix, slug=matrix)
    today = timezone.localdate()
    new = _side(row, request, "to") or _today(row, today)
    old = _side(row, request, "from") or _before(row, new)
    context = {
        "matrix": row,
        "old": old,
        "new": new,
        "difference": difference_of(row.slug, old.value, new.value),
        "swap": urlencode({"from": new.text, "to": old.text}),
        "backwards": old.number > new.number,
        "moments": row.revisions.values_list("number", "effective")[:100],
    }
    return render(request, "interop/matrix_diff.html", context)


def _side(row: Matrix, request: HttpRequest, word: str) -> Side | None:
    """The point that the query's `from` or `to` names; None without one. Raises BadRequest with a sentence."""
    text = request.GET.get(word, "").strip()
    if not text:
        return None
    try:
        point = read_point(row, text)
    except ValueError as error:
        raise BadRequest(f"{word}={text}: {error}") from error
    return Side(point, _value(point), text)


def _today(row: Matrix, today: dt.date) -> Side:
    return Side(of_query(row, {}, today), read_matrix(row), "")


def _before(row: Matrix, side: Side) -> Side:
    """The point right before another one's revision; before everything where that is the first."""
    revision = side.point.revision
    if revision is None:
        return Side(side.point, side.value, "")
    if revision.number > 1:
        point = at_revision(row, str(revision.number - 1))
    else:
        point = at_date(row, revision.effective - dt.timedelta(days=1))
    return Side(point, _value(point), "")


def _value(point: Point) -> v.Matrix:
    return value_of(point.revision) if point.revision else NOTHING
