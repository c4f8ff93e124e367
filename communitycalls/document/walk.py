"""The way through the sections of a document: each is placed by its heading and by the region it stands in."""

import re
from dataclasses import replace

from communitycalls.document import agenda, attendance
from communitycalls.document.head import FILLERS
from communitycalls.document.headings import Topic, plain
from communitycalls.document.headline import read_said
from communitycalls.document.ledger import Ledger
from communitycalls.document.outline import Line, Passage
from communitycalls.document.parts import SPECIAL, Part, Placed
from communitycalls.document.sections import BELOW_ALL, Section

LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
MINUTES_TITLE = re.compile(
    r"\bminutes\b|\b(?:meeting|call|sync|team|group|committee|[wsc]g|sig) notes\b|^notes\b", re.IGNORECASE
)
DISCUSSIONS = frozenset({"discussion", "discussions"})
OF_A_DAY = frozenset("call calls meeting minutes notes agenda recording video slides public private of weekly".split())
BEFORE_ALL = frozenset({Part.HEAD, Part.LINKS, Part.ATTENDANCE, Part.MINUTES, Part.ABOUT})


class Walk:
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
