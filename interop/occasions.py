"""Where a change was recorded, for apps above this one to tell.

The matrix knows nothing of what stands above it. Whoever records changes on an occasion registers here a function
that finds the occasions of changes, and a word by which a point in time may be named (`word:rest` in a query).
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from interop.models import Change


@dataclass(frozen=True)
class Occasion:
    """Where a change was recorded: a label and a site-relative address."""

    label: str
    url: str


Finder = Callable[[Iterable[int]], dict[int, Occasion]]
Moment = Callable[[str], dt.date]

_finders: list[Finder] = []
_moments: dict[str, Moment] = {}


def register(word: str, finder: Finder, moment: Moment) -> None:
    """Add a source of occasions. `finder` takes keys of changes; `moment` raises ValueError with a sentence."""
    if word not in _moments:
        _finders.append(finder)
    _moments[word] = moment


def occasions_of(changes: Iterable[Change]) -> dict[int, Occasion]:
    """The public occasions of changes by the change's key. Costs one query for each source."""
    keys = [change.pk for change in changes]
    found: dict[int, Occasion] = {}
    for finder in _finders:
        found |= finder(keys)
    return found


def moment_of(word: str, rest: str) -> dt.date:
    """The date that `word:rest` names. Raises ValueError with a sentence."""
    if word not in _moments:
        raise ValueError(f"{word}:{rest!r} is no point in time. Write a date like 2021-05-11 or revision:4.")
    return _moments[word](rest)
