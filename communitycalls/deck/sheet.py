"""What papers need beside the call: their size, which version of the call they show, and for those who run the call
what nobody else may know."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from communitycalls.document.values import Link

SIZES = {"a4": "A4", "letter": "Letter"}


@dataclass(frozen=True)
class Owed:
    """A question or an action that an earlier call left open. `said` is Markdown, `call` a day, `url` its address."""

    said: str
    call: str
    url: str
    who: str = ""
    due: dt.date | None = None


@dataclass(frozen=True)
class Backstage:
    """What only those who run the call may know. `notes` are private notes by the numbers of agenda items."""

    notes: tuple[tuple[int, str], ...] = ()
    join: tuple[Link, ...] = ()
    questions: tuple[Owed, ...] = ()
    actions: tuple[Owed, ...] = ()
    checklist: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """How a call is put on paper. `size` is one of SIZES; `edition` names the version shown, such as "revision 4"."""

    size: str = "a4"
    edition: str = ""
    edition_url: str = ""
    backstage: Backstage | None = None
