"""Agenda items: a heading and what stands below it, or the items of a list where the agenda is one.

What the community's conventions have no place for stands in one italic line below the heading, the notes for the
slides in a quote at the end:

    ## Spotlight: the update server
    *Length: 15 minutes; presenters: Kai, Marga*
    - What it is
    - What it will be

    *Slide notes:*

    > Begin with the picture.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from communitycalls.document import facts
from communitycalls.document.headings import Topic, plain, topic_of
from communitycalls.document.outline import APART, Block, Passage, sealed, unquote
from communitycalls.document.people import names
from communitycalls.document.values import AgendaItem

KEYS = frozenset({"length", "presenters", "environments", "kind", "number", "title"})
LONGEST = 1000
NOTES, BODY = "*Slide notes:*", "*Text:*"
KINDS = ("welcome", "news", "spotlight", "status", "releases", "matrix", "qa", "other")
WORDS = (
    (
        "welcome",
        re.compile(r"\b(?:welcome|intro(?:duction)?s?|greetings?|check-?in|opening|kick-?off)\b", re.IGNORECASE),
    ),
    ("spotlight", re.compile(r"\b(?:spotlight|deep[- ]dive|demos?|showcase|presentations?|talk)\b", re.IGNORECASE)),
    ("matrix", re.compile(r"\binterop\w*|\b(?:compatibility|support) matrix\b|\bmatrix\b", re.IGNORECASE)),
    ("status", re.compile(r"\bstatus\b|\bprogress\b", re.IGNORECASE)),
    ("releases", re.compile(r"\breleases?\b(?! notes?\b)", re.IGNORECASE)),
    ("news", re.compile(r"\bnews\b|\bannouncements?\b|\bhappenings\b|\bupdates?\b", re.IGNORECASE)),
)
LENGTH = re.compile(
    r"[(\[~]\s*~?(\d{1,3})\s*(?:m|min|mins|minutes?|')\.?\s*[)\]]?|\b(\d{1,3})\s*(?:min|mins|minutes)\b"
    r"|[,;]\s*~?(\d{1,3})\s*m\s*[)\]]",
    re.IGNORECASE,
)
HOURS = re.compile(r"[(\[,;]\s*~?([1-9])\s*(?:h|hrs?|hours?)\s*[)\],;]", re.IGNORECASE)
BRACKET = re.compile(r"[(\[]([^()\[\]]{1,120})[)\]](?!\()")
OWN_LENGTH = re.compile(r"\s*~?\d{1,3}\s*(?:m|min|mins|minutes?|h|hrs?|hours?|')\.?\s*", re.IGNORECASE)
LED = re.compile(r"\s*(?:(?:led|presented|given) by|presenters?:?|speakers?:?|by|with)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Draft:
    """An item before it has its number: `title` as in the document, `body` the passage below it."""

    title: str
    heading: Passage
    body: Passage


def kind_of(title: str) -> str:
    """What an item is, by its title."""
    if topic_of(title) is Topic.QUESTIONS or re.search(r"\bq ?(?:&|and) ?a\b", title, re.IGNORECASE):
        return "qa"
    before = title.partition(":")[0]
    found = (kind for text in (before, title) for kind, pattern in WORDS if pattern.search(text))
    return next(found, "other")


def length_of(title: str) -> int | None:
    """The minutes that a title names: `News (10 min)`."""
    found, hours = LENGTH.search(title), HOURS.search(title)
    minutes = int(found[1] or found[2] or found[3]) if found else int(hours[1]) * 60 if hours else 0
    return minutes or None


def presenters_of(title: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """Whom a bracket of a title names beside a length: `News (10m, Kai)`; without one, only people who are known."""
    for found in reversed(list(BRACKET.finditer(title[:LONGEST]))):
        parts = [part for part in re.split(r"[,;]", found[1]) if not OWN_LENGTH.fullmatch(part)]
        people = names(LED.sub("", ", ".join(parts)), known)
        timed = len(parts) < len(re.split(r"[,;]", found[1]))
        if people and (timed or all(name.lower() in known for name in people)):
            return people
    return ()


def has_facts(body: Passage) -> bool:
    """Whether the first line below a heading holds the facts of an agenda item."""
    return facts.read(first_line(body), KEYS) is not None


def first_line(body: Passage) -> str:
    return next((row.text for row in body.rows if row.text.strip()), "")


def read_item(draft: Draft, number: int, body: Passage, known: Collection[str] = ()) -> AgendaItem:
    """The item of a heading; `body` is what of the passage below it belongs to no other value.

    `known`: names that are known to be people's, in lower case.
    """
    said = facts.read(first_line(body), KEYS) or {}
    rows = list(body.rows)
    if said:
        rows = rows[next(index for index, row in enumerate(rows) if row.text.strip()) + 1 :]
    rest, notes = split_quoted(Passage(rows), NOTES)
    around, whole = split_quoted(rest, BODY)
    text = whole if whole and not around else sealed(rest.text)
    item = AgendaItem(number, draft.title, kind_of(draft.title), text, length_of(draft.title), slide_notes=notes)
    return _with(replace(item, presenters=presenters_of(draft.title, known)), said)


def _with(item: AgendaItem, said: Mapping[str, str]) -> AgendaItem:
    minutes = said.get("length", "").split()
    return AgendaItem(
        int(said["number"])
        if said.get("number", "").isdecimal() and 0 < int(said["number"][:5]) < 32768
        else item.number,
        facts.unescape(said["title"]) if "title" in said else item.title,
        said["kind"] if said.get("kind") in KINDS else item.kind,
        item.body,
        (int(minutes[0][:5]) if minutes[0].isdecimal() else None) if minutes else item.minutes,
        facts.values(said["presenters"]) if "presenters" in said else item.presenters,
        facts.values(said.get("environments", "none")),
        item.slide_notes,
    )


def split_quoted(body: Passage, name: str) -> tuple[Passage, str]:
    """The passage without its last block where that is a quote below the line `name`, and what is quoted."""
    blocks = body.blocks
    if (
        len(blocks) < 2
        or blocks[-1].kind != "quote"
        or blocks[-2].kind != "paragraph"
        or body.of(blocks[-2]).text != name
    ):
        return body, ""
    return body.part(0, blocks[-2].start), unquote(body.of(blocks[-1]))


def drafts(agenda: Passage) -> tuple[list[Passage], list[Draft]]:
    """The items of an agenda that is a list, and what stands before it."""
    before: list[Passage] = []
    found: list[Draft] = []
    for block in agenda.blocks:
        if block.kind == "list":
            found += [_draft(agenda.item(item)) for item in block.items]
        elif found and block.kind not in APART:
            last = found.pop()
            found.append(replace(last, body=Passage([*last.body.rows, *agenda.of(block).rows])))
        elif block.kind not in APART:
            before.append(agenda.of(block))
    return before, [draft for draft in found if draft.title]


def _draft(item: Passage) -> Draft:
    """A list's item: its first paragraph (its first line where that is long) and the rest."""
    block: Block | None = item.blocks[0] if item else None
    if block is None or block.kind not in {"paragraph", "heading"}:
        start = next((index for index, row in enumerate(item.rows) if row.text.strip()), 0)
        return Draft(_one_line(item.text.split("\n", 1)[0]), item.part(0, start + 1), item.part(start + 1))
    end = block.end if len(block.content) <= 120 else block.start + 1
    text = block.content if block.kind == "heading" else " ".join(row.text for row in item.rows[block.start : end])
    return Draft(_one_line(text), item.part(0, end), item.part(end))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def without_end_rules(body: Passage) -> Passage:
    """The passage without the rules that part it from what follows."""
    blocks = list(body.blocks)
    while blocks and blocks[-1].kind == "rule":
        blocks.pop()
    return body.part(0, blocks[-1].end if blocks else 0)


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same, one of them perhaps with a length and presenters in brackets."""
    ones, others = {plain(one), plain(_bare(one))}, {plain(other), plain(_bare(other))}
    return not ones.isdisjoint(others - {""})


def _bare(title: str) -> str:
    """A title without the bracket at its end that names a length or people."""
    found = list(BRACKET.finditer(title[:LONGEST]))[-1:]
    is_last = bool(found) and not title[found[0].end() :].strip()
    return title[: found[0].start()] if is_last and (length_of(found[0][0]) or names(found[0][1])) else title


def renumbered(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The items with their own numbers where no two are the same, else counted."""
    if len({item.number for item in items}) == len(items):
        return tuple(items)
    return tuple(replace(item, number=number) for number, item in enumerate(items, start=1))
