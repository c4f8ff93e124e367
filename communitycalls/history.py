"""The revisions of a call: append-only values, one for every save that changed what the call says.

A revision holds the whole value, minutes before they are final included; `visible` is what a visitor may read of one.
Private notes are in no value, so in no revision. Beside its value a revision keeps facts of it, so that lists need
not read values: the highest numbers ever used, and prints of what visitors may read of it. Visitors know a revision
by a number of their own, counted over those that showed them something new: how often unfinished minutes were saved
cannot be told from it.
"""

import json
from dataclasses import dataclass, replace
from hashlib import sha256

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction

from communitycalls.document.values import CallDocument, Minutes
from communitycalls.exporter import read_call
from communitycalls.models import Call, Revision
from interop.document import codec

NUMBERED = ("agenda", "entries", "questions", "releases")
FINAL = Call.Status.FINAL.value


@dataclass(frozen=True)
class Facts:
    """What lists ask of a revision's value.

    `plan`, `join` and `records` are prints of what visitors read: the plan, the join links, the minutes and what
    follows them. `highest` has, by list, the highest numbers up to this revision. `shown` is the print of what
    visitors read at the last public revision, `shown_number` the number they know that by.
    """

    status: str
    plan: str
    join: str
    records: str
    highest: tuple[int, ...] = (0,) * len(NUMBERED)
    shown: str = ""
    shown_number: int = 0

    def print_of(self, *, minutes: bool, join: bool) -> str:
        """One print of what a visitor reads who may, or may not, see final minutes and join links."""
        records = self.records if minutes and self.status == FINAL else ""
        return " ".join((self.plan, self.join if join else "", records))


def record(
    call: Call,
    user: AbstractBaseUser | AnonymousUser | None,
    message: str = "",
    *,
    restored: Revision | None = None,
) -> Revision | None:
    """Store the call as it stands now, from the rows and not from the instance; None where the last revision says so.

    `message` is cut to 300 characters; `restored` is the revision the call was made to say again. Costs at most 17
    queries, and one more where the revisions there are have no facts yet.
    """
    with transaction.atomic():
        fresh = Call.objects.select_for_update().get(pk=call.pk)
        document = read_call(fresh, whole=True)
        value = codec.dump(document)
        last = fresh.revisions.first()
        if last is not None and last.value == value:
            return None
        before = _facts_before(last)
        facts = facts_of(document, before, is_public=fresh.is_public)
        return fresh.revisions.create(
            number=last.number + 1 if last else 1,
            user_id=user.pk if user else None,
            message=message[:300],
            is_public=fresh.is_public,
            public_number=_new_number(facts, before),
            restored=restored,
            value=value,
            facts=codec.dump(facts),
        )


def read_revision(revision: Revision) -> CallDocument:
    """The call as it stood at a revision. Raises TypeError or ValueError where the stored value is not one."""
    return codec.load(CallDocument, revision.value)


def visible(document: CallDocument, *, minutes: bool, join: bool) -> CallDocument:
    """What a visitor may read of a version of a call: no slide notes, minutes only where they were final in it.

    `minutes` says that the visitor may see the call's minutes now, `join` that one may still join it.
    """
    links = tuple(link for link in document.links if join or link.kind != "join")
    agenda = tuple(replace(item, slide_notes="") for item in document.agenda)
    shown = replace(document, links=links, agenda=agenda)
    return shown if minutes and document.status == FINAL else without_records(shown)


def without_records(document: CallDocument) -> CallDocument:
    """A call without its minutes and all that follows them."""
    return replace(document, minutes=Minutes(), questions=(), releases=(), matrix_changes=(), attendance=(), unread=())


def facts_of(document: CallDocument, before: Facts | None, *, is_public: bool) -> Facts:
    """The facts of a revision that follows one with the facts `before`; None where it is the first."""
    joins = tuple(link for link in document.links if link.kind == "join")
    plan = visible(document, minutes=False, join=False)
    facts = Facts(document.status, _print(plan), _print(joins), print_of_records(document), _highest(document, before))
    shown = facts.print_of(minutes=True, join=True)
    last, number = (before.shown, before.shown_number) if before else ("", 0)
    if not is_public or shown == last:
        return replace(facts, shown=last, shown_number=number)
    return replace(facts, shown=shown, shown_number=number + 1)


def with_facts(call: Call) -> list[Revision]:
    """The revisions of a call with their facts and without their values, the newest first.

    Costs one query; where some have no facts yet, one more that reads every value.
    """
    rows = list(call.revisions.defer("value").select_related("user"))
    if any(row.facts is None for row in rows):
        counted = {row.pk: row for row in _counted(call)}
        for row in rows:
            row.facts, row.public_number = counted[row.pk].facts, counted[row.pk].public_number
    return rows


def read_facts(revision: Revision) -> Facts:
    return codec.load(Facts, revision.facts)


def has_past(call: Call) -> bool:
    """Whether the call, once published, ever showed visitors something new. Costs one query."""
    return call.revisions.filter(public_number__gt=1).exists()


def highest_numbers(call: Call) -> dict[str, int]:
    """The highest number each list of the call ever used, by list: a public number never names another thing later.

    Costs one query; where the last revision has no facts yet, one more that reads every value.
    """
    last = call.revisions.defer("value").first()
    if last is not None and last.facts is None:
        last = _counted(call)[-1]
    numbers = read_facts(last).highest if last else (0,) * len(NUMBERED)
    return dict(zip(NUMBERED, numbers, strict=True))


def _facts_before(last: Revision | None) -> Facts | None:
    """The facts of the last revision; where it has none yet, all of the call's are given theirs."""
    if last is None:
        return None
    if last.facts is None:
        counted = _counted(last.call)
        Revision.objects.bulk_update(counted, ["facts", "public_number"], batch_size=100)
        last = counted[-1]
    return read_facts(last)


def _counted(call: Call) -> list[Revision]:
    """All revisions of a call, the oldest first, with facts made from their values; nothing is saved."""
    rows, before = list(call.revisions.order_by("number")), None
    for row in rows:
        facts = facts_of(read_revision(row), before, is_public=row.is_public)
        row.facts, row.public_number = codec.dump(facts), _new_number(facts, before)
        before = facts
    return rows


def numbers_of(document: CallDocument) -> dict[str, list[int]]:
    """The numbers in each list of a value, by list."""
    return {
        "agenda": [one.number for one in document.agenda],
        "entries": [one.number for one in document.minutes.entries],
        "questions": [one.number for one in document.questions],
        "releases": [one.number for one in document.releases],
    }


def _new_number(facts: Facts, before: Facts | None) -> int | None:
    return facts.shown_number if facts.shown_number > (before.shown_number if before else 0) else None


def _highest(document: CallDocument, before: Facts | None) -> tuple[int, ...]:
    earlier = before.highest if before else (0,) * len(NUMBERED)
    numbers = numbers_of(document)
    return tuple(max([number, *numbers[key]]) for key, number in zip(NUMBERED, earlier, strict=True))


def print_of_records(document: CallDocument) -> str:
    """The print of the minutes and all that follows them, without their state: that follows from the rest."""
    d, minutes = document, replace(document.minutes, status="")
    return _print((minutes, d.questions, d.releases, d.matrix_changes, d.attendance, d.unread))


def _print(value: object) -> str:
    return sha256(json.dumps(codec.dump(value), sort_keys=True).encode()).hexdigest()[:32]
