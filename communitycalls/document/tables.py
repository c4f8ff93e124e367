"""Tables of a document: what heads their columns, and their rows, each with its line."""

from collections.abc import Iterator
from dataclasses import dataclass

from communitycalls.document.headings import plain
from communitycalls.document.outline import Passage
from interop.markdown import Token, parse


@dataclass(frozen=True)
class Row:
    """A row below the head: its line, and its cells as written; as many as the table has columns."""

    passage: Passage
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """`heads` are the words above the columns as written; `top` the lines of the head."""

    heads: tuple[str, ...]
    top: Passage
    rows: tuple[Row, ...]

    def column(self, *names: str) -> int | None:
        """The first column headed by one of the names (given in lower case), None for none."""
        heads = [plain(head) for head in self.heads]
        return next((index for index, head in enumerate(heads) if head in names), None)


def read_table(part: Passage) -> Table | None:
    """The table that a passage is, None for anything else."""
    rows = list(_rows(parse("\n".join(row.text for row in part.rows))))
    if not rows:
        return None
    first = rows[1][0] if len(rows) > 1 else len(part.rows)
    below = tuple(Row(part.part(at, at + 1), cells) for at, cells in rows[1:])
    return Table(rows[0][1], part.part(0, first), below)


def _rows(tokens: list[Token]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each row's index among the lines and the source of its cells."""
    cells: list[str] = []
    at = 0
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            cells, at = [], (token.map or [0])[0]
        elif token.type in {"th_open", "td_open"}:
            cells.append(" ".join(tokens[index + 1].content.split()))
        elif token.type == "tr_close":
            yield at, tuple(cells)
