"""The edit lock: the one door through which the desk writes below a call.

Every form carries the version of the call it was made from and the texts it began with. A save raises the version on
the condition that nobody did so meanwhile. Where somebody did, it goes through all the same if the very thing being
edited still reads as it did; else it is a Clash and nothing is written. Additions overwrite nothing and never clash.
Every change leaves a revision of the call, and settles the conflicts with its document that it makes agree.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from communitycalls import history
from communitycalls.importer.conflicts import settle
from communitycalls.models import Call, Person
from communitycalls.people import find

Texts = dict[str, str | list[str]]


class Clash(Exception):
    """Somebody else saved what was about to be overwritten."""


class Edit(Protocol):
    """A form that edits something below a call."""

    def seen(self) -> int:
        """The call's version when the form was made."""

    def is_untouched(self) -> bool:
        """Whether what it edits still reads as it did when the form was made."""

    def save(self) -> None:
        """Write the form's values to the rows."""


def never() -> bool:
    return False


@contextmanager
def change(
    call: Call, user: User | None, *, seen: int | None = None, untouched: Callable[[], bool] = never
) -> Iterator[None]:
    """One transaction in which the call's version is raised before anything below it is written.

    `seen` is the version the editor saw; None where nothing can be overwritten. Raises Clash where the version has
    moved on and `untouched`, asked while nobody else can write, says no.
    """
    with transaction.atomic():
        if not call.raise_version(seen) and not (call.raise_version() and untouched()):
            raise Clash(f"{call} was changed by somebody else meanwhile.")
        yield
        if Call.objects.filter(pk=call.pk).update(updated_at=timezone.now()):
            history.record(call, user)
            settle(call, timezone.now())


def save(call: Call, user: User | None, form: Edit) -> None:
    """Write a valid form's values. Raises Clash."""
    with change(call, user, seen=form.seen(), untouched=form.is_untouched):
        form.save()


def next_number(call: Call, key: str, rows: models.QuerySet[Any]) -> int:
    """A number that no row of the call's list `key` ever had. Costs two queries."""
    return max(history.highest_numbers(call).get(key, 0), highest(rows, "number")) + 1


def next_position(rows: models.QuerySet[Any]) -> int:
    """The place after the last row. Costs one query."""
    return highest(rows, "position") + 1


def highest(rows: models.QuerySet[Any], field: str) -> int:
    """The highest value of a field; 0 where there is no row."""
    return int(rows.aggregate(last=models.Max(field))["last"] or 0)


def people(names: Iterable[str]) -> list[Person]:
    """The people of these names, in order; whoever is new is made."""
    wanted = list(names)
    known = find(wanted)
    return [known[name] for name in wanted]


def person(name: str) -> Person | None:
    """The person of a name; None for nobody."""
    return find([name])[name] if name else None


def move(rows: Sequence[Any], row: Any, place: int) -> None:
    """Put `row` at a place (0-based) among `rows`, whose positions become 1, 2… Costs a query for each that moves."""
    others = [one for one in rows if one.pk != row.pk]
    others.insert(max(0, min(place, len(others))), row)
    for position, one in enumerate(others, 1):
        if one.position != position:
            type(one)._default_manager.filter(pk=one.pk).update(position=position)
