"""A document as passages: runs of its author's lines, with the blocks that the parser finds in them.

Every part of a document (a section, a list item, the text after a label) is a passage again, dedented so that it
renders as it did in its place, and each of its lines still knows its number. Structure comes from parser tokens;
the lines themselves are never changed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from interop.markdown import Token, lines, parse

MARKER = re.compile(r"([ \t]*)(?:([-*+])|(\d{1,9})[.)])([ \t]*)")
INDENT = re.compile(r"[ \t]*")
DEFINITION = re.compile(r" {0,3}\[(\^?[^\[\]]+)\]:\s*\S")
APART = frozenset({"rule", "definition"})
DEEPEST = 20
KINDS = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "alert_open": "quote",
    "fence": "fence",
    "hr": "rule",
    "table_open": "table",
    "comment": "comment",
    "footnote_reference_open": "definition",
}


@dataclass(frozen=True)
class Line:
    """`number` is 1-based, None for a line that no document holds; `text` as dedented."""

    number: int | None
    text: str


@dataclass(frozen=True)
class Block:
    """A block of a passage: `kind` as in KINDS, "other", or "loose" for a line that gives no block.

    `start` and `end` are indices of the passage's lines, `end` exclusive and without blank lines at the end.
    `content` is the inline source of a heading or paragraph, `level` a heading's.
    """

    kind: str
    start: int
    end: int
    content: str = ""
    level: int = 0
    inline: tuple[Token, ...] = ()
    items: tuple["Block", ...] = ()


class Passage:
    """A run of lines and what the parser sees in it. `depth` is how many list items it stands in."""

    def __init__(self, rows: Sequence[Line], depth: int = 0) -> None:
        self.rows = tuple(rows)
        self.depth = depth

    @property
    def text(self) -> str:
        """The lines without the blank ones around them."""
        return "\n".join(row.text for row in trim(self.rows)).rstrip()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the lines that are not blank."""
        return tuple(row.number for row in self.rows if row.number is not None and row.text.strip())

    @property
    def line(self) -> int | None:
        """The number of the first line that is not blank."""
        return next((row.number for row in self.rows if row.text.strip()), None)

    def __bool__(self) -> bool:
        return any(row.text.strip() for row in self.rows)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The outermost blocks in order; together they cover every line that is not blank."""
        if self.depth > DEEPEST:
            return tuple(self._loose(0, len(self.rows)))
        return tuple(self._covered(_parsed("\n".join(row.text for row in self.rows))))

    def _covered(self, blocks: Sequence[Block]) -> Iterator[Block]:
        at = 0
        for block in blocks:
            if block.start < at:
                continue
            yield from self._loose(at, block.start)
            yield block
            at = block.end
        yield from self._loose(at, len(self.rows))

    def _loose(self, start: int, end: int) -> Iterator[Block]:
        for index in range(start, end):
            if self.rows[index].text.strip():
                row = self.rows[index].text
                yield Block("definition" if DEFINITION.match(row) else "loose", index, index + 1, row)

    def part(self, start: int, end: int | None = None) -> "Passage":
        return Passage(self.rows[start:end], self.depth)

    def of(self, block: Block) -> "Passage":
        return self.part(block.start, block.end)

    def item(self, block: Block) -> "Passage":
        """A list item without its marker, dedented."""
        return Passage(dedent(self.rows[block.start : block.end]), self.depth + 1)


def document(text: str) -> Passage:
    return Passage([Line(number, row) for number, row in enumerate(lines(text), start=1)])


def passage(text: str) -> Passage:
    """A passage of no document: its lines have no numbers."""
    return Passage([Line(None, row) for row in lines(text)])


def trim(rows: Sequence[Line]) -> Sequence[Line]:
    """The rows without the blank ones at both ends."""
    start, end = 0, len(rows)
    while start < end and not rows[start].text.strip():
        start += 1
    while end > start and not rows[end - 1].text.strip():
        end -= 1
    return rows[start:end]


def join(passages: Sequence[Passage]) -> str:
    """Their texts: lines that followed each other still do, others are parted by one blank line."""
    text, last = "", None
    for part in passages:
        rows = trim(part.rows)
        if not rows:
            continue
        adjacent = last is not None and rows[0].number == last + 1
        text += ("\n" if adjacent else "\n\n" if text else "") + "\n".join(row.text for row in rows)
        last = rows[-1].number
    return text.rstrip()


def marker_number(row: Line) -> int | None:
    """The number an ordered list's item was given, None for a bullet."""
    found = MARKER.match(row.text)
    return int(found[3]) if found and found[3] else None


