"""From rows to values."""

from django.db.models import Prefetch

from interop.document import codec
from interop.document import values as v
from interop.models import (
    Cell,
    Criterion,
    Environment,
    EnvironmentQuerySet,
    Matrix,
    PublishedImage,
    Section,
)


def read_matrix(matrix: Matrix) -> v.Matrix:
    """The matrix as it stands, retired environments at the end of their sections. Costs at most twelve queries."""
    sections = matrix.sections.prefetch_related(Prefetch("environments", _environments()))
    return v.Matrix(
        title=matrix.title,
        introduction=matrix.introduction,
        criteria=tuple(_criterion(row) for row in matrix.criteria.prefetch_related("levels")),
        columns=tuple(codec.load(v.Column, column) for column in matrix.columns),
        sections=tuple(_section(row) for row in sections),
        known_issues=tuple(v.KnownIssue(row.code, row.definition) for row in matrix.known_issues.all()),
        conclusion=matrix.conclusion,
        unread=tuple(codec.load(v.Unread, line) for line in matrix.unread),
        issues_introduction=matrix.issues_introduction,
    )


def _environments() -> EnvironmentQuerySet:
    cells = Cell.objects.select_related("criterion").prefetch_related("ratings__level")
    return (
        Environment.objects.select_related("successor")
        .prefetch_related("owners", "references", "issues__issue", Prefetch("cells", cells))
        .order_by("position")
    )


def _criterion(row: Criterion) -> v.Criterion:
    levels = (v.Level(one.code, one.symbol, one.name, one.meaning, v.Tone(one.tone)) for one in row.levels.all())
    return v.Criterion(row.key, row.name, tuple(levels), row.legend)


def _section(row: Section) -> v.Section:
    rows = sorted(row.environments.all(), key=lambda one: one.retired_on is not None)
    return v.Section(
        name=row.name,
        introduction=row.introduction,
        environments=tuple(_environment(one) for one in rows),
        placeholders=row.placeholders,
        level=row.heading_level,
        conclusion=row.conclusion,
        columns=tuple(codec.load(v.Column, column) for column in row.columns),
        table=row.has_table,
    )


def _environment(row: Environment) -> v.Environment:
    return v.Environment(
        name=row.name,
        slug=row.slug,
        cells=tuple(_cell(cell) for cell in row.cells.all()),
        owners=tuple(owner.name for owner in row.owners.all()),
        owner_written=row.owner_written,
        references=tuple(v.Reference(one.label, one.url) for one in row.references.all()),
        reference_written=row.reference_written,
        notes=row.notes,
        issues=tuple(one.issue.code for one in row.issues.all()),
        issues_written=row.issues_written,
        texts=tuple((str(header), str(text)) for header, text in row.texts),
        overflow=tuple(row.overflow),
        missing=row.missing,
        catch_all=row.catch_all,
        retired=_retired(row),
        name_written=row.name_written,
    )


def _cell(row: Cell) -> v.Cell:
    ratings = (
        v.Rating(one.level.code if one.level else None, one.uncertain, one.words, one.variant or None)
        for one in row.ratings.all()
    )
    return v.Cell(row.criterion.key, row.written, tuple(ratings))


def _retired(row: Environment) -> v.Retirement | None:
    if row.retired_on is None:
        return None
    return v.Retirement(row.retired_on, row.retired_reason, row.successor.slug if row.successor else None)


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
