"""When a call is and of which kind: from the title of its document, the name of its file and lines that say more.

The year is usually not in the title but in the file's name (`2021-05-11.md`). The first time of the title counts;
the others are checked against it. What contradicts itself is remarked on, with the words that do.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from communitycalls.document import zones
from communitycalls.document.clock import Clock, clocks
from communitycalls.document.dates import WEEKDAYS, Day, dates_named, days, weekday
from communitycalls.document.kind import Kind, read_kind
from communitycalls.schedule import check_zone
from interop.document.errors import DocumentError, Remark

EXAMPLE = "Write it like 'Community call Tuesday, 11th of May 2021, 17:30 CEST', or name the file 2021-05-11.md."
EXACT = re.compile(
    r"(?:[^\d].*[-_ ])?(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?:-([2-9]|[1-9]\d))?(?:[-_ ](?![0-9a-f]{7,40}$)[^\d].*)?"
)
OLDEST = 11
LONGEST = 1000
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True)
class Said:
    """A line that says when: its number, its words, and the days, times and weekday found in them.

    `zone` is that of a line which names nothing else.
    """

    line: int | None
    text: str
    days: tuple[Day, ...] = ()
    clocks: tuple[Clock, ...] = ()
    weekday: tuple[int, str] | None = None
    rest: str = ""
    zone: str = ""


@dataclass(frozen=True)
class Named:
    """What a file's name says: a date that is the call's, one that only is near it, a year."""

    date: dt.date | None = None
    near: dt.date | None = None
    year: int | None = None
    ordinal: int = 1


@dataclass
class Headline:
    """`start` is UTC, None where no time is said; `strangers` are the title's words that name no person."""

    title: str
    kind: Kind
    date: dt.date
    start: dt.datetime | None
    timezone: str
    duration: int
    ordinal: int
    remarks: list[Remark] = field(default_factory=list)


def read_said(line: int | None, text: str) -> Said:
    """What the first thousand characters of a line say of day and time."""
    start = text[:LONGEST]
    found = days(start)
    rest = _mask(start, [(day.start, day.end) for day in found])
    times = clocks(rest)
    rest = _mask(rest, [(clock.start, clock.end) for clock in times])
    day = weekday(rest)
    name = (day[0], day[1][0]) if day else None
    if day:
        rest = _mask(rest, [day[1].span()])
    return Said(line, text, found, times, name, rest)


