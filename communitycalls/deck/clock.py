"""When a call is, in words and clock times: computed from its start and its zone, never typed."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from communitycalls.deck.slides import ClockTime
from communitycalls.document.values import CallDocument
from communitycalls.schedule import slots


def agenda_times(call: CallDocument) -> tuple[str, ...]:
    """A clock time in the call's zone for each agenda item; "" once an earlier item has no planned length."""
    if call.start is None:
        return ("",) * len(call.agenda)
    known = True
    found = []
    for slot, item in zip(slots(call.start, call.timezone, call.duration, _lengths(call)), call.agenda, strict=True):
        found.append(f"{slot.start:%H:%M}" if known else "")
        known = known and item.minutes is not None
    return tuple(found)


def told_times(call: CallDocument) -> tuple[str, ...]:
    """The clock times of an agenda, where more than the first is known: one time above mere numbers tells nothing."""
    found = agenda_times(call)
    return ("",) * len(found) if len(found) > 1 and not found[1] else found


def begins_note(call: CallDocument) -> str:
    """When the call begins, for an agenda without times: "Begins at 17:30 CEST (Europe/Berlin)."; "" if unknown."""
    if call.start is None:
        return ""
    local = call.start.astimezone(ZoneInfo(call.timezone))
    return f"Begins at {local:%H:%M} {_zone_name(local, call.timezone)}."


def _lengths(call: CallDocument) -> list[int | None]:
    return [item.minutes for item in call.agenda]


def zone_note(call: CallDocument) -> str:
    """What the agenda's clock times mean: "Times are CEST (Europe/Berlin)."."""
    if call.start is None:
        return ""
    local = call.start.astimezone(ZoneInfo(call.timezone))
    return f"Times are {_zone_name(local, call.timezone)}."


def _zone_name(local: dt.datetime, zone: str) -> str:
    name = local.tzname() or ""
    return f"{name} ({zone})" if name != zone else zone


def times(call: CallDocument, zones: Iterable[str]) -> tuple[ClockTime, ...]:
    """The start in the call's own zone and then in others, each clock shown once."""
    if call.start is None:
        return ()
    found = (_clock_time(call.start, zone, call.date) for zone in (call.timezone, *zones))
    return tuple({(time.time, time.zone, time.day): time for time in reversed(list(found))}.values())[::-1]


def _clock_time(start: dt.datetime, zone: str, date: dt.date) -> ClockTime:
    local = start.astimezone(ZoneInfo(zone))
    offset = local.strftime("%z")
    name = local.tzname() or ""
    shown = name if name.isalpha() else f"UTC{offset[:3]}:{offset[3:]}"
    place = zone.rpartition("/")[2].replace("_", " ")
    day = "" if local.date() == date else f"{local:%a}"
    return ClockTime(f"{local:%H:%M}", shown, "" if place in (name, "UTC") else place, day)
