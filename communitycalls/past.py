"""A call's past as one reader may know it: its revisions, each with the number that reader knows it by.

Editors know every revision by its own number. Visitors know those that showed them something new, by numbers of their
own; what was the same for them as the one before is not there, so that nothing tells of saves of unfinished minutes.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from communitycalls.document.compare import Comparison, compare
from communitycalls.document.values import CallDocument
from communitycalls.exporter import read_call
from communitycalls.history import (
    FINAL,
    Facts,
    print_of_records,
    read_facts,
    read_revision,
    visible,
    with_facts,
    without_records,
)
from communitycalls.models import Call, Revision

NOTHING = print_of_records(CallDocument("", dt.date.min, ""))


@dataclass(frozen=True)
class Stand:
    """A call as it stood, to a reader. `whole` says whether its minutes and what follows them are there."""

    document: CallDocument
    whole: bool


@dataclass(frozen=True)
class Step:
    """A revision as a reader may know it. `message` and `restored` are "" and None where they tell of what is hidden.

    `restored` is the number of the revision that was restored, 0 where the reader does not know that one.
    """

    revision: Revision
    number: int
    recorded: dt.datetime
    whole: bool
    message: str
    restored: int | None

    @property
    def label(self) -> str:
        """What a list to choose from calls it: Revision 3, 11 May 2021, 14:05 CEST."""
        return f"Revision {self.number}, {self.recorded:%-d %b %Y, %H:%M} {self.recorded.tzname()}"

    @property
    def author(self) -> str:
        """Who saved it, as the change log of the matrix names people; "" where nobody did or it is not known."""
        user = self.revision.user
        return (user.get_full_name() or user.get_username()) if user else ""


class Past:
    """The past of a call.

    `minutes` and `join` say what visitors may see now; `everything` makes it the editors' own, in which nothing is
    hidden. Of a draft visitors know nothing.
    """

    def __init__(self, call: Call, *, minutes: bool = True, join: bool = True, everything: bool = False) -> None:
        self.call, self.minutes, self.join, self.everything = call, minutes, join, everything

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The newest first. Costs one query, two where some revisions have no facts yet."""
        rows = with_facts(self.call)
        facts = [read_facts(row) for row in rows]
        earlier = [*(one.records for one in facts[1:]), NOTHING][: len(rows)]
        known = list(self._known(rows, facts))
        numbers = {rows[at].pk: number for at, number in known}
        return tuple(
            self._step(rows[at], facts[at], number, numbers, quiet=facts[at].records == earlier[at])
            for at, number in known
        )

    def _known(self, rows: Sequence[Revision], facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
        """Which of the rows the reader knows, and by what number."""
        if self.everything:
            yield from ((at, row.number) for at, row in enumerate(rows))
            return
        public = [at for at, row in enumerate(rows) if row.public_number and self.call.is_public]
        prints = [facts[at].print_of(minutes=self.minutes, join=self.join) for at in public]
        for at, mine, before in zip(public, prints, [*prints[1:], None], strict=False):
            if mine != before:
                yield at, rows[at].public_number or 0

    def _step(self, row: Revision, facts: Facts, number: int, numbers: dict[int, int], *, quiet: bool) -> Step:
        """`quiet` says that the save changed nothing of the minutes."""
        whole = self.everything or (self.minutes and facts.status == FINAL)
        tells = whole or quiet
        restored = numbers.get(row.restored_id, 0) if row.restored_id and tells else None
        recorded = row.recorded_at.astimezone(ZoneInfo(self.call.timezone))
        return Step(row, number, recorded, whole, row.message if tells else "", restored)

    def find(self, number: int) -> Step | None:
        """The step of that number."""
        return next((step for step in self.steps if step.number == number), None)

    def before(self, step: Step) -> Step | None:
        """The step before another."""
        place = self.steps.index(step) + 1
        return self.steps[place] if place < len(self.steps) else None

    def after(self, step: Step) -> Step | None:
        """The step after another."""
        place = self.steps.index(step)
        return self.steps[place - 1] if place else None

    def stands(self, steps: Iterable[Step]) -> dict[int, Stand]:
        """The call as it stood at some steps, by their numbers. Costs one query."""
        by_key = {step.revision.pk: step for step in steps}
        rows = Revision.objects.filter(pk__in=by_key).only("value")
        return {by_key[row.pk].number: Stand(self._seen(read_revision(row)), by_key[row.pk].whole) for row in rows}

    @cached_property
    def now(self) -> Stand:
        """The call as it stands now. Costs at most 13 queries."""
        whole = self.everything or (self.minutes and self.call.status == FINAL)
        return Stand(self._seen(read_call(self.call, whole=whole)), whole)

    def _seen(self, document: CallDocument) -> CallDocument:
        return document if self.everything else visible(document, minutes=self.minutes, join=self.join)


def between(old: Stand, new: Stand) -> Comparison:
    """What differs between two stands; of minutes that only one of them shows, nothing."""
    if old.whole == new.whole:
        return compare(old.document, new.document)
    return compare(without_records(old.document), without_records(new.document))
