"""From rows to values."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from interop.document import codec
from interop.document import values as v
from interop.models import (
    Cell,
    Criterion,
    Environment,
    EnvironmentIssue,
    KnownIssue,
    Matrix,
    Owner,
    PublishedImage,
    Rating,
    Reference,
    Section,
)

T = TypeVar("T")


def read_matrix(matrix: Matrix) -> v.Matrix:
    """The matrix as it stands, retired environments at the end of their sections. Costs ten queries."""
    criteria, issues = list(matrix.criteria.prefetch_related("levels")), list(matrix.known_issues.all())
    environments = _environments(matrix, criteria, issues)
    return v.Matrix(
        title=matrix.title,
        introduction=matrix.introduction,
        criteria=tuple(_criterion(row) for row in criteria),
        columns=tuple(codec.load(v.Column, column) for column in matrix.columns),
        sections=tuple(_section(row, environments.get(row.pk, [])) for row in matrix.sections.all()),
        known_issues=tuple(v.KnownIssue(row.code, row.definition) for row in issues),
        conclusion=matrix.conclusion,
        unread=tuple(codec.load(v.Unread, line) for line in matrix.unread),
        issues_introduction=matrix.issues_introduction,
    )


def _environments(
    matrix: Matrix, criteria: Iterable[Criterion], issues: Iterable[KnownIssue]
) -> dict[int, list[v.Environment]]:
    """The environments by the key of their section, in order."""
    rows = list(matrix.environments.defer("detail").order_by("position"))
    slugs = {row.pk: row.slug for row in rows}
    parts = _Parts(matrix, criteria, issues)
    return _grouped((row.section_id, _environment(row, parts, slugs)) for row in rows)


class _Parts:
    """What the environments of a matrix have several of, by their keys: five queries, and no model for each part."""

    def __init__(self, matrix: Matrix, criteria: Iterable[Criterion], issues: Iterable[KnownIssue]) -> None:
        below, codes = {"environment__matrix": matrix}, {row.pk: row.code for row in issues}
        owners = Owner.objects.filter(**below).values_list("environment", "name")
        references = Reference.objects.filter(**below).values_list("environment", "label", "url")
        issued = EnvironmentIssue.objects.filter(**below).values_list("environment", "issue")
        self.owners = _grouped(owners)
        self.references = _grouped((key, v.Reference(label, url)) for key, label, url in references)
        self.issues = _grouped((key, codes[issue]) for key, issue in issued)
        self.cells = _cells(matrix, criteria)


def _cells(matrix: Matrix, criteria: Iterable[Criterion]) -> dict[int, list[v.Cell]]:
    keys = {row.pk: row.key for row in criteria}
    codes = {level.pk: level.code for row in criteria for level in row.levels.all()}
    rated = Rating.objects.filter(cell__environment__matrix=matrix)
    ratings = _grouped(
        (cell, v.Rating(codes[level] if level else None, uncertain, words, variant or None))
        for cell, level, uncertain, words, variant in rated.values_list(
            "cell", "level", "uncertain", "words", "variant"
        )
    )
    cells = Cell.objects.filter(environment__matrix=matrix).values_list("pk", "environment", "criterion", "written")
    return _grouped(
        (environment, v.Cell(keys[criterion], written, tuple(ratings.get(pk, ()))))
        for pk, environment, criterion, written in cells
    )


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return found


def _criterion(row: Criterion) -> v.Criterion:
    levels = (v.Level(one.code, one.symbol, one.name, one.meaning, v.Tone(one.tone)) for one in row.levels.all())
    return v.Criterion(row.key, row.name, tuple(levels), row.legend)


def _section(row: Section, environments: Iterable[v.Environment]) -> v.Section:
    return v.Section(
        name=row.name,
        introduction=row.introduction,
        environments=tuple(sorted(environments, key=lambda one: one.retired is not None)),
        placeholders=row.placeholders,
        level=row.heading_level,
        conclusion=row.conclusion,
        columns=tuple(codec.load(v.Column, column) for column in row.columns),
        table=row.has_table,
    )


def _environment(row: Environment, parts: _Parts, slugs: Mapping[int, str]) -> v.Environment:
    return v.Environment(
        name=row.name,
        slug=row.slug,
        cells=tuple(parts.cells.get(row.pk, ())),
        owners=tuple(parts.owners.get(row.pk, ())),
        owner_written=row.owner_written,
        references=tuple(parts.references.get(row.pk, ())),
        reference_written=row.reference_written,
        notes=row.notes,
        issues=tuple(parts.issues.get(row.pk, ())),
        issues_written=row.issues_written,
        texts=tuple((str(header), str(text)) for header, text in row.texts),
        overflow=tuple(row.overflow),
        missing=row.missing,
        catch_all=row.catch_all,
        retired=_retired(row, slugs),
        name_written=row.name_written,
    )


def _retired(row: Environment, slugs: Mapping[int, str]) -> v.Retirement | None:
    if row.retired_on is None:
        return None
    successor = slugs.get(row.successor_id) if row.successor_id else None
    return v.Retirement(row.retired_on, row.retired_reason, successor)


def read_page(environment: Environment) -> v.EnvironmentPage:
    """The environment's detail page as it was brought in. Costs three queries."""
    variants = list(environment.variants.all())
    images = list(environment.images.select_related("variant"))
    names = {one.pk: one.name for one in variants}
    return v.EnvironmentPage(
        title=environment.detail_title,
        text=environment.detail,
        variants=tuple(
            v.Variant(one.name, one.recommended, one.description, _listings(images, one.pk)) for one in variants
        ),
        advisories=tuple(
            v.Advisory(one.kind, one.title, one.body, names.get(one.variant_id or 0, ""))
            for one in environment.advisories.all()
        ),
        listings=_listings(images, None),
    )


def _listings(images: list[PublishedImage], variant: int | None) -> tuple[v.Listing, ...]:
    groups: dict[int, list[PublishedImage]] = {}
    for image in images:
        if image.variant_id == variant:
            groups.setdefault(image.listing, []).append(image)
    return tuple(_listing(rows) for _, rows in sorted(groups.items()))


def _listing(rows: list[PublishedImage]) -> v.Listing:
    columns = tuple(str(header) for header, _ in rows[0].facts)
    cells = tuple(tuple(str(cell) for _, cell in row.facts) for row in rows)
    return v.Listing(rows[0].command, columns, cells, any(row.elided for row in rows))
