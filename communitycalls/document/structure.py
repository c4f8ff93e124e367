"""The parts of a document: what each heading and the lines below it are for.

A document has three regions: the head (title, links, introduction), the agenda, the minutes. Headings that name a
part of a call (`headings.topic_of`) move from one to the next; any other heading is an item of the region it is in.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from communitycalls.document import agenda, attendance, changes, facts, outlook
from communitycalls.document.head import FACTS, FILLERS, Head, read_head
from communitycalls.document.headings import Topic, plain, topic_of
from communitycalls.document.headline import read_said
from communitycalls.document.kind import read_kind
from communitycalls.document.ledger import Ledger
from communitycalls.document.outline import Block, Line, Passage
from communitycalls.document.turns import has_questions
from interop.document.errors import DocumentError

BELOW_ALL = 7
EXAMPLE = "# Community call Tuesday, 11th of May 2021, 17:30 CEST"
BOLD = re.compile(r"(\*\*|__)(?P<words>[^*_]+)\1:?")
MINUTES_TITLE = re.compile(
    r"\bminutes\b|\b(?:meeting|call|sync|team|group|committee|[wsc]g|sig) notes\b|^notes\b", re.IGNORECASE
)
NAMED_INLINE = frozenset(
    {Topic.AGENDA, Topic.MINUTES, Topic.QUESTIONS, Topic.ATTENDANCE, Topic.ACTIONS, Topic.DECISIONS}
)
ASSIGNED = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]|@\w)")


LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
DISCUSSIONS = frozenset({"discussion", "discussions"})
OF_A_DAY = frozenset("call calls meeting minutes notes agenda recording video slides public private of weekly".split())


class Part(StrEnum):
    """What a run of lines is for.

    `head` stands below the title; `subject` is a heading inside the minutes; `about` tells of the call what is neither
    on its agenda nor in its minutes: how to register, when the next one is.
    """

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
    ABOUT = "about"


BEFORE_ALL = frozenset({Part.HEAD, Part.LINKS, Part.ATTENDANCE, Part.MINUTES, Part.ABOUT})


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


def read_structure(document: Passage, ledger: Ledger, title_line: Section | None = None) -> Structure:
    """`title_line`: a title that stands elsewhere, for a document that may have no heading for one.

    Raises DocumentError where the document has no title.
    """
    if not document and title_line is None:
        raise DocumentError(f"The document is empty. Begin it with a title like {EXAMPLE!r}.")
    sections = _sections(document)
    at = _title_at(sections)
    if title_line and not any(section.level == 1 and section.topic is Topic.OTHER for section in sections):
        sections = [title_line, *sections]
        at = 0
    elif at is None:
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
        heading = section.body.part(block.start, block.start + 1)
        below = section.body.part(block.start + 1, end)
        parts.append(Section(heading.text.strip("*_: "), BELOW_ALL, heading, below))
    return zip(parts, [*parts[1:], following], strict=True)


def _inline_topic(body: Passage, block: Block) -> bool:
    if block.kind != "paragraph":
        return False
    text = body.rows[block.start].text.strip()
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
        self.day, self.day_level = "", 0
        self.notes = bool(MINUTES_TITLE.search(title.title))
        self.listed: tuple[str, ...] = ()

    def visit(self, section: Section, following: Section | None, *, is_title: bool) -> None:
        self._other_day(section)
        if is_title or section.level == 0 or self._repeats_title(section):
            self._place(Part.MINUTES if is_title and self.in_minutes else Part.HEAD, section)
        elif section.topic is Topic.MINUTES and not agenda.has_facts(section.body):
            self.in_minutes = True
            self._place(Part.MINUTES, section)
        elif section.topic is Topic.AGENDA and not agenda.has_facts(section.body):
            self._enter_agenda(section)
        elif self._is_day(section):
            self._enter_day(section)
        elif self.in_minutes or self._begins_notes(section):
            self._visit_minutes(section)
        else:
            self._visit_agenda(section, following)

    def _repeats_title(self, section: Section) -> bool:
        same = section.topic is Topic.OTHER and plain(section.title) == plain(self.title.title)
        return same and not agenda.has_facts(section.body)

    def _begins_notes(self, section: Section) -> bool:
        """Whether, in a document of notes, a heading takes up an item that the agenda before it lists."""
        beside = self.notes and self.container is not None and section.level <= self.container
        if beside and any(agenda.same_title(section.title, title) for title in self.listed):
            self.in_minutes = True
        return self.in_minutes

    def _is_day(self, section: Section) -> bool:
        """Whether a heading before everything else only says when: `May 10, 2023 (recording)`."""
        first = all(placed.part in BEFORE_ALL for placed in self.placed) and self.container is None
        may_say = section.level < BELOW_ALL and not agenda.has_facts(section.body)
        return first and may_say and says_only_when(section.title)

    def _enter_day(self, section: Section) -> None:
        """The heading's words go to the head, and what stands below it to the region it is in."""
        self._place(Part.HEAD, Section("", 0, Passage([]), _as_lines(section.heading, section.title)))
        self._place(Part.MINUTES if self.in_minutes else Part.HEAD, replace(section, heading=Passage([])))
        self.day, self.day_level = section.title, section.level

    def _other_day(self, section: Section) -> None:
        """A remark on a heading that begins another call's notes."""
        if section.level == self.day_level and says_only_when(section.title):
            text = f"{section.title[:80]!r} names another day than {self.day[:80]!r}: one document is read as one call."
            self.ledger.remark(section.heading.line, f"{text} Split it.")

    def _place(self, part: Part, section: Section) -> None:
        self.placed.append(Placed(part, section, self.in_minutes))

    def _extend(self, section: Section) -> None:
        """The section is part of the one before."""
        last = self.placed.pop()
        rows = [*last.section.body.rows, *section.heading.rows, *section.body.rows]
        self.placed.append(replace(last, section=replace(last.section, body=Passage(rows))))

    def _enter_agenda(self, section: Section) -> None:
        self.in_minutes, self.container, self.depth = False, section.level, None
        self.listed = tuple(draft.title for draft in agenda.drafts(section.body)[1])
        self._place(Part.AGENDA, section)

    def _visit_minutes(self, section: Section) -> None:
        last = self.placed[-1] if self.placed else None
        part = self._special(section)
        if part:
            self._place(part, section)
        elif plain(section.title) in DISCUSSIONS:
            self._place(Part.MINUTES, section)
        elif last and self._is_question(section, last):
            self._extend(section)
        elif last and self._lists_more_people(section, last):
            self._place(Part.ATTENDANCE, section)
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
        last = self.placed[-1] if self.placed else None
        if part:
            self._place(part, section)
        elif self._is_about(section, last):
            self._place(Part.ABOUT, section)
        elif last and self._lists_more_people(section, last):
            self._place(Part.ATTENDANCE, section)
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

    def _is_about(self, section: Section, last: Placed | None) -> bool:
        """Whether a section tells of the call, or is a part of one that does."""
        if agenda.has_facts(section.body) or (self.container is not None and section.level > self.container):
            return bool(last and last.part is Part.ABOUT and section.level > last.section.level)
        is_named = section.topic is Topic.ABOUT or plain(section.title) in {"logistics", "where"}
        return is_named or bool(last and last.part is Part.ABOUT and section.level > last.section.level)

    def _lists_more_people(self, section: Section, last: Placed) -> bool:
        """Whether a heading groups some of the attendees."""
        below = last.part is Part.ATTENDANCE and section.level > last.section.level and section.topic is Topic.OTHER
        return below and attendance.names_people(section.body, self.ledger)

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
        begun = self.container is not None or any(placed.part is Part.ITEM for placed in self.placed)
        if not holds or (section.topic is Topic.ACTIONS and self.has_minutes and begun and not self.in_minutes):
            return None
        outside = (
            section.topic in {Topic.RELEASES, Topic.CHANGES, Topic.UNREAD, Topic.QUESTIONS} and not self.in_minutes
        )
        if outside and section.level != 1:
            return None
        return Part(section.topic.value) if holds(section.body, self.ledger) else None


def says_only_when(title: str) -> bool:
    """Whether a heading names a day and nothing else but what a call is: `Meeting of May 10, 2023 (recording)`."""
    said = read_said(None, LINK.sub(r"\1", title))
    words = re.findall(r"[^\W\d_]+", said.rest.lower())
    return bool(said.days) and all(word in FILLERS or word in OF_A_DAY for word in words)


def _as_lines(heading: Passage, title: str) -> Passage:
    """A heading as lines of the head: its words, and each of its links."""
    rows = [LINK.sub("", title), *(found[0] for found in LINK.finditer(title))]
    return Passage(
        [
            Line(heading.line, row.strip(" ()[]:")) if index == 0 else Line(heading.line, row)
            for index, row in enumerate(rows)
        ]
    )


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
