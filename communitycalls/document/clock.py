"""Times of day as people write them on one line, with the zone beside them."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from communitycalls.document import zones

_HALF = r"(?:\s?(?P<{0}half>[ap])\.?\s?m\b\.?|\s?(?P<{0}noon>noon\b))"
_ONE = (
    r"(?P<{0}hour>\d{{1,2}})(?:(?P<{0}mark>[:.h\u02d0\ua789])(?P<{0}minute>\d{{2}})(?::[0-5]\d(?![\d:]))?)?"
    r"(?:\s?(?P<{0}h>h|hrs|hours|uhr)\b)?"
)
_FOUR = r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?:\s?(?P<h>h|hrs|hours|uhr)\b)?(?P<mark>)(?P<half>)"
_TO = r"\s?(?:-|\u2013|\u2014|to|until|till)\s?"
TIME = re.compile(
    rf"(?<![\d.:/\w-]){_ONE.format('')}{_HALF.format('')}?"
    rf"(?:{_TO}{_ONE.format('end_')}{_HALF.format('end_')}?)?(?![\d:]|\.\d)",
    re.IGNORECASE,
)
FOUR = re.compile(rf"(?<![\d.:/\w-]){_FOUR}(?![\d:]|\.\d)", re.IGNORECASE)
WORDS = {"noon": dt.time(12), "midday": dt.time(12), "midnight": dt.time(0)}
WORD = re.compile(r"\b(?:12\s)?(noon|midday|midnight)\b", re.IGNORECASE)
BEFORE_ZONE = re.compile(r"[\s,]*(?:o'clock|o\u2019clock)?[\s,]*[(\[]?\s*(?:in\s+)?")
ANNOUNCED = re.compile(r"(?:^|,|@|\bat|\bfrom|\bum)\s*$", re.IGNORECASE)
LOWER_ZONE = re.compile(r"[a-z]{3,4}\b")
COMMON = frozenset({"utc", "gmt", "cet", "cest", "est", "edt", "pst", "pdt", "bst"})


@dataclass(frozen=True)
class Clock:
    """A time as written at `start:end` of a text. `time` is None where no clock shows it; `zone` is "" where unsaid."""

    time: dt.time | None
    zone: str
    start: int
    end: int
    written: str
    until: dt.time | None = None
    certain: bool = True

    @property
    def minutes(self) -> int | None:
        """How long a range lasts, in minutes."""
        if not self.time or not self.until:
            return None
        length = (self.until.hour - self.time.hour) * 60 + self.until.minute - self.time.minute
        return length % (24 * 60) or None


def clocks(text: str) -> tuple[Clock, ...]:
    """Every time a line of text names, in order. A bare "17.30" counts only where nothing is written more clearly."""
    found: list[Clock] = []
    for clock in _all(text):
        if not any(other.start < clock.end and clock.start < other.end for other in found):
            found.append(clock)
    certain = [clock for clock in found if clock.certain]
    return tuple(sorted(certain or found, key=lambda clock: clock.start))


def _all(text: str) -> Iterator[Clock]:
    for match in TIME.finditer(text):
        yield from _clock(text, match)
    for match in FOUR.finditer(text):
        zone, end = _zone_after(text, match.end())
        if zone or match["h"]:
            time = _time(match["hour"], match["minute"], "")
            yield Clock(time, zone, match.start(), end, text[match.start() : end])
    for match in WORD.finditer(text):
        zone, end = _zone_after(text, match.end())
        yield Clock(WORDS[match[1].lower()], zone, match.start(), end, text[match.start() : end])


def _clock(text: str, match: re.Match[str]) -> Iterator[Clock]:
    half, end_half = _half(match), _said_half(match, "end_")
    zone, end = _zone_after(text, match.end())
    start = match.start()
    if not zone:
        zone, start = _zone_before(text, start)
    plain = match["mark"] == "." and not (half or match["h"] or zone)
    said = match["minute"] and not (plain and not ANNOUNCED.search(text, 0, match.start()))
    if not (said or half or match["h"] or (zone and not match["end_hour"])):
        return
    until = _time(match["end_hour"], match["end_minute"], end_half) if match["end_hour"] else None
    time = _time(match["hour"], match["minute"], half)
    yield Clock(time, zone, start, end, text[start:end].strip(), until, certain=not plain)


def _half(match: re.Match[str]) -> str:
    """Whether a range's begin is a.m. or p.m.: as said, else as its end, but not so that it would end before."""
    half = _said_half(match, "") or _said_half(match, "end_")
    if not _said_half(match, "") and half.lower() == "p" and int(match["hour"]) % 12 > int(match["end_hour"]) % 12:
        return "a"
    return half


def _said_half(match: re.Match[str], which: str) -> str:
    """The half of the day that is said of a time; noon is the twelfth hour of the first, which clocks call p.m."""
    return match[f"{which}half"] or ("p" if match[f"{which}noon"] else "")


def _time(hour: str, minute: str | None, half: str) -> dt.time | None:
    """The time of day, None where no clock shows it."""
    number = int(hour)
    if half and 1 <= number <= 12:
        number = number % 12 + (12 if half.lower() == "p" else 0)
    if number > 23 or int(minute or 0) > 59:
        return None
    return dt.time(number, int(minute or 0))


def _zone_after(text: str, at: int) -> tuple[str, int]:
    """The zone that follows a position and where it ends; "" and the position where none does."""
    gap = BEFORE_ZONE.match(text, at)
    begin = gap.end() if gap else at
    found = zones.LABEL.match(text, begin) or LOWER_ZONE.match(text, begin)
    city = zones.CITY.match(text, begin)
    found = city if city and not (found and zones.is_zone(found[0])) else found
    if found and (found[0] in COMMON if found[0][0].islower() else zones.is_zone(found[0])):
        closed = (
            gap is not None and gap[0].rstrip().endswith(("(", "[")) and text[found.end() : found.end() + 1] in ")]"
        )
        return found[0], found.end() + closed
    return "", at


def _zone_before(text: str, at: int) -> tuple[str, int]:
    """The zone that stands before a position, as in "CEST 17:30"."""
    words = text[:at].rstrip(" ,").split()
    if words and words[-1].strip("(),") in zones.MEANINGS and len(words[-1].strip("(),")) > 1:
        return words[-1].strip("(),"), text.rindex(words[-1], 0, at)
    return "", at
