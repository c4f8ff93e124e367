"""Days as people write them, in a title or in prose."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar",
            "february feb februar",
            "march mar m\u00e4rz",
            "april apr",
            "may mai",
            "june jun juni",
            "july jul juli",
            "august aug",
            "september sept sep",
            "october oct oktober okt",
            "november nov",
            "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:,?[\s-]+(?:(?P<year>(?:19|20)\d{2})(?!\d|[:.h]\d)|['\u2019](?P<short>\d{2})(?!\d)))?"
PATTERNS = (
    re.compile(
        r"(?<![\d.])(?P<year>(?:19|20)\d{2})[-/_](?P<month>\d{1,2})[-/_](?P<day>\d{1,2})(?:T(?=\d{1,2}:)|(?!\d))"
    ),
    re.compile(r"(?<![\d.])(?P<year>(?:19|20)\d{2})\.(?P<month>\d{2})\.(?P<day>\d{2})(?![\d.])"),
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)"),
    re.compile(r"(?<![\d.])(?P<day>\d{2})\.(?P<month>\d{2})\.(?P<short>\d{2})(?![\d.]|:)"),
    re.compile(r"(?<![\d/.-])(?P<first>\d{1,2})(?P<bar>[/-])(?P<second>\d{1,2})(?P=bar)(?P<year>(?:19|20)\d{2})(?!\d)"),
    re.compile(r"(?<![\w.:/-])(?P<year>20\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?![\w.:/-])"),
    re.compile(
        rf"(?<![\d.])(?P<year>(?:19|20)\d{{2}})[\s-]+(?P<month>{_MONTH})\b\.?[\s-]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.h]\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\d.:h])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?[\s-]+(?:day\s+)?(?:of\s+)?(?P<month>{_MONTH})\b\.?{_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<month>{_MONTH})\b\.?[\s-]+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.h]\d){_YEAR}",
        re.IGNORECASE,
    ),
)
WEEKDAY = re.compile(
    r"\b(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?",
    re.IGNORECASE,
)
LONGEST = 2000
NAMED = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")


@dataclass(frozen=True)
class Day:
    """A day as written at `start:end` of a text. `year` is None where unsaid; `swapped` is 05/11 read the other way."""

    day: int
    month: int
    year: int | None
    start: int
    end: int
    written: str
    swapped: tuple[int, int] | None = None

    def in_year(self, year: int) -> dt.date | None:
        """The date in a year, None where the year has no such day."""
        try:
            return dt.date(year, self.month, self.day)
        except ValueError:
            return None

    def near(self, moment: dt.date) -> dt.date | None:
        """The date in its own year, else in the year that brings it nearest to a date."""
        if self.year:
            return self.in_year(self.year)
        found = [self.in_year(moment.year + shift) for shift in (0, -1, 1)]
        return min((date for date in found if date), key=lambda date: abs(date - moment), default=None)


def days(text: str) -> tuple[Day, ...]:
    """Every day that the first characters of a text name, in order; 2000 of them, since no prose goes on longer."""
    text = text[:LONGEST]
    found: list[Day] = []
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            if not any(day.start < match.end() and match.start() < day.end for day in found):
                found.extend(_day(match))
    return tuple(sorted(found, key=lambda day: day.start))


def _day(match: re.Match[str]) -> Iterator[Day]:
    parts = match.groupdict()
    short = parts.get("short")
    year = int(parts["year"]) if parts.get("year") else 2000 + int(short) if short else None
    where = (match.start(), match.end(), match[0].strip())
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        swapped = (first, second) if first <= 12 and second <= 12 and first != second else None
        day, month = (first, second) if first > 12 else (second, first)
        yield Day(day, month, year, *where, swapped)
        return
    month = MONTHS.get(parts["month"].lower()) or int(parts["month"])
    yield Day(int(parts["day"]), month, year, *where)


def weekday(text: str) -> tuple[int, re.Match[str]] | None:
    """The first weekday a text names: 0 for Monday, and where."""
    found = WEEKDAY.search(text)
    if not found:
        return None
    short = found[1].lower()[:3]
    return next(number for number, name in enumerate(WEEKDAYS) if name.startswith(short)), found


def dates_named(name: str) -> tuple[str, ...]:
    """The dates a file's name holds, as ISO, whether they exist or not."""
    return tuple(f"{found[1]}-{found[2]}-{found[3]}" for found in NAMED.finditer(name))
