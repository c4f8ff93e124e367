"""One act, two records: a matrix changes, and the call in which that was decided records it."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction

from communitycalls.desk.editing import change, highest
from communitycalls.models import Call, RecordedChange
from interop import history
from interop.document import values as v
from interop.history import Note
from interop.models import Matrix, Revision


def record_change(
    matrix: Matrix,
    value: v.Matrix,
    *,
    call: Call | None,
    reason: str,
    effective: dt.date,
    kind: str = Revision.Kind.CHANGE,
    user: User | None = None,
    seen: int | None = None,
    old: v.Matrix | None = None,
) -> Revision | None:
    """Make a matrix say `value`, naming the call or, without one, the reason; None where nothing changes.

    Raises ValueError with a sentence where neither is given, and whatever `interop.history.record` raises.
    """
    if call is None and not reason.strip():
        raise ValueError("Name the call in which this was decided, or write the reason.")
    author = (user.get_full_name() or user.get_username()) if user else ""
    note = Note(effective=effective, author=author, message=reason.strip(), kind=kind, user=user)
    return record(matrix, value, note, call=call, seen=seen, old=old)


def record(
    matrix: Matrix,
    value: v.Matrix,
    note: Note,
    *,
    call: Call | None = None,
    seen: int | None = None,
    old: v.Matrix | None = None,
) -> Revision | None:
    """As `interop.history.record`; the changes are recorded in the call as well, both or neither."""
    with transaction.atomic():
        revision = history.record(matrix, value, note, seen=seen, old=old)
        if revision is not None and call is not None:
            with change(call, note.user):
                record_in(call, revision)
        return revision


def record_in(call: Call, revision: Revision) -> None:
    """Enter a revision's changes in a call's minutes; their numbers continue."""
    first = highest(call.recorded_changes.all(), "number") + 1
    rows = [
        RecordedChange(call=call, change=one, number=number) for number, one in enumerate(revision.changes.all(), first)
    ]
    RecordedChange.objects.bulk_create(rows)
