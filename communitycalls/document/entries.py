"""One entry of the minutes: what was noted, decided or taken on, by whom, and when in the recording.

The writer's own form is a label that may hold facts: `**Action (Kai; due 2021-06-22; item: 2):** text`. Other marks
that minutes use are read as well: `Decision: …`, `ACTION: …`, `[ ] @kai: …`, `Thilo: …`, `[0:12:30] …`.
"""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from communitycalls.document import facts
from communitycalls.document.attendance import named_by
from communitycalls.document.dates import days
from communitycalls.document.labels import Label, read_label
from communitycalls.document.marks import BRACKETED
from communitycalls.document.outline import passage, unquote
from communitycalls.document.people import (
    INTRODUCTIONS,
    actors,
    is_name,
    names,
    strip_marks,
    unique,
    without_affiliation,
)
from communitycalls.document.values import MinutesEntry

KINDS = ("note", "decision", "action")
QUOTED = "quoted"
KEYS = frozenset({"speakers", "item", "at", "assignee", "due"})
LABELS = (
    (
        "decision",
        re.compile(
            r"(?:final |the )?(?:decisions?|decided|agreed|agreement|resolved|resolutions?|consensus)(?: made)?",
            re.IGNORECASE,
        ),
    ),
    ("action", re.compile(r"(?:new )?(?:actions?(?: items?| points?)?|ai|to-?do|task|follow[ -]up)", re.IGNORECASE)),
    ("note", re.compile(r"note", re.IGNORECASE)),
)
_SHOUT = "ACTION(?: ITEM)?|TODO|AI|DECISION|AGREED|RESOLVED|RESOLUTION|CONSENSUS"
SHOUTED = re.compile(rf"(?:(?:\*\*|__)(?P<bold>{_SHOUT})(?:\*\*|__)|(?P<bare>{_SHOUT})\b)\s*[:\u2013\u2014-]?\s+(?=\S)")
_TASK = r"(?:AI|ACTION(?: ITEM)?|Action(?: item)?|TODO|Todo)"
_TAKER = r"@?[^\[\]:*_\n]{1,40}?"
TAKEN = re.compile(
    rf"\[{_TASK}\s*[:\u2013\u2014-]?\s+(?P<inside>{_TAKER})\]\s*:?\s+(?=\S)"
    rf"|{_TASK}\s*[\[(](?P<after>{_TAKER})[\])]\s*:?\s+(?=\S)"
    rf"|(?:\*\*|__){_TASK}\s*[:\u2013\u2014-]\s*(?P<bold>{_TAKER})(?:(?:\*\*|__)\s*:?|:(?:\*\*|__))\s+(?=\S)"
)
BOX = re.compile(r"\[([ xX])\]\s+(?=\S)")
OFFSET = re.compile(
    r"(?:[\[(](?P<clock>(?:\d{1,2}:)?\d{1,2}:\d{2})[\])](?:\([^()\s]*\))?|(?P<long>\d{1,2}:\d{2}:\d{2}))[\s:\u2013\u2014-]*"
)
PREFIXED = re.compile(r"(?P<name>@?[^\s:(\u2013\u2014][^:\n]{0,60}?)\s*(?::|\s[\u2013\u2014-])\s+(?=\S)")
WILL = re.compile(
    r"(?P<name>@?\w[\w.'\u2019-]*(?: [A-Z]\w[\w.'\u2019-]*){0,2}(?:(?:,| and| &) @?\w[\w.'\u2019-]*)*) "
    r"(?:to|will|should|volunteers? to|takes? on|agrees? to|is going to|needs to|promised to|offers? to)\b"
)
SIGNATURE = 100
OWNED = re.compile(
    r"[\[(](?:owner: |assignee: |assigned to )?(@?[\w.'\u2019 -]+?)(?:[;,] .*)?[\])]\s*$"
    r"|(?:->|\u2192|\u2013|\u2014|\s-)\s*(@?[\w.'\u2019 -]+)$"
)
DUE = re.compile(r"\b(?:due|until|by|before|deadline)\b(?: date)?:?\s+(?:on |the |end of )?", re.IGNORECASE)


@dataclass(frozen=True)
class Company:
    """Who and what is known while minutes are read: people and agenda words, and the day of the call.

    `known` and `listed` are people's names, in lower case and as the list of attendees has them.
    """

    date: dt.date
    known: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    listed: tuple[str, ...] = ()


