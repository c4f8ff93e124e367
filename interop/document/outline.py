"""How a matrix's document is divided: its title, its sections with one table each, and the text between them.

A heading is a section where it stands above a table or above such a heading; every other heading is part of the text
around it. A second table below one heading makes a second section of the same name.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from interop.document.blocks import Block, Kind, Source
from interop.document.tables import Table

Span = tuple[int, int]


@dataclass
class Part:
    """A section to be. `heading` is None for a table without one of its own; spans are 0-based lines.

    `table` are the rows of the section, `block` is where they stand; a group has a row of the table for a heading.
    """

    heading: Block | None
    name: str = ""
    level: int = 2
    introduction: list[Span] = field(default_factory=list)
    table: Table | None = None
    block: Block | None = None
    is_group: bool = False
    conclusion: list[Span] = field(default_factory=list)


@dataclass
class Outline:
    """A document's title and parts, with the spans of text that belong to no part."""

    title: Block | None
    introduction: list[Span] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    conclusion: list[Span] = field(default_factory=list)


def title_of(source: Source, tables: Collection[Block]) -> Block | None:
    """The heading that names the document: above all others, or a first one of level 1.

    Where that stands right above a table and another one of level 1 does so too, both are sections.
    """
    headings = [block for block in source.blocks if block.kind is Kind.HEADING]
    if not headings or any(block.start < headings[0].start for block in tables):
        return None
    first, *others = headings
    if first.level > 1:
        return first if all(other.level > first.level for other in others) else None
    heads = owners(source, tables, None).values()
    return None if first in heads and any(other.level == 1 and other in heads for other in others) else first


def owners(source: Source, tables: Collection[Block], title: Block | None) -> dict[Block, Block]:
    """For each table the heading it stands under, where it stands under one other than the title."""
    found: dict[Block, Block] = {}
    heading: Block | None = None
    for block in source.blocks:
        if block.kind is Kind.HEADING:
            heading = block
        elif block in tables and heading is not None and heading != title:
            found[block] = heading
    return found


def outline(
    source: Source, tables: Mapping[Block, Sequence[tuple[str, Table]]], title: Block | None, taken: Sequence[Span]
) -> Outline:
    """Divide a document. `taken` are lines that belong to a legend or a catalogue and so to no part."""
    result = Outline(title)
    sections = _sections(source, owners(source, tables, title), title, taken)
    for block in source.blocks:
        if block == title or block.kind is Kind.FRONT:
            continue
        if block in sections:
            result.parts.append(Part(block, block.title, block.level))
        elif block in tables:
            for name, table in tables[block]:
                _add_table(result, block, name, table)
        else:
            _add_text(result, free_lines((block.start, block.end), taken))
    if result.parts:
        result.conclusion, result.parts[-1].conclusion = result.parts[-1].conclusion, []
    return result


def _sections(source: Source, owned: Mapping[Block, Block], title: Block | None, taken: Sequence[Span]) -> set[Block]:
    """The headings of tables and the headings above those."""
    found: set[Block] = set()
    above: list[Block] = []
    for block in source.blocks:
        if block.kind is not Kind.HEADING or block == title or not list(free_lines((block.start, block.end), taken)):
            continue
        above = [*(one for one in above if one.level < block.level), block]
        if block in owned.values():
            found.update(above)
    return found


def free_lines(span: Span, taken: Sequence[Span]) -> Iterator[Span]:
    """The runs of lines of a span that are not taken."""
    start, end = span
    for first, last in sorted(taken):
        if first < end and last > start:
            if first > start:
                yield start, first
            start = max(start, last)
    if start < end:
        yield start, end


def _add_table(result: Outline, block: Block, group: str, table: Table) -> None:
    """Give a table to the part at hand, or to a new one: a second table's, or a group's one level below."""
    last = result.parts[-1] if result.parts else Part(None, level=1)
    if group:
        level = last.level if last.is_group and last.block == block else min(last.level + 1, 6)
        result.parts.append(Part(None, group, level, is_group=True))
    elif not result.parts or last.table is not None:
        between, last.conclusion = last.conclusion, []
        result.parts.append(Part(None, last.name, last.level if result.parts else 2, between))
    result.parts[-1].table, result.parts[-1].block = table, block


def _add_text(result: Outline, spans: Iterator[Span]) -> None:
    for span in spans:
        if not result.parts:
            result.introduction.append(span)
        elif result.parts[-1].table is None:
            result.parts[-1].introduction.append(span)
        else:
            result.parts[-1].conclusion.append(span)
