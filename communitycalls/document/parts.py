"""What the sections of a document are for, and whether the lines below a heading are of the kind it names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from communitycalls.document import attendance, changes, outlook
from communitycalls.document.head import Head, read_head
from communitycalls.document.headings import Topic
from communitycalls.document.ledger import Ledger
from communitycalls.document.outline import Passage
from communitycalls.document.sections import Section
from communitycalls.document.turns import has_questions

ASSIGNED = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]|@\w)")


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


@dataclass(frozen=True)
class Placed:
    """A section and what it is for. `in_minutes` where it stands in the minutes."""

    part: Part
    section: Section
    in_minutes: bool = False


def _holds_links(body: Passage, ledger: Ledger) -> bool:
    """Whether a passage has links, or nothing but placeholders for them."""
    head = Head()
    read_head(body, head, Ledger(ledger.document))
    return bool(head.links) or not head.chunks


def _holds_tasks(body: Passage, _: Ledger) -> bool:
    rows = [row.text for row in body.rows if row.text.strip()]
    return bool(rows) and all(ASSIGNED.match(row) or row.startswith((" ", "\t")) for row in rows)


# what stands below such a heading is looked at: a heading alone may be a subject of the same name
SPECIAL: dict[Topic, Callable[[Passage, Ledger], bool]] = {
    Topic.LINKS: _holds_links,
    Topic.ATTENDANCE: attendance.names_people,
    Topic.ACTIONS: _holds_tasks,
    Topic.QUESTIONS: lambda body, _: has_questions(body),
    Topic.RELEASES: lambda body, _: outlook.read_outlook(body) is not None,
    Topic.CHANGES: lambda body, _: changes.read_changes(body) is not None,
    Topic.UNREAD: lambda body, _: bool(body),
}