def read_entry(text: str, kind: str, company: Company) -> tuple[MinutesEntry, str]:
    """The entry a text is, with number 0, and words that are kept nowhere. `kind` holds where the text says none."""
    box = BOX.match(text)
    body = text[box.end() :] if box else text
    lost = "[x]" if box and box[1] in "xX" else ""
    kind = "action" if box else kind
    label = read_label(body)
    marked = _kind(label, body) if label else ""
    taken = None if marked else _taken(body, company.known | {name.lower() for name in company.listed})
    if taken:
        entry = _infer(body[taken[1] :], "action", company, owned=True)
        return replace(entry, assignee=_listed(taken[0], company) or strip_marks(taken[0])), lost
    if label and marked:
        explicit = _bracket(label.bracket, marked)
        rest = label.rest.strip("\n")
        taker = _listed(label.bracket, company) if explicit is None and marked == "action" else ""
        if taker:
            return replace(_infer(rest, marked, company, owned=True), assignee=taker), lost
        if explicit is None:
            return _infer(f"({label.bracket}) {rest}", marked, company), lost
        if QUOTED in explicit:
            rest = unquote(passage(rest))
        return _with(_infer(rest, marked, company, owned="assignee" in explicit), explicit), lost
    shouted = SHOUTED.match(body)
    if shouted:
        kind = "action" if (shouted["bold"] or shouted["bare"])[:2] in {"AC", "TO", "AI"} else "decision"
        body = body[shouted.end() :]
    return _infer(body, kind, company), lost


def is_marked(text: str) -> bool:
    """Whether a text is marked as an action or a decision of its own."""
    label = read_label(text)
    marked = BOX.match(text) or SHOUTED.match(text) or _taken(text)
    return bool(marked or (label and _kind(label, text) in {"decision", "action"}))


def _taken(text: str, known: Collection[str] = ()) -> tuple[str, int] | None:
    """Who takes an action on by its mark, `AI[Kai]: …`, and where the action's text begins."""
    found = TAKEN.match(text)
    name = next((name for name in found.groups() if name), "").strip() if found else ""
    return (name, found.end()) if found and (is_name(name, known) or re.fullmatch(r"[a-z][\w-]+", name)) else None


def _listed(name: str, company: Company) -> str:
    """The attendee whom initials or a nickname mean: what is a name by itself stays as written."""
    return "" if not name or is_name(name, company.known) else named_by(strip_marks(name), company.listed)


def is_box(text: str) -> bool:
    """Whether a text is a box to tick."""
    return bool(BOX.match(text))


def is_settled(text: str) -> bool:
    """Whether a text carries the writer's own label, so that nothing in it is an entry of its own."""
    label = read_label(text)
    return bool(label and text.startswith("**") and _kind(label, text))


def _kind(label: Label, text: str) -> str:
    """The kind a label names; a note only where it is set in bold, since "Note:" begins many a sentence."""
    kind = next((kind for kind, pattern in LABELS if pattern.fullmatch(label.words)), "")
    return "" if kind == "note" and not text.startswith("**") else kind


def _bracket(bracket: str, kind: str) -> dict[str, str] | None:
    """The facts in a label's bracket, None where it holds anything else. An action's bare name is who takes it on."""
    found: dict[str, str] = {}
    for part in facts.parts(bracket):
        pair = facts.pairs_of(part, KEYS)
        due = re.fullmatch(r"due:? (\d{4}-\d{2}-\d{2})", part)
        if part == QUOTED:
            found[QUOTED] = "none"
        elif due:
            found["due"] = due[1]
        elif pair:
            found.update(pair)
        elif kind == "action" and (is_name(facts.unescape(part)) or "\\" in part) and "assignee" not in found:
            found["assignee"] = part
        else:
            return None
    return found if all(_is_sound(key, value) for key, value in found.items()) else None


def _is_sound(key: str, value: str) -> bool:
    if value == "none" or key in {"speakers", "assignee"}:
        return True
    if key == "item":
        return value.isdecimal() and len(value) < 6
    if key == "at":
        return bool(re.fullmatch(r"(?:\d{1,5}:)?\d{1,2}:\d{2}", value))
    return _iso(value) is not None


