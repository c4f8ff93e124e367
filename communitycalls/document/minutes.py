"""The minutes of a call: introduction and entries, with their nested lists as they were written.

An entry is an item of a list, or a block of text after the first list. A heading inside the minutes that names an
agenda item places its entries there; any other heading stays at the beginning of the entry below it. A nested item
that is marked as an action or a decision becomes an entry of its own, after the one it stood in.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from communitycalls.document.agenda import BODY, first_line, same_title, split_quoted
from communitycalls.document.attendance import add, named_by, read_people, take
from communitycalls.document.entries import Company, is_box, is_marked, is_settled, read_entry
from communitycalls.document.head import Head, read_head, read_part
from communitycalls.document.headings import Topic, topic_of
from communitycalls.document.labels import read_label
from communitycalls.document.ledger import Ledger
from communitycalls.document.outline import APART, Block, Passage, join, marker_number, untabbed
from communitycalls.document.parts import Part, Placed
from communitycalls.document.placeholders import is_placeholder
from communitycalls.document.questions import Asked, converse
from communitycalls.document.turns import has_questions
from communitycalls.document.values import AgendaItem, MinutesEntry

KIND_OF = {Topic.ACTIONS: "action", Topic.DECISIONS: "decision"}


@dataclass(frozen=True)
class Draft:
    """An entry before it has its number: its lines, a heading that stays with it, and what its place says of it."""

    passage: Passage
    kind: str = "note"
    item: int | None = None
    number: int | None = None
    heading: str = ""
    headings: tuple[Passage, ...] = ()
    owner: Passage | None = None


@dataclass
class Gathered:
    """What the parts of the minutes hold, in order."""

    head: Head
    drafts: list[Draft] = field(default_factory=list)
    chunks: list[Passage] = field(default_factory=list)
    quoted: str = ""
    asked: list[Asked] = field(default_factory=list)
    talk_rest: list[Passage] = field(default_factory=list)
    pending: list[Placed] = field(default_factory=list)
    item: int | None = None
    level: int = 0

    @cached_property
    def first(self) -> Head:
        """The head, as the first lines of minutes add to it."""
        head = self.head
        return Head(links=head.links, lines=head.lines, attendance=head.attendance, in_minutes=True)


def gather(placed: Placed, agenda: Sequence[AgendaItem], into: Gathered, company: Company, ledger: Ledger) -> None:
    """Reads one part of the minutes: the minutes themselves, a subject, the actions, the decisions."""
    section = placed.section
    if placed.part is Part.SUBJECT:
        _begin_subject(placed, agenda, into)
    else:
        into.item, into.level = None, 0
    kind = KIND_OF.get(section.topic, "note") if placed.part in {Part.ACTIONS, Part.DECISIONS} else "note"
    body = section.body
    if placed.part is Part.MINUTES and not into.drafts:
        body = _take_introduction(body, into, company, ledger)
    for block in body.blocks:
        if block.kind == "list":
            for item in block.items:
                _read_item(body, item, kind, into, company, ledger)
        elif block.kind == "comment":
            ledger.leave(body.of(block), "it is a comment, which no reader of the minutes sees.")
        elif block.kind == "paragraph":
            for part in _lines(untabbed(body.of(block))):
                _add(Draft(part, kind if is_marked(part.text) else "note", into.item), into)
        elif block.kind not in APART:
            _add(Draft(untabbed(body.of(block)), "note", into.item), into)


def _begin_subject(placed: Placed, agenda: Sequence[AgendaItem], into: Gathered) -> None:
    """A heading that names an agenda item moves there; any other waits for the entry below it."""
    section = placed.section
    match = next((item.number for item in agenda if same_title(item.title, section.title)), None)
    if match is not None:
        into.item, into.level = match, section.level
        return
    if section.level <= into.level:
        into.item, into.level = None, 0
    into.pending.append(placed)


def _take_introduction(body: Passage, into: Gathered, company: Company, ledger: Ledger) -> Passage:
    """What stands before the first list, less links and attendees; the rest of the body."""
    end = next((block.start for block in body.blocks if _begins_entries(body, block, company)), len(body.rows))
    start, quoted = split_quoted(body.part(0, end), BODY)
    if quoted and not start and not into.chunks:
        ledger.take(body.part(0, end), "minutes introduction")
        into.quoted = quoted
        return body.part(end)
    read_head(body.part(0, end), into.first, ledger)
    into.chunks += into.first.chunks
    into.first.chunks.clear()
    return body.part(end)


def _begins_entries(body: Passage, block: Block, company: Company) -> bool:
    """Whether the minutes' entries begin with a block: a list, a decision, an action, or what an attendee says."""
    if block.kind != "paragraph":
        return block.kind == "list"
    rows = [row.text.strip() for row in body.of(block).rows]
    label = read_label(rows[0])
    name = label.words if label else ""
    says = name.lower() in {one.lower() for one in company.listed} or bool(name and named_by(name, company.listed))
    return says or any(is_marked(row) for row in rows)


def _read_item(body: Passage, block: Block, kind: str, into: Gathered, company: Company, ledger: Ledger) -> None:
    item = body.item(block)
    if not item:
        return
    if is_settled(item.text):
        _read_entry_item(body, block, item, kind, into)
        return
    people = read_people(item, company.known)
    topic = topic_of(first_line(item).strip("*_: ")) if len(item.blocks) > 1 else Topic.OTHER
    if people:
        add(into.head.attendance, take(people, item, ledger))
    elif not into.drafts and read_part(item, into.first, ledger, prose=False):
        return
    elif topic is Topic.QUESTIONS and has_questions(item.part(1)):
        _read_talk(item, into, company, ledger)
    elif topic in KIND_OF and item.blocks[1].kind == "list":
        ledger.take(item.part(0, item.blocks[1].start), "heading")
        nested = item.part(item.blocks[1].start)
        for inner in (inner for part in nested.blocks for inner in part.items):
            _add(Draft(nested.item(inner), KIND_OF[topic], into.item), into)
    else:
        _read_entry_item(body, block, item, kind, into)


