"""What stands below the title and in sections of links: links, dates, hosts; the rest is the call's introduction."""

import re
from dataclasses import dataclass, field

from communitycalls.document import facts, zones
from communitycalls.document.agenda import split_quoted
from communitycalls.document.attendance import add, read_people, take
from communitycalls.document.headline import Said, read_said
from communitycalls.document.labels import read_label
from communitycalls.document.ledger import Ledger
from communitycalls.document.links import check_meeting_id, is_detail, is_link_placeholder, read_links
from communitycalls.document.outline import APART, Block, Passage
from communitycalls.document.values import Attendance, Link

FACTS = frozenset({"date", "start", "zone", "length", "series", "place", "title"})
FILLERS = frozenset("and at from on the".split())
QUOTED = "*Introduction:*"
WHEN = frozenset(
    {
        *("date", "date and time", "date/time", "date & time", "datum", "day", "zeit", "time", "when"),
        *("call date", "call time", "meeting date", "meeting date and time", "meeting time"),
        *("start", "start time", "starting", "starts"),
    }
)
ZONE = frozenset({"time zone", "timezone", "tz", "zone"})


@dataclass
class Head:
    """`chunks` are passages that are none of the rest, in order; `facts` the writer's line below the title.

    `in_minutes`: what is read are the first lines of the minutes, where days and promises are part of the report.
    """

    links: list[Link] = field(default_factory=list)
    lines: list[int | None] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    chunks: list[Passage] = field(default_factory=list)
    says: list[Said] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    quoted: str = ""
    in_minutes: bool = False


def read_head(body: Passage, head: Head, ledger: Ledger) -> None:
    """Reads a passage into the head, and takes what is understood of it."""
    if not head.in_minutes:
        body = _take_quoted(body, head, ledger)
    for number, block in enumerate(body.blocks):
        if number or head.in_minutes or not _take_facts(body.of(block), head, ledger):
            _read_block(body, block, head, ledger)


def _take_quoted(body: Passage, head: Head, ledger: Ledger) -> Passage:
    """The introduction where the writer set it down as a quote; the rest of the body."""
    for end, block in reversed(list(enumerate(body.blocks, start=1))):
        around, quoted = split_quoted(body.part(0, block.end), QUOTED)
        if quoted and end > 1:
            head.quoted = quoted
            ledger.take(body.part(len(around.rows), block.end), "introduction")
            return Passage([*around.rows, *body.rows[block.end :]])
    return body


def _take_facts(part: Passage, head: Head, ledger: Ledger) -> bool:
    found = facts.read(part.text, FACTS) if len(part.rows) == 1 else None
    if not found or head.facts:
        return False
    head.facts = {key: facts.unescape(value) for key, value in found.items()}
    ledger.take(part, "headline")
    return True


def _read_block(body: Passage, block: Block, head: Head, ledger: Ledger) -> None:
    part = body.of(block)
    if block.kind == "list":
        for item in block.items:
            if not read_part(body.item(item), head, ledger, prose=False):
                head.chunks.append(body.of(item))
    elif block.kind == "paragraph":
        _read_paragraph(part, head, ledger)
    elif block.kind == "comment":
        ledger.leave(part, "it is a comment, which no reader of the call sees.")
    elif block.kind not in APART:
        head.chunks.append(part)


def _read_paragraph(part: Passage, head: Head, ledger: Ledger) -> None:
    """A paragraph is read line by line where every line is a link, a date, a host, a placeholder or labelled."""
    trial = Head(links=list(head.links), lines=list(head.lines), in_minutes=head.in_minutes)
    rows = [Passage([row]) for row in part.rows]
    read = [read_part(row, trial, Ledger(ledger.document), prose=True) for row in rows]
    labelled = [is_read or _is_labelled(row) for is_read, row in zip(read, rows, strict=True)]
    if all(read) or (len(rows) > 1 and any(read) and all(labelled)):
        for row in rows:
            if not read_part(row, head, ledger, prose=True):
                head.chunks.append(row)
    elif not read_part(part, head, ledger, prose=True):
        head.chunks.append(part)


def _is_labelled(row: Passage) -> bool:
    label = read_label(row.text)
    return label is not None and bool(label.rest) and len(label.words.split()) <= 3


def read_part(part: Passage, head: Head, ledger: Ledger, *, prose: bool) -> bool:
    """Whether a list item or line was understood; then its lines are taken."""
    text = part.text
    links = read_links(ledger.definitions.with_definitions(part), prose=prose)
    people = read_people(part)
    if links and not (head.in_minutes and any(link.kind in {"other", "board"} for link in links)):
        _add_links(links, part, head, ledger)
        if not head.in_minutes and _is_when_link(links[0]):
            head.says.append(read_said(part.line, links[0].label))
    elif head.links and head.links[-1].kind == "join" and len(part.numbers) == 1 and is_detail(text):
        _add_detail(part, head, ledger)
    elif people:
        add(head.attendance, take(people, part, ledger))
    elif head.in_minutes:
        return False
    elif _says_when(part):
        head.says.append(read_said(part.line, text))
        ledger.take(part, "headline")
    elif zone := _zone(part):
        head.says.append(Said(part.line, text, zone=zone))
        ledger.take(part, "headline")
    elif is_link_placeholder(text):
        ledger.take(part, "placeholder")
    else:
        return False
    return True


def _add_links(links: tuple[Link, ...], part: Passage, head: Head, ledger: Ledger) -> None:
    ledger.take(part, f"link {len(head.links) + 1}")
    for link in links:
        head.links.append(link)
        head.lines.append(part.line)


def _add_detail(part: Passage, head: Head, ledger: Ledger) -> None:
    last = head.links[-1]
    details = "\n".join(filter(None, [last.details, " ".join(part.text.split())]))
    head.links[-1] = Link(last.kind, last.label, last.url, details)
    ledger.take(part, f"link {len(head.links)}")


def _says_when(part: Passage) -> bool:
    """Whether a line is there to say when: after a label like "Date", or of nothing but days and times."""
    if len(part.numbers) != 1:
        return False
    label = read_label(part.text)
    is_labelled = label is not None and label.words.lower() in WHEN
    said = read_said(None, label.rest if label and is_labelled else part.text)
    is_alone = all(word in FILLERS for word in re.findall(r"[^\W\d_]+", said.rest.lower()))
    return bool(said.days or said.clocks) and (is_labelled or is_alone)


def _is_when_link(link: Link) -> bool:
    """Whether a link's label says when, as one to a world clock does: `Date & Time: May 4th 2023 10:30am PT`."""
    label = read_label(link.label)
    return label is not None and label.words.lower() in WHEN


def _zone(part: Passage) -> str:
    """The zone that a line names, which names nothing else: `Time zone: CET`."""
    label = read_label(part.text) if len(part.numbers) == 1 else None
    is_zone = label and label.words.lower() in ZONE and zones.is_zone(label.rest)
    return label.rest if label and is_zone else ""


def check_links(head: Head, ledger: Ledger) -> None:
    for link, line in zip(head.links, head.lines, strict=True):
        check_meeting_id(link, line, ledger)
