"""What people write for a time zone, and what it means on a day.

An abbreviation names an offset, not a place: PST is UTC-8 even in summer, when Los Angeles keeps PDT. Several
abbreviations have several meanings (IST, CST, BST); the first one listed is taken unless another agrees with a time
that is known already.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

# Abbreviation: (offset from UTC in minutes, IANA name) for each of its meanings, the usual one first.
MEANINGS: dict[str, tuple[tuple[int, str], ...]] = {
    "UTC": ((0, "UTC"),),
    "Z": ((0, "UTC"),),
    "GMT": ((0, "Europe/London"),),
    "WET": ((0, "Europe/Lisbon"),),
    "WEST": ((60, "Europe/Lisbon"),),
    "BST": ((60, "Europe/London"), (360, "Asia/Dhaka")),
    "CET": ((60, "Europe/Berlin"),),
    "MEZ": ((60, "Europe/Berlin"),),
    "CEST": ((120, "Europe/Berlin"),),
    "MESZ": ((120, "Europe/Berlin"),),
    "EET": ((120, "Europe/Helsinki"),),
    "EEST": ((180, "Europe/Helsinki"),),
    "MSK": ((180, "Europe/Moscow"),),
    "TRT": ((180, "Europe/Istanbul"),),
    "IST": ((330, "Asia/Kolkata"), (60, "Europe/Dublin"), (120, "Asia/Jerusalem")),
    "IDT": ((180, "Asia/Jerusalem"),),
    "EAT": ((180, "Africa/Nairobi"),),
    "WAT": ((60, "Africa/Lagos"),),
    "CAT": ((120, "Africa/Maputo"),),
    "SAST": ((120, "Africa/Johannesburg"),),
    "GST": ((240, "Asia/Dubai"),),
    "PKT": ((300, "Asia/Karachi"),),
    "NPT": ((345, "Asia/Kathmandu"),),
    "ICT": ((420, "Asia/Bangkok"),),
    "WIB": ((420, "Asia/Jakarta"),),
    "HKT": ((480, "Asia/Hong_Kong"),),
    "SGT": ((480, "Asia/Singapore"),),
    "AWST": ((480, "Australia/Perth"),),
    "JST": ((540, "Asia/Tokyo"),),
    "KST": ((540, "Asia/Seoul"),),
    "ACST": ((570, "Australia/Adelaide"),),
    "ACDT": ((630, "Australia/Adelaide"),),
    "AEST": ((600, "Australia/Sydney"), (600, "Australia/Brisbane")),
    "AEDT": ((660, "Australia/Sydney"),),
    "NZST": ((720, "Pacific/Auckland"),),
    "NZDT": ((780, "Pacific/Auckland"),),
    "NST": ((-210, "America/St_Johns"),),
    "NDT": ((-150, "America/St_Johns"),),
    "AST": ((-240, "America/Halifax"), (180, "Asia/Riyadh")),
    "ADT": ((-180, "America/Halifax"),),
    "EST": ((-300, "America/New_York"),),
    "EDT": ((-240, "America/New_York"),),
    "CST": ((-360, "America/Chicago"), (480, "Asia/Shanghai")),
    "CDT": ((-300, "America/Chicago"),),
    "MST": ((-420, "America/Denver"), (-420, "America/Phoenix")),
    "MDT": ((-360, "America/Denver"),),
    "PST": ((-480, "America/Los_Angeles"),),
    "PDT": ((-420, "America/Los_Angeles"),),
    "AKST": ((-540, "America/Anchorage"),),
    "AKDT": ((-480, "America/Anchorage"),),
    "HST": ((-600, "Pacific/Honolulu"),),
    "BRT": ((-180, "America/Sao_Paulo"),),
    "ART": ((-180, "America/Argentina/Buenos_Aires"),),
    "CLT": ((-240, "America/Santiago"),),
    "CLST": ((-180, "America/Santiago"),),
    "COT": ((-300, "America/Bogota"),),
}
# Words for the time that clocks show in a place, whatever the season.
PLACES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "EASTERN": "America/New_York",
    "CENTRAL": "America/Chicago",
    "MOUNTAIN": "America/Denver",
    "PACIFIC": "America/Los_Angeles",
    "US EASTERN": "America/New_York",
    "EASTERN STANDARD": "America/New_York",
    "EASTERN DAYLIGHT": "America/New_York",
    "CENTRAL STANDARD": "America/Chicago",
    "CENTRAL DAYLIGHT": "America/Chicago",
    "US CENTRAL": "America/Chicago",
    "MOUNTAIN STANDARD": "America/Denver",
    "MOUNTAIN DAYLIGHT": "America/Denver",
    "US PACIFIC": "America/Los_Angeles",
    "PACIFIC STANDARD": "America/Los_Angeles",
    "PACIFIC DAYLIGHT": "America/Los_Angeles",
    "CENTRAL EUROPEAN": "Europe/Berlin",
    "CENTRAL EUROPEAN STANDARD": "Europe/Berlin",
    "CENTRAL EUROPEAN SUMMER": "Europe/Berlin",
    "GERMAN": "Europe/Berlin",
    "BRITISH": "Europe/London",
    "BRITISH SUMMER": "Europe/London",
    "GREENWICH MEAN": "Etc/GMT",
    "COORDINATED UNIVERSAL": "UTC",
    "UNIVERSAL": "UTC",
    "INDIAN": "Asia/Kolkata",
    "INDIA STANDARD": "Asia/Kolkata",
    "INDIAN STANDARD": "Asia/Kolkata",
    "CHINA STANDARD": "Asia/Shanghai",
    "JAPAN": "Asia/Tokyo",
    "JAPAN STANDARD": "Asia/Tokyo",
    "UK": "Europe/London",
    "INDIA": "Asia/Kolkata",
    "CET/CEST": "Europe/Berlin",
    "CEST/CET": "Europe/Berlin",
    "CE(S)T": "Europe/Berlin",
    "EST/EDT": "America/New_York",
    "PST/PDT": "America/Los_Angeles",
    "GMT/BST": "Europe/London",
}
OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+\u2212-])(\d{1,2})(?::?(\d{2}))?")
LABEL = re.compile(
    r"[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_+-]+){1,2}\b"  # Europe/Berlin
    r"|CET/CEST|CEST/CET|CE\(S\)T|EST/EDT|PST/PDT|GMT/BST"
    r"|(?:UTC|GMT)\s?[+\u2212-]\d{1,2}(?::?\d{2})?|[+\u2212-]\d{2}:?\d{2}\b"
    r"|(?:[A-Z][a-z]+ ){1,3}[Tt]ime\b"  # Berlin time, New York time
    r"|(?:US )?(?:Eastern|Central|Mountain|Pacific)\b"
    r"|[A-Z]{1,5}\b"
)
CITY = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?(?=\s*(?:$|[,;/|)\]]))")  # 17:30 (Berlin)
# Meanings that are taken only where another time agrees with them.
RARE = frozenset({"Asia/Dhaka", "Asia/Jerusalem", "Europe/Dublin"})


@dataclass(frozen=True)
class Meaning:
    """One reading of a label on a day: minutes from UTC, an IANA name, and whether the label is in force there then.

    `local` says that the label names a place's own clocks, so that the offset is the place's at each moment.
    """

    offset: int
    zone: str
    in_force: bool = True
    local: bool = False


def meanings(label: str, day: dt.date) -> tuple[Meaning, ...]:
    """What a label may mean on a day, the likeliest first; nothing for words that name no zone."""
    found = [*_abbreviation(label, day), *_place(label, day), *_offset(label)]
    return tuple(sorted(found, key=lambda meaning: (meaning.zone in RARE, not meaning.in_force)))


def is_zone(label: str) -> bool:
    return bool(meanings(label, dt.date(2021, 1, 1)))


def _abbreviation(label: str, day: dt.date) -> Iterator[Meaning]:
    for offset, zone in MEANINGS.get(label.upper(), ()):
        in_force = offset_of(zone, day) == offset
        if label.upper() == "GMT" and not in_force:
            yield Meaning(0, "Etc/GMT")
        else:
            yield Meaning(offset, zone, in_force)


def _place(label: str, day: dt.date) -> Iterator[Meaning]:
    zone = PLACES.get(label.upper().removesuffix(" TIME")) or _cities().get(_city(label))
    if zone:
        yield Meaning(offset_of(zone, day), zone, local=True)


def _offset(label: str) -> Iterator[Meaning]:
    found = OFFSET.fullmatch(label)
    if not found or int(found[2]) > 14 or int(found[3] or 0) > 59:
        return
    minutes = (int(found[2]) * 60 + int(found[3] or 0)) * (1 if found[1] == "+" else -1)
    if minutes % 60:
        name = next((meaning[0][1] for meaning in MEANINGS.values() if meaning[0][0] == minutes), "UTC")
    else:
        name = f"Etc/GMT{-minutes // 60:+d}" if -12 <= minutes // 60 <= 14 and minutes else "UTC"
    yield Meaning(minutes, name)


def offset_of(zone: str, day: dt.date) -> int:
    """Minutes from UTC at noon of a day in an IANA zone."""
    offset = dt.datetime.combine(day, dt.time(12), ZoneInfo(zone)).utcoffset()
    return int((offset or dt.timedelta()).total_seconds()) // 60


def label_in_force(label: str, day: dt.date) -> str:
    """The abbreviation that clocks keep on that day where the label belongs, "" where nothing is known."""
    known = MEANINGS.get(label.upper())
    if not known:
        return ""
    zone = known[0][1]
    names = [name for name, found in MEANINGS.items() if (offset_of(zone, day), zone) in found]
    return names[0] if names and names[0] != label.upper() else ""


def _city(label: str) -> str:
    return label.lower().removesuffix(" time").strip()


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """IANA names by themselves and by their city, in lower case."""
    found: dict[str, str] = {}
    for name in sorted(available_timezones()):
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "posix", "right")):
            found.setdefault(name.rpartition("/")[2].replace("_", " ").lower(), name)
            found[name.lower()] = name
    return found