def _read_talk(item: Passage, into: Gathered, company: Company, ledger: Ledger) -> None:
    """An entry that is the questions: its nested lists."""
    ledger.take(item.part(0, item.blocks[0].end), "heading")
    talk = converse(item.part(item.blocks[0].end), company.known)
    into.asked += talk.asked
    into.talk_rest += talk.rest


def _read_entry_item(body: Passage, block: Block, item: Passage, kind: str, into: Gathered) -> None:
    number = marker_number(body.rows[block.start])
    own = [] if is_settled(item.text) else list(_marked_below(item))
    taken = {row.number for part in own for row in part.rows}
    rest = Passage([row for row in item.rows if row.number not in taken or not row.text.strip()])
    _add(Draft(rest, kind, into.item, None if own else number), into)
    for part in own:
        _add(Draft(part, "note", into.item), into)


def _marked_below(item: Passage) -> Iterator[Passage]:
    """The nested items that are actions or decisions of their own."""
    for block in item.blocks:
        for nested in block.items:
            part = item.item(nested)
            if is_marked(part.text):
                yield part
            else:
                yield from _marked_below(part)


def marked_parts(body: Passage, known: Collection[str]) -> Iterator[Passage]:
    """What stands in an agenda's item as a decision or an action: items, nested ones, and lines of paragraphs."""
    company = Company(dt.date.min, frozenset(known))
    for block in body.blocks:
        parts = [body.item(item) for item in block.items]
        for part in parts or ([*_lines(body.of(block))] if block.kind == "paragraph" else []):
            if _is_recorded(part.text, company):
                yield part
            elif parts:
                yield from (below for below in _marked_below(part) if _is_recorded(below.text, company))


def _is_recorded(text: str, company: Company) -> bool:
    """Whether a text records what was decided or taken on; a box to tick needs somebody to do it."""
    if not is_marked(text) or text.rstrip(" *_").endswith("?"):
        return False
    entry, _ = read_entry(text, "note", company)
    return not is_placeholder(entry.text) and (not is_box(text) or bool(entry.assignee))


def _lines(paragraph: Passage) -> Iterator[Passage]:
    """A paragraph, parted before each line that is marked as a decision or an action."""
    starts = [index for index, row in enumerate(paragraph.rows) if index == 0 or is_marked(row.text.strip())]
    for start, end in zip(starts, [*starts[1:], len(paragraph.rows)], strict=True):
        yield paragraph.part(start, end)


def _add(draft: Draft, into: Gathered) -> None:
    """Adds an entry, with the headings that wait for one."""
    titles = "\n\n".join(f"{'#' * min(placed.section.level, 6)} {placed.section.title}" for placed in into.pending)
    headings = tuple(placed.section.heading for placed in into.pending)
    into.pending.clear()
    into.drafts.append(replace(draft, heading=titles, headings=headings))


def finish(into: Gathered, company: Company, ledger: Ledger) -> tuple[str, str, tuple[MinutesEntry, ...]]:
    """Introduction, status ("placeholder" where nothing else stands there) and entries; takes their lines."""
    texts = [*(chunk.text for chunk in into.chunks), *(draft.passage.text for draft in into.drafts)]
    if not into.quoted and all(is_placeholder(text) for text in texts):
        ledger.take([*into.chunks, *(draft.passage for draft in into.drafts)], "placeholder")
        return "", "placeholder", ()
    ledger.take(into.chunks, "minutes introduction")
    introduction = into.quoted or ledger.definitions.carry(join(into.chunks))
    return introduction, "final", tuple(_entries(into, company, ledger))


def _entries(into: Gathered, company: Company, ledger: Ledger) -> Iterator[MinutesEntry]:
    texts = ["\n\n".join(filter(None, [draft.heading, draft.passage.text])) for draft in into.drafts]
    listed = tuple(person.name for person in into.head.attendance)
    known = company.known | {name.lower() for name in listed}
    company = _acquainted(texts, replace(company, known=known, listed=listed))
    numbers = _numbers([draft.number for draft in into.drafts])
    for number, draft, text in zip(numbers, into.drafts, texts, strict=True):
        entry, lost = read_entry(ledger.definitions.carry(text), draft.kind, company)
        if lost:
            ledger.remark(
                draft.passage.line, f"{lost!r}: an action is closed in a later call, not where it was taken on."
            )
        ledger.take([*draft.headings, draft.passage], f"entry {number}")
        item = entry.agenda_item if entry.agenda_item is not None else draft.item
        yield replace(entry, number=number, agenda_item=item)


def _acquainted(texts: Sequence[str], company: Company) -> Company:
    """The company, with everybody whom some entry surely names known to the others."""
    met = {name.lower() for text in texts for name in read_entry(text, "note", company)[0].speakers}
    return replace(company, known=company.known | met)


def _numbers(written: Sequence[int | None]) -> list[int]:
    """As written where every entry has a number and no two the same, else by counting."""
    said = [number for number in written if number and number < 32768]
    if len(said) == len(written) == len(set(said)):
        return said
    return list(range(1, len(written) + 1))
