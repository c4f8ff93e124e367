"""From a matrix's Markdown to its value.

The order of reading: tables and the values in their cells; the legends that speak of those values; what each column
is for; the levels of each criterion; then, part by part, the environments. Every line that is not blank ends up in
one value, or in `unread`; `account` tells which.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from interop.document.accounting import Accounted, accounted
from interop.document.blocks import Block, Kind, Source
from interop.document.blocks import source as divide
from interop.document.catalogue import Catalogue, codes_in, find_catalogue, is_catalogue_table
from interop.document.cells import read_owners
from interop.document.columns import rated, rating_headers, roles_of, vocabulary
from interop.document.environments import Reading, read_environments, with_slugs
from interop.document.errors import DocumentError, Remark
from interop.document.legend import Clues, Legend, assign, find_legends, is_legend_table
from interop.document.outline import Outline, Part, Span, outline, owners, title_of
from interop.document.pipes import split
from interop.document.ratings import Scheme, is_mark, marks_in, read_ratings
from interop.document.remarks import remarks_on_table
from interop.document.tables import Table, groups, read_table, words
from interop.document.values import Column, Criterion, Environment, KnownIssue, Matrix, Role, Section, Unread

FRONT_TITLE = re.compile(r"title\s*[:=]\s*[\"']?(.*?)[\"']?\s*")
FILE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}[_.-]*")


def read(text: str, *, name: str = "") -> tuple[Matrix, tuple[Remark, ...]]:
    """The matrix a document holds, and what is odd about the document.

    `name` is the document's file name: it names a matrix whose document has no title. Raises DocumentError where the
    document has no table, or is too long or too deep to be read.
    """
    document = Document(divide(text), name)
    return document.matrix(), tuple(sorted(document.remarks(), key=lambda remark: remark.line or 0))


def account(text: str) -> dict[int, str]:
    """What holds each line that is not blank, by its 1-based number. Raises DocumentError as `read` does."""
    return Document(divide(text), "").account()


def read_accounted(text: str, *, name: str = "") -> tuple[Matrix, tuple[Remark, ...], tuple[Accounted, ...]]:
    """What `read` gives, and each line with what it became, for the price of one."""
    document = Document(divide(text), name)
    remarks = tuple(sorted(document.remarks(), key=lambda remark: remark.line or 0))
    return document.matrix(), remarks, accounted(text, document.account())


@dataclass(frozen=True)
class Document:
    """A document while it is read. Each property is one step, which needs only the steps before it."""

    source: Source
    name: str

    @cached_property
    def candidates(self) -> dict[Block, Table]:
        """The tables that may hold environments."""
        found = {block: read_table(self.source, block) for block in self.source.blocks if block.kind is Kind.TABLE}
        if not found:
            raise DocumentError(
                "The document holds no table. Write one with a header, such as | Environment | Status | Owner |."
            )
        other = (is_legend_table, is_catalogue_table)
        return {block: table for block, table in found.items() if not any(is_(table.header) for is_ in other)} or found

    @cached_property
    def title(self) -> Block | None:
        return title_of(self.source, self.candidates.keys())

    @cached_property
    def kept(self) -> frozenset[Block]:
        """Blocks that introduce neither a legend nor a catalogue: the title, tables and their headings."""
        headings = owners(self.source, self.candidates.keys(), self.title).values()
        return frozenset([*headings, *self.candidates, *([self.title] if self.title else [])])

    @cached_property
    def announced(self) -> tuple[Legend, ...]:
        """Everything that looks like a legend."""
        tables = tuple(self.candidates.values())
        clues = Clues(vocabulary(tables), rating_headers(tables), self.kept)
        return tuple(find_legends(self.source, clues))

    @cached_property
    def tables(self) -> dict[Block, Table]:
        """The tables that hold environments."""
        codes = {level.code for legend in self.announced for level in legend.levels}
        chosen = rated(tuple(self.candidates.values()), codes)
        return {block: table for block, table in self.candidates.items() if table in chosen}

    @cached_property
    def columns(self) -> dict[Block, tuple[Column, ...]]:
        codes = {level.code for legend in self.announced for level in legend.levels}
        return dict(zip(self.tables, roles_of(tuple(self.tables.values()), codes), strict=True))

    def cells(self, role: Role, criterion: str = "") -> Iterator[str]:
        """The cells of all columns of a role, or of one criterion, in the order of the document."""
        for block, table in self.tables.items():
            places = [n for n, one in enumerate(self.columns[block]) if one.role is role and one.criterion == criterion]
            yield from (row.cell(place) for row in table.rows for place in places)

    @cached_property
    def names(self) -> dict[str, str]:
        """The criteria's names by key, in the order of the columns."""
        found: dict[str, str] = {}
        for column in self.all_columns:
            if column.criterion:
                found.setdefault(column.criterion, words(column.header))
        return found

    @cached_property
    def legends(self) -> dict[str, Legend]:
        used = {
            key: {mark for cell in self.cells(Role.CRITERION, key) for mark in marks_in(cell)} for key in self.names
        }
        return assign(self.announced, self.names, used)

    @cached_property
    def schemes(self) -> dict[str, Scheme]:
        foreign = {owner for cell in self.cells(Role.OWNER) for owner in read_owners(cell) if not is_mark(owner, ())}
        return {
            key: read_ratings(
                name, self.legends[key].levels if key in self.legends else (), self.cells(Role.CRITERION, key), foreign
            )
            for key, name in self.names.items()
        }

    @cached_property
    def catalogue(self) -> Catalogue:
        used = {code for cell in self.cells(Role.ISSUES) for code in codes_in(cell)}
        spans = {span for legend in self.legends.values() for span in legend.spans}
        legends = {block for block in self.source.blocks if (block.start, block.end) in spans}
        return find_catalogue(self.source, used, self.kept | legends)

    @cached_property
    def partings(self) -> tuple[Span, ...]:
        """The lines that part a legend or the catalogue from indented text below it."""
        spans = [*self.catalogue.spans, *(span for legend in self.legends.values() for span in legend.spans)]
        return tuple(dict.fromkeys(found for _, end in spans for found in self.source.parted(end)))

    @cached_property
    def outline(self) -> Outline:
        taken = [*(span for legend in self.legends.values() for span in legend.spans), *self.partings]
        divided = {
            block: groups(table, [column.role for column in self.columns[block]].index(Role.ENVIRONMENT))
            for block, table in self.tables.items()
        }
        return outline(self.source, divided, self.title, [*taken, *self.catalogue.spans])

    @cached_property
    def environments(self) -> tuple[tuple[Environment, ...], ...]:
        """The environments of each part."""
        reading = Reading(self.schemes, frozenset(issue.code for issue in self.catalogue.issues))
        taken: set[str] = set()
        return tuple(
            with_slugs(tuple(read_environments(part.table, self.columns[part.block], reading)), taken)
            if part.table and part.block
            else ()
            for part in self.outline.parts
        )

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        return tuple(dict.fromkeys(column for columns in self.columns.values() for column in columns))

    def matrix(self) -> Matrix:
        return Matrix(
            title=self._title(),
            introduction=self.source.passage(self.outline.introduction),
            criteria=tuple(self._criterion(key, name) for key, name in self.names.items()),
            columns=self.all_columns,
            sections=tuple(map(self._section, self.outline.parts, self.environments)),
            known_issues=self._known_issues(),
            conclusion=self.source.passage(self.outline.conclusion),
            unread=tuple(self._unread()),
            issues_introduction=self.catalogue.introduction,
        )

    def _title(self) -> str:
        if self.title:
            return self.title.title
        stem = FILE_DATE.sub("", self.name).rsplit(".", 1)[0]
        named = " ".join(re.split(r"[\s_-]+", stem)).strip()
        front = (FRONT_TITLE.fullmatch(line.text) for line in self._unread())
        return next((" ".join(match[1].split()) for match in front if match), named[:1].upper() + named[1:])

    def _criterion(self, key: str, name: str) -> Criterion:
        legend = self.legends[key].introduction if key in self.legends else ""
        return Criterion(key, name, self.schemes[key].levels, legend)

    def _section(self, part: Part, environments: tuple[Environment, ...]) -> Section:
        own = self.columns[part.block] if part.block else ()
        return Section(
            name=part.name,
            introduction=self.source.passage(part.introduction),
            environments=environments,
            placeholders=sum(row.is_blank for row in part.table.rows) if part.table else 0,
            level=part.level,
            conclusion=self.source.passage(part.conclusion),
            columns=own if own != self.all_columns else (),
            table=part.table is not None,
        )

    def _known_issues(self) -> tuple[KnownIssue, ...]:
        """The issues that are defined, then those that are only named, in the order of their first appearance."""
        named = (code for rows in self.environments for one in rows for code in one.issues)
        issues = {issue.code: issue for issue in self.catalogue.issues}
        return tuple(({code: KnownIssue(code) for code in (*issues, *named)} | issues).values())

    def _unread(self) -> Iterator[Unread]:
        for block in self.source.blocks:
            if block.kind is Kind.FRONT:
                for number in range(block.start, block.end):
                    if self.source.lines[number].strip():
                        yield Unread(number + 1, self.source.lines[number])

    def holders(self) -> Iterator[tuple[str, Span]]:
        """Which value holds which lines."""
        for block in self.source.blocks:
            if block.kind is Kind.FRONT or block == self.title:
                yield "unread" if block.kind is Kind.FRONT else "title", (block.start, block.end)
        for legend in self.legends.values():
            yield from (("legend", span) for span in legend.spans)
        yield from (("known issues", span) for span in self.catalogue.spans)
        yield from (("separator", span) for span in self.partings)
        yield from (("introduction", span) for span in self.outline.introduction)
        yield from (("conclusion", span) for span in self.outline.conclusion)
        for part, environments in zip(self.outline.parts, self.environments, strict=True):
            yield from _part_holders(part, environments)

    def account(self) -> dict[int, str]:
        """What holds each line that is not blank, by its 1-based number."""
        return {
            number + 1: holder
            for holder, (start, end) in self.holders()
            for number in range(start, end)
            if self.source.lines[number].strip()
        }

    def remarks(self) -> Iterator[Remark]:
        """What is odd: front matter, tables of other kinds, cells too many or too few, rows without a name."""
        if any(block.kind is Kind.FRONT for block in self.source.blocks):
            yield Remark(1, "The document begins with a site generator's front matter. It is kept, but shown nowhere.")
        for block, table in self.candidates.items():
            if block not in self.tables:
                yield Remark(
                    block.start + 1,
                    f"The table '{' | '.join(table.header)}' lists no environments. It is kept as text.",
                )
        for table in self.tables.values():
            yield from _remarks_around(self.source, table)
        for part, environments in zip(self.outline.parts, self.environments, strict=True):
            if part.table and part.block:
                yield from remarks_on_table(part.table, self.columns[part.block], environments)
        for block in self.source.blocks:
            if block.kind is Kind.TEXT:
                yield from _remarks_on_rows_in_text(self.source, block)


