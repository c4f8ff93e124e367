"""Diagrams and cadences from a small text form, written in fenced blocks.

A `diagram` is lines of boxes and arrows. Arrows join groups of boxes, boxes of a group are parted by commas, what
follows a bar in a box is smaller, and the same label is the same box:

    [Template | packer; ansible] -> [qcow2 | output], [aws ami | output]
    [Cluster] -- joins -> [Fleet]

A first line `down` makes it grow downwards. A `cadence` is a line for each channel: beats parted by blanks, `M` a
major release, `m` or `p` a minor or patch release, `.` none:

    Alpha: M p M p M
    Beta:  M . p . M
"""

import re
from collections.abc import Callable, Iterable, Iterator

from communitycalls.deck.blocks import Arrow, Block, Box, Cadence, Code, Diagram, Lane
from communitycalls.deck.diagram import plan

BOX = re.compile(r"\s*\[(?P<label>[^\[\]|]+)(?:\|(?P<lines>[^\[\]]*))?\]\s*")
ARROW = re.compile(r"\s*(?:--\s*(?P<label>[^\[\]>]*?)\s*-{1,2}>|-{1,2}>|→)\s*")
LANE = re.compile(r"\s*(?P<channel>[^:]{1,40}):\s*(?P<stops>.*\S)\s*")
STOPS = {"M": "major", "major": "major", "m": "minor", "p": "minor", "minor": "minor", "patch": "minor", ".": ""}
MOST_BOXES = 40
MOST_STOPS = 14


class DrawingError(ValueError):
    """A drawing that cannot be read. The message quotes the line and says what would be right."""


def read(language: str, text: str) -> Block | None:
    """The drawing in a fenced block; None where the block is no drawing or cannot be read as one."""
    try:
        return READERS[language](text) if language in READERS else None
    except DrawingError:
        return None


def remarks(blocks: Iterable[Block]) -> Iterator[str]:
    """What is wrong with fenced blocks that were meant as drawings, and with drawings that nobody could read."""
    for block in blocks:
        if isinstance(block, Diagram) and not plan(block).is_readable:
            yield f"A diagram of {len(block.boxes)} boxes would be too small to read: it is told in words."
        if isinstance(block, Code) and block.language in READERS:
            try:
                READERS[block.language](block.text)
            except DrawingError as error:
                yield f"{error} It is shown as it was written."


def read_diagram(text: str) -> Diagram:
    """Boxes and arrows. Raises DrawingError."""
    lines = [line for line in text.splitlines() if line.strip()]
    downwards = bool(lines) and lines[0].strip().lower() == "down"
    boxes: dict[str, Box] = {}
    labels: dict[tuple[int, int], dict[str, None]] = {}
    for line in lines[1:] if downwards else lines:
        for arrow in _arrows(line, boxes):
            labels.setdefault((arrow.start, arrow.end), {})[arrow.label] = None
    if not boxes:
        raise DrawingError("A diagram holds no box. Write boxes and arrows, like [YAML] -> [Image].")
    if len(boxes) > MOST_BOXES:
        raise DrawingError(f"A diagram holds {len(boxes)} boxes; {MOST_BOXES} can be shown. Make two of it.")
    arrows = tuple(Arrow(*ends, ", ".join(filter(None, said))) for ends, said in labels.items())
    return Diagram(tuple(boxes.values()), arrows, downwards)


def _arrows(line: str, boxes: dict[str, Box]) -> Iterator[Arrow]:
    before: list[int] = []
    label = ""
    place = 0
    while place < len(line):
        group, place = _group(line, place, boxes)
        if set(before) & set(group):
            raise DrawingError(f"An arrow in “{line.strip()}” leads from a box to itself. Let it lead to another.")
        yield from (Arrow(start, end, label) for start in before for end in group)
        before = group
        if place < len(line):
            arrow = ARROW.match(line, place)
            if arrow is None:
                raise _unread(line, place)
            label, place = arrow["label"] or "", arrow.end()
            if place == len(line):
                raise _unread(line, arrow.start())


def _group(line: str, place: int, boxes: dict[str, Box]) -> tuple[list[int], int]:
    group: list[int] = []
    while True:
        match = BOX.match(line, place)
        if match is None:
            raise _unread(line, place)
        group.append(_box(match, boxes))
        place = match.end()
        if not line.startswith(",", place):
            return group, place
        place += 1


def _box(match: re.Match[str], boxes: dict[str, Box]) -> int:
    """The place of a box among all; each mention may give it more of the smaller lines."""
    label = match["label"].strip()
    lines = tuple(line.strip() for line in (match["lines"] or "").split(";") if line.strip())
    known = boxes[label].lines if label in boxes else ()
    boxes[label] = Box(label, (*known, *(line for line in lines if line not in known)))
    return list(boxes).index(label)


def _unread(line: str, place: int) -> DrawingError:
    rest = line[place:].strip() or line.strip()
    return DrawingError(f"“{rest}” in a diagram is neither box nor arrow. Write like [YAML] -> [Image], [Disk].")


def read_cadence(text: str) -> Cadence:
    """Channels with their beats, all as long as the longest. Raises DrawingError."""
    lanes = [_lane(line) for line in text.splitlines() if line.strip()]
    if not lanes:
        raise DrawingError("A cadence holds no channel. Write a line for each, like Alpha: M p M p M.")
    beats = max(len(lane.stops) for lane in lanes)
    if beats > MOST_STOPS:
        raise DrawingError(f"A cadence holds {beats} beats; {MOST_STOPS} can be shown.")
    return Cadence(tuple(Lane(lane.channel, lane.stops + ("",) * (beats - len(lane.stops))) for lane in lanes))


def _lane(line: str) -> Lane:
    match = LANE.fullmatch(line)
    words = match["stops"].split() if match else []
    if match is None or not all(word in STOPS for word in words):
        raise DrawingError(f"“{line.strip()}” is no line of a cadence. Write like Alpha: M p . M.")
    return Lane(match["channel"].strip(), tuple(STOPS[word] for word in words))


READERS: dict[str, Callable[[str], Block]] = {"diagram": read_diagram, "cadence": read_cadence}
