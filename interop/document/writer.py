"""From a matrix's value to Markdown in the community's conventions.

What a reader yields is read again from what is written here: `read(write(matrix))` gives `matrix` back. Retired
environments are left out; addresses and tones are not written, since no document says them.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from interop.document import catalogue
from interop.document.blocks import PARTING, Kind
from interop.document.blocks import source as divide
from interop.document.cells import (
    is_catch_all,
    read_name,
    read_owners,
    read_references,
    write_owners,
    write_references,
)
from interop.document.environments import UNNAMED, text_fields
from interop.document.legend import CANONICAL, Clues, Legend, assign, find_legends, naming, write_item
from interop.document.levels import cells_of, derived, meant
from interop.document.ratings import marks_in
from interop.document.values import Column, Criterion, Environment, Level, Matrix, Role, Section, Tone

PADDED = 40
MARKUP = re.compile(r"([\\`*_\[\]<&~])")
LINE_END = re.compile(r"\s*\n\s*")
LIST = re.compile(r"\s{0,3}\*\s")


def write(matrix: Matrix) -> str:
    """The document of a matrix, ending in a line end."""
    title = f"# {matrix.title}" if matrix.title else ""
    parts = [_front(matrix), title, *_opening(matrix), *_sections(matrix), *_closing(matrix)]
    lists = {*_written(_legends(matrix), matrix.introduction), *_written(_legends(matrix), ""), _catalogue(matrix)}
    return "\n\n".join(_parted([part for part in parts if part], lists)) + "\n"


def _parted(parts: Sequence[str], lists: Collection[str]) -> Iterator[str]:
    """The parts, with a line between a list and indented text, which would be taken for the rest of its last item."""
    for part, following in zip_longest(parts, parts[1:], fillvalue=""):
        yield part
        if part in lists and following[:1].isspace():
            yield PARTING


def _front(matrix: Matrix) -> str:
    """Front matter as it stood above the document, on its own lines."""
    lines = {line.line: line.text for line in matrix.unread}
    first = lines[min(lines)] if lines else ""
    if not first.startswith(("---", "+++")):
        return ""
    return "\n".join(lines.get(number, "") for number in range(1, max(lines) + 1))


# legends


def _opening(matrix: Matrix) -> list[str]:
    """Introduction and legends; a legend goes first where the introduction would be taken for a part of it."""
    legends = _legends(matrix)
    introduction = divide(matrix.introduction)
    values = frozenset(mark for one in matrix.criteria for cell in cells_of(matrix, one.key) for mark in marks_in(cell))
    rival = any(find_legends(introduction, Clues(values)))
    headed = any(block.kind is Kind.HEADING for block in introduction.blocks)
    first = [one for one in legends if rival or (headed and not one.introduction.startswith("#"))]
    last = [one for one in legends if one not in first]
    return [*_written(first, matrix.introduction), matrix.introduction, *_written(last, "")]


def _written(legends: Sequence[Legend], following: str) -> Iterator[str]:
    mark = "-" if LIST.match(following) else "*"
    for legend in legends:
        introduction = legend.introduction or CANONICAL
        gap = "\n\n" if introduction.startswith("#") else "\n"
        yield introduction + gap + _list([write_item(level) for level in legend.levels], mark, "\n")


def _list(items: Iterable[str], mark: str, gap: str) -> str:
    return gap.join(f"{mark} " + "\n".join(_indented(item.split("\n"))) for item in items)


def _indented(lines: Sequence[str]) -> list[str]:
    return [lines[0], *(f"  {line}" if line.strip() else "" for line in lines[1:])]


def _legends(matrix: Matrix) -> list[Legend]:
    """The legends to write, criteria with the same one together, so that each criterion gets its own when read."""
    wanted = {one.key: Legend(one.legend, levels, ()) for one in matrix.criteria if (levels := _declared(matrix, one))}
    names = {criterion.key: criterion.name for criterion in matrix.criteria}
    used = {key: {mark for cell in cells_of(matrix, key) for mark in marks_in(cell)} for key in names}
    legends = list(dict.fromkeys(wanted.values()))
    if assign(legends, names, used) == wanted:
        return legends
    return [replace(one, introduction=naming([names[key] for key in wanted if wanted[key] == one])) for one in legends]


def _declared(matrix: Matrix, criterion: Criterion) -> tuple[Level, ...]:
    """The levels a legend must declare: those with a meaning, or all where the cells would not tell the others."""
    levels = tuple(_toneless(level) for level in criterion.levels)
    told = tuple(_toneless(level) for level in derived(matrix, criterion)) == levels
    needed = meant(criterion)
    return tuple(map(_toneless, needed)) if told and (needed or not criterion.legend) else levels


def _toneless(level: Level) -> Level:
    return replace(level, tone=Tone.UNKNOWN)


# sections and tables


def _sections(matrix: Matrix) -> Iterator[str]:
    before: Section | None = None
    for section in matrix.sections:
        if section.environments and not section.table:
            continue
        again = before and before.table and (before.name, before.level) == (section.name, section.level)
        yield (
            ""
            if (again and before and not before.conclusion) or not section.name
            else f"{'#' * section.level} {section.name}"
        )
        yield section.introduction
        yield _table(matrix, section) if section.table else ""
        yield section.conclusion
        before = section


def _table(matrix: Matrix, section: Section) -> str:
    columns = columns_of(matrix, section)
    rows = [_row(matrix, one, columns) for one in section.environments if not one.retired]
    blank = [[""] * len(columns)] * section.placeholders
    header = [column.header for column in columns]
    lines = [[_escaped(cell) for cell in row] for row in (header, *rows, *blank)]
    widths = [max(map(_width, column)) for column in zip_longest(*lines, fillvalue="")][: len(columns)]
    rule = ["-" * max(3, min(width, PADDED)) for width in widths]
    return "\n".join(_line(row, widths) for row in (lines[0], rule, *lines[1:]))


def columns_of(matrix: Matrix, section: Section) -> tuple[Column, ...]:
    """The columns of a section's table: its own or the matrix's, and any that its environments need beside them."""
    columns = list(section.columns or matrix.columns) or [Column(Role.ENVIRONMENT, "Environment")]
    rows = [one for one in section.environments if not one.retired]
    shown = {column.criterion for column in columns}
    for criterion in matrix.criteria:
        if criterion.key not in shown and any(one.cell(criterion.key).written for one in rows):
            columns.append(Column(Role.CRITERION, criterion.name, criterion.key))
    for role, header in (
        (Role.OWNER, "Owner"),
        (Role.REFERENCE, "Reference"),
        (Role.ISSUES, "Known issues"),
        (Role.NOTES, "Notes"),
    ):
        needed = any(_of_role(matrix, one, role) for one in rows)
        if needed and not any(column.role is role for column in columns):
            columns.append(Column(role, header))
    texts = (field for one in rows for field, _ in one.texts)
    return (*columns, *(Column(Role.TEXT, one) for one in dict.fromkeys(texts) if one not in text_fields(columns)))


def _row(matrix: Matrix, one: Environment, columns: Sequence[Column]) -> list[str]:
    """The cells of a row; the first of an environment without a name stays blank where the others keep the row."""
    texts, fields = dict(one.texts), iter(text_fields(columns))
    place = next((n for n, column in enumerate(columns) if column.role is Role.ENVIRONMENT), 0)
    cells = [
        texts.get(next(fields), "")
        if column.role is Role.TEXT
        else one.cell(column.criterion).written
        if column.criterion
        else _of_role(matrix, one, column.role)
        for column in columns
    ]
    if one.name == UNNAMED and any((*one.overflow, *cells[:place], *cells[place + 1 :])):
        cells[place] = ""
    short = one.missing and not any(cells[len(cells) - one.missing :])
    return cells[: len(cells) - one.missing] if short else [*cells, *one.overflow]


def _of_role(matrix: Matrix, one: Environment, role: Role) -> str:
    """The cell as written, or written anew where its words no longer say what the environment's fields say."""
    codes = [issue.code for issue in matrix.known_issues]
    match role:
        case Role.ENVIRONMENT:
            return _name(one)
        case Role.OWNER:
            return one.owner_written if read_owners(one.owner_written) == one.owners else write_owners(one.owners)
        case Role.REFERENCE:
            same = read_references(one.reference_written) == one.references
            return one.reference_written if same else write_references(one.references)
        case Role.ISSUES:
            same = catalogue.read_issues(one.issues_written, codes) == one.issues
            return one.issues_written if same else catalogue.write_issues(one.issues)
    return one.notes if role is Role.NOTES else ""