def _part_holders(part: Part, environments: Sequence[Environment]) -> Iterator[tuple[str, Span]]:
    if part.heading:
        yield "section", (part.heading.start, part.heading.end)
    yield from (("section introduction", span) for span in part.introduction)
    yield from (("section conclusion", span) for span in part.conclusion)
    if part.table and part.block:
        yield "columns", (part.block.start, part.block.start + 2)
        if part.is_group:
            yield "section", (part.table.rows[0].line - 2, part.table.rows[0].line - 1)
        slugs = iter(one.slug for one in environments)
        for row in part.table.rows:
            yield "placeholder" if row.is_blank else f"environment {next(slugs)}", (row.line - 1, row.line)


def _remarks_around(source: Source, table: Table) -> Iterator[Remark]:
    rule = len(split(source.lines[table.start + 1]))
    if rule != len(table.header):
        sizes = f"{len(table.header)} columns, the line below it {rule}"
        yield Remark(
            table.start + 2, f"The header has {sizes}. It is read as a table all the same. Write --- for each."
        )
    if any(block.start == table.end and block.kind is Kind.TEXT for block in source.blocks):
        said = source.lines[table.end].strip()
        yield Remark(
            table.end + 1, f"'{said}' has no cells. It is kept as text below the table. Write a blank line above it."
        )


def _remarks_on_rows_in_text(source: Source, block: Block) -> Iterator[Remark]:
    for number in range(block.start, block.end):
        line = source.lines[number].strip()
        if line.startswith("|") and line.endswith("|") and len(line) > 1:
            yield Remark(number + 1, f"'{line}' looks like a row but stands in no table. It is kept as text.")