def _mask(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def read_headline(
    title: Said, more: Sequence[Said], facts: Mapping[str, str], name: str, default_zone: str
) -> Headline:
    """The headline of a document: its title, other lines that say when, facts the writer set down, the file's name.

    Raises DocumentError where no date can be told, or one that no calendar has.
    """
    remarks: list[Remark] = []
    named = read_name(name)
    says = [title, *more]
    date = _fact_date(facts) or _date(says, named, name, remarks)
    remarks += _check_day(says, date)
    start, zone, length = _start(says, date, default_zone, remarks)
    if facts:
        start, zone = _fact_start(facts, date, start, zone)
        length = _number(facts.get("length", "")) or length
    ordinal = _number(facts.get("place", "")) or named.ordinal
    return Headline(title.text, _kind(title, facts, remarks), date, start, zone, length or 60, ordinal, remarks)


def read_name(name: str) -> Named:
    """What a file's path says of the date. Raises DocumentError for a date that does not exist."""
    path = PurePosixPath(name.replace("\\", "/"))
    stem = path.name.rsplit(".", 1)[0] if path.suffix else path.name
    for part in (stem, path.parent.name):
        exact = EXACT.fullmatch(part)
        if exact:
            return Named(_existing("-".join(exact.group(1, 2, 3)), name), ordinal=int(exact[4] or 1))
    dates = dates_named(stem)
    years = YEAR.findall(name)
    near = _existing(dates[0], name) if dates else None
    return Named(near=near, year=int(years[-1]) if years else None)


def _existing(date: str, name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(date)
    except ValueError as error:
        raise DocumentError(
            f"{date} in the file name {name!r} is no date of the calendar. Name the file by the day of the call, "
            "like 2021-05-11.md."
        ) from error


def _date(says: Sequence[Said], named: Named, name: str, remarks: list[Remark]) -> dt.date:
    """The date of the call: the file's name before the words of the document."""
    said, day = next(((said, day) for said in says for day in said.days), (says[0], None))
    if named.date:
        remarks += _contradiction(said, day, named.date, name)
        return named.date
    if day is None:
        if named.near and read_kind(says[0].rest).series:
            return named.near
        raise DocumentError(_dateless(says[0], name, "names no day"), says[0].line)
    return _said_date(said, day, named, name)


def _said_date(said: Said, day: Day, named: Named, name: str) -> dt.date:
    day = _fitting(day, said)
    if day.year and day.swapped and not named.near:
        raise DocumentError(
            f"{day.written!r} may be read in two ways. Write the date like {day.year}-05-11.", said.line
        )
    if day.year:
        date = day.in_year(day.year)
    elif named.near:
        date = _near(day, said, named.near)
    elif named.year:
        date = day.in_year(named.year)
    else:
        raise DocumentError(_dateless(said, name, "names no year"), said.line)
    if date is None:
        raise DocumentError(f"{day.written!r} is no date of the calendar. {EXAMPLE}", said.line)
    return date


def _fitting(day: Day, said: Said) -> Day:
    """A day that may be read in two ways, as the one reading that falls on the weekday beside it."""
    if not (day.year and day.swapped and said.weekday):
        return day
    ways = [replace(day, swapped=None), replace(day, day=day.swapped[0], month=day.swapped[1], swapped=None)]
    fits = [way for way in ways if (date := way.in_year(day.year)) and date.weekday() == said.weekday[0]]
    return fits[0] if len(fits) == 1 else day


def _near(day: Day, said: Said, moment: dt.date) -> dt.date | None:
    """The date in the year that fits the weekday, looking back from a little after a moment; else the nearest."""
    latest = moment + dt.timedelta(days=120)
    years = range(latest.year, latest.year - OLDEST, -1)
    dates = [date for year in years if (date := day.in_year(year)) and date <= latest]
    fits = (date for date in dates if said.weekday and date.weekday() == said.weekday[0])
    return next(fits, None) or day.near(moment)


def _dateless(said: Said, name: str, what: str) -> str:
    file = f", nor does the file name {name!r}" if name else ""
    return f"The title {said.text[:120]!r} {what}{file}. {EXAMPLE}"


def _contradiction(said: Said, day: Day | None, date: dt.date, name: str) -> Iterator[Remark]:
    if day is None or date in {day.near(date), swapped(day)}:
        return
    what = f"contradicts the file name {name!r}" if day.near(date) else "is no date of the calendar"
    yield Remark(said.line, f"{day.written!r} {what}; the call is taken to be on {date.isoformat()}.")


def swapped(day: Day) -> dt.date | None:
    if not day.swapped or not day.year:
        return None
    return dt.date(day.year, day.swapped[1], day.swapped[0])


def _check_day(says: Sequence[Said], date: dt.date) -> Iterator[Remark]:
    for said in says:
        if said.weekday and said.weekday[0] != date.weekday():
            right = WEEKDAYS[date.weekday()].capitalize()
            yield Remark(said.line, f"{said.weekday[1]!r} is wrong: {date.isoformat()} is a {right}.")


def _start(
    says: Sequence[Said], date: dt.date, default_zone: str, remarks: list[Remark]
) -> tuple[dt.datetime | None, str, int | None]:
    """Start in UTC, IANA zone and length in minutes, as the first line says that names a time."""
    for said in says:
        for clock in said.clocks:
            if clock.time is None:
                remarks.append(Remark(said.line, f"{clock.written!r} is no time of day. Write it like 17:30 CEST."))
        valid = [clock for clock in said.clocks if clock.time]
        if valid:
            alone = next((other.zone for other in says if other.zone), "")
            first = valid[0] if valid[0].zone else replace(valid[0], zone=alone)
            start, zone, found = _first(first, valid[1:], said, date, default_zone)
            remarks += [*found, *_check_times(valid, said, date, start)]
            return start, zone, valid[0].minutes
    return None, default_zone, None


def _first(
    clock: Clock, others: Sequence[Clock], said: Said, date: dt.date, default_zone: str
) -> tuple[dt.datetime, str, tuple[Remark, ...]]:
    """The moment of the time that counts, its zone, and what is odd about it.

    A label that clocks do not keep on that day means the hour that clocks show there, unless another time of the line
    agrees with the label itself.
    """
    if not clock.zone:
        remark = Remark(said.line, f"{clock.written!r} names no time zone; it is read as {default_zone}.")
        return _local(clock, date, default_zone), default_zone, (remark,)
    told = {moment for other in others for moment in _moments(other, other.zone, date)}
    found = zones.meanings(clock.zone, date)
    meaning = next((one for one in found if _moment(clock, date, one) in told), found[0])
    right = zones.label_in_force(clock.zone, date)
    if meaning.in_force or not right or _moment(clock, date, meaning) in told:
        return _moment(clock, date, meaning), meaning.zone, ()
    text = f"{clock.written!r}: on {date.isoformat()} clocks keep {right}, not {clock.zone}; it is read as {right}."
    return _local(clock, date, meaning.zone), meaning.zone, (Remark(said.line, text),)


def _local(clock: Clock, date: dt.date, zone: str) -> dt.datetime:
    return dt.datetime.combine(date, clock.time or dt.time(), ZoneInfo(zone)).astimezone(dt.UTC)


def _moment(clock: Clock, date: dt.date, meaning: zones.Meaning) -> dt.datetime:
    if meaning.local:
        return _local(clock, date, meaning.zone)
    return _wall(clock, date) - dt.timedelta(minutes=meaning.offset)


def _check_times(valid: Sequence[Clock], said: Said, date: dt.date, start: dt.datetime) -> Iterator[Remark]:
    """A remark for each further time that, in no meaning of its zone, is the time of the first."""
    for clock in valid[1:]:
        moments = _moments(clock, clock.zone, date)
        if not moments or any(_same_time(moment, start) for moment in moments):
            continue
        right = zones.label_in_force(clock.zone, date)
        if not (right and any(_same_time(moment, start) for moment in _moments(clock, right, date))):
            right = f"{start + (_wall(clock, date) - moments[0]):%H:%M} {clock.zone}"
        yield Remark(
            said.line,
            f"{clock.written!r} is {moments[0]:%H:%M} UTC, but {valid[0].written!r} is {start:%H:%M} UTC. "
            f"{right} would be right.",
        )


def _moments(clock: Clock, label: str, date: dt.date) -> list[dt.datetime]:
    return [_moment(clock, date, meaning) for meaning in zones.meanings(label, date)]


def _wall(clock: Clock, date: dt.date) -> dt.datetime:
    return dt.datetime.combine(date, clock.time or dt.time(), dt.UTC)


def _same_time(one: dt.datetime, other: dt.datetime) -> bool:
    """Whether two moments are whole days apart: a call may begin on another day elsewhere."""
    return (one - other) % dt.timedelta(days=1) == dt.timedelta()


def _kind(title: Said, facts: Mapping[str, str], remarks: list[Remark]) -> Kind:
    kind = read_kind(title.rest)
    if "series" in facts:
        return Kind(facts["series"], kind.strangers)
    if not kind.series:
        remarks.append(
            Remark(title.line, f"The title {title.text[:120]!r} names no kind of call; it is filed under 'call'.")
        )
        return Kind("call", kind.strangers)
    return kind


def _fact_date(facts: Mapping[str, str]) -> dt.date | None:
    if "date" not in facts:
        return None
    try:
        return dt.date.fromisoformat(facts["date"])
    except ValueError as error:
        raise DocumentError(f"{facts['date']!r} is no date. Write it like 2021-05-11.") from error


def _fact_start(
    facts: Mapping[str, str], date: dt.date, start: dt.datetime | None, zone: str
) -> tuple[dt.datetime | None, str]:
    """Start and zone where the facts say them: `17:30`, a whole moment, or `none`."""
    try:
        zone = check_zone(facts["zone"]).key if "zone" in facts else zone
        said = facts.get("start", "")
        if said == "none":
            return None, zone
        if "T" in said:
            return dt.datetime.fromisoformat(said).astimezone(dt.UTC), zone
        if said:
            local = dt.datetime.combine(date, dt.time.fromisoformat(said), ZoneInfo(zone))
            return local.astimezone(dt.UTC), zone
    except ValueError as error:
        raise DocumentError(f"{error} Found below the title.") from error
    return start, zone


def _number(text: str) -> int | None:
    digits = text.split()[0] if text.split() else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None
