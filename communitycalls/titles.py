"""A call's title without the day, time and zones that its author typed into it. Pure.

They are told elsewhere, computed: typed ones go wrong ("8:30am PST" in September).
"""

import datetime as dt
import re

from communitycalls.document.headline import read_said

LOOSE_END = re.compile(r"(?:[\s,;:|/(@–—-]|\b(?:on|of|at|for|from|the|am)\b)+$", re.IGNORECASE)


def headline(title: str, date: dt.date) -> str:
    """What the title says before it says when, and the month: "Community call, May 2021"; else the title itself."""
    rest = read_said(None, title).rest
    cut = next((place for place, (one, left) in enumerate(zip(title, rest, strict=False)) if one != left), len(title))
    kept = LOOSE_END.sub("", title[:cut])
    return f"{kept}, {date:%B %Y}" if cut < len(title) and len(kept) > 3 else title
