"""What machines read of a matrix: `matrix.json` as the contract gives it, and `diff.json`."""

import datetime as dt
from typing import TypedDict

from interop.difference import Difference, Fate
from interop.document import values as v
from interop.references import resolve


class LevelPayload(TypedDict):
    code: str
    symbol: str
    name: str
    meaning: str
    tone: str


class CriterionPayload(TypedDict):
    key: str
    name: str
    levels: list[LevelPayload]


class RatingPayload(TypedDict):
    level: str | None
    uncertain: bool
    words: str
    variant: str | None


class ReferencePayload(TypedDict):
    label: str
    url: str


class RetirementPayload(TypedDict):
    date: str
    reason: str
    successor: str | None


class EnvironmentPayload(TypedDict):
    name: str
    slug: str
    ratings: dict[str, list[RatingPayload]]
    written: dict[str, str]
    owners: list[str]
    vacant: bool | None
    references: list[ReferencePayload]
    notes: str
    issues: list[str]
    texts: dict[str, str]
    overflow: list[str]
    missing: int
    catch_all: bool
    retired: RetirementPayload | None


class SectionPayload(TypedDict):
    name: str
    introduction: str
    environments: list[EnvironmentPayload]


class KnownIssuePayload(TypedDict):
    code: str
    definition: str


class MatrixPayload(TypedDict):
    matrix: str
    title: str
    as_of: str
    revision: int
    introduction: str
    criteria: list[CriterionPayload]
    sections: list[SectionPayload]
    known_issues: list[KnownIssuePayload]
    conclusion: str


def matrix_payload(slug: str, matrix: v.Matrix, date: dt.date, revision: int, tracker_url: str = "") -> MatrixPayload:
    """A matrix as JSON's own types. `date` is the day asked for, `revision` the number in force on it."""
    return {
        "matrix": slug,
        "title": matrix.title,
        "as_of": date.isoformat(),
        "revision": revision,
        "introduction": matrix.introduction,
        "criteria": [criterion_payload(criterion) for criterion in matrix.criteria],
        "sections": [
            {
                "name": section.name,
                "introduction": section.introduction,
                "environments": [environment_payload(matrix, one, tracker_url) for one in section.environments],
            }
            for section in matrix.sections
        ],
        "known_issues": [{"code": one.code, "definition": one.definition} for one in matrix.known_issues],
        "conclusion": matrix.conclusion,
    }


def criterion_payload(criterion: v.Criterion) -> CriterionPayload:
    levels: list[LevelPayload] = [
        {"code": one.code, "symbol": one.symbol, "name": one.name, "meaning": one.meaning, "tone": one.tone.value}
        for one in criterion.levels
    ]
    return {"key": criterion.key, "name": criterion.name, "levels": levels}


def environment_payload(matrix: v.Matrix, environment: v.Environment, tracker_url: str) -> EnvironmentPayload:
    cells = {criterion.key: environment.cell(criterion.key) for criterion in matrix.criteria}
    references = [resolve(reference, tracker_url) for reference in environment.references]
    return {
        "name": environment.name,
        "slug": environment.slug,
        "ratings": {key: [_rating(rating) for rating in cell.ratings] for key, cell in cells.items()},
        "written": {key: cell.written for key, cell in cells.items()},
        "owners": list(environment.owners),
        "vacant": not environment.owners if matrix.names_owners else None,
        "references": [{"label": one.label, "url": one.url} for one in references],
        "notes": environment.notes,
        "issues": list(environment.issues),
        "texts": dict(environment.texts),
        "overflow": list(environment.overflow),
        "missing": environment.missing,
        "catch_all": environment.catch_all,
        "retired": _retired(environment.retired),
    }


def _rating(rating: v.Rating) -> RatingPayload:
    return {
        "level": rating.level,
        "uncertain": rating.uncertain,
        "words": rating.words,
        "variant": rating.variant,
    }


def _retired(retired: v.Retirement | None) -> RetirementPayload | None:
    if retired is None:
        return None
    return {"date": retired.date.isoformat(), "reason": retired.reason, "successor": retired.successor}


# what differs

DifferencePoint = tuple[str, dt.date, int, dt.date | None]
"""A point as its address names it, its day, its revision's number (0 before the first) and since when that is true."""


class PointPayload(TypedDict):
    point: str
    date: str
    revision: int
    effective: str | None


class ChangePayload(TypedDict):
    what: str
    name: str
    field: str
    old: str
    new: str


class SignedPayload(ChangePayload):
    sign: str | None


class FatePayload(TypedDict):
    name: str
    slug: str
    signs: list[str]
    changes: list[SignedPayload]


DifferencePayload = TypedDict(
    "DifferencePayload",
    {
        "matrix": str,
        "title": str,
        "from": PointPayload,
        "to": PointPayload,
        "counts": dict[str, int],
        "environments": list[FatePayload],
        "matrix_itself": list[ChangePayload],
    },
)


def difference_payload(
    slug: str, title: str, old: DifferencePoint, new: DifferencePoint, difference: Difference
) -> DifferencePayload:
    """A difference as JSON's own types. `sign` names what a change means (promoted, demoted, adopted, vacated…)."""
    return {
        "matrix": slug,
        "title": title,
        "from": _point(*old),
        "to": _point(*new),
        "counts": {count.sign.key: count.number for count in difference.counts},
        "environments": [_fate(fate) for fate in difference.fates],
        "matrix_itself": [_change(change) for change in difference.own_changes],
    }


def _point(text: str, date: dt.date, revision: int, effective: dt.date | None) -> PointPayload:
    since = effective.isoformat() if effective else None
    return {"point": text, "date": date.isoformat(), "revision": revision, "effective": since}


def _fate(fate: Fate) -> FatePayload:
    signs = [line.sign.key for line in fate.lines if line.sign]
    changes: list[SignedPayload] = [
        {**_change(change), "sign": line.sign.key if line.sign else None}
        for line in fate.lines
        for change in line.changes
    ]
    return {"name": fate.name, "slug": fate.slug, "signs": list(dict.fromkeys(signs)), "changes": changes}


def _change(change: v.Change) -> ChangePayload:
    return {"what": change.what, "name": change.name, "field": change.field, "old": change.old, "new": change.new}
