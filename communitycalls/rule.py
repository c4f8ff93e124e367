"""A recurrence rule (RFC 5545 RRULE) in words: "second Tuesday of the month". Pure."""

ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "last but one"}
DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "WKST"}


def in_words(rule: str) -> str:
    """The rule as people say it; "" for one that has no such saying, or for no rule."""
    parts = dict(part.split("=", 1) for part in rule.upper().removeprefix("RRULE:").split(";") if "=" in part)
    interval = parts.get("INTERVAL", "1")
    if not set(parts) <= KNOWN or not interval.isdigit():
        return ""
    each = "" if interval == "1" else f"{_nth(int(interval))} "
    if parts.get("FREQ") == "WEEKLY":
        days = _days(parts.get("BYDAY", ""), "0")
        return f"every {each + 'week on ' if each else ''}{days}" if days else ""
    if parts.get("FREQ") == "MONTHLY":
        days = _month_days(parts)
        return f"{days} of {f'every {each}month' if each else 'the month'}" if days else ""
    return ""


def _month_days(parts: dict[str, str]) -> str:
    if "BYMONTHDAY" in parts:
        number = parts["BYMONTHDAY"]
        return f"the {_nth(int(number))} day" if number.isdigit() and "BYDAY" not in parts else ""
    return _days(parts.get("BYDAY", ""), parts.get("BYSETPOS", "0"))


def _days(text: str, place: str) -> str:
    """ "2TU,4TU" as "second Tuesday and fourth Tuesday"; `place` is BYSETPOS, "0" for none; "" where not sayable."""
    found = []
    for day in filter(None, text.split(",")):
        number, name = day[:-2], DAYS.get(day[-2:], "")
        ordinal = ORDINALS.get(_whole(number or place)) if number or place != "0" else ""
        if not name or ordinal is None:
            return ""
        found.append(f"{ordinal} {name}".strip())
    if place != "0" and len(found) > 1:
        return ""
    return " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def _whole(text: str) -> int:
    digits = text.removeprefix("+").removeprefix("-")
    return (-1 if text.startswith("-") else 1) * int(digits) if digits.isdigit() else 0


def _nth(number: int) -> str:
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return ORDINALS.get(number, f"{number}{suffix}") if number < 6 else f"{number}{suffix}"
