"""The parts of a document: what each heading and the lines below it are for.

A document has three regions: the head (title, links, introduction), the agenda, the minutes. Headings that name a
part of a call (`headings.topic_of`) move from one to the next; any other heading is an item of the region it is in.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from communitycalls.document import agenda, attendance, changes, facts, outlook
from communitycalls.document.head import FACTS, Head, read_head
from communitycalls.document.headings import Topic, plain, topic_of
from communitycalls.document.headline import read_said
from communitycalls.document.kind import read_kind
from communitycalls.document.ledger import Ledger
from communitycalls.document.outline import Block, Passage
from communitycalls.document.turns import has_questions
from interop.document.errors import DocumentError

BELOW_ALL = 7
EXAMPLE = "# Community call Tuesday, 11th of May 2021, 17:30 CEST"
BOLD = re.compile(r"(\*\*|__)(?P<words>[^*_]+)\1:?")
MINUTES_TITLE = re.compile(r"\bminutes\b|\b(?:meeting|call) notes\b|^notes\b", re.IGNORECASE)
NAMED_INLINE = frozenset(
    {Topic.AGENDA, Topic.MINUTES, Topic.QUESTIONS, Topic.ATTENDANCE, Topic.ACTIONS, Topic.DECISIONS}
)
ASSIGNED = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]|@\w)")


class Part(StrEnum):
    """What a run of lines is for. `head` stands below the title; `subject` is a heading inside the minutes."""

    HEAD = "head"
    LINKS = "links"
    AGENDA = "agenda"
    ITEM = "item"
    MINUTES = "minutes"
    SUBJECT = "subject"
    QUESTIONS = "questions"
    ATTENDANCE = "attendance"
    ACTIONS = "actions"
    DECISIONS = "decisions"
    RELEASES = "releases"
    CHANGES = "changes"
    UNREAD = "unread"


@dataclass(frozen=True)
class Section:
    """A heading and the lines up to the next one. `level` is 0 before the first, 7 for a line set as a heading."""

    title: str
    level: int
    heading: Passage
    body: Passage

    @property
    def topic(self) -> Topic:
        return topic_of(self.title)


@dataclass(frozen=True)
class Placed:
    """A section and what it is for. `in_minutes` where it stands in the minutes."""

    part: Part
    section: Section
    in_minutes: bool = False


@dataclass(frozen=True)
class Structure:
    """The title's words and line, and every section in order; the title's own section is part `head`."""

    title: str
    heading: Passage
    placed: tuple[Placed, ...]


def read_structure(document: Passage, ledger: Ledger) -> Structure:
    """Raises DocumentError where the document has no title."""
    if not document:
        raise DocumentError(f"The document is empty. Begin it with a title like {EXAMPLE!r}.")
    sections = _sections(document)
    at = _title_at(sections)
    if at is None:
        sections = [*_title_line(sections[0]), *sections[1:]]
        at = 0
    title = sections[at]
    topics = {section.topic for section in sections if section is not title}
    walk = _Walk(title, ledger, has_minutes=Topic.MINUTES in topics)
    walk.in_minutes = _is_minutes(title) and topics.isdisjoint({Topic.MINUTES, Topic.AGENDA})
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        inline = section is title or not section.level or section.topic is not Topic.OTHER
        for part, after in _split(section, following, inline=inline):
            walk.visit(part, after, is_title=part.heading is title.heading)
    return Structure(title.title, title.heading, tuple(walk.placed))


def _sections(document: Passage) -> list[Section]:
    """What stands before the first heading, and each heading with what stands below it."""
    blocks = [block for block in document.blocks if block.kind == "heading" and block.content.strip()]
    ends = [*(block.start for block in blocks[1:]), len(document.rows)][: len(blocks)]
    found = [_section(document, block, end) for block, end in zip(blocks, ends, strict=True)]
    before = document.part(0, blocks[0].start if blocks else None)
    return [Section("", 0, Passage([]), before), *found] if before or not found else found


def _section(document: Passage, block: Block, end: int) -> Section:
    title = " ".join(block.content.split())
    return Section(title, block.level, document.of(block), document.part(block.end, end))


def _title_at(sections: Sequence[Section]) -> int | None:
    """Which section's heading is the title: the first that says when, unless an H1 names the call before it."""
    headed = [index for index, section in enumerate(sections) if section.level]
    told = [index for index in headed if "date" in (facts.read(agenda.first_line(sections[index].body), FACTS) or {})]
    if told:
        return told[0]
    if headed and _names_a_kind(sections[headed[0]].title):
        return headed[0]
    dated = [index for index in headed if _is_dated(sections[index].title)]
    other = [index for index in headed if sections[index].topic is Topic.OTHER]
    if headed and (headed[0] in dated or not dated):
        return next(iter(other), None) if headed[0] not in dated else headed[0]
    top = [index for index in dated if sections[index].level == 1]
    if other and other[0] == headed[0] and sections[other[0]].level == 1 and not top:
        return other[0] if read_kind(sections[other[0]].title).series else dated[0]
    return next(iter(top or dated), None)


