"""What one line typed during a call says. Pure: who is known and which day it is come in as arguments.

Plain text is a note; `Q (name):` a question, `A (name):` an answer to the last one, `!` a decision, `>` an action with
`@name` and a date. A place in the recording may stand first: `21:04 Kai: …`.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

OFFSET = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)\s+")
ASKED = re.compile(r"([QA])\s*(?:\(([^()]*)\))?\s*:\s*")
SAID = re.compile(r"([^:@]{1,80}?):\s+")
ASSIGNED = re.compile(r"(?:^|\s)@([^@]+)$")
ISO = re.compile(r"(?:^|\s)(?:due\s+)?(\d{4}-\d{2}-\d{2})\s*$")
FIRST_HALF = ("january", "february", "march", "april", "may", "june")
MONTHS = (*FIRST_HALF, "july", "august", "september", "october", "november", "december")
DAY = re.compile(rf"(?:^|\s)(?:due\s+)?(\d{{1,2}})\.?\s+({'|'.join(MONTHS)})(?:\s+(\d{{4}}))?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Quick:
    """`kind` is note, decision, action, question or answer; `offset` is in seconds.

    `person` is who speaks, asks, answers or is to act; "" where nobody is named.
    """

    kind: str
    text: str
    person: str = ""
    due: dt.date | None = None
    offset: int | None = None


def read_line(line: str, today: dt.date, is_known: Callable[[str], bool]) -> Quick:
    """What a line says; `today` is the call's day, from which a date without a year is counted forward."""
    offset, line = take_offset(line.strip())
    if match := ASKED.match(line):
        kind = "question" if match[1] == "Q" else "answer"
        return Quick(kind, line[match.end() :].strip(), (match[2] or "").strip(), offset=offset)
    if line.startswith("!"):
        return Quick("decision", line[1:].strip(), offset=offset)
    if line.startswith(">"):
        return read_action(line[1:].strip(), today, offset)
    match = SAID.match(line)
    if match and is_known(match[1].strip()):
        return Quick("note", line[match.end() :].strip(), match[1].strip(), offset=offset)
    return Quick("note", line, offset=offset)


def take_offset(line: str) -> tuple[int | None, str]:
    match = OFFSET.match(line)
    if not match:
        return None, line
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]), line[match.end() :]


def read_action(line: str, today: dt.date, offset: int | None) -> Quick:
    due, line = take_due(line, today)
    match = ASSIGNED.search(line)
    if not match:
        return Quick("action", line, due=due, offset=offset)
    return Quick("action", line[: match.start()].strip(), match[1].strip(" ,"), due, offset)


def take_due(line: str, today: dt.date) -> tuple[dt.date | None, str]:
    """The date at a line's end, and the line without it; the line as it is where no calendar has that day."""
    try:
        if match := ISO.search(line):
            return dt.date.fromisoformat(match[1]), line[: match.start()].strip()
        if match := DAY.search(line):
            return date_of(match, today), line[: match.start()].strip()
    except ValueError:
        pass
    return None, line


def date_of(match: re.Match[str], today: dt.date) -> dt.date:
    """The day that day, month and year name; without a year the next one. Raises ValueError."""
    month = MONTHS.index(match[2].lower()) + 1
    day = dt.date(int(match[3] or today.year), month, int(match[1]))
    return day if match[3] or day >= today else day.replace(year=today.year + 1)
