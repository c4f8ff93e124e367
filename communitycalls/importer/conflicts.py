"""Conflicts as rows: kept by an import, settled where both sides come to say the same, decided by editors."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from communitycalls import aside, history
from communitycalls.access import sees_minutes
from communitycalls.document.values import CallDocument
from communitycalls.exporter import read_call
from communitycalls.importer import sides
from communitycalls.importer.acts import keep_releases
from communitycalls.importer.pairing import pair
from communitycalls.importer.plain import Shown, show
from communitycalls.importer.rows import apply
from communitycalls.importer.sides import WHOLE, Json, Place
from communitycalls.models import Call, Conflict
from interop.document import DocumentError, codec

S = Conflict.State


@dataclass(frozen=True)
class _Now:
    """What both sides say today; `is_there` is False where what they speak of is gone."""

    here: Json
    there: Json
    is_there: bool = True


def place_of(row: Conflict) -> Place:
    return Place(row.section, row.number, row.part, row.field)


def keep(
    call: Call, found: Sequence[sides.Conflict], here: CallDocument, base: CallDocument, now: dt.datetime
) -> list[tuple[Conflict, sides.Conflict]]:
    """Keep the conflicts of an import as open rows, and give both back.

    One that is open already is brought up to date; one that both sides, or the document's going back to what both began
    with, have settled is closed. `here` is the call after the import, `base` the document with the numbers of the rows.
    Costs a query and one for each conflict.
    """
    rows = list(call.conflicts.still_open())
    source = call.sources.first()
    kept = []
    for one in found:
        row = next((row for row in rows if _is_same(row, one)), None)
        if row is None:
            row = Conflict(call=call, base=one.base)
            row.section, row.number, row.part, row.field = _columns(one.place)
        else:
            rows.remove(row)
        if row.pk and sides.agree(one.place, one.there, row.base):
            _settle(row, now)
            continue
        row.here, row.there, row.source = one.here, one.there, source
        row.save()
        kept.append((row, one))
    for row in rows:
        _follow(row, here, base, now)
    return kept


def settle(call: Call, now: dt.datetime) -> None:
    """Close what an editor has settled by hand: the call says by now what the document says, or says nothing of it.

    Costs a query, and those of reading a call where conflicts are open.
    """
    rows = list(call.conflicts.still_open())
    document = read_call(Call.objects.get(pk=call.pk), whole=True) if rows else None
    for row in rows:
        if document and _is_settled(row, _now(row, document, None)):
            _settle(row, now)


def decide(
    call: Call, rows: Iterable[Conflict], state: str, *, user: AbstractBaseUser | None, now: dt.datetime, text: str = ""
) -> None:
    """Close conflicts of a call for good: keep what stands here, take what the document says, or write `text` instead.

    The call changes, with one revision, where it comes to say something else. Raises DocumentError with a sentence
    where what is to be written does not fit; then nothing is changed.
    """
    decided = list(rows)
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call.pk)
        if state != S.KEPT:
            _write(call, {row: text if state == S.EDITED else row.there for row in decided}, user)
        for row in decided:
            row.state, row.decided_by_id, row.decided_at = state, user.pk if user else None, now
            row.save(update_fields=["state", "decided_by", "decided_at"])
        settle(call, now)


def decided(call: Call, most: int) -> list[Conflict]:
    """What was decided or settled last, the latest first. Costs one query."""
    rows = call.conflicts.exclude(state=S.OPEN).select_related("decided_by").order_by("-decided_at", "-pk")
    return list(rows[:most])


def shown(rows: Iterable[Conflict], document: CallDocument) -> list[tuple[Conflict, Shown]]:
    """Rows of one call beside what both sides say now."""
    return [(row, _show(row, document)) for row in rows]


def as_decided(rows: Sequence[Conflict], document: CallDocument) -> list[tuple[Conflict, Shown]]:
    """Rows of one call beside what both sides said when they were decided."""
    told = (sides.Conflict(place_of(row), row.base, row.here, row.there) for row in rows)
    return [(row, show(one, document, row.pk)) for row, one in zip(rows, told, strict=True)]


def _show(row: Conflict, document: CallDocument) -> Shown:
    now = _now(row, document, None)
    return show(sides.Conflict(place_of(row), row.base, now.here, now.there), document, row.pk)


def _columns(place: Place) -> tuple[str, int, str, str]:
    return place.section, place.number, place.part, place.field


def _is_loose(place: Place) -> bool:
    """Whether a place is an element that no number names."""
    return place.field == WHOLE and place.section not in sides.HEADS and not sides.sort_of(place).is_numbered


def _is_same(row: Conflict, one: sides.Conflict) -> bool:
    """Whether a row speaks of the same thing as a conflict that was found just now."""
    if place_of(row) != one.place:
        return False
    if not _is_loose(one.place):
        return True
    if (row.here is None) != (one.here is None):
        return False
    sort = sides.sort_of(one.place)
    before, after = (codec.load(type(sort.empty), x.there if x.here is None else x.here) for x in (row, one))
    return bool(pair({0: before}, {0: after}, sort.keys, sort.words))


def _now(row: Conflict, document: CallDocument, base: CallDocument | None) -> _Now:
    """What the call and the document say now of what a row is about; without a document, what it said last."""
    place = place_of(row)
    try:
        here = sides.say(document, place, row.here or row.there)
        there = sides.say(base, place, row.there or row.here) if base else row.there
    except LookupError:
        return _Now(row.here, row.there, is_there=False)
    if _is_loose(place) and there is not None and row.there is not None:
        there = row.there
    return _Now(here, there)


def _is_settled(row: Conflict, now: _Now) -> bool:
    place = place_of(row)
    if not now.is_there or sides.agree(place, now.here, now.there):
        return True
    if place.field == WHOLE:
        return (now.here is None) != (row.here is None) or (now.there is None) != (row.there is None)
    return False


def _follow(row: Conflict, document: CallDocument, base: CallDocument, at: dt.datetime) -> None:
    """Bring a row up to date that the import did not find again."""
    now = _now(row, document, base)
    if _is_settled(row, now) or sides.agree(place_of(row), now.there, row.base):
        _settle(row, at)
    elif (row.here, row.there) != (now.here, now.there):
        row.here, row.there = now.here, now.there
        row.save(update_fields=["here", "there"])


def _settle(row: Conflict, at: dt.datetime) -> None:
    row.state, row.decided_at = S.SETTLED, at
    row.save(update_fields=["state", "decided_at"])


def _write(call: Call, wanted: Mapping[Conflict, Json], user: AbstractBaseUser | None) -> None:
    ours = new = read_call(call, whole=True)
    source = call.sources.first()
    leader = codec.load(CallDocument, source.value) if source else None
    for row, value in wanted.items():
        try:
            new = sides.put(new, place_of(row), value, row.here, leader)
        except LookupError:
            continue  # what it is about went meanwhile, with another conflict's side or by hand
        except (TypeError, ValueError) as error:
            raise DocumentError(f"Conflict {row.pk} cannot be written: {error}") from error
    if new == ours:
        return
    for one in _rows(call, ours, new):
        aside.lay(one)
    apply(new, call)
    asides = aside.asides_of(call)
    for one in _rows(call, new, ours):
        aside.give_back(one, asides)
    if sees_minutes(AnonymousUser(), call):
        keep_releases(call)
    history.record(call, user, f"Decided between what stood here and {source.name if source else 'the document'}.")


def _rows(call: Call, has: CallDocument, has_not: CallDocument) -> Iterator[aside.Numbered]:
    """The rows of what one value has and the other has not, by number. Costs a query for each list."""
    there, elsewhere = history.numbers_of(has), history.numbers_of(has_not)
    for model, section in aside.SECTIONS.items():
        numbers = set(there[section]) - set(elsewhere[section])
        yield from model._base_manager.filter(call=call, number__in=numbers)  # type: ignore[misc]  # -- one of the four
