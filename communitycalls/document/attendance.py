"""Who was there: lists of attendees, and lines like `Host: Thilo`."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from communitycalls.document import facts
from communitycalls.document.labels import read_label
from communitycalls.document.ledger import Ledger
from communitycalls.document.outline import APART, Block, Passage
from communitycalls.document.people import is_name, split_names, strip_marks, without_affiliation
from communitycalls.document.values import Attendance

LABELS = (
    (
        "host",
        re.compile(
            r"(?:co-?)?hosts?|hosted by|moderators?|moderated by|facilitators?|facilitated by|chairs?|chaired by|led by"
        ),
    ),
    (
        "minute taker",
        re.compile(
            r"(?:minutes?|notes?)[ -]?takers?|scribes?|(?:minutes|notes) (?:taken )?by|notetakers?|secretary|scribed by"
        ),
    ),
    ("speaker", re.compile(r"speakers?|presenters?|presented by|presenting")),
    (
        "attendee",
        re.compile(
            r"(?:list of )?(?:attendees?|participants?|people|names)(?: present)?|present|attending|attended by|"
            r"attendance|in attendance|who(?: was there)?|also present|guests?|team"
        ),
    ),
)
ROLE_IN_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")


@dataclass(frozen=True)
class Seen:
    """Somebody in a list of people, and the words said of them that an attendance does not hold."""

    attendance: Attendance
    words: str = ""


def role_of(words: str) -> str:
    """The role that a word names, "" for none."""
    words = " ".join(words.lower().replace("*", "").split())
    return next((role for role, pattern in LABELS if pattern.fullmatch(words)), "")


def read_line(text: str, known: Collection[str] = ()) -> tuple[Seen, ...]:
    """Who a line like `Attendees: Thilo, Kai` names; nobody where it says anything else."""
    label = read_label(text)
    role = role_of(label.words) if label else ""
    if not label or not role or (label.bracket and not label.bracket.isdigit()):
        return ()
    return _read_names(label.rest, role, known)


def _read_names(text: str, role: str, known: Collection[str]) -> tuple[Seen, ...]:
    """The people of a list of names; nobody where one of its members is no name."""
    found = [_person(part, role, known) for part in split_names(text)]
    people = tuple(person for person in found if person)
    return people if len(people) == len(found) else ()


def _person(text: str, role: str, known: Collection[str]) -> Seen | None:
    """One person with a role in brackets or the role of the list, and what else is said; None for no person."""
    text = " ".join(text.split())
    bracket = ROLE_IN_BRACKET.search(text)
    if bracket and role_of(bracket[1]):
        written = text[: bracket.start()]
        name = facts.unescape(written) if "\\" in written else strip_marks(written)
        return Seen(Attendance(name, role_of(bracket[1]))) if name else None
    name, words = without_affiliation(text)
    return Seen(Attendance(strip_marks(name), role), words) if is_name(name, known) else None


def read_section(body: Passage, ledger: Ledger, known: Collection[str] = ()) -> Iterator[Attendance]:
    """Everybody a section of attendees names; what names nobody is left."""
    for block in body.blocks:
        for part in _parts(body, block, known):
            found = _read_part(part, len(block.items) > 1, known) if block.kind in {"list", "paragraph"} else ()
            yield from take(found, part, ledger)
            if not found and block.kind not in APART:
                ledger.leave(part, "it names no attendee. Write one name a line, a role in brackets: 'Kai (host)'.")


def take(found: tuple[Seen, ...], part: Passage, ledger: Ledger) -> Iterator[Attendance]:
    """The attendances that were read from a passage, which they take."""
    if found:
        ledger.take(part, "attendance")
    for seen in found:
        if seen.words:
            ledger.remark(part.line, f"{seen.words!r} was said of an attendee; only name and role are kept.")
        yield seen.attendance


def _parts(body: Passage, block: Block, known: Collection[str]) -> list[Passage]:
    """A list's items; a paragraph's lines where they name people one by one."""
    if block.kind == "list":
        return [body.item(item) for item in block.items]
    part = body.of(block)
    whole = block.kind != "paragraph" or _read_part(part, False, known)
    return [part] if whole else [Passage([row]) for row in part.rows]


def _read_part(part: Passage, one_each: bool, known: Collection[str]) -> tuple[Seen, ...]:
    """`one_each`: where every item is one person, `Jannik, Acme` is Jannik of Acme."""
    text = " ".join(part.text.split())
    bracket = ROLE_IN_BRACKET.search(text)
    alone = len(facts.parts(text, facts.LIST)) == 1 and bool(bracket) and not text.endswith("s)")
    if (alone and bracket and role_of(bracket[1])) or (one_each and text.count(",") == 1):
        person = _person(text, "attendee", known)
        return (person,) if person else ()
    if bracket and role_of(bracket[1]) and text.endswith("s)"):
        return _read_names(text[: bracket.start()], role_of(bracket[1]), known)
    return read_line(text, known) or _read_names(text, "attendee", known)


def names_people(body: Passage, ledger: Ledger) -> bool:
    """Whether a section lists people and nothing else."""
    copy = Ledger(ledger.document)
    return bool(list(read_section(body, copy))) and not any(owner == "unread" for owner in copy.owners.values())
