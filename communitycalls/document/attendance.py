"""Who was there: lists and tables of attendees, and lines like `Host: Thilo`.

In a section of attendees every item is somebody, so that nicknames count as names there. Who is struck out or listed as
excused was not there; an attendance has no place for them, and their lines stay as they are.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from communitycalls.document import facts
from communitycalls.document.labels import read_label
from communitycalls.document.ledger import Ledger
from communitycalls.document.outline import APART, Block, Passage, passage
from communitycalls.document.people import (
    LONGEST,
    LONGEST_LIST,
    NO_NAMES,
    PARTICLES,
    is_name,
    split_names,
    strip_marks,
    without_affiliation,
)
from communitycalls.document.placeholders import is_placeholder
from communitycalls.document.tables import read_table
from communitycalls.document.values import Attendance

LABELS = (
    (
        "host",
        re.compile(
            r"(?:co-?)?hosts?|hosted by|moderators?|moderated by|moderation|facilitators?|facilitated by|"
            r"(?:meeting |co-?)?chairs?(?:person|man|woman)?|chaired by|led by|(?:meeting|call) leads?"
        ),
    ),
    (
        "minute taker",
        re.compile(
            r"(?:minutes?|notes?)[ -]?takers?|(?:action item )?scribes?|(?:minutes|notes) (?:taken )?by|"
            r"notetakers?|secretary|scribed by|protocol|note[ -]?taking"
        ),
    ),
    ("speaker", re.compile(r"speakers?|presenters?|presented by|presenting")),
    (
        "attendee",
        re.compile(
            r"(?:list of )?(?:attendees?|participants?|people|names)(?: present)?|present|attending|attended by|"
            r"attendance|in attendance|who(?: was there)?|also present|guests?|team|attended|participated|roll call|"
            r"(?:[\w-]+ ){0,3}(?:attendees|participants)|(?:team|voting|regular|core|committee|tsc) members"
        ),
    ),
)
GROUP = re.compile(
    r"(?:[\w-]+ ){0,3}(?:members?|others|observers?|maintainers?|visitors?|community|guests|remotely|online)"
)
ACRONYM = re.compile(r"[A-Z]{2,6}")
ROLE_IN_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
HANDLE_AFTER = re.compile(r"(?<=\S)\s+[(\[]?(@[A-Za-z0-9][\w./-]*)[)\]]?$")
STRUCK = re.compile(r"~~.*~~")
BOX = re.compile(r"\[(?P<tick>[ xX])\]\s+(?=\S)")
ROLE_AFTER = re.compile(r"\s+[\u2013\u2014-]\s+([^\u2013\u2014()\[\]]{1,40})$")
PENCILS = "\u270f\u270d\U0001f4dd"
DECORATION = frozenset({"So", "Sk", "Cf", "Mn"})
NICK = re.compile(r"[A-Za-z0-9][\w.-]{1,38}")
NAME_COLUMNS = ("name", "names", "attendee", "attendees", "participant", "participants", "person", "who", "full name")


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


def read_people(part: Passage, known: Collection[str] = ()) -> tuple[Seen, ...]:
    """Who a line names, or a label with a list below it; nobody where it says anything else."""
    blocks = part.blocks
    if len(blocks) != 2 or [block.kind for block in blocks] != ["paragraph", "list"]:
        return read_line(part.text, known)
    role = role_of(part.of(blocks[0]).text.strip(" *_:"))
    items = [part.item(item) for item in blocks[1].items if part.item(item)]
    found = [_person(item.text, role, known, listed=True) for item in items] if role else []
    people = tuple(person for person in found if person)
    return people if len(people) == len(found) else ()


def _read_names(text: str, role: str, known: Collection[str]) -> tuple[Seen, ...]:
    """The people of a list of names; nobody where one of its members is no name."""
    found = [_person(part, role, known) for part in split_names(text)] if len(text) <= LONGEST_LIST else []
    people = tuple(person for person in found if person)
    return people if len(people) == len(found) else ()


def _person(text: str, role: str, known: Collection[str], *, listed: bool = False) -> Seen | None:
    """One person with a role in brackets or the role of the list, and what else is said; None for no person."""
    text = " ".join(text.split())
    bracket = ROLE_IN_BRACKET.search(text[-LONGEST:])
    bracket = bracket and ROLE_IN_BRACKET.search(text)
    if bracket and role_of(bracket[1]) and "\\" in text[: bracket.start()]:
        name = facts.unescape(text[: bracket.start()])
        return Seen(Attendance(name, role_of(bracket[1]))) if name else None
    if bracket and role_of(bracket[1]) and not (listed and STRUCK.search(text)):
        seen = _person(text[: bracket.start()], role_of(bracket[1]), known, listed=listed)
        name = strip_marks(text[: bracket.start()])
        return seen or (Seen(Attendance(name, role_of(bracket[1]))) if name else None)
    return _named(text, role, known, listed)


def _named(text: str, role: str, known: Collection[str], listed: bool) -> Seen | None:
    if len(text) > LONGEST:
        return None
    bare = _undecorated(text)
    role = "minute taker" if any(mark in text for mark in PENCILS) and role == "attendee" else role
    name, words = without_affiliation(bare)
    handle = HANDLE_AFTER.search(name)
    if handle:
        name, words = name[: handle.start()], ", ".join(filter(None, [handle[1], words]))
    if STRUCK.search(name) or not (is_name(name, known) or (listed and _may_be_listed(strip_marks(name)))):
        return None
    return Seen(Attendance(strip_marks(name), role), words)


def _undecorated(text: str) -> str:
    """The text without emoji and badges at its ends and before a bracket."""
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or unicodedata.category(text[start]) in DECORATION):
        start += 1
    while end > start and (text[end - 1].isspace() or unicodedata.category(text[end - 1]) in DECORATION):
        end -= 1
    return text[start:end] or text


def _may_be_listed(name: str) -> bool:
    """Whether an item of a list of attendees may be a name although it does not look like one: `jlbirch`, `May Li`."""
    words = name.split()
    if len(words) == 1:
        return bool(NICK.fullmatch(name)) and name.lower() not in NO_NAMES and not name.isdigit()
    if not 1 < len(words) <= 5 or all(word.lower() in NO_NAMES for word in words):
        return False
    return all(word in PARTICLES or _is_capital(word) for word in words)


def _is_capital(word: str) -> bool:
    return (word[0].isupper() or not word[0].isascii()) and all(
        letter.isalpha() or letter in ".'\u2019-" for letter in word
    )


def read_section(body: Passage, ledger: Ledger, known: Collection[str] = ()) -> Iterator[Attendance]:
    """Everybody a section of attendees names; what names nobody is left."""
    for block in body.blocks:
        if block.kind == "table":
            yield from _read_table(body.of(block), ledger, known)
            continue
        for part in _parts(body, block, known):
            found = _read_part(part, len(block.items) > 1, known) if block.kind in {"list", "paragraph"} else ()
            yield from take(found, part, ledger)
            if not found and block.kind not in APART:
                _leave(part, ledger)


def _leave(part: Passage, ledger: Ledger) -> None:
    if is_placeholder(part.text):
        ledger.take(part, "placeholder")
    elif STRUCK.search(part.text) or BOX.match(part.text):
        how = "is struck out" if STRUCK.search(part.text) else "has no tick"
        ledger.leave(part, f"it {how}, and among the attendees is no place for who was absent.")
    else:
        ledger.leave(part, "it names no attendee. Write one name a line, a role in brackets: 'Kai (host)'.")


def _read_table(part: Passage, ledger: Ledger, known: Collection[str]) -> Iterator[Attendance]:
    """The people of a table, by the column that holds names; other columns are no part of an attendance."""
    table = read_table(part)
    at = table.column(*NAME_COLUMNS) if table else None
    if table is None or at is None:
        ledger.leave(part, "it is a table in which no column is headed 'Name'.")
        return
    role = table.column("role", "roles")
    ledger.take(table.top, "attendance")
    lost = [head for index, head in enumerate(table.heads) if head and index not in {at, role}]
    if lost:
        ledger.remark(part.line, f"Of attendees only name and role are kept, not the columns {', '.join(lost)}.")
    for row in table.rows:
        yield from _read_row(row.passage, row.cells[at], row.cells[role] if role is not None else "", ledger, known)


def _read_row(part: Passage, name: str, role: str, ledger: Ledger, known: Collection[str]) -> Iterator[Attendance]:
    if not name or is_placeholder(name):
        ledger.take(part, "placeholder")
        return
    seen = _person(name, role_of(role) or "attendee", known, listed=True)
    if seen:
        yield from take((seen,), part, ledger)
    else:
        _leave(part, ledger)


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
    box = BOX.match(text)
    if box:
        return () if box["tick"] == " " else _read_part(passage(text[box.end() :]), one_each, known)
    after = ROLE_AFTER.search(text[-LONGEST:]) if one_each else None
    if after and role_of(after[1]):
        person = _person(text[: -len(after[0])], role_of(after[1]), known, listed=True)
        return (person,) if person else ()
    bracket = ROLE_IN_BRACKET.search(text)
    alone = len(facts.parts(text, facts.LIST)) == 1 and bool(bracket) and not text.endswith("s)")
    if (alone and bracket and role_of(bracket[1])) or (one_each and text.count(",") == 1):
        person = _person(text, "attendee", known, listed=True)
        if person:
            return (person,)
    if bracket and role_of(bracket[1]) and text.endswith("s)"):
        return _read_names(text[: bracket.start()], role_of(bracket[1]), known)
    return (
        read_people(part, known)
        or _read_names(text, "attendee", known)
        or _read_group(text, known)
        or (_read_nick(text, known) if one_each else ())
    )


def _read_group(text: str, known: Collection[str]) -> tuple[Seen, ...]:
    """The people after a label that names a group: `Team members: Ada, Chidi`, `TSC: @ada`."""
    label = read_label(text)
    is_group = label and (GROUP.fullmatch(label.words.lower()) or ACRONYM.fullmatch(label.words))
    return _read_names(label.rest, "attendee", known) if label and is_group else ()


def _read_nick(text: str, known: Collection[str]) -> tuple[Seen, ...]:
    person = _person(text, "attendee", known, listed=True)
    return (person,) if person else ()


def add(into: list[Attendance], found: Iterable[Attendance]) -> None:
    """Adds those whom one place of a document names; who has a role in one place is no mere attendee for another."""
    known = list(into)
    for person in found:
        plain = replace(person, role="attendee")
        if person.role != "attendee" and plain in known:
            into[into.index(plain)] = person
            known.remove(plain)
        elif person.role != "attendee" or all(person.name != other.name for other in known):
            into.append(person)


def names_people(body: Passage, ledger: Ledger) -> bool:
    """Whether a section lists people, and little else; or promises to."""
    copy = Ledger(ledger.document)
    people = list(read_section(body, copy))
    left = [remark for remark in copy.remarks if "is not understood" in remark.text]
    return len(left) <= len(people) if people else bool(body) and is_placeholder(body.text)


def named_by(name: str, listed: Collection[str]) -> str:
    """The one attendee whom initials or a nickname mean, "" where it is nobody or may be several."""
    name = name.casefold()
    found = {one for one in listed if name in {one.casefold(), one.split()[0].casefold(), _initials(one).casefold()}}
    return found.pop() if len(found) == 1 else ""


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isalpha() and word not in PARTICLES)
