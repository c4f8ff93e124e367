"""Published images as a console lists them: commands, and tables of fixed width below them.

Three forms of table are read: headers with dashes below them, headers in capitals without any, and boxes drawn with
`+`, `-` and `|`. A console block is a listing only where every line of it is understood; else it stays what it was.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from interop.document.values import Listing

PROMPT = re.compile(r"(?:\[?[\w.-]+@[\w.-]+[^$#]*|PS [^>]*)?(?:[$#\u276f]|(?<=\\)>)(?:\s+(?P<command>.*))?")
CONTINUED = re.compile(r">\s+(?P<command>.*)")
DASHES = re.compile(r"\s*[-=─]+(?:\s+[-=─]+)+\s*")
RUN = re.compile(r"[-=─]+")
CAPITAL = re.compile(r"[A-Z][A-Z0-9_()/.-]*(?: [A-Z0-9_()/.-]+)*")
CAPITALS = re.compile(rf"{CAPITAL.pattern}(?:\s{{2,}}{CAPITAL.pattern})+\s*")
BORDER = re.compile(r"\s*\+[-=+]+\+\s*")
BOXED = re.compile(r"\s*\|.*\|\s*")
ELIDED = re.compile(r"\s*(?:\.{3,}|…|\[(?:\.\.\.|…)\]|<snip>)\s*")
GAP = re.compile(r"\s{2,}")


@dataclass
class _Table:
    """A table while it is read. `starts` are the columns' first characters; a boxed table has none."""

    command: str
    columns: tuple[str, ...]
    starts: tuple[int, ...] = ()
    rows: list[tuple[str, ...]] = field(default_factory=list)
    elided: bool = False


def read_listings(lines: Sequence[str]) -> tuple[Listing, ...]:
    """The listings in the lines of a console block; none where any line is neither command nor table."""
    console = _Console()
    number = 0
    while number < len(lines):
        taken = console.take(lines[number : number + 3])
        if not taken:
            return ()
        number += taken
    if console.command or not all(table.rows for table in console.tables):
        return ()
    return tuple(Listing(one.command, one.columns, tuple(one.rows), one.elided) for one in console.tables)


class _Console:
    """What was read of a console block so far: its tables, the open one, and commands that wait for theirs."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.open: _Table | None = None
        self.command: list[str] = []
        self.prompted = False

    def take(self, lines: Sequence[str]) -> int:
        """How many of these lines were understood: 0 where the first was not."""
        line = lines[0]
        header = _header(lines, self.open is not None)
        if header:
            size, columns, starts = header
            self.open = _Table("\n".join(self.command), columns, starts)
            self.tables.append(self.open)
            self.command = []
            return size
        if not line.strip() or BORDER.fullmatch(line):
            self.open = None
            return 1
        if ELIDED.fullmatch(line):
            return self._elide()
        prompt = PROMPT.fullmatch(line)
        if prompt:
            self.open, self.prompted = None, True
            self.command += [prompt["command"]] if prompt["command"] else []
            return 1
        return int(_add(self.open, line) if self.open else self._continue(line))

    def _elide(self) -> int:
        if self.tables and not self.command:
            self.tables[-1].elided = True
            return 1
        return 0

    def _continue(self, line: str) -> bool:
        """Take a line as a command: the next one of a long command, or any where the block has no prompts."""
        continued = CONTINUED.fullmatch(line)
        if self.command and (continued or self.command[-1].endswith("\\")):
            self.command.append(continued["command"] if continued else line.strip())
            return True
        self.command.append(line.strip())
        return not self.prompted


def _header(lines: Sequence[str], inside: bool) -> tuple[int, tuple[str, ...], tuple[int, ...]] | None:
    """A table's header: how many lines it takes, its columns and their first characters."""
    line = lines[0]
    if len(lines) > 1 and line.strip() and DASHES.fullmatch(lines[1]) and not DASHES.fullmatch(line):
        starts = tuple(match.start() for match in RUN.finditer(lines[1]))
        columns = _cells(line, starts)
        return (2, columns, starts) if len(columns) == len(starts) else None
    if len(lines) > 2 and BORDER.fullmatch(line) and BOXED.fullmatch(lines[1]) and BORDER.fullmatch(lines[2]):
        return 3, _boxed(lines[1]), ()
    if not inside and CAPITALS.fullmatch(line):
        starts = tuple(match.start() for match in CAPITAL.finditer(line))
        return 1, _at(line, starts), starts
    return None


def _add(table: _Table, line: str) -> bool:
    """Take a line as a row; False where it does not fit the columns."""
    boxed = _boxed(line) if BOXED.fullmatch(line) else ()
    cells = _cells(line, table.starts) if table.starts else boxed
    table.rows.append(cells)
    return len(cells) == len(table.columns)


def _cells(line: str, starts: Sequence[int]) -> tuple[str, ...]:
    """The cells below columns that begin at `starts`; those between wide gaps where the line does not keep to them."""
    if all(not line[start - 1 : start].strip() for start in starts[1:]):
        return _at(line, starts)
    return tuple(GAP.split(line.strip()))


def _at(line: str, starts: Sequence[int]) -> tuple[str, ...]:
    """The line cut at `starts`; what stands before the first belongs to the first."""
    begins, ends = (0, *starts[1:]), (*starts[1:], len(line))
    return tuple(line[start:end].strip() for start, end in zip(begins, ends, strict=True))


def _boxed(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
