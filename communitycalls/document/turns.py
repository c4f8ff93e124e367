"""Who says what, in order: list items, lines of a paragraph and headings as turns of a conversation.

A nested list is part of its item's words unless it speaks: unless one of its items is marked as an answer or a
question, or by the name of somebody (below an answer only of somebody known, since `Alpha: 1.2` looks like a name).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from communitycalls.document.marks import ANSWER, NAMED, QUESTION, Mark, read_mark
from communitycalls.document.outline import APART, Block, Line, Passage, unquote, untabbed
from communitycalls.document.tables import read_table

END = " *_)\"'\u201d\u2019"
SPOKEN = frozenset({QUESTION, ANSWER})
COLUMNS = (
    ("question", "questions", "q"),
    ("answer", "answers", "a", "reply", "response"),
    ("asked by", "asker", "from", "who", "name", "by", "person"),
    ("answered by", "answerer", "respondent", "answer by"),
)


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
    elif block.kind == "table" and (rows := list(_table(part, group, known))):
        yield from rows
    elif block.kind == "quote":
        yield Turn(part, _quoted(part, known), "block", group)
    elif block.kind not in APART:
        yield Turn(part, Mark("", part.text.strip()), "block", group)


def _quoted(part: Passage, known: Collection[str]) -> Mark:
    """A quote's mark: somebody's words where it begins with a name, else its lines as they stand."""
    mark = read_mark(unquote(part), known)
    return mark if mark.role == NAMED else Mark("", part.text.strip())


def _table(part: Passage, group: int, known: Collection[str]) -> Iterator[Turn]:
    """The rows of a table of questions and answers; nothing for any other table. Its head goes with the first row."""
    table = read_table(part)
    columns = [table.column(*names) for names in COLUMNS] if table else []
    if table is None or columns[0] is None or columns[1] is None:
        return
    before = [*table.top.rows]
    for row in table.rows:
        asked, answer, asker, answerer = ("" if at is None else row.cells[at] for at in columns)
        passage = Passage([*before, *row.passage.rows])
        before = [] if asked else list(passage.rows)
        if asked:
            mark = read_mark(f"Q ({asker}): {asked}" if asker else f"Q: {asked}", known)
            yield Turn(passage, mark, "item", group, has_replies=bool(answer))
        if asked and answer:
            said = read_mark(f"A ({answerer}): {answer}" if answerer else f"A: {answer}", known)
            yield Turn(row.passage, said, "item", group, 1)


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
    quote = _answering_quote(item, head) if not speaking else None
    end = quote.start if quote else end
    own = _own(item.part(0, end), head, known)
    for index, rows in enumerate(own):
        part = Passage(rows)
        replies = bool(speaking) or len(own) > 1
        yield Turn(part, read_mark(part.text, known), "item", group, depth + bool(index), replies and not index)
    for number, block in enumerate(item.blocks):
        if block.start >= end and block.kind == "list":
            yield from _list(item, block, group, depth + 1, known)
        elif block is quote:
            said = _quoted(item.of(block), known)
            answer = said if said.role else Mark(ANSWER, said.text)
            yield Turn(item.of(block), answer, "item", group, depth + 1)
        elif block.start >= end:
            yield Turn(item.of(block), Mark("", item.of(block).text.strip()), "item", group, depth + 1 + bool(number))


def _answering_quote(item: Passage, head: Mark) -> Block | None:
    """The quote that answers the question a list item asks, where it directly follows."""
    first, second = (*item.blocks[:2], None, None)[:2]
    asks = head.role == QUESTION and not head.quoted and first is not None and first.kind == "paragraph"
    is_asked = asks and first is not None and first.content.rstrip(END).endswith("?")
    return second if is_asked and second is not None and second.kind == "quote" else None


def _own(part: Passage, head: Mark, known: Collection[str]) -> list[list[Line]]:
    """An item's own words, parted where a line of its first paragraph is another's: `A: …` below a question."""
    paragraph = part.blocks[0] if part else None
    is_whole = head.quoted or not head.role or (head.bold and head.role == QUESTION)
    if is_whole or not paragraph or paragraph.kind != "paragraph":
        return [list(part.rows)]
    asked = head.role in {QUESTION, NAMED} and part.rows[paragraph.start].text.rstrip(END).endswith("?")
    found = _split_lines(part.rows[: paragraph.end], known, SPOKEN | {NAMED} if asked else SPOKEN)
    found[-1] += part.rows[paragraph.end :]
    return found


def _speaks(item: Passage, block: Block, head: Mark, answered: bool, known: Collection[str]) -> bool:
    """Whether a nested list is replies, and not a part of what its item says."""
    marks = [read_mark(item.item(nested).text, known) for nested in block.items]
    if any(mark.role in SPOKEN for mark in marks):
        return True
    asked = head.role == NAMED and head.text.rstrip(END).endswith("?")
    if head.role in {ANSWER, NAMED} and not asked:
        return any(mark.role == NAMED and (mark.who or "").lower() in known for mark in marks)
    if any(mark.role == NAMED for mark in marks):
        return True
    asks = head.role == QUESTION or head.bold or head.text.rstrip(END).endswith("?")
    return asks and not answered and not head.text.endswith(":")
