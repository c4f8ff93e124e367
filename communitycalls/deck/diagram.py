"""Where the boxes and arrows of a diagram go: pure geometry, in CSS pixels of a 1280 by 720 slide.

Boxes stand in ranks by their longest way from a box nothing points at; ranks follow each other to the right, or
downwards. The whole is scaled into the slide's body unless its letters would become smaller than can be read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communitycalls.deck.blocks import Arrow, Box, Diagram

ROOM = (1096.0, 420.0)
LETTER, SMALL = 24.0, 19.0
SMALLEST = 18.67
LINE, SMALL_LINE = 30.0, 26.0
PAD = (26.0, 18.0)
WRAP = 20
GAP_ACROSS, GAP_BETWEEN = 34.0, 110.0
WAY_BACK = 48.0
LARGEST_SCALE = 1.3
LEVEL = 8.0  # an arrow that climbs less keeps below its label


@dataclass(frozen=True)
class Line:
    """A line of text at the middle of its baseline."""

    x: float
    y: float
    text: str
    small: bool = False


@dataclass(frozen=True)
class Shape:
    """A box. `kind` is source, middle, target or alone."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Ground:
    """A rectangle in the slide's own colour."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Path:
    """An arrow as an SVG path, with its head and its label, which strikes the arrow out where it `crosses`."""

    line: str
    head: str
    label: Line | None = None
    crosses: bool = False

    @property
    def ground(self) -> Ground | None:
        """What lies between an arrow and a label that crosses it."""
        if self.label is None or not self.crosses:
            return None
        width = text_width(self.label.text, SMALL)
        return Ground(self.label.x - width / 2, self.label.y - SMALL, width, SMALL + 8)


@dataclass(frozen=True)
class Plan:
    """A drawn diagram: natural size, size on the slide, shapes and paths, and the same in words."""

    width: float
    height: float
    shown_width: float
    shown_height: float
    shapes: tuple[Shape, ...]
    paths: tuple[Path, ...]
    words: str

    @property
    def scale(self) -> float:
        return self.shown_width / self.width

    @property
    def is_readable(self) -> bool:
        return self.scale * SMALL >= SMALLEST - 0.01


def plan(diagram: Diagram, room: tuple[float, float] = ROOM) -> Plan:
    """The diagram drawn in the direction it asks for, or in the other where only that can be read."""
    wanted = _plan(diagram, diagram.downwards, room)
    if wanted.is_readable:
        return wanted
    other = _plan(diagram, not diagram.downwards, room)
    return max(wanted, other, key=lambda each: each.scale)


def in_words(diagram: Diagram) -> list[str]:
    """Each box with the boxes its arrows lead to, for readers who see no picture."""
    told = []
    for place, box in enumerate(diagram.boxes):
        name = ", ".join((box.label, *box.lines))
        targets = [_told_arrow(diagram, arrow) for arrow in diagram.arrows if arrow.start == place]
        arrives = any(arrow.end == place for arrow in diagram.arrows)
        if targets or not arrives or box.lines:
            told.append(f"{name} → {', '.join(targets)}" if targets else name)
    return told


def _told_arrow(diagram: Diagram, arrow: Arrow) -> str:
    label = diagram.boxes[arrow.end].label
    return f"{label} ({arrow.label})" if arrow.label else label


def ranks(diagram: Diagram) -> list[list[int]]:
    """Boxes by rank, in the order written; boxes without any arrow come last. Arrows that go back are passed over."""
    rank = dict.fromkeys(range(len(diagram.boxes)), 0)
    for _ in diagram.boxes:
        for arrow in diagram.arrows:
            if arrow.start < arrow.end or not _leads(diagram, arrow.end, arrow.start):
                rank[arrow.end] = min(max(rank[arrow.end], rank[arrow.start] + 1), len(diagram.boxes) - 1)
    joined = {place for arrow in diagram.arrows for place in (arrow.start, arrow.end)}
    if joined:
        last = max(rank[place] for place in joined) + 1
        rank |= {place: last for place in rank if place not in joined}
        found = [[place for place in rank if rank[place] == number] for number in range(last + 1)]
        return [group for group in found if group]
    across = 3 if len(diagram.boxes) in (3, 5, 6, 9) else 4
    return _grid(len(diagram.boxes), across)


def _grid(count: int, across: int) -> list[list[int]]:
    """Boxes without arrows: `across` columns, read row by row."""
    return [list(range(column, count, across)) for column in range(min(across, count))]


def _leads(diagram: Diagram, start: int, end: int) -> bool:
    """Whether arrows lead from one box to another."""
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        for arrow in diagram.arrows:
            if arrow.start == here and arrow.end not in seen:
                seen.add(arrow.end)
                ahead.append(arrow.end)
    return end in seen


def text_width(text: str, size: float) -> float:
    """About how wide a text is: on the safe side for the wider of our fonts."""
    return sum(size * (1.05 if unicodedata.east_asian_width(sign) in "WF" else 0.64) for sign in text)


def wrapped(text: str, width: int = WRAP) -> list[str]:
    """A text in lines of at most `width` characters, broken at blanks where there are any."""
    found: list[str] = []
    for word in text.split():
        pieces = [word[start : start + width] for start in range(0, len(word), width)]
        if found and len(found[-1]) + 1 + len(word) <= width:
            found[-1] += f" {word}"
        else:
            found += pieces
    return found or [""]


@dataclass(frozen=True)
class _Size:
    width: float
    height: float
    label: tuple[str, ...]
    small: tuple[str, ...]


def _measure(box: Box) -> _Size:
    label = tuple(wrapped(box.label))
    small = tuple(line for text in box.lines for line in wrapped(text, WRAP + 6))
    widths = [text_width(line, LETTER) for line in label] + [text_width(line, SMALL) for line in small]
    height = len(label) * LINE + len(small) * SMALL_LINE + (8 if small else 0)
    return _Size(max(*widths, 90) + 2 * PAD[0], height + 2 * PAD[1], label, small)


def _plan(diagram: Diagram, downwards: bool, room: tuple[float, float]) -> Plan:
    groups = ranks(diagram)
    sizes = _evened([_measure(box) for box in diagram.boxes], groups)
    longest = max((text_width(arrow.label, SMALL) for arrow in _onwards(diagram, groups)), default=0.0)
    corners, width, height = _corners(groups, sizes, downwards, _gap(diagram, downwards, longest))
    if downwards:
        aside = max(0.0, longest + 8 - min(size.width for size in sizes) / 2)
        corners, width = {place: (x + aside, y) for place, (x, y) in corners.items()}, width + 2 * aside
    shapes = tuple(_shape(diagram, place, corners[place], sizes[place]) for place in range(len(sizes)))
    back = [arrow for arrow in diagram.arrows if _goes_back(shapes[arrow.start], shapes[arrow.end], downwards)]
    paths = [_path(arrow, shapes, downwards) for arrow in diagram.arrows if arrow not in back]
    for arrow in back:
        paths.append(_path_back(arrow, shapes, downwards, width if downwards else height))
        width, height = _with_way_back(arrow, width, height, downwards)
    scale = min(room[0] / width, room[1] / height, LARGEST_SCALE)
    return Plan(width, height, width * scale, height * scale, shapes, tuple(paths), "; ".join(in_words(diagram)))


def _evened(sizes: list[_Size], groups: Sequence[Sequence[int]]) -> list[_Size]:
    """The boxes of a rank made as wide as its widest."""
    widest = {place: max(sizes[other].width for other in group) for group in groups for place in group}
    return [replace(size, width=widest[place]) for place, size in enumerate(sizes)]


def _onwards(diagram: Diagram, groups: Sequence[Sequence[int]]) -> list[Arrow]:
    """The arrows that lead from a rank to a later one."""
    rank = {place: number for number, group in enumerate(groups) for place in group}
    return [arrow for arrow in diagram.arrows if rank[arrow.start] < rank[arrow.end]]


def _gap(diagram: Diagram, downwards: bool, longest: float) -> float:
    """The room between two ranks: enough for the longest label of an arrow."""
    if not diagram.arrows:
        return GAP_ACROSS
    return 86.0 if downwards else max(GAP_BETWEEN, longest + 46)


def _corners(
    groups: Sequence[Sequence[int]], sizes: Sequence[_Size], downwards: bool, gap: float
) -> tuple[dict[int, tuple[float, float]], float, float]:
    """The upper left corner of each box, and the whole width and height. Boxes of a rank are equally thick."""
    along = [max(_along(sizes[place], downwards) for place in group) for group in groups]
    across = [sum(_across(sizes[p], downwards) for p in group) + GAP_ACROSS * (len(group) - 1) for group in groups]
    corners: dict[int, tuple[float, float]] = {}
    here = 2.0
    for group, thick, wide in zip(groups, along, across, strict=True):
        side = 2 + (max(across) - wide) / 2
        for place in group:
            middle = here + (thick - _along(sizes[place], downwards)) / 2
            corners[place] = (side, middle) if downwards else (middle, side)
            side += _across(sizes[place], downwards) + GAP_ACROSS
        here += thick + gap
    length, breadth = here - gap + 2, max(across) + 4
    return (corners, breadth, length) if downwards else (corners, length, breadth)


def _along(size: _Size, downwards: bool) -> float:
    return size.height if downwards else size.width


def _across(size: _Size, downwards: bool) -> float:
    return size.width if downwards else size.height


def _shape(diagram: Diagram, place: int, corner: tuple[float, float], size: _Size) -> Shape:
    starts = any(arrow.start == place for arrow in diagram.arrows)
    ends = any(arrow.end == place for arrow in diagram.arrows)
    kind = {(True, False): "source", (True, True): "middle", (False, True): "target"}.get((starts, ends), "alone")
    x, y = corner
    lines = []
    baseline = y + PAD[1] - LINE * 0.25
    for text in size.label:
        baseline += LINE
        lines.append(Line(x + size.width / 2, baseline, text))
    baseline += 8
    for text in size.small:
        baseline += SMALL_LINE
        lines.append(Line(x + size.width / 2, baseline, text, small=True))
    return Shape(x, y, size.width, size.height, kind, tuple(lines))


def _path(arrow: Arrow, shapes: Sequence[Shape], downwards: bool) -> Path:
    start, end = shapes[arrow.start], shapes[arrow.end]
    if downwards:
        x1, y1, x2, y2 = start.x + start.width / 2, start.y + start.height, end.x + end.width / 2, end.y
        bend = f"C{x1:.1f} {(y1 + y2) / 2:.1f} {x2:.1f} {(y1 + y2) / 2:.1f}"
        line = f"M{x1:.1f} {y1:.1f} {bend} {x2:.1f} {y2 - 12:.1f}"
        head = f"M{x2 - 8:.1f} {y2 - 14:.1f}h16l-8 14z"
    else:
        x1, y1, x2, y2 = start.x + start.width, start.y + start.height / 2, end.x, end.y + end.height / 2
        bend = f"C{(x1 + x2) / 2:.1f} {y1:.1f} {(x1 + x2) / 2:.1f} {y2:.1f}"
        line = f"M{x1:.1f} {y1:.1f} {bend} {x2 - 12:.1f} {y2:.1f}"
        head = f"M{x2 - 14:.1f} {y2 - 8:.1f}v16l14 -8z"
    room = text_width(arrow.label, SMALL) / 2 + 8
    aside = room if downwards and abs(x1 - x2) < room else 0.0  # beside an arrow that would strike it through
    crosses = not aside and abs(x1 - x2 if downwards else y1 - y2) > LEVEL
    middle = (y1 + y2) / 2 + (6 if crosses else -8)
    label = Line((x1 + x2) / 2 + aside, middle, arrow.label, small=True) if arrow.label else None
    return Path(line, head, label, crosses)


def _goes_back(start: Shape, end: Shape, downwards: bool) -> bool:
    return end.y <= start.y if downwards else end.x <= start.x


def _with_way_back(arrow: Arrow, width: float, height: float, downwards: bool) -> tuple[float, float]:
    """The size of a drawing with room beside it, or below, for one arrow more that goes back."""
    return (
        (width + max(WAY_BACK, text_width(arrow.label, SMALL) + 32), height)
        if downwards
        else (width, height + WAY_BACK)
    )


def _path_back(arrow: Arrow, shapes: Sequence[Shape], downwards: bool, edge: float) -> Path:
    """An arrow that goes round all boxes, on a way beyond the `edge` of what is drawn so far."""
    start, end = shapes[arrow.start], shapes[arrow.end]
    if downwards:
        way, x1, x2 = edge + 16, start.x + start.width, end.x + end.width
        y1, y2 = start.y + start.height / 2 + 14, end.y + end.height / 2 - 14
        line = f"M{x1:.1f} {y1:.1f}H{way - 12:.1f}q12 0 12 -12V{y2 + 12:.1f}q0 -12 -12 -12H{x2 + 12:.1f}"
        head = f"M{x2 + 14:.1f} {y2 - 8:.1f}v16l-14 -8z"
        label = Line(way + 8 + text_width(arrow.label, SMALL) / 2, (y1 + y2) / 2 + 6, arrow.label, small=True)
    else:
        way, y1, y2 = edge + WAY_BACK - 8, start.y + start.height, end.y + end.height
        x1, x2 = start.x + start.width / 2 + 14, end.x + end.width / 2 - 14
        line = f"M{x1:.1f} {y1:.1f}V{way - 12:.1f}q0 12 -12 12H{x2 + 12:.1f}q-12 0 -12 -12V{y2 + 12:.1f}"
        head = f"M{x2 - 8:.1f} {y2 + 14:.1f}h16l-8 -14z"
        label = Line((x1 + x2) / 2, way - 7, arrow.label, small=True)
    return Path(line, head, label if arrow.label else None)
