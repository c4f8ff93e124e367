"""The revisions of a call: append-only values, one for every save that changed what the call says.

A revision holds the whole value, minutes before they are final included: who shows one to a visitor leaves out what
`access.sees_minutes` would hide of a call in that value's own status. Private notes are in no value, so in no revision.
"""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction

from communitycalls.document.values import CallDocument
from communitycalls.exporter import read_call
from communitycalls.models import Call, Revision
from interop.document import codec

NUMBERED = ("agenda", "entries", "questions", "releases")


def record(call: Call, user: AbstractBaseUser | AnonymousUser | None, message: str = "") -> Revision | None:
    """Store the call as it stands now, from the rows and not from the instance; None where the last revision says so.

    `message` is cut to 300 characters. Costs at most 17 queries.
    """
    with transaction.atomic():
        fresh = Call.objects.select_for_update().get(pk=call.pk)
        value = codec.dump(read_call(fresh, whole=True))
        last = fresh.revisions.first()
        if last is not None and last.value == value:
            return None
        return fresh.revisions.create(
            number=last.number + 1 if last else 1,
            user_id=user.pk if user else None,
            message=message[:300],
            is_public=fresh.is_public,
            value=value,
        )


def read_revision(revision: Revision) -> CallDocument:
    """The call as it stood at a revision. Raises TypeError or ValueError where the stored value is not one."""
    return codec.load(CallDocument, revision.value)


def highest_numbers(call: Call) -> dict[str, int]:
    """The highest number each list of the call ever used, by list: a public number never names another thing later.

    Reads every revision, so only what adds rows asks. Costs one query.
    """
    highest = dict.fromkeys(NUMBERED, 0)
    for value in call.revisions.values_list("value", flat=True):
        for key, number in _numbers(value):
            highest[key] = max(highest[key], number)
    return highest


def _numbers(value: dict[str, object]) -> Iterator[tuple[str, int]]:
    minutes = value.get("minutes") or {}
    lists = {**value, "entries": minutes.get("entries") if isinstance(minutes, dict) else None}
    for key in NUMBERED:
        rows = lists.get(key)
        for row in rows if isinstance(rows, list) else []:
            yield key, row["number"]
