"""A Markdown document as its blocks (headings, tables, lists, text), each with the author's own lines.

The parser says where a block begins and ends; what stands in it is always taken from the source, so that nothing
the parser normalises or drops is lost. Line numbers here are 0-based, ends exclusive, as the parser counts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from interop import markdown
from interop.document.pipes import ruled, split

PARTING = "<!-- -->"
MARKER = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$)")
CLOSING = re.compile(r"\s{0,3}(?:`{3,}|~{3,})\s*")
FRONT_MARK = re.compile(r"(---|\+\+\+)[ \t]*")
FRONT_LINE = re.compile(r"\s*(?:#.*|-\s.*|[\w.-]+\s*[:=].*|---|\+\+\+)?\s*|\s+.*")


class Kind(StrEnum):
    """What a block is; `front` is a site generator's front matter above the document."""

    FRONT = "front"
    HEADING = "heading"
    TABLE = "table"
    LIST = "list"
    FENCE = "fence"
    QUOTE = "quote"
    TEXT = "text"


KINDS = {
    "heading_open": Kind.HEADING,
    "table_open": Kind.TABLE,
    "bullet_list_open": Kind.LIST,
    "ordered_list_open": Kind.LIST,
    "fence": Kind.FENCE,
    "blockquote_open": Kind.QUOTE,
    "alert_open": Kind.QUOTE,
}


@dataclass(frozen=True)
class Block:
    """Lines `start` to `end`. `level` and `title` are a heading's, `items` the first lines of a list's items.

    `closed` is False for a fence that ends with the document.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    title: str = ""
    items: tuple[int, ...] = ()
    closed: bool = True


@dataclass(frozen=True)
class Source:
    """A document's lines and its blocks in order. Every line that is not blank lies in exactly one block."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]

    def text(self, start: int, end: int) -> str:
        """The lines as written, without blank ones around them."""
        kept = list(self.lines[start:end])
        while kept and not kept[0].strip():
            kept.pop(0)
        return "\n".join(kept).rstrip()

    def passage(self, spans: Iterable[tuple[int, int]]) -> str:
        """The Markdown of several spans of lines: as written where they follow each other, else set apart."""
        joined: list[tuple[int, int]] = []
        for start, end in spans:
            if joined and not any(line.strip() for line in self.lines[joined[-1][1] : start]):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return "\n\n".join(text for start, end in joined if (text := self.text(start, end)))

    def parted(self, end: int) -> Iterator[tuple[int, int]]:
        """The line `<!-- -->` that parts a list before `end` from indented text, else a part of its last item."""
        after = [number for number in range(end, len(self.lines)) if self.lines[number].strip()][:2]
        if len(after) == 2 and self.lines[after[0]] == PARTING and self.lines[after[1]][:1].isspace():
            yield after[0], after[0] + 1

    def items(self, block: Block) -> tuple[str, ...]:
        """The texts of a list's items, without their marks and indentation."""
        ends = (*block.items[1:], block.end)
        return tuple(self._item(start, end) for start, end in zip(block.items, ends, strict=True))

    def _item(self, start: int, end: int) -> str:
        mark = MARKER.match(self.lines[start])
        width = mark.end() if mark else 0
        rest = (_outdent(line, width) for line in self.lines[start + 1 : end])
        return "\n".join([self.lines[start][width:], *rest]).strip()


def _outdent(line: str, width: int) -> str:
    return line[min(width, len(line) - len(line.lstrip(" \t"))) :].rstrip()


def source(text: str) -> Source:
    """Divide a document into blocks. Raises DocumentError where it is too long or too deep for the parser."""
    lines = tuple(markdown.lines(text))
    front = _front(lines)
    read = "\n".join(("",) * front + ruled(lines[front:]))
    marked = [Block(Kind.FRONT, 0, front)] if front else []
    marked += _marked(markdown.parse(read))
    return Source(lines, tuple(_with_text(marked, lines)))


def _front(lines: tuple[str, ...]) -> int:
    """How many lines a site generator's front matter takes, 0 where there is none."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    mark = FRONT_MARK.fullmatch(lines[first])
    for number, line in enumerate(lines[first + 1 :], first + 1):
        if mark is None or not FRONT_LINE.fullmatch(line):
            return 0
        if line.rstrip() == mark[1]:
            return number + 1
    return 0


def _marked(tokens: list[markdown.Token]) -> list[Block]:
    """The blocks that have a structure, in order; what stands inside another block belongs to that block."""
    found = []
    for number, token in enumerate(tokens):
        kind = KINDS.get(token.type)
        if kind is None or token.level or token.map is None:
            continue
        title = " ".join(tokens[number + 1].content.split()) if kind is Kind.HEADING else ""
        if kind is Kind.HEADING and not title:
            continue
        level = int(token.tag[1]) if kind is Kind.HEADING else 0
        items = tuple(_items(tokens, number)) if kind is Kind.LIST else ()
        found.append(Block(kind, token.map[0], token.map[1], level, title, items))
    return found


def _items(tokens: list[markdown.Token], number: int) -> Iterator[int]:
    for token in tokens[number + 1 :]:
        if token.level == 0:
            return
        if token.type == "list_item_open" and token.level == 1 and token.map:
            yield token.map[0]


def _with_text(marked: list[Block], lines: tuple[str, ...]) -> Iterator[Block]:
    """The marked blocks without blank lines at their ends, and a text block for whatever lies between them."""
    at = 0
    for block in [*marked, Block(Kind.TEXT, len(lines), len(lines))]:
        yield from _text(at, block.start, lines)
        end = _end(block, lines)
        if end > block.start:
            closed = block.kind is not Kind.FENCE or bool(CLOSING.fullmatch(lines[end - 1]) and end > block.start + 1)
            yield replace(block, end=end, closed=closed)
        at = max(at, end)


def _end(block: Block, lines: tuple[str, ...]) -> int:
    """Where a block ends: before blank lines, and a table before lines without a pipe, which are text below it."""
    end = block.end
    while end > block.start and not lines[end - 1].strip():
        end -= 1
    wide = block.kind is Kind.TABLE and len(split(lines[block.start])) > 1
    while wide and end > block.start + 2 and "|" not in lines[end - 1]:
        end -= 1
    return end


def _text(start: int, end: int, lines: tuple[str, ...]) -> Iterator[Block]:
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    if end > start:
        yield Block(Kind.TEXT, start, end)