def _is_minutes(title: Section) -> bool:
    """Whether the title calls the whole document minutes; what the writer wrote says so by a heading of its own."""
    return bool(MINUTES_TITLE.search(title.title)) and facts.read(agenda.first_line(title.body), FACTS) is None


def _is_dated(title: str) -> bool:
    said = read_said(None, title)
    return bool(said.days or said.clocks or said.weekday)


def _names_a_kind(title: str) -> bool:
    """Whether a heading says more than "call": `Minutes of the release team call`."""
    return "-" in read_kind(title).series


def _title_line(section: Section) -> list[Section]:
    """The first line of a document without headings as its title, where it says when or of which kind the call is."""
    rows = section.body.rows
    at = next((index for index, row in enumerate(rows) if row.text.strip()), 0)
    words = re.sub(r"^[*_#\s]+|[*_:\s]+$", "", rows[at].text) if rows else ""
    if not (_is_dated(words) or read_kind(words).series):
        raise DocumentError(
            f"The document has no title: its first line is {words[:80]!r}. Begin it with a title like {EXAMPLE!r}.",
            rows[at].number if rows else None,
        )
    return [Section(words, 1, section.body.part(at, at + 1), section.body.part(at + 1))]


def _split(section: Section, following: Section | None, *, inline: bool) -> Iterator[tuple[Section, Section | None]]:
    """A section and, where lines like `**Agenda**` or `Minutes:` head parts of it, those parts as sections."""
    starts = [block for block in section.body.blocks if _inline_topic(section.body, block)] if inline else []
    ends = [block.start for block in starts] + [len(section.body.rows)]
    parts = [replace(section, body=section.body.part(0, ends[0]))]
    for block, end in zip(starts, ends[1:], strict=True):
        words = section.body.of(block).text.strip("*_: ")
        parts.append(Section(words, BELOW_ALL, section.body.of(block), section.body.part(block.end, end)))
    return zip(parts, [*parts[1:], following], strict=True)


def _inline_topic(body: Passage, block: Block) -> bool:
    if block.kind != "paragraph" or block.end - block.start != 1:
        return False
    text = body.of(block).text
    is_set = BOLD.fullmatch(text) or (text.endswith(":") and not text.startswith(("*", "_")))
    return bool(is_set) and topic_of(text.strip("*_: ")) in NAMED_INLINE


