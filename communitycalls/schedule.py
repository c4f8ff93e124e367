"""From a rule, a time and a zone to dates and clock times. Pure: every moment comes in as an argument.

Recurrence rules are RFC 5545 RRULE values; zones are IANA names. A wall time that a zone skips (spring) or repeats
(autumn) is read as `datetime` does with `fold=0`: the offset in force before the change.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrulestr


def check_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises ValueError with a sentence."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone. Write an IANA name, for example Europe/Berlin.") from error


def check_recurrence(rule: str) -> None:
    """Raise ValueError with a sentence unless `rule` is "" or an RFC 5545 rule."""
    if not rule:
        return
    try:
        next(iter(rrulestr(rule, dtstart=dt.datetime.combine(dt.date(2000, 1, 1), dt.time()))), None)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(
            f"{rule!r} is no recurrence rule. Write RFC 5545, for example FREQ=MONTHLY;BYDAY=2TU (second Tuesday)."
        ) from error


def start_of(date: dt.date, time: dt.time, timezone: str) -> dt.datetime:
    """The moment in UTC at which a wall time falls on a date in a zone."""
    return dt.datetime.combine(date, time, tzinfo=check_zone(timezone)).astimezone(dt.UTC)


def occurrences(rule: str, after: dt.date) -> Iterator[dt.date]:
    """The dates a rule gives after a date, in order; none for an empty rule."""
    if not rule:
        return
    begin = dt.datetime.combine(after, dt.time()) + dt.timedelta(days=1)
    for moment in rrulestr(rule, dtstart=begin):
        yield moment.date()


@dataclass(frozen=True)
class Slot:
    """When an agenda item is due: aware, in the call's zone. `over` is True where it ends after the call's end."""

    start: dt.datetime
    end: dt.datetime
    over: bool


def slots(start: dt.datetime, timezone: str, duration: int, lengths: Sequence[int | None]) -> tuple[Slot, ...]:
    """Clock times for items of planned lengths in minutes (None counts nothing) of a call of `duration` minutes."""
    zone = check_zone(timezone)
    limit = start + dt.timedelta(minutes=duration)
    found, now = [], start
    for length in lengths:
        end = now + dt.timedelta(minutes=length or 0)
        found.append(Slot(now.astimezone(zone), end.astimezone(zone), end > limit))
        now = end
    return tuple(found)
