"""The parts of a document: what each heading and the lines below it are for.

A document has three regions: the head (title, links, introduction), the agenda, the minutes. Headings that name a
part of a call (`headings.topic_of`) move from one to the next; any other heading is an item of the region it is in.
"""

from dataclasses import dataclass

from communitycalls.document import agenda, facts
from communitycalls.document.head import FACTS
from communitycalls.document.headings import Topic
from communitycalls.document.ledger import Ledger
from communitycalls.document.outline import Passage
from communitycalls.document.parts import Placed
from communitycalls.document.sections import (
    EXAMPLE,
    Section,
    sections_of,
    split_at_lines,
    title_at,
    titled_by_first_line,
)
from communitycalls.document.walk import MINUTES_TITLE, Walk
from interop.document.errors import DocumentError


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
    sections = sections_of(document)
    at = title_at(sections)
    if title_line and not any(section.level == 1 and section.topic is Topic.OTHER for section in sections):
        sections = [title_line, *sections]
        at = 0
    elif at is None:
        sections = [*titled_by_first_line(sections[0]), *sections[1:]]
        at = 0
    title = sections[at]
    topics = {section.topic for section in sections if section is not title}
    walk = Walk(title, ledger, has_minutes=Topic.MINUTES in topics)
    walk.in_minutes = _is_minutes(title) and topics.isdisjoint({Topic.MINUTES, Topic.AGENDA})
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        inline = section is title or not section.level or section.topic is not Topic.OTHER
        for part, after in split_at_lines(section, following, inline=inline):
            walk.visit(part, after, is_title=part.heading is title.heading)
    return Structure(title.title, title.heading, tuple(walk.placed))


def _is_minutes(title: Section) -> bool:
    """Whether the title calls the whole document minutes; what the writer wrote says so by a heading of its own."""
    return bool(MINUTES_TITLE.search(title.title)) and facts.read(agenda.first_line(title.body), FACTS) is None