class _Walk:
    """The way through the sections, which remembers the region it is in and how deep items stand there."""

    def __init__(self, title: Section, ledger: Ledger, *, has_minutes: bool) -> None:
        self.title = title
        self.has_minutes = has_minutes
        self.ledger = ledger
        self.placed: list[Placed] = []
        self.in_minutes = False
        self.container: int | None = None
        self.depth: int | None = None
        self.outer_depth: int | None = None

    def visit(self, section: Section, following: Section | None, *, is_title: bool) -> None:
        if is_title or section.level == 0 or self._repeats_title(section):
            self._place(Part.MINUTES if is_title and self.in_minutes else Part.HEAD, section)
        elif section.topic is Topic.MINUTES and not agenda.has_facts(section.body):
            self.in_minutes = True
            self._place(Part.MINUTES, section)
        elif section.topic is Topic.AGENDA and not agenda.has_facts(section.body):
            self._enter_agenda(section)
        elif self.in_minutes:
            self._visit_minutes(section)
        else:
            self._visit_agenda(section, following)

    def _repeats_title(self, section: Section) -> bool:
        same = section.topic is Topic.OTHER and plain(section.title) == plain(self.title.title)
        return same and not agenda.has_facts(section.body)

    def _place(self, part: Part, section: Section) -> None:
        self.placed.append(Placed(part, section, self.in_minutes))

    def _extend(self, section: Section) -> None:
        """The section is part of the one before."""
        last = self.placed.pop()
        rows = [*last.section.body.rows, *section.heading.rows, *section.body.rows]
        self.placed.append(replace(last, section=replace(last.section, body=Passage(rows))))

    def _enter_agenda(self, section: Section) -> None:
        self.in_minutes, self.container, self.depth = False, section.level, None
        self._place(Part.AGENDA, section)

    def _visit_minutes(self, section: Section) -> None:
        last = self.placed[-1] if self.placed else None
        part = self._special(section)
        if part:
            self._place(part, section)
        elif last and self._is_question(section, last):
            self._extend(section)
        elif section.topic in {Topic.QUESTIONS, Topic.ACTIONS, Topic.DECISIONS, Topic.ATTENDANCE}:
            self._place(Part(section.topic.value), section)
        else:
            self._place(Part.SUBJECT, section)

    def _is_question(self, section: Section, last: Placed) -> bool:
        """Whether a heading stands among the questions, and is one or groups some."""
        below = section.level > last.section.level
        return last.part is Part.QUESTIONS and section.topic is Topic.OTHER and below

    def _visit_agenda(self, section: Section, following: Section | None) -> None:
        part = self._special(section) if not agenda.has_facts(section.body) else None
        if part:
            self._place(part, section)
        elif self._is_container(section, following):
            self.ledger.remark(
                section.heading.line,
                f"The heading {section.title[:80]!r} has no text; what follows is read as the agenda.",
            )
            self._enter_agenda(section)
        elif self._is_item(section.level) or not self.placed or self.placed[-1].part is not Part.ITEM:
            self._place(Part.ITEM, section)
        else:
            self._extend(section)

    def _is_container(self, section: Section, following: Section | None) -> bool:
        """Whether an H1 only groups the headings below it."""
        return section.level == 1 and not section.body and following is not None and 1 < following.level < BELOW_ALL

    def _is_item(self, level: int) -> bool:
        """Whether a heading of this level is an item, and not a part of the one before."""
        if self.container is not None and level > self.container:
            self.depth = self.depth or level
            return level <= self.depth
        self.container = None
        self.outer_depth = self.outer_depth or max(2, level)
        return level <= self.outer_depth

    def _special(self, section: Section) -> Part | None:
        """The part that a heading names, where what stands below is of that kind."""
        holds = SPECIAL.get(section.topic)
        if not holds or (section.topic is Topic.ACTIONS and self.has_minutes and not self.in_minutes):
            return None
        outside = (
            section.topic in {Topic.RELEASES, Topic.CHANGES, Topic.UNREAD, Topic.QUESTIONS} and not self.in_minutes
        )
        if outside and section.level != 1:
            return None
        return Part(section.topic.value) if holds(section.body, self.ledger) else None


def _holds_links(body: Passage, ledger: Ledger) -> bool:
    """Whether a passage has links, or nothing but placeholders for them."""
    head = Head()
    read_head(body, head, Ledger(ledger.document))
    return bool(head.links) or not head.chunks


def _holds_tasks(body: Passage, _: Ledger) -> bool:
    rows = [row.text for row in body.rows if row.text.strip()]
    return bool(rows) and all(ASSIGNED.match(row) or row.startswith((" ", "\t")) for row in rows)


SPECIAL: dict[Topic, Callable[[Passage, Ledger], bool]] = {
    Topic.LINKS: _holds_links,
    Topic.ATTENDANCE: attendance.names_people,
    Topic.ACTIONS: _holds_tasks,
    Topic.QUESTIONS: lambda body, _: has_questions(body),
    Topic.RELEASES: lambda body, _: outlook.read_outlook(body) is not None,
    Topic.CHANGES: lambda body, _: changes.read_changes(body) is not None,
    Topic.UNREAD: lambda body, _: bool(body),
}
