"""Where each line of a document went: to exactly one value, or to nobody, and then it is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from interop import markdown

UNREAD = "unread"


@dataclass(frozen=True)
class Accounted:
    """A line that is not blank, numbered from 1, and what it became: "title", "link 2", "environment ec2", "unread"…"""

    line: int
    text: str
    owner: str

    @property
    def is_unread(self) -> bool:
        return self.owner == UNREAD


class LinePayload(TypedDict):
    line: int
    owner: str
    text: str


def accounted(text: str, holders: Mapping[int, str]) -> tuple[Accounted, ...]:
    """The lines of a document that are not blank, with what holds each by its number."""
    rows = enumerate(markdown.lines(text), 1)
    return tuple(Accounted(number, row, holders.get(number, UNREAD)) for number, row in rows if row.strip())


def summary(lines: Sequence[Accounted]) -> str:
    """`48 lines: 46 read, 2 unread`; blank lines do not count."""
    unread = sum(one.is_unread for one in lines)
    return f"{len(lines)} line{'s' if len(lines) != 1 else ''}: {len(lines) - unread} read, {unread} unread"


def told(lines: Sequence[Accounted], *, with_lines: bool) -> Iterator[str]:
    """The summary and, `with_lines`, a row for each: its number, what it became, its text; `!` where nobody read it."""
    if lines:
        yield f"  {summary(lines)}"
    width = max((len(one.owner) for one in lines), default=0)
    for one in lines if with_lines else ():
        yield f"{'!' if one.is_unread else ' '}{one.line:>5}  {one.owner:<{width}}  {one.text.strip()}"


def payload(lines: Sequence[Accounted]) -> list[LinePayload]:
    return [{"line": one.line, "owner": one.owner, "text": one.text} for one in lines]
