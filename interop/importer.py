"""From values to rows: `load` makes a matrix's rows say exactly what a value says.

Only `interop.history.record` calls it, so that no row changes without a revision. Knows no Markdown.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import models

from interop.document import codec
from interop.document import values as v
from interop.exporter import read_matrix
from interop.models import (
    Cell,
    Criterion,
    Environment,
    EnvironmentIssue,
    KnownIssue,
    Level,
    Matrix,
    Owner,
    Rating,
    Reference,
    Section,
)

T = TypeVar("T", bound=models.Model)

HEAD = ["title", "introduction", "conclusion", "issues_introduction", "columns", "unread"]


def load(matrix: Matrix, value: v.Matrix, old: v.Matrix | None = None) -> None:
    """Change the rows below `matrix` until `read_matrix(matrix) == value`. Call it inside a transaction.

    `old` is what the rows say now, where the caller has read it. Environments are matched by slug; one that the value
    leaves out must have been retired before, and stays as it is.
    Raises django's ValidationError where a row would not be valid.
    """
    old = old or read_matrix(matrix)
    _load_head(matrix, value)
    criteria = _load_criteria(matrix, old, value)
    issues = _load_issues(matrix, value)
    sections = _load_sections(matrix, value)
    _load_environments(matrix, old, value, Places(criteria, issues, sections))
    Level.objects.filter(criterion__matrix=matrix, position=0).delete()
    matrix.criteria.exclude(pk__in=[row.pk for row in criteria.values()]).delete()
    matrix.sections.filter(environments=None).exclude(pk__in=[row.pk for row in sections]).delete()


class Places:
    """Where the parts of a row belong: criteria by key, known issues by code, sections in order, levels by code."""

    def __init__(self, criteria: dict[str, Criterion], issues: dict[str, KnownIssue], sections: list[Section]) -> None:
        self.criteria = criteria
        self.issues = issues
        self.sections = sections
        keys = {row.pk: row.key for row in criteria.values()}
        levels = Level.objects.filter(criterion__in=keys).exclude(position=0)
        self.levels = {(keys[level.criterion_id], level.code): level for level in levels}


def _store(row: T, **fields: object) -> T:
    """Set fields of a row; check and save it where it is new or one of them differs."""
    if row.pk and all(getattr(row, name) == value for name, value in fields.items()):
        return row
    for name, value in fields.items():
        setattr(row, name, value)
    _check(row)
    row.save()
    return row


def _check(row: models.Model) -> None:
    """Raise ValidationError for a field that breaks a rule. What a row points at was read or made here: no query."""
    row.full_clean(exclude=_pointers(type(row)), validate_unique=False, validate_constraints=False)


@cache
def _pointers(model: type[models.Model]) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.fields if field.is_relation)


def _load_head(matrix: Matrix, value: v.Matrix) -> None:
    matrix.title, matrix.introduction, matrix.conclusion = value.title, value.introduction, value.conclusion
    matrix.issues_introduction = value.issues_introduction
    matrix.columns = codec.dump(value.columns)
    matrix.unread = codec.dump(value.unread)
    _check(matrix)
    matrix.save(update_fields=HEAD)


def _load_criteria(matrix: Matrix, old: v.Matrix, value: v.Matrix) -> dict[str, Criterion]:
    rows = {row.key: row for row in matrix.criteria.all()}
    before = {criterion.key: criterion for criterion in old.criteria}
    for position, criterion in enumerate(value.criteria, 1):
        row = rows.get(criterion.key) or Criterion(matrix=matrix, key=criterion.key)
        rows[criterion.key] = _store(row, name=criterion.name, legend=criterion.legend, position=position)
        if before.get(criterion.key) != criterion:
            _load_levels(row, criterion)
    return {criterion.key: rows[criterion.key] for criterion in value.criteria}


def _load_levels(row: Criterion, criterion: v.Criterion) -> None:
    """Levels that left get position 0 and go once no rating names them any more."""
    row.levels.update(position=0)
    rows = {level.code: level for level in row.levels.all()}
    for position, level in enumerate(criterion.levels, 1):
        one = rows.get(level.code) or Level(criterion=row, code=level.code)
        said = {"symbol": level.symbol, "name": level.name, "meaning": level.meaning, "tone": level.tone}
        _store(one, **said, position=position)


def _load_issues(matrix: Matrix, value: v.Matrix) -> dict[str, KnownIssue]:
    rows = {row.code: row for row in matrix.known_issues.all()}
    codes = [issue.code for issue in value.known_issues]
    matrix.known_issues.exclude(code__in=codes).delete()
    for position, issue in enumerate(value.known_issues, 1):
        row = rows.get(issue.code) or KnownIssue(matrix=matrix, code=issue.code)
        rows[issue.code] = _store(row, definition=issue.definition, position=position)
    return {code: rows[code] for code in codes}


def _load_sections(matrix: Matrix, value: v.Matrix) -> list[Section]:
    unused = list(matrix.sections.all())
    found = []
    for position, section in enumerate(value.sections, 1):
        row = next((one for one in unused if one.name == section.name), None)
        if row is None:
            row = Section(matrix=matrix, name=section.name)
        else:
            unused.remove(row)
        found.append(_load_section(row, section, position))
    return found


def _load_section(row: Section, value: v.Section, position: int) -> Section:
    return _store(
        row,
        introduction=value.introduction,
        conclusion=value.conclusion,
        placeholders=value.placeholders,
        heading_level=value.level,
        has_table=value.table,
        columns=codec.dump(value.columns),
        position=position,
    )


def _load_environments(matrix: Matrix, old: v.Matrix, value: v.Matrix, places: Places) -> None:
    rows = {row.slug: row for row in matrix.environments.all()}
    before = {environment.slug: environment for _, environment in old.environments()}
    scheme_changed = old.criteria != value.criteria
    for section, row_section in zip(value.sections, places.sections, strict=True):
        for position, environment in enumerate(section.environments, 1):
            row = rows.get(environment.slug) or Environment(matrix=matrix, slug=environment.slug)
            was = before.get(environment.slug) or v.Environment("")
            if was != environment or (row.section_id, row.position) != (row_section.pk, position):
                row.section, row.position = row_section, position
                _load_environment(row, environment)
            rows[environment.slug] = row
            _load_parts(row, was, environment, places)
            if scheme_changed or was.cells != environment.cells:
                _load_cells(row, was, environment, places)
    _load_successors(rows, value)


def _load_environment(row: Environment, value: v.Environment) -> None:
    row.name, row.name_written, row.notes = value.name, value.name_written, value.notes
    row.catch_all = value.catch_all
    row.owner_written, row.reference_written = value.owner_written, value.reference_written
    row.issues_written = value.issues_written
    row.texts, row.overflow, row.missing = codec.dump(value.texts), codec.dump(value.overflow), value.missing
    row.retired_on = value.retired.date if value.retired else None
    row.retired_reason = value.retired.reason if value.retired else ""
    _check(row)
    row.save()


def _load_parts(row: Environment, old: v.Environment, value: v.Environment, places: Places) -> None:
    """What an environment's row has several of, where it differs from what it had."""
    if old.owners != value.owners:
        _clear(row.owners, old.owners)
        _create(Owner(environment=row, name=name, position=n) for n, name in enumerate(value.owners, 1))
    if old.references != value.references:
        _clear(row.references, old.references)
        _create(
            Reference(environment=row, label=one.label, url=one.url, position=n)
            for n, one in enumerate(value.references, 1)
        )
    if old.issues != value.issues:
        _clear(row.issues, old.issues)
        _create(
            EnvironmentIssue(environment=row, issue=places.issues[code], position=n)
            for n, code in enumerate(value.issues, 1)
        )


