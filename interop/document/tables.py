"""A pipe table as its author wrote it: cells too many or too few stay visible, which a renderer hides.

The parser says where a table stands; its cells are taken from the source lines.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from interop import markdown
from interop.document.blocks import Block, Source
from interop.document.pipes import split

BOLD = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1")
FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")


@dataclass(frozen=True)
class Row:
    """A row's cells, trimmed; `line` is 1-based."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)

    def cell(self, column: int) -> str:
        """The cell at a column, counted from 0; "" where the row ends before it."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """`start` is the 0-based line of the header, `end` the line after the last row."""

    start: int
    end: int
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(source: Source, block: Block) -> Table:
    """The table in a block."""
    rows = tuple(Row(number + 1, split(source.lines[number])) for number in range(block.start + 2, block.end))
    return Table(block.start, block.end, split(source.lines[block.start]), rows)


def groups(table: Table, column: int) -> tuple[tuple[str, Table], ...]:
    """The table divided at rows that only name a group of those below: in bold, and with nothing else to say.

    Pairs of a group's name, "" for what stands above the first, and its rows. Undivided where a group would be empty.
    """
    found: list[tuple[str, list[Row]]] = [("", [])]
    for row in table.rows:
        named = BOLD.fullmatch(row.cell(column)) and sum(map(bool, row.cells)) == 1
        if named:
            found.append((words(row.cell(column)), []))
        else:
            found[-1][1].append(row)
    if any(name and all(row.is_blank for row in rows) for name, rows in found):
        return (("", table),)
    return tuple((name, replace(table, rows=tuple(rows))) for name, rows in found if rows or name or len(found) == 1)


@lru_cache(maxsize=8192)
def words(text: str) -> str:
    """The words of a cell without its marks: emphasis, code, links and footnotes; line breaks become blanks."""
    inline = markdown.parser().parseInline(FOOTNOTE.sub("", text))[0]
    return " ".join("".join(_word(token) for token in inline.children or []).replace("\u00a0", " ").split())


def _word(token: markdown.Token) -> str:
    if token.type == "image":
        return "".join(_word(child) for child in token.children or [])
    return {"text": token.content, "code_inline": token.content, "softbreak": " ", "hardbreak": " "}.get(token.type, "")
