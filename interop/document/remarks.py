"""What is said of a table's odd rows when a document is read. Nothing here is an error: the row is kept as it came."""

from collections import Counter
from collections.abc import Iterator, Sequence

from interop.document.environments import UNNAMED
from interop.document.errors import Remark
from interop.document.tables import Row, Table, words
from interop.document.values import Column, Environment


def remarks_on_table(table: Table, columns: Sequence[Column], environments: Sequence[Environment]) -> Iterator[Remark]:
    """Remarks on the rows that hold the environments, in order."""
    headers = {column.criterion: words(column.header) for column in columns if column.criterion}
    names = Counter(one.name for one in environments)
    rows = [row for row in table.rows if not row.is_blank]
    for row, environment in zip(rows, environments, strict=True):
        yield from _on_count(row, environment, len(columns))
        yield from _on_words(row, environment, headers)
        if environment.name == UNNAMED:
            yield Remark(row.line, "The row names no environment. Write its name in the first column.")
        elif names[environment.name] > 1:
            yield Remark(
                row.line, f"'{environment.name}' stands in this table more than once. Give each row its own name."
            )


def _on_count(row: Row, environment: Environment, width: int) -> Iterator[Remark]:
    count = f"The row of '{environment.name}' has {_cells(len(row.cells))}, its header {width}."
    if environment.overflow:
        extra = ", ".join(f"'{cell}'" for cell in environment.overflow if cell)
        yield Remark(
            row.line, f"{count} {extra} stands under no header; it is kept. Write \\| for a pipe inside a cell."
        )
    elif environment.missing:
        yield Remark(
            row.line, f"{count} Its cells may stand under the wrong headers. Write a cell for each, blank ones too."
        )


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _on_words(row: Row, environment: Environment, headers: dict[str, str]) -> Iterator[Remark]:
    for cell in environment.cells:
        if any(rating.level is None for rating in cell.ratings):
            header = headers.get(cell.criterion, cell.criterion)
            yield Remark(row.line, f"'{cell.written}' names no level of '{header}'. It is kept as words.")