def _clear(rows: models.Manager[Any], parts: Sequence[object]) -> None:
    """Delete the rows of these parts; where there are none, no query asks."""
    if parts:
        rows.all().delete()


def _load_cells(row: Environment, old: v.Environment, value: v.Environment, places: Places) -> None:
    _clear(row.cells, old.cells)
    for cell in value.cells:
        one = Cell(environment=row, criterion=places.criteria[cell.criterion])
        _store(one, written=cell.written)
        _create(_rating(one, rating, n, places) for n, rating in enumerate(cell.ratings, 1))


def _rating(cell: Cell, value: v.Rating, position: int, places: Places) -> Rating:
    level = places.levels[cell.criterion.key, value.level] if value.level is not None else None
    return Rating(
        cell=cell,
        level=level,
        uncertain=value.uncertain,
        words=value.words,
        variant=value.variant or "",
        position=position,
    )


def _create(rows: Iterable[models.Model]) -> None:
    made = list(rows)
    for row in made:
        _check(row)
    if made:
        type(made[0])._default_manager.bulk_create(made)


def _load_successors(rows: dict[str, Environment], value: v.Matrix) -> None:
    for _, environment in value.environments():
        slug = environment.retired.successor if environment.retired else None
        row, successor = rows[environment.slug], rows.get(slug or "")
        if row.successor_id != (successor.pk if successor else None):
            row.successor = successor
            row.save(update_fields=["successor"])
