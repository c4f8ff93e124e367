"""What machines read of a matrix: `matrix.json` as the contract gives it."""

import datetime as dt
from typing import TypedDict

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
