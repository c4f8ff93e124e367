"""One moment on the clocks of the world, and what a change of clocks did to it. Pure."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

CITIES = {
    "America/Los_Angeles": "San Francisco",
    "America/New_York": "New York",
    "UTC": "UTC",
    "Europe/Berlin": "Berlin",
    "Asia/Kolkata": "Kolkata",
    "Asia/Tokyo": "Tokyo",
}


@dataclass(frozen=True)
class Clock:
    """A moment in one zone. `ahead` is "" or how the day differs from the day in the series' zone, such as "Wed"."""

    zone: str
    city: str
    moment: dt.datetime
    ahead: str
    is_series: bool


def city_of(zone: str) -> str:
    """What people call a zone: its city."""
    return CITIES.get(zone) or zone.rpartition("/")[2].replace("_", " ")


def around_the_world(start: dt.datetime, series_zone: str) -> tuple[Clock, ...]:
    """An aware moment in the zones people call from and in the series' own, from west to east."""
    here = start.astimezone(ZoneInfo(series_zone))
    found = [(zone, start.astimezone(ZoneInfo(zone))) for zone in {**CITIES, series_zone: ""}]
    ordered = sorted(found, key=lambda one: (one[1].utcoffset(), one[0]))
    return tuple(
        Clock(zone, city_of(zone), moment, f"{moment:%a}" if moment.date() != here.date() else "", zone == series_zone)
        for zone, moment in ordered
    )


def clocks_changed(before: dt.datetime, start: dt.datetime, series_zone: str) -> dt.timedelta | None:
    """By how much the series' clock moved between two calls; None where it did not.

    Whoever's own clock stands still meets the later call that much earlier.
    """
    zone = ZoneInfo(series_zone)
    old, new = before.astimezone(zone).utcoffset(), start.astimezone(zone).utcoffset()
    return new - old if old is not None and new is not None and old != new else None


def distance(now: dt.datetime, start: dt.datetime, series_zone: str) -> str:
    """How far a moment ahead is: "in 20 minutes", "in 5 hours", "tomorrow", "in 5 days" by the series' calendar."""
    minutes = int((start - now).total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"in {minutes} minute{'s' if minutes > 1 else ''}"
    zone = ZoneInfo(series_zone)
    days = (start.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days < 1 or minutes < 12 * 60:
        hours = minutes // 60
        return f"in {hours} hour{'s' if hours > 1 else ''}"
    return "tomorrow" if days == 1 else f"in {days} days"
