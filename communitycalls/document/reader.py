"""From the Markdown of a call to its value, with a remark for whatever is odd, and an account of every line."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from communitycalls.document import agenda, attendance, changes, minutes, outlook, questions, releases
from communitycalls.document.entries import Company
from communitycalls.document.head import Head, check_links, read_head
from communitycalls.document.headline import Headline, read_headline, read_said, swapped
from communitycalls.document.kind import WORD
from communitycalls.document.ledger import Ledger
from communitycalls.document.matter import Matter, read_matter, take_matter
from communitycalls.document.outline import APART, Passage, document, join, passage, sealed
from communitycalls.document.parts import Part, Placed
from communitycalls.document.people import things_in
from communitycalls.document.placeholders import is_placeholder
from communitycalls.document.sections import Section
from communitycalls.document.structure import read_structure
from communitycalls.document.turns import has_questions
from communitycalls.document.values import AgendaItem, CallDocument, MatrixChange, Minutes, Question, Release
from interop.document.accounting import UNREAD, Accounted
from interop.document.errors import Remark
from interop.document.values import Unread

HEADED = (Part.AGENDA, Part.MINUTES, Part.QUESTIONS)
GUEST = re.compile(r"\b(?:from|by|of|with)\s+(?=.*[A-Z])")
MINUTES_PARTS = (Part.MINUTES, Part.SUBJECT, Part.ACTIONS, Part.DECISIONS)
LISTED_UNREAD = re.compile(r"- line (\d{1,6}): (.*\S)\s*")


def read(text: str, *, name: str = "", default_zone: str = "UTC") -> tuple[CallDocument, tuple[Remark, ...]]:
    """The call that a Markdown document describes, and remarks on what is odd in it, by line.

    `name` is the file's name or path: its date, or its year where the title has a day without one, is the call's.
    `default_zone` is the IANA name for a time that names no zone. Raises DocumentError, which says what would be
    right, where title or date cannot be told.
    """
    value, remarks, _ = read_accounted(text, name=name, default_zone=default_zone)
    return value, remarks


def account(text: str, *, name: str = "") -> tuple[Accounted, ...]:
    """Every line that is not blank, with the value it went to. Raises DocumentError as `read` does."""
    return read_accounted(text, name=name)[2]


def read_accounted(
    text: str, *, name: str = "", default_zone: str = "UTC"
) -> tuple[CallDocument, tuple[Remark, ...], tuple[Accounted, ...]]:
    """What `read` and `account` give, for the price of one."""
    reading = _Reading(text)
    value = reading.read(name, default_zone)
    remarks = tuple(sorted(reading.ledger.remarks, key=lambda remark: remark.line or 0))
    return value, remarks, reading.ledger.accounts()


class _Reading:
    """One document while it is read, part after part."""

    def __init__(self, text: str) -> None:
        self.document = document(text)
        self.ledger = Ledger(self.document)
        self.matter = read_matter(self.document)
        self.structure = read_structure(self.matter.body, self.ledger, _title_of(self.matter))
        self.head = Head()
        self.talk = questions.Conversation()
        self.known: frozenset[str] = frozenset()
        self.marked: list[minutes.Draft] = []

    def parts(self, *kinds: Part) -> list[Placed]:
        return [placed for placed in self.structure.placed if placed.part in kinds]

    def read(self, name: str, default_zone: str) -> CallDocument:
        self._read_head()
        headline = self._read_headline(name, default_zone)
        self._keep_headings(headline.date)
        self._read_people()
        items = self._read_agenda()
        minuted = self._read_minutes(items, self._company(headline, items))
        asked = self._read_questions()
        told = self._read_releases(items, minuted, asked, headline)
        recorded = self._read_changes()
        introduction = self.head.quoted or self.ledger.definitions.carry(sealed(join(self.head.chunks)))
        check_links(self.head, self.ledger)
        self._account_definitions()
        return CallDocument(
            series=headline.kind.series,
            date=headline.date,
            title=headline.title,
            start=headline.start,
            timezone=headline.timezone,
            duration=headline.duration,
            ordinal=headline.ordinal,
            introduction=introduction,
            links=tuple(self.head.links),
            agenda=items,
            minutes=minuted,
            questions=asked,
            releases=told,
            matrix_changes=recorded,
            attendance=tuple(dict.fromkeys(self.head.attendance)),
            unread=self._read_unread(),
        )

    def _read_head(self) -> None:
        """Title, links and introduction."""
        self.ledger.take(self.structure.heading, "title")
        titled = bool(self.matter.title) and self.structure.heading is self.matter.heading
        take_matter(self.matter, self.head, self.ledger, titled=titled)
        for placed in self.parts(Part.HEAD, Part.LINKS, Part.ABOUT):
            if placed.part is Part.ABOUT:
                self._read_about(placed)
                continue
            self.ledger.take(placed.section.heading, "heading" if placed.part is Part.LINKS else "title")
            read_head(placed.section.body, self.head, self.ledger)

    def _read_about(self, placed: Placed) -> None:
        """A section that tells of the call stays whole, as a part of its introduction."""
        section = placed.section
        if is_placeholder(section.body.text):
            self.ledger.take(section.heading, "heading")
            self.ledger.take(section.body, "placeholder")
        else:
            self.head.chunks.append(Passage([*section.heading.rows, *section.body.rows]))

    def _read_headline(self, name: str, default_zone: str) -> Headline:
        words = self.head.facts.get("title", self.structure.title)
        title = read_said(self.structure.heading.line, words)
        headline = read_headline(title, self.head.says, self.head.facts, name, default_zone)
        self.ledger.remarks += headline.remarks
        return headline

    def _keep_headings(self, date: dt.date) -> None:
        """Headings of parts that say more than which part it is stay unread, as no value holds their words."""
        for placed in self.parts(*HEADED):
            days = read_said(None, placed.section.title).days
            if any(date not in {day.near(date), swapped(day)} for day in days):
                reason = "it names another day than the call's. Is it another call? Split it."
                self.ledger.leave(placed.section.heading, reason)
            elif placed.part is Part.QUESTIONS and GUEST.search(placed.section.title):
                self.ledger.leave(placed.section.heading, "a heading of questions has no place for whom they are with.")

    def _read_people(self) -> None:
        """The sections that list people; makes the people of the document known."""
        for placed in self.parts(Part.QUESTIONS, Part.ITEM):
            if placed.part is Part.QUESTIONS or has_questions(placed.section.body):
                self.known |= questions.names_in(placed.section.body)
        for placed in self.parts(Part.ATTENDANCE):
            self.ledger.take(placed.section.heading, "heading")
            found = attendance.read_section(placed.section.body, self.ledger, self.known)
            attendance.add(self.head.attendance, found)
        self.known |= {person.name.lower() for person in self.head.attendance}

    def _read_agenda(self) -> tuple[AgendaItem, ...]:
        drafts = list(self._agenda_drafts())
        bodies = [self._without_marked(self._without_talk(draft.body)) for draft in drafts]
        items = [
            agenda.read_item(draft, number, body, self.known)
            for number, (draft, (body, _)) in enumerate(zip(drafts, bodies, strict=True), 1)
        ]
        numbered = agenda.renumbered([replace(item, body=self.ledger.definitions.carry(item.body)) for item in items])
        for item, draft, (_, marked) in zip(numbered, drafts, bodies, strict=True):
            self.marked += [minutes.Draft(part, item=item.number) for part in marked]
            spoken = [part for asked in self.talk.asked for part in asked.parts]
            taken = {number for part in (*marked, *spoken) for number in part.numbers}
            rows = [row for row in (*draft.heading.rows, *draft.body.rows) if row.number not in taken]
            self.ledger.take(Passage(rows), f"agenda {item.number}")
        self.ledger.take(self.head.chunks, "introduction")
        return numbered

    def _agenda_drafts(self) -> Iterator[agenda.Draft]:
        for index, placed in enumerate(self.structure.placed):
            section = placed.section
            if placed.part is Part.AGENDA:
                self.ledger.take(section.heading, "heading")
                yield from self._list_agenda(section.body, self.structure.placed[index + 1 :])
            elif placed.part is Part.ITEM:
                yield agenda.Draft(section.title, section.heading, agenda.without_end_rules(section.body))

    def _list_agenda(self, body: Passage, following: Sequence[Placed]) -> list[agenda.Draft]:
        """The items of a list below "Agenda", unless the list is an overview of headings that follow it."""
        before, found = agenda.drafts(body)
        titles = [placed.section.title for placed in following if placed.part is Part.ITEM]
        if any(agenda.same_title(draft.title, title) for draft in found for title in titles):
            before, found = [body.of(block) for block in body.blocks if block.kind not in APART], []
        for chunk in before:
            read_head(chunk, self.head, self.ledger)
        return found

    def _without_talk(self, body: Passage) -> Passage:
        """An item's body without the questions and answers in it."""
        talk = questions.converse(body, self.known, marked_only=True)
        self.talk.asked += talk.asked
        self.talk.lost += talk.lost
        taken = {row.number for asked in talk.asked for part in asked.parts for row in part.rows}
        return Passage([row for row in body.rows if row.number not in taken or not row.text.strip()])

    def _without_marked(self, body: Passage) -> tuple[Passage, list[Passage]]:
        """An item's body without the decisions and actions in it, where the document has no minutes to hold them."""
        if self.parts(Part.MINUTES, Part.SUBJECT) or agenda.has_facts(body):
            return body, []
        marked = list(minutes.marked_parts(body, self.known))
        taken = {row.number for part in marked for row in part.rows}
        return Passage([row for row in body.rows if row.number not in taken or not row.text.strip()]), marked

    def _company(self, headline: Headline, items: Sequence[AgendaItem]) -> Company:
        words = WORD.findall(" ".join(item.title for item in items))
        listed = tuple(person.name for person in self.head.attendance)
        given = {name.split()[0].lower() for name in (*listed, *self.known)}
        text = "\n".join(row.text for row in self.document.rows)
        things = {word for word in things_in(text) if word.lower() not in given}
        return Company(headline.date, self.known, headline.kind.strangers | things, frozenset(words), listed)

    def _read_minutes(self, items: Sequence[AgendaItem], company: Company) -> Minutes:
        into = minutes.Gathered(self.head, drafts=list(self.marked))
        placed = self.parts(*MINUTES_PARTS)
        for part in placed:
            minutes.gather(part, items, into, company, self.ledger)
        self.talk.asked += into.asked
        self.talk.rest += into.talk_rest
        introduction, status, entries = minutes.finish(into, company, self.ledger)
        self.ledger.take([part.section.heading for part in placed if part not in into.pending], "heading")
        if into.asked or any(part.in_minutes and self._asks(part) for part in self.parts(Part.QUESTIONS)):
            status = "final"
        return Minutes(status if placed or status == "final" else "absent", introduction, entries)

    def _asks(self, part: Placed) -> bool:
        return bool(questions.converse(part.section.body, self.known).asked)

    def _read_questions(self) -> tuple[Question, ...]:
        for placed in self.parts(Part.QUESTIONS):
            self.ledger.take(placed.section.heading, "heading")
            talk = questions.converse(placed.section.body, self.known)
            self.talk.asked += talk.asked
            self.talk.rest += talk.rest
            self.talk.lost += talk.lost
        self.talk.asked.sort(key=lambda asked: asked.turn.passage.line or 0)
        found = questions.read_questions(self.talk.asked, self.ledger)
        questions.leave_rest(self.talk, self.ledger)
        return found

    def _read_releases(
        self, items: Sequence[AgendaItem], minuted: Minutes, asked: Sequence[Question], headline: Headline
    ) -> tuple[Release, ...]:
        listed = self.parts(Part.RELEASES)
        for placed in listed:
            self.ledger.take([placed.section.heading, placed.section.body], "releases")
        if listed:
            return tuple(found for placed in listed for found in outlook.read_outlook(placed.section.body) or ())
        texts = _told(items, minuted, asked)
        return releases.read_releases([passage(text) for text in texts], headline.date)

    def _read_changes(self) -> tuple[MatrixChange, ...]:
        found: list[MatrixChange] = []
        for placed in self.parts(Part.CHANGES):
            self.ledger.take([placed.section.heading, placed.section.body], "matrix changes")
            found += changes.read_changes(placed.section.body) or ()
        return tuple(found)

    def _account_definitions(self) -> None:
        """Definitions that stand in no text of the call went along with the texts that use them."""
        for label, part in self.ledger.definitions.passages.items():
            if label in self.ledger.definitions.used:
                self.ledger.take(part, "definition")
            else:
                self.ledger.leave(part, "nothing uses this definition.")

    def _read_unread(self) -> tuple[Unread, ...]:
        """Lines that an earlier document held unread, and those of this one."""
        listed: list[Unread] = []
        for placed in self.parts(Part.UNREAD):
            self.ledger.take(placed.section.heading, "heading")
            for row in placed.section.body.rows:
                found = LISTED_UNREAD.fullmatch(row.text)
                if found:
                    listed.append(Unread(int(found[1]), found[2]))
                    self.ledger.take(Passage([row]), UNREAD)
        rules = [self.document.of(block) for block in self.document.blocks if block.kind == "rule"]
        self.ledger.take(rules, "separator")
        known = {row.line for row in listed}
        return (*listed, *(row for row in self.ledger.unread() if row.line not in known and not self._is_listed(row)))

    def _is_listed(self, row: Unread) -> bool:
        return bool(LISTED_UNREAD.fullmatch(row.text)) and any(
            row.line in placed.section.body.numbers for placed in self.parts(Part.UNREAD)
        )


def _title_of(matter: Matter) -> Section | None:
    """The title that a document's front matter names."""
    return Section(matter.title, 1, matter.heading, Passage([])) if matter.title else None


def _told(items: Sequence[AgendaItem], minuted: Minutes, asked: Sequence[Question]) -> Iterator[str]:
    """Every text of a call that may tell of releases."""
    for item in items:
        yield from (item.title, item.body)
    yield minuted.introduction
    yield from (entry.text for entry in minuted.entries)
    for question in asked:
        yield question.text
        yield from (answer.text for answer in question.answers)
