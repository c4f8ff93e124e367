"""What a slide's body is made of. Texts are inline Markdown; nothing here knows HTML.

A block counts in atoms, the smallest pieces that stay on one page (a bullet, a table row, a line of code), and can
be cut between two of them; that is how a body too long for a slide is continued on the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Self

WIDTH_STEPS, MOST_WANTED = 20, 36
MOST_COLUMNS = 8


@dataclass(frozen=True)
class Block:
    """A piece of a body that is one atom."""

    @property
    def size(self) -> int:
        return 1

    def cut(self, at: int) -> tuple[Self, Self]:
        """The first `at` atoms and the others, 0 < at < size."""
        raise ValueError(f"{type(self).__name__} is one piece and cannot be cut at {at}.")


@dataclass(frozen=True)
class Text(Block):
    text: str


@dataclass(frozen=True)
class Heading(Block):
    text: str


@dataclass(frozen=True)
class Picture(Block):
    """`url` as its author wrote it; `alt` is plain text."""

    url: str
    alt: str = ""


@dataclass(frozen=True)
class Bullet:
    """One list item without its children, which follow at a higher level. `number` is None but in ordered lists.

    `plain` marks a further paragraph of the item before; `icon` is a name known to `icons` or an emoji, and `sign` is
    what was written for it, for places that show no icons.
    """

    text: str
    level: int = 0
    number: int | None = None
    icon: str = ""
    plain: bool = False
    sign: str = field(default="", compare=False, repr=False)

    @property
    def signed(self) -> str:
        """The text with the sign before it."""
        return f"{self.sign} {self.text}" if self.sign else self.text


@dataclass(frozen=True)
class Bullets(Block):
    items: tuple[Bullet, ...]

    @property
    def size(self) -> int:
        return len(self.items)

    def cut(self, at: int) -> tuple[Self, Self]:
        return replace(self, items=self.items[:at]), replace(self, items=self.items[at:])


@dataclass(frozen=True)
class Quote(Block):
    """`source` is who said it, "" where nobody is named; it stays with the last paragraph."""

    paragraphs: tuple[str, ...]
    source: str = ""

    @property
    def size(self) -> int:
        return max(len(self.paragraphs), 1)

    def cut(self, at: int) -> tuple[Self, Self]:
        return (
            replace(self, paragraphs=self.paragraphs[:at], source=""),
            replace(self, paragraphs=self.paragraphs[at:]),
        )


@dataclass(frozen=True)
class Code(Block):
    """A window of `start` to `stop` (exclusive, 0-based) on the lines of `text`, coloured as a whole."""

    text: str
    language: str = ""
    label: str = ""
    start: int = 0
    stop: int = 0

    @property
    def size(self) -> int:
        return self.stop - self.start

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")[self.start : self.stop]

    def cut(self, at: int) -> tuple[Self, Self]:
        return replace(self, stop=self.start + at), replace(self, start=self.start + at)


def code(text: str, language: str = "", label: str = "") -> Code:
    """A code block with all lines of a text; the line end that closes the last line makes no line."""
    whole = text.removesuffix("\n").replace("\t", "    ")
    return Code(whole, language, label, 0, whole.count("\n") + 1)


@dataclass(frozen=True)
class Table(Block):
    """`aligns` holds left, center, right or "" a column, `widths` whole per cents, 100 in all, or nothing.

    The head repeats wherever the table is cut.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    aligns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        return max(len(self.rows), 1)

    def cut(self, at: int) -> tuple[Self, Self]:
        return replace(self, rows=self.rows[:at]), replace(self, rows=self.rows[at:])


def tables(rows: Sequence[tuple[str, ...]], aligns: tuple[str, ...] = ()) -> list[Table]:
    """A head and rows as tables of at most eight columns, each of which begins with the first column.

    Columns that say more get more width.
    """
    count = len(rows[0])
    groups = -(-(count - 1) // (MOST_COLUMNS - 1)) or 1
    step = -(-(count - 1) // groups) or 1
    starts = range(1, max(count, 2), step)
    return [_table(rows, aligns, (0, *range(start, min(start + step, count)))) for start in starts]


def _table(rows: Sequence[tuple[str, ...]], aligns: Sequence[str], columns: Sequence[int]) -> Table:
    head, *others = (tuple(row[place] for place in columns if place < len(row)) for row in rows)
    return Table(head, tuple(others), tuple(aligns[place] for place in columns if aligns), _widths([head, *others]))


def _widths(rows: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
    """Steps of 5 per cent, at least one for each column; none at all for more columns than steps."""
    needs = [max(_need(cell) for cell in column) for column in zip_longest(*rows, fillvalue="")]
    free = WIDTH_STEPS - len(needs)
    if free < 0 or len(needs) < 2:
        return ()
    shares = [1 + int(free * need / sum(needs)) for need in needs]
    for place in sorted(range(len(needs)), key=lambda place: -needs[place])[: WIDTH_STEPS - sum(shares)]:
        shares[place] += 1
    return tuple(100 // WIDTH_STEPS * share for share in shares)


def _need(cell: str) -> int:
    """How wide a cell would like to be, in characters: a long text is as well served by several lines."""
    return min(max(len(cell), 3), MOST_WANTED)


@dataclass(frozen=True)
class Box:
    """A box of a diagram: a label and smaller lines below it."""

    label: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """From one box to another, by their places in the diagram."""

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True)
class Diagram(Block):
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...] = ()
    downwards: bool = False


@dataclass(frozen=True)
class Lane:
    """A channel's rhythm: a stop for every beat, "major", "minor" or "" for none."""

    channel: str
    stops: tuple[str, ...]


@dataclass(frozen=True)
class Cadence(Block):
    lanes: tuple[Lane, ...]


def size(blocks: Sequence[Block]) -> int:
    """How many atoms blocks hold together."""
    return sum(block.size for block in blocks)


def cut(blocks: Sequence[Block], at: int) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks before and after the first `at` atoms."""
    before: list[Block] = []
    for place, block in enumerate(blocks):
        if at >= block.size:
            before.append(block)
            at -= block.size
        elif at == 0:
            return tuple(before), tuple(blocks[place:])
        else:
            first, rest = block.cut(at)
            return (*before, first), (rest, *blocks[place + 1 :])
    return tuple(before), ()


def sticks_to_next(blocks: Sequence[Block], at: int) -> bool:
    """Whether a cut before atom `at` would part a heading, a lead or a parent bullet from what it announces."""
    before, after = cut(blocks, at)
    if not before or not after:
        return False
    last, following = before[-1], after[0]
    if isinstance(last, Heading):
        return True
    if isinstance(last, Bullets) and isinstance(following, Bullets):
        return following.items[0].plain or following.items[0].level > last.items[-1].level
    return isinstance(last, Text) and last.text.rstrip().endswith(":")


def good_cut(blocks: Sequence[Block], at: int) -> int:
    """The last place to cut at or before `at` that parts nothing that belongs together; `at` where there is none.

    A place before a bullet of the first level is taken when it keeps at least half of the atoms on the slide.
    """
    fine = [place for place in range(1, at + 1) if not sticks_to_next(blocks, place)]
    tops = [place for place in fine if place * 2 >= at and _begins_group(cut(blocks, place)[1])]
    return (tops or fine or [at])[-1]


def _begins_group(after: Sequence[Block]) -> bool:
    if not after:
        return False
    first = after[0]
    return not isinstance(first, Bullets) or first.items[0].level == 0