def _iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _with(entry: MinutesEntry, explicit: dict[str, str]) -> MinutesEntry:
    """The entry with facts that are said in place of those inferred."""
    values = {key: "" if value == "none" else value for key, value in explicit.items()}
    if "speakers" in values:
        entry = replace(entry, speakers=facts.values(explicit["speakers"]))
    if "item" in values:
        entry = replace(entry, agenda_item=int(values["item"]) if values["item"] else None)
    if "at" in values:
        entry = replace(entry, offset=seconds(values["at"]) if values["at"] else None)
    if "assignee" in values:
        entry = replace(entry, assignee=facts.unescape(values["assignee"]))
    if "due" in values:
        entry = replace(entry, due=_iso(values["due"]))
    return entry


def seconds(clock: str) -> int:
    """Seconds of `h:mm:ss` or `m:ss`."""
    total = 0
    for part in clock.split(":"):
        total = total * 60 + int(part)
    return total


def _infer(text: str, kind: str, company: Company, *, owned: bool = False) -> MinutesEntry:
    """The entry with what its words tell. `owned`: who takes an action on is said, so its text names nobody first."""
    found = OFFSET.match(text)
    offset = seconds(found["clock"] or found["long"]) if found else None
    if kind == "action":
        first = text.split("\n", 1)[0]
        text, assignee, due = (text, "", _due(first, company)) if owned else _action(text, company)
        return MinutesEntry(0, text, kind, offset=offset, assignee=assignee, due=due)
    return MinutesEntry(0, text, kind, speakers(text[found.end() :] if found else text, company), offset=offset)


def _action(text: str, company: Company) -> tuple[str, str, dt.date | None]:
    """The text of an action without the name it begins with, that name, and the day it is due."""
    first = text.split("\n", 1)[0]
    prefixed = PREFIXED.match(text)
    taker = without_affiliation(prefixed["name"])[0] if prefixed else ""
    if prefixed and (is_name(taker, company.known) or _listed(taker, company)):
        assignee = _listed(taker, company) or strip_marks(taker)
        return text[prefixed.end() :], assignee, _due(first, company)
    return text, _assignee(first, company), _due(first, company)


def _assignee(first: str, company: Company) -> str:
    if is_name(first, company.known):
        return strip_marks(first)
    will = WILL.match(first)
    if will and names(will["name"], company.known) and will["name"] not in company.strangers:
        return names(will["name"], company.known)[0]
    if will and _listed(will["name"], company):
        return _listed(will["name"], company)
    handle = re.match(r"@[\w-]+", first)
    owned = OWNED.search(first[-SIGNATURE:])
    name = handle[0] if handle else (owned[1] or owned[2] or "").strip() if owned else ""
    if name and is_name(name, company.known):
        return strip_marks(name)
    doing = [name for name in actors(first, company.known, company.strangers) if name.lower() in company.known]
    return doing[0] if len(doing) == 1 else ""


def _due(first: str, company: Company) -> dt.date | None:
    """The day after "due", "by" or "until"; where it names no year, the one that follows the call."""
    for day in days(first):
        said = DUE.search(first[: day.start])
        if said and said.end() == day.start:
            date = day.near(company.date)
            if date and not day.year and date < company.date:
                date = day.in_year(date.year + 1)
            return date
    return None


def speakers(text: str, company: Company) -> tuple[str, ...]:
    """Who says or does what a text tells: the names it begins with, or the people it introduces."""
    body = passage(text)
    paragraph = next((block for block in body.blocks if block.kind != "heading"), None)
    if not paragraph or paragraph.kind != "paragraph":
        return ()
    words = " ".join(paragraph.content.split())
    label = read_label(words)
    if label:
        found = names(label.words, company.known) or (
            names(label.rest.rstrip("."), company.known) if INTRODUCTIONS.fullmatch(label.words) else ()
        )
        if found:
            return tuple(name for name in found if name not in company.strangers)
    marked = BRACKETED.match(words)
    told = _listed(label.words if label else marked["name"] if marked else "", company)
    if told:
        return (told,)
    if marked and is_name(marked["name"], company.known | {name.split()[0].lower() for name in company.listed}):
        return (strip_marks(marked["name"]),)
    if INTRODUCTIONS.fullmatch(words.rstrip(".:")):
        return _introduced(text, company)
    return actors(words, company.known, company.strangers, company.topics)


def _introduced(text: str, company: Company) -> tuple[str, ...]:
    """Whom a list below "Introductions" names, one an item."""
    body = passage(text)
    firsts = [
        body.item(item).text.split("\n", 1)[0] for block in body.blocks for item in block.items if block.kind == "list"
    ]
    found = [without_affiliation(re.split(r":\s", first)[0])[0] for first in firsts]
    return unique(strip_marks(name) for name in found if is_name(name, company.known))