def dedent(rows: Sequence[Line]) -> list[Line]:
    """The rows of a list item without marker and indentation (CommonMark 0.31, 5.2)."""
    first = _untab(rows[0].text, MARKER)
    found = MARKER.match(first)
    if not found:
        return list(rows)
    width, gap, rest = found.end(4) - len(found[4]), len(found[4]), first[found.end() :]
    width += gap if rest and gap <= 4 else 1
    head = Line(rows[0].number, first[width:])
    return [head, *(Line(row.number, _shift(row.text, width)) for row in rows[1:])]


def untabbed(part: Passage) -> Passage:
    """The passage with spaces for the tabs its lines begin with, as in a list item."""
    return Passage([Line(row.number, _untab(row.text, INDENT)) for row in part.rows])


def unquote(quote: Passage) -> str:
    """The Markdown that a quote holds."""
    rows = [Line(None, row.text.lstrip(" ").removeprefix(">").removeprefix(" ")) for row in quote.rows]
    return Passage(rows).text


def _shift(text: str, width: int) -> str:
    row = _untab(text, INDENT)
    return row[min(width, len(row) - len(row.lstrip(" "))) :]


def _untab(text: str, prefix: re.Pattern[str]) -> str:
    """The line with spaces for the tabs of its indentation; only structure is touched."""
    found = prefix.match(text)
    if not found or "\t" not in found[0]:
        return text
    return found[0].expandtabs(4) + text[found.end() :]


@lru_cache(maxsize=256)
def _parsed(text: str) -> tuple[Block, ...]:
    """The outermost blocks of a text. Remembered, since a text is looked at from several sides while it is read."""
    return tuple(_blocks(parse(text), 0, lines(text)))


def _blocks(tokens: Sequence[Token], level: int, rows: Sequence[str]) -> list[Block]:
    """The blocks of one nesting level, without those of lines that are blank but to the parser (a lone U+2028)."""
    found = []
    for index, token in enumerate(tokens):
        if token.level == level and token.nesting >= 0 and token.map and token.type != "inline":
            found.append(_block(tokens, index, rows))
    return [block for block in found if block.start < block.end]


def _block(tokens: Sequence[Token], index: int, rows: Sequence[str]) -> Block:
    token = tokens[index]
    start, end = token.map or (0, 0)
    while end > start and (end > len(rows) or not rows[end - 1].strip()):
        end -= 1
    kind = KINDS.get(token.type, "other")
    if kind == "list":
        return Block(kind, start, end, items=tuple(_blocks(_inside(tokens, index), token.level + 1, rows)))
    if kind in {"heading", "paragraph"}:
        inline = tokens[index + 1]
        level = int(token.tag[1]) if kind == "heading" else 0
        return Block(kind, start, end, inline.content, level, tuple(inline.children or ()))
    return Block(kind, start, end)


def _inside(tokens: Sequence[Token], index: int) -> Sequence[Token]:
    """The tokens between a list's opening token and its closing one."""
    end = next(at for at in range(index + 1, len(tokens)) if tokens[at].level == tokens[index].level)
    return tokens[index + 1 : end]


def sealed(text: str) -> str:
    """The Markdown text, a code fence closed that would otherwise swallow what follows."""
    blocks = passage(text).blocks
    if not blocks or blocks[-1].kind != "fence":
        return text
    tokens = parse(f"{text}\n\nend")
    return f"{text}\n{tokens[-1].markup}" if tokens[-1].type == "fence" else text