def _name(one: Environment) -> str:
    if one.name_written and read_name(one.name_written) == one.name:
        return one.name_written
    name = one.name if read_name(one.name) == one.name else MARKUP.sub(r"\\\1", one.name)
    return f"*{name}*" if one.catch_all and not is_catch_all(name) else name


def _escaped(cell: str) -> str:
    return LINE_END.sub("<br>", cell.strip()).replace("|", "\\|")


def _width(text: str) -> int:
    """How many columns a fixed-width font gives a text."""
    wide = sum(unicodedata.east_asian_width(one) in "WF" for one in text)
    return len(text) + wide - sum(unicodedata.category(one) in ("Mn", "Cf") for one in text)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    fitting = zip(cells, [*widths, *[0] * len(cells)], strict=False)
    padded = [cell + " " * (min(width, PADDED) - _width(cell)) for cell, width in fitting]
    return f"| {' | '.join(padded)} |"


# conclusion and known issues


def _closing(matrix: Matrix) -> list[str]:
    """Conclusion and known issues; issues without a heading go first, below the last table."""
    listed = _catalogue(matrix)
    headed = (matrix.issues_introduction or catalogue.CANONICAL).startswith("#")
    last = headed and not _is_open(matrix.conclusion)
    return [matrix.conclusion, listed] if last else [listed, matrix.conclusion]


def _is_open(text: str) -> bool:
    """Whether a text ends in a fence that nothing closes."""
    blocks = divide(text).blocks
    return bool(blocks) and blocks[-1].kind is Kind.FENCE and not blocks[-1].closed


def _catalogue(matrix: Matrix) -> str:
    named = [code for _, one in matrix.environments() if not one.retired for code in one.issues]
    defined = [issue for issue in matrix.known_issues if issue.definition]
    told = list(dict.fromkeys([*(issue.code for issue in defined), *named]))
    if told != [issue.code for issue in matrix.known_issues] or (matrix.issues_introduction and not defined):
        defined = list(matrix.known_issues)
    if not defined:
        return ""
    mark = "-" if LIST.match(matrix.conclusion) else "*"
    introduction = matrix.issues_introduction or catalogue.CANONICAL
    return f"{introduction}\n\n{_list([catalogue.write_item(issue) for issue in defined], mark, chr(10) * 2)}"
