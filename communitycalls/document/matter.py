"""Front matter: the block of `key: value` lines that a document may begin with, between two lines of dashes.

Of its keys only those are read that a call has a place for, and only plain values; it is no YAML reader. The title
counts where the document has no heading for one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from communitycalls.document.attendance import add, read_people, take
from communitycalls.document.head import Head, read_part
from communitycalls.document.headline import read_said
from communitycalls.document.ledger import Ledger
from communitycalls.document.outline import Line, Passage

FENCE, ENDS = "---", ("---", "...")
LONGEST = 100
KEY = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}):(?:\s+(?P<value>\S.*))?\s*")
BELOW = re.compile(r"\s+\S|- |#")
NOT_PLAIN = re.compile(r"[\[{&*!|>%@`]")
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?")
DATES, TIMES, ZONES = ("date", "day", "when"), ("time", "start", "start time"), ("timezone", "time zone", "tz", "zone")


@dataclass(frozen=True)
class Matter:
    """`body` is the document without its front matter; `title` is "" where that names none, `heading` its line."""

    body: Passage
    fields: Mapping[str, Passage]
    title: str
    heading: Passage


def read_matter(document: Passage) -> Matter:
    """The front matter of a document, which may have none. Nothing is taken yet."""
    end = _end(document)
    if end is None:
        return Matter(document, {}, "", Passage([]))
    fields = dict(_fields(document.part(1, end)))
    title = fields.get("title", Passage([]))
    return Matter(document.part(end + 1), fields, _value(title), title)


def _end(document: Passage) -> int | None:
    """Where the front matter ends: the index of its last line; None for a document without."""
    rows = [row.text.rstrip() for row in document.rows[:LONGEST]]
    if rows[:1] != [FENCE]:
        return None
    end = next((index for index, row in enumerate(rows[1:], 1) if row in ENDS), None)
    inside = [row for row in rows[1:end] if row]
    sound = all(KEY.fullmatch(row) or BELOW.match(row) for row in inside)
    return end if end and inside and sound and KEY.fullmatch(inside[0]) else None


def _fields(part: Passage) -> Iterator[tuple[str, Passage]]:
    """Each key in lower case with its lines."""
    starts = [index for index, row in enumerate(part.rows) if KEY.fullmatch(row.text.rstrip())]
    for start, end in zip(starts, [*starts[1:], len(part.rows)], strict=True):
        yield part.rows[start].text.partition(":")[0].strip().lower(), part.part(start, end)


def _value(field: Passage) -> str:
    """The plain value of one line, "" for any other."""
    found = KEY.fullmatch(field.text) if len(field.numbers) == 1 else None
    value = (found["value"] or "").strip() if found else ""
    if value[:1] in {'"', "'"} and value[-1:] == value[:1]:
        return value[1:-1].strip()
    return "" if NOT_PLAIN.match(value) else value.partition(" #")[0].strip()


def take_matter(matter: Matter, head: Head, ledger: Ledger, *, titled: bool) -> None:
    """Reads the front matter into the head and takes its lines. `titled`: its title is the document's."""
    if matter.body is ledger.document:
        return
    known = _take_when(matter, head, ledger)
    for key, field in matter.fields.items():
        if key == "title" and titled:
            ledger.take(field, "title")
        elif key not in known and not _take_field(key, field, head, ledger):
            ledger.leave(field, f"a call has no place for {key!r} of the front matter.")
    inside = [row for row in ledger.document.rows if row.number not in matter.body.numbers]
    ledger.take(Passage([row for row in inside if row.text.rstrip() in ENDS]), "separator")


def _take_when(matter: Matter, head: Head, ledger: Ledger) -> list[str]:
    """The keys that together say when."""
    keys = [next((key for key in names if key in matter.fields), "") for names in (DATES, TIMES, ZONES)]
    fields = [matter.fields[key] for key in keys if key]
    words = " ".join(_moment(_value(field)) for field in fields)
    said = read_said(fields[0].line if fields else None, words)
    if not (said.days or said.clocks):
        return []
    head.says.append(said)
    ledger.take(fields, "headline")
    return keys


def _moment(value: str) -> str:
    """A moment as a person would write it; midnight says that no time was meant."""
    found = MOMENT.fullmatch(value)
    if not found:
        return value
    zone = "UTC" if found[3] == "Z" else f"UTC{found[3]}" if found[3] else ""
    return found[1] if found[2] == "00:00" else f"{found[1]} {found[2]} {zone}"


def _take_field(key: str, field: Passage, head: Head, ledger: Ledger) -> bool:
    if key == "title":
        said = read_said(field.line, _value(field))
        head.says += [said] if said.days or said.clocks else []
        ledger.take(field, "headline" if said.days or said.clocks else "unread")
        return bool(said.days or said.clocks)
    value = _value(field) or (field.text.partition(":")[2].strip().strip("[]") if len(field.numbers) == 1 else "")
    if value:
        return read_part(Passage([Line(field.line, f"{key}: {value}")]), head, ledger, prose=True)
    people = read_people(field)
    add(head.attendance, take(people, field, ledger))
    return bool(people)
