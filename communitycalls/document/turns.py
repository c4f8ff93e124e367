"""Who says what, in order: list items, lines of a paragraph and headings as turns of a conversation.

A nested list is part of its item's words unless it speaks: unless one of its items is marked as an answer or a
question, or by the name of somebody (below an answer only of somebody known, since `Alpha: 1.2` looks like a name).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from communitycalls.document.marks import ANSWER, NAMED, QUESTION, Mark, read_mark
from communitycalls.document.outline import APART, Block, Line, Passage, untabbed

END = " *_)\"'\u201d\u2019"
SPOKEN = frozenset({QUESTION, ANSWER})


@dataclass(frozen=True)
class Turn:
    """`form` is item, line, heading or block (text nobody is named for); `group` changes where a gap parts turns."""

    passage: Passage
    mark: Mark
    form: str
    group: int
    depth: int = 0
    has_replies: bool = False


def has_questions(passage: Passage) -> bool:
    """Whether a text holds a statement that is marked as a question."""
    return any(turn.mark.role == QUESTION for turn in turns(passage))


def turns(passage: Passage, known: Collection[str] = ()) -> tuple[Turn, ...]:
    """The turns of a passage. `known`: names that are known to be people's, in lower case."""
    found: list[Turn] = []
    for number, block in enumerate(passage.blocks):
        found += _turns(passage, block, number * 1000, known)
    return tuple(found)


def _turns(passage: Passage, block: Block, group: int, known: Collection[str]) -> Iterator[Turn]:
    part = untabbed(passage.of(block))
    if block.kind == "list":
        yield from _list(passage, block, group, 0, known)
    elif block.kind == "heading":
        yield Turn(part, read_mark(block.content, known), "heading", group)
    elif block.kind == "paragraph":
        yield from _paragraph(part, group, known)
    elif block.kind not in APART:
        yield Turn(part, Mark("", part.text.strip()), "block", group)


def _paragraph(part: Passage, group: int, known: Collection[str]) -> Iterator[Turn]:
    """A paragraph whose first line is marked is a turn for each marked line; any other is one block."""
    whole = read_mark(part.text, known)
    if whole.bold and whole.role in {"", QUESTION}:
        yield Turn(part, whole, "line", group)
    elif whole.role or read_mark(part.rows[0].text.strip(), known).role:
        for lines in _split_lines(part.rows, known, SPOKEN | {NAMED}):
            yield Turn(Passage(lines), read_mark(Passage(lines).text, known), "line", group)
    else:
        yield Turn(part, whole, "block", group)


def _split_lines(rows: Sequence[Line], known: Collection[str], roles: Collection[str]) -> list[list[Line]]:
    """The rows, parted before each line that is marked with one of the roles."""
    found: list[list[Line]] = []
    for row in rows:
        if not found or read_mark(row.text.strip(), known).role in roles:
            found.append([row])
        else:
            found[-1].append(row)
    return found


def _list(passage: Passage, block: Block, group: int, depth: int, known: Collection[str]) -> Iterator[Turn]:
    items = [passage.item(item) for item in block.items]
    marks = [read_mark(item.text, known) for item in items]
    for index, item in enumerate(items):
        start = block.items[index].start
        if depth == 0 and index and not passage.rows[start - 1].text.strip():
            group += 1
        answered = index + 1 < len(items) and marks[index + 1].role in {ANSWER, NAMED}
        yield from _item(item, group, depth, answered, known)


def _item(item: Passage, group: int, depth: int, answered: bool, known: Collection[str]) -> Iterator[Turn]:
    """The turns of a list item: its own words, the marked lines that continue them, and a nested list that speaks."""
    lists = [block for block in item.blocks if block.kind == "list"]
    first = lists[0].start if lists else len(item.rows)
    head = read_mark(item.part(0, first).text, known)
    speaking = [block for block in lists if _speaks(item, block, head, answered, known)]
    end = speaking[0].start if speaking else len(item.rows)
    own = _own(item.part(0, end), head, known)
    for index, rows in enumerate(own):
        part = Passage(rows)
        replies = bool(speaking) or len(own) > 1
        yield Turn(part, read_mark(part.text, known), "item", group, depth + bool(index), replies and not index)
    for number, block in enumerate(item.blocks):
        if block.start >= end and block.kind == "list":
            yield from _list(item, block, group, depth + 1, known)
        elif block.start >= end:
            yield Turn(item.of(block), Mark("", item.of(block).text.strip()), "item", group, depth + 1 + bool(number))


def _own(part: Passage, head: Mark, known: Collection[str]) -> list[list[Line]]:
    """An item's own words, parted where a line of its first paragraph is another's: `A: …` below a question."""
    paragraph = part.blocks[0] if part else None
    is_whole = head.quoted or not head.role or (head.bold and head.role == QUESTION)
    if is_whole or not paragraph or paragraph.kind != "paragraph":
        return [list(part.rows)]
    asked = head.role == QUESTION and part.rows[paragraph.start].text.rstrip(END).endswith("?")
    found = _split_lines(part.rows[: paragraph.end], known, SPOKEN | {NAMED} if asked else SPOKEN)
    found[-1] += part.rows[paragraph.end :]
    return found


def _speaks(item: Passage, block: Block, head: Mark, answered: bool, known: Collection[str]) -> bool:
    """Whether a nested list is replies, and not a part of what its item says."""
    marks = [read_mark(item.item(nested).text, known) for nested in block.items]
    if any(mark.role in SPOKEN for mark in marks):
        return True
    if head.role in {ANSWER, NAMED}:
        return any(mark.role == NAMED and (mark.who or "").lower() in known for mark in marks)
    if any(mark.role == NAMED for mark in marks):
        return True
    asks = head.role == QUESTION or head.bold or head.text.rstrip(END).endswith("?")
    return asks and not answered and not head.text.endswith(":")
