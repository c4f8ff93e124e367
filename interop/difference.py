"""The difference of two values of a matrix: what became of each environment, then of the matrix itself. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from interop.board import heading, is_vacant
from interop.chips import by_code
from interop.document import values as v
from interop.document.compare import compare
from interop.models import Change
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
    """One turn with the changes it tells. `label` is "" where the sign says it already."""

    turn: Turn
    sign: Sign | None
    label: str
    changes: tuple[v.Change, ...]


@dataclass(frozen=True)
class Fate:
    """What became of one environment."""

    name: str
    url: str
    lines: tuple[Line, ...]

    @property
    def slug(self) -> str:
        return self.lines[0].changes[0].environment

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
    own_changes: tuple[v.Change, ...]

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
    turns = turns_of(slug, numbered, scheme_of(slug, old, new))
    told = _Told(old, new)
    lines: dict[str, list[Line]] = {}
    for numbers, turn in turns:
        those = tuple(changes[number] for number in numbers)
        if those[0].environment:
            lines.setdefault(those[0].environment, []).append(told.line(those, turn))
    return Difference(
        tuple(Fate(those[-1].turn.name, those[-1].turn.url, tuple(those)) for those in lines.values()),
        tuple(turn for numbers, turn in turns if not changes[numbers[0]].environment),
        tuple(change for change in changes if not change.environment),
    )


def scheme_of(slug: str, old: v.Matrix, new: v.Matrix) -> Scheme:
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

    def line(self, changes: tuple[v.Change, ...], turn: Turn) -> Line:
        change = changes[0]
        sign = self._sign(change)
        if sign is ABSENT:
            turn = replace(turn, new=f"It stood in {change.field}.")
        elif sign is MOVED and change.old == change.new:
            turn = replace(turn, old="", new=f"Another place in {change.new}")
        return Line(turn, sign, "" if sign in SIGNS[4:] else turn.label, changes)

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
