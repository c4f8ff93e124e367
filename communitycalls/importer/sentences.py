"""Values as sentences quote them."""

import datetime as dt

LONGEST = 80


def told(value: object) -> str:
    """A value for a sentence: quoted, on one line, at most LONGEST characters."""
    if value is None or value in ("", ()):
        return "empty"
    if isinstance(value, dt.date):
        return value.isoformat()
    if not isinstance(value, tuple | str):
        return str(value)
    text = " ".join((value if isinstance(value, str) else ", ".join(map(str, value))).split())
    return repr(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")
