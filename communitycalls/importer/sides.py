"""One thing that editors here and a document both changed: where it is in a call, and what each of the two says of it.

What a side says is kept as JSON, so that it outlives the rows. `say` reads it from a call, `put` writes it into one.
Pure: nothing here knows a database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from communitycalls.document import values as v
from communitycalls.importer import sorts
from communitycalls.importer.pairing import pair
from communitycalls.importer.sorts import Sort
from interop.document import codec

Json = Any  # what JSON holds: texts, numbers, None, lists and mappings of them

HEADS = ("call", "minutes")
WHOLE, ORDER = "", "order"


@dataclass(frozen=True)
class Place:
    """Where in a call something stands.

    `section` is "call" or "minutes" for their own fields, else a list: links, agenda, entries, questions, releases,
    attendance. `number` names an element where the list has numbers, `part` a list inside it ("answers"). `field` is
    WHOLE for the element itself, ORDER for the order of the list. Elements without numbers are only ever WHOLE.
    """

    section: str
    number: int = 0
    part: str = ""
    field: str = WHOLE


@dataclass(frozen=True)
class Conflict:
    """`base` is what both began with; None is said of an element that is not there. `sentence` tells it in one line."""

    place: Place
    base: Json
    here: Json
    there: Json
    sentence: str = ""


def sort_of(place: Place) -> Sort[Any]:
    """The sort of the list at a place. Raises KeyError for the fields of the call and of its minutes."""
    sort = sorts.LISTS[place.section]
    return sort.parts[place.part] if place.part else sort


def rows_of(document: v.CallDocument, place: Place) -> tuple[Any, ...]:
    """The list at a place. Raises LookupError where the element that holds it is not there."""
    rows = document.minutes.entries if place.section == "entries" else getattr(document, place.section)
    if not place.part:
        return tuple(rows)
    holders = [one for one in rows if one.number == place.number]
    if not holders:
        raise LookupError(f"There is no {place.section} {place.number}.")
    return tuple(getattr(holders[0], place.part))


def say(document: v.CallDocument, place: Place, like: Json = None) -> Json:
    """What a call says at a place. `like` is what an element without a number said before, by which it is found.

    Raises LookupError where the element whose field is asked for is not there.
    """
    if place.section in HEADS:
        return codec.dump(getattr(_head(document, place), place.field))
    rows = rows_of(document, place)
    if place.field == ORDER:
        return names_of(sort_of(place), rows)
    index = _find(rows, place, like)
    if place.field == WHOLE:
        return None if index is None else codec.dump(rows[index])
    if index is None:
        raise LookupError(f"There is no {place.section} {place.number}.")
    return codec.dump(getattr(rows[index], place.field))


def names_of(sort: Sort[Any], rows: Sequence[Any]) -> list[Json]:
    """How a list's order is kept: numbers, or names where the elements have none."""
    return [sort.number(one) if sort.is_numbered else sort.name(one) for one in rows]


def agree(place: Place, one: Json, other: Json) -> bool:
    """Whether two sides say the same; of an order, whether what both hold stands alike."""
    if place.field != ORDER:
        return bool(one == other)
    one, other = one or [], other or []
    return [name for name in one if name in other] == [name for name in other if name in one]


def put(
    document: v.CallDocument, place: Place, value: Json, like: Json = None, leader: v.CallDocument | None = None
) -> v.CallDocument:
    """The call saying `value` at a place. An element that comes back takes the place it has in `leader`.

    Raises LookupError where the element whose field is written is not there, TypeError or ValueError for a value that
    does not fit.
    """
    if place.section in HEADS:
        head = _head(document, place)
        new = _with_field(head, place.field, value)
        return new if place.section == "call" else replace(document, minutes=new)
    rows = rows_of(document, place)
    if place.field == ORDER:
        return _with_rows(document, place, _ordered(sort_of(place), rows, value))
    index = _find(rows, place, like)
    if place.field == WHOLE:
        return _sound(_with_rows(document, place, _with_element(rows, place, index, value, leader)))
    if index is None:
        raise LookupError(f"There is no {place.section} {place.number}.")
    new = _with_field(rows[index], place.field, value)
    return _sound(_with_rows(document, place, (*rows[:index], new, *rows[index + 1 :])))


def weave(leading: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    """The leading list with what only the other has, each after the one it follows there."""
    woven = list(leading)
    previous: Any = None
    for one in other:
        if one not in woven:
            woven.insert(0 if previous is None else woven.index(previous) + 1, one)
        previous = one
    return woven


def _head(document: v.CallDocument, place: Place) -> Any:
    return document if place.section == "call" else document.minutes


def _with_field(one: Any, field: str, value: Json) -> Any:
    return codec.load(type(one), {**codec.dump(one), field: value})


def _find(rows: Sequence[Any], place: Place, like: Json) -> int | None:
    sort = sort_of(place)
    if sort.is_numbered:
        return next((index for index, one in enumerate(rows) if one.number == place.number), None)
    if like is None:
        return None
    known = codec.load(type(sort.empty), like)
    return pair({0: known}, dict(enumerate(rows)), sort.keys, sort.words).get(0)


def _with_rows(document: v.CallDocument, place: Place, rows: tuple[Any, ...]) -> v.CallDocument:
    if place.part:
        outer = Place(place.section)
        holders = rows_of(document, outer)
        changed = (replace(one, **{place.part: rows}) if one.number == place.number else one for one in holders)
        return _with_rows(document, outer, tuple(changed))
    if place.section == "entries":
        return replace(document, minutes=replace(document.minutes, entries=rows))
    fields: dict[str, Any] = {place.section: rows}
    return replace(document, **fields)


def _with_element(
    rows: tuple[Any, ...], place: Place, index: int | None, value: Json, leader: v.CallDocument | None
) -> tuple[Any, ...]:
    sort = sort_of(place)
    if value is None:
        return rows if index is None else (*rows[:index], *rows[index + 1 :])
    one = codec.load(type(sort.empty), value)
    if index is not None:
        return (*rows[:index], one, *rows[index + 1 :])
    if leader is None or not sort.is_numbered:
        return (*rows, one)
    return tuple(_inserted(rows, one, [sort.number(other) for other in rows_of(leader, place)]))


def _inserted(rows: tuple[Any, ...], one: Any, order: Sequence[int]) -> list[Any]:
    """The rows with one more, after the last of them that stands before it in the order."""
    before = order[: order.index(one.number)] if one.number in order else order
    places = [index for index, row in enumerate(rows, 1) if row.number in before]
    index = places[-1] if places else 0
    return [*rows[:index], one, *rows[index:]]


def _ordered(sort: Sort[Any], rows: tuple[Any, ...], order: Sequence[Json]) -> tuple[Any, ...]:
    names = names_of(sort, rows)
    known = [index for index, name in enumerate(names) if name in order]
    leading = sorted(known, key=lambda index: order.index(names[index]))
    return tuple(rows[index] for index in weave(leading, range(len(rows))))


def _sound(document: v.CallDocument) -> v.CallDocument:
    """Entries name only agenda items that are there."""
    numbers = {item.number for item in document.agenda}
    entries = tuple(
        one if one.agenda_item in numbers else replace(one, agenda_item=None) for one in document.minutes.entries
    )
    return replace(document, minutes=replace(document.minutes, entries=entries))
