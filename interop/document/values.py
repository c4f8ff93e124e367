"""The interop matrix as frozen values: the seam between Markdown, rows and pages.

Nothing here knows a database or a syntax. A value holds what its author wrote (`written`, `overflow`,
`unread`) beside what was understood of it, so that nothing is lost on the way in or out. Strings are
plain text or Markdown as said; absent text is "", never None.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How good a level is, for symbol and colour. `none`, `unknown` and `blank` are three different things."""

    FULL = "full"
    WORKS = "works"
    PARTIAL = "partial"
    CAVEAT = "caveat"
    NONE = "none"
    UNKNOWN = "unknown"
    BLANK = "blank"


class Role(StrEnum):
    """What a column of a matrix's tables is for. `text` is any other column, kept as it is."""

    ENVIRONMENT = "environment"
    CRITERION = "criterion"
    OWNER = "owner"
    REFERENCE = "reference"
    NOTES = "notes"
    ISSUES = "issues"
    TEXT = "text"


@dataclass(frozen=True)
class Unread:
    """A line of a document that no value holds. `line` is 1-based."""

    line: int
    text: str


@dataclass(frozen=True)
class Column:
    """A column as its header names it; `criterion` is the criterion's key where the role is `criterion`."""

    role: Role
    header: str
    criterion: str = ""


@dataclass(frozen=True)
class Level:
    """One value of a criterion. `meaning` is "" where no legend declares the level."""

    code: str
    symbol: str = ""
    name: str = ""
    meaning: str = ""
    tone: Tone = Tone.UNKNOWN


@dataclass(frozen=True)
class Criterion:
    """A column that rates. `legend` is the Markdown that introduces its levels, "" for the usual "Legend:"."""

    key: str
    name: str
    levels: tuple[Level, ...] = ()
    legend: str = ""


@dataclass(frozen=True)
class Rating:
    """An environment's level for a criterion. `level` is None where the words name no level."""

    level: str | None
    uncertain: bool = False
    words: str = ""
    variant: str | None = None


@dataclass(frozen=True)
class Cell:
    """One rating cell: `written` as its author wrote it, `ratings` as understood. No ratings means not stated."""

    criterion: str
    written: str = ""
    ratings: tuple[Rating, ...] = ()


@dataclass(frozen=True)
class Reference:
    """`url` is "" where the label resolves to nothing (no issue tracker known)."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Retirement:
    date: dt.date
    reason: str
    successor: str | None = None


@dataclass(frozen=True)
class Environment:
    """One row. `slug` is its address for ever; owners are names as written, none where vacant.

    `cells` are the rated ones, in the order of the criteria: a blank cell has none. `…_written` is the cell as its
    author wrote it, `name_written` only where it is not the bare name; `texts` are the cells of other columns as
    (header, Markdown), blank ones left out; `overflow` are cells too many, `missing` counts cells too few;
    `catch_all` marks a row that names no single environment and stays out of counts.
    """

    name: str
    slug: str = ""
    cells: tuple[Cell, ...] = ()
    owners: tuple[str, ...] = ()
    owner_written: str = ""
    references: tuple[Reference, ...] = ()
    reference_written: str = ""
    notes: str = ""
    issues: tuple[str, ...] = ()
    issues_written: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    overflow: tuple[str, ...] = ()
    missing: int = 0
    catch_all: bool = False
    retired: Retirement | None = None
    name_written: str = ""

    def cell(self, criterion: str) -> Cell:
        """The cell for a criterion's key; an empty one (not stated) where the row has none."""
        return next((cell for cell in self.cells if cell.criterion == criterion), Cell(criterion))


@dataclass(frozen=True)
class Section:
    """A heading with one table. `placeholders` counts empty rows, which are no environments.

    `name` is "" for a table right below the title; `level` is the heading's. `conclusion` is Markdown below the table
    and above the next section. `columns` are the table's own where they are not those of the matrix; without `table`
    the section is only a heading above others.
    """

    name: str
    introduction: str = ""
    environments: tuple[Environment, ...] = ()
    placeholders: int = 0
    level: int = 2
    conclusion: str = ""
    columns: tuple[Column, ...] = ()
    table: bool = True


@dataclass(frozen=True)
class KnownIssue:
    code: str
    definition: str = ""


@dataclass(frozen=True)
class Matrix:
    """A whole matrix. `columns` are in document order; `conclusion` is Markdown that follows the tables.

    `issues_introduction` is the Markdown above the known issues, "" for the usual heading.
    """

    title: str
    introduction: str = ""
    criteria: tuple[Criterion, ...] = ()
    columns: tuple[Column, ...] = ()
    sections: tuple[Section, ...] = ()
    known_issues: tuple[KnownIssue, ...] = ()
    conclusion: str = ""
    unread: tuple[Unread, ...] = ()
    issues_introduction: str = ""

    def environments(self) -> Iterator[tuple[Section, Environment]]:
        """Every environment with its section, in document order."""
        for section in self.sections:
            for environment in section.environments:
                yield section, environment

    @property
    def names_owners(self) -> bool:
        """Whether the matrix has an owner column; without one no environment is called vacant."""
        return any(column.role is Role.OWNER for column in self.columns)


@dataclass(frozen=True)
class Change:
    """One difference between two matrices. `what` is one of `interop.models.Change.What`.

    `environment` is a slug, "" where the change is of the matrix itself; `name` is then its section, criterion or known
    issue, if any. `field` is a criterion's key, a column or the section an environment came to or left; for a move it
    is the place in the section (from 1), unless that is the last. `old` and `new` are texts as readers see them, ""
    for nothing.
    """

    what: str
    environment: str
    name: str
    field: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Listing:
    """A table of published images read from a console listing. `elided` says that the listing left rows out."""

    command: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    elided: bool = False


@dataclass(frozen=True)
class Advisory:
    """`kind` is note or warning; `body` is Markdown; `variant` a variant's name, "" for the whole environment."""

    kind: str
    title: str
    body: str
    variant: str = ""


@dataclass(frozen=True)
class Variant:
    """A flavour of an environment; `description` is Markdown without its listings and advisories."""

    name: str
    recommended: bool = False
    description: str = ""
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True)
class EnvironmentPage:
    """An environment's detail page. `text` is the Markdown that belongs to no variant."""

    title: str
    text: str = ""
    variants: tuple[Variant, ...] = ()
    advisories: tuple[Advisory, ...] = ()
    listings: tuple[Listing, ...] = ()
    unread: tuple[Unread, ...] = ()
