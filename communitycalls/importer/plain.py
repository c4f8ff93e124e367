"""Conflicts as people read them: what they are about, and each side as plain text. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from communitycalls.document import values as v
from communitycalls.document.fields import FIELDS, Field
from communitycalls.importer.sides import HEADS, ORDER, WHOLE, Conflict, Json, Place, rows_of, sort_of
from communitycalls.importer.sorts import LISTS
from interop.document import codec

LONGEST = 60
HEADINGS = {"call": "The call", "minutes": "The minutes"}
KINDS = {"call": "call", "minutes": "minutes", "links": "link", "agenda": "agenda item", "entries": "entry"} | {
    "questions": "question",
    "answers": "answer",
    "releases": "release",
    "attendance": "attendance",
}


@dataclass(frozen=True)
class Shown:
    """A conflict side by side. `about` names the thing, `label` what of it; a side is "" where it has nothing.

    `gone` says which side has no such thing at all: "here", "document" or "". `is_text` says that the two texts could
    be put together by hand. `pk` is the row's, None where nothing was written.
    """

    pk: int | None
    about: str
    label: str
    base: str
    here: str
    there: str
    gone: str = ""
    is_text: bool = False
    sentence: str = ""


def show(conflict: Conflict, document: v.CallDocument, pk: int | None = None) -> Shown:
    """A conflict in a call as it stands now."""
    place, field = conflict.place, field_of(conflict.place)
    base, here, there = (plain(place, one, document) for one in (conflict.base, conflict.here, conflict.there))
    gone = ""
    if place.field == WHOLE:
        gone = "here" if conflict.here is None else "document" if conflict.there is None else ""
    is_text = field is not None and field.is_text
    label = field.label if field else "Order" if place.field == ORDER else ""
    return Shown(pk, about(conflict, document), label, base, here, there, gone, is_text, conflict.sentence)


def about(conflict: Conflict, document: v.CallDocument) -> str:
    """What a conflict is about, such as "Agenda item 2: News"."""
    place = conflict.place
    if place.section in HEADS:
        return HEADINGS[place.section]
    sort = LISTS[place.section]
    noun = sort.noun[:1].upper() + sort.noun[1:]
    if place.field == ORDER and not place.part:
        return f"{noun}s"
    name = _name(place, place.number, document) if sort.is_numbered else ""
    said = next((one for one in (conflict.here, conflict.there, conflict.base) if isinstance(one, dict)), None)
    if said is not None and not place.part:
        name = name or sort.name(codec.load(type(sort.empty), said))
    number = f" {place.number}" if sort.is_numbered else ""
    of_part = f", {sort_of(place).noun}" if place.part else ""
    return f"{noun}{number}{f': {_short(name)}' if name else ''}{of_part}"


def field_of(place: Place) -> Field | None:
    """The field at a place; None for a whole element and for an order."""
    fields = FIELDS[KINDS[place.part or place.section]].fields
    return next((one for one in fields if one.name == place.field), None)


def plain(place: Place, value: Json, document: v.CallDocument) -> str:
    """What one side says, as plain text; "" for nothing."""
    field = field_of(place)
    if value in (None, "", []):
        return ""
    if field is None:
        return "\n".join(_order(place, value, document) if place.field == ORDER else _lines(place, value))
    holder = {"call": document, "minutes": document.minutes}.get(place.section) or sort_of(place).empty
    return field.tell(codec.load(type(holder), codec.dump(holder) | {place.field: value}))


def _lines(place: Place, value: dict[str, Json]) -> Iterator[str]:
    """An element line by line: running text as it is, all else after its label."""
    one = codec.load(type(sort_of(place).empty), value)
    for field in FIELDS[KINDS[place.part or place.section]].fields:
        text = field.tell(one)
        if text:
            yield text if field.is_text else f"{field.label}: {text}"
    for answer in getattr(one, "answers", ()):
        yield f"{answer.speaker or 'Unnamed'}: {answer.text}"


def _order(place: Place, keys: list[Json], document: v.CallDocument) -> Iterator[str]:
    for key in keys:
        name = _name(place, key, document) if isinstance(key, int) else key
        yield _short(name) if name else str(key)


def _name(place: Place, number: int, document: v.CallDocument) -> str:
    sort = LISTS[place.section]
    rows = rows_of(document, Place(place.section))
    return next((sort.name(one) for one in rows if sort.number(one) == number), "")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
