"""Rows of tables as environments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from django.utils.text import slugify

from interop.document.catalogue import read_issues
from interop.document.cells import is_catch_all, read_name, read_owners, read_references
from interop.document.ratings import Scheme
from interop.document.tables import Row, Table
from interop.document.values import Cell, Column, Environment, Role

RESERVED = frozenset({"changes", "diff", "propose"})  # words of the matrix's own addresses
SLUG_LIMIT = 100
UNNAMED = "(unnamed)"


@dataclass(frozen=True)
class Reading:
    """What all rows are read by: each criterion's scheme by its key, in order, and the codes of the known issues."""

    schemes: Mapping[str, Scheme]
    issues: frozenset[str]


def read_environments(table: Table, columns: Sequence[Column], reading: Reading) -> Iterator[Environment]:
    """The environments of a table, without addresses; rows that are blank name none."""
    for row in table.rows:
        if not row.is_blank:
            yield _environment(row, columns, reading)


def _environment(row: Row, columns: Sequence[Column], reading: Reading) -> Environment:
    by_role = {column.role: row.cell(place) for place, column in reversed(list(enumerate(columns)))}
    named = by_role.get(Role.ENVIRONMENT, "")
    name = read_name(named) or UNNAMED
    return Environment(
        name=name,
        cells=_cells(row, columns, reading),
        owners=read_owners(owner := by_role.get(Role.OWNER, "")),
        owner_written=owner,
        references=read_references(reference := by_role.get(Role.REFERENCE, "")),
        reference_written=reference,
        notes=by_role.get(Role.NOTES, ""),
        issues=read_issues(issues := by_role.get(Role.ISSUES, ""), reading.issues),
        issues_written=issues,
        texts=_texts(row, columns),
        overflow=_overflow(row, len(columns)),
        missing=max(0, len(columns) - len(row.cells)),
        catch_all=is_catch_all(named),
        name_written=named if named != name else "",
    )


def _cells(row: Row, columns: Sequence[Column], reading: Reading) -> tuple[Cell, ...]:
    written = {column.criterion: row.cell(place) for place, column in enumerate(columns) if column.criterion}
    return tuple(
        Cell(key, cell, scheme.ratings[cell])
        for key, scheme in reading.schemes.items()
        if (cell := written.get(key, ""))
    )


def _texts(row: Row, columns: Sequence[Column]) -> tuple[tuple[str, str], ...]:
    cells = (row.cell(place) for place, column in enumerate(columns) if column.role is Role.TEXT)
    return tuple((field, cell) for field, cell in zip(text_fields(columns), cells, strict=True) if cell)


def text_fields(columns: Sequence[Column]) -> tuple[str, ...]:
    """The names of the text columns: their headers, each once ("Link", "Link (2)")."""
    names: dict[str, None] = {}
    for column in columns:
        if column.role is Role.TEXT:
            header = column.header or "Column"
            numbered = (header if number == 1 else f"{header} ({number})" for number in count(1))
            names[next(name for name in numbered if name not in names)] = None
    return tuple(names)


def _overflow(row: Row, width: int) -> tuple[str, ...]:
    extra = list(row.cells[width:])
    while extra and not extra[-1]:
        extra.pop()
    return tuple(extra)


def with_slugs(environments: Sequence[Environment], taken: set[str]) -> tuple[Environment, ...]:
    """Environments that have no address yet get one; `taken` holds the addresses in use and grows."""
    return tuple(one if one.slug else replace(one, slug=_claim(one.name, taken)) for one in environments)


def _claim(name: str, taken: set[str]) -> str:
    slug = unique_slug(name, taken)
    taken.add(slug)
    return slug


def unique_slug(name: str, taken: set[str]) -> str:
    """An address for a new environment of this name that no other has: "-2", "-3" follow the first."""
    base = slugify(name)[:SLUG_LIMIT].strip("-") or "environment"
    used = taken | RESERVED
    return next(slug for n in range(1, len(used) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in used)
