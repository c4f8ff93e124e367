"""What a document tells of other rows than the call's own: its series, releases that shipped, matrix changes."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Max

from communitycalls.document import values as v
from communitycalls.exporter import changes as recorded_changes
from communitycalls.importer.checks import store
from communitycalls.importer.sentences import told
from communitycalls.models import Call, Outlook, RecordedChange, Release, Series
from communitycalls.schedule import check_zone
from interop.document import DocumentError, Remark
from interop.models import Change

START = dt.time(17, 30)


def find_series(document: v.CallDocument) -> Series:
    """The series a document names, made from it where there is none. Raises DocumentError where it names none."""
    if not document.series:
        raise DocumentError(f"The title {told(document.title)} names no kind of call. Say the series with --series.")
    found = Series.objects.filter(slug=document.series).first()
    return found or store(
        Series(slug=document.series),
        f"The series {told(document.series)}",
        name=document.series.replace("-", " ").capitalize(),
        timezone=document.timezone,
        start_time=_wall_time(document) or START,
        duration=document.duration,
        position=Series.objects.count() + 1,
    )


def _wall_time(document: v.CallDocument) -> dt.time | None:
    try:
        zone = check_zone(document.timezone)
    except ValueError as error:
        raise DocumentError(str(error)) from error
    return document.start.astimezone(zone).time() if document.start else None


def keep_releases(call: Call) -> None:
    """Keep the versions a call named as releases of their channels, with the day of those that had shipped.

    Call it once readers may see what the call said: a release is public. Costs up to four queries for each version.
    """
    for outlook in call.outlooks.exclude(version="").exclude(channel=None).select_related("channel"):
        shipped = outlook.outlook == Outlook.When.CURRENT and outlook.granularity != Outlook.Granularity.WEEK
        _keep_release(outlook, outlook.date if shipped else None)


def _keep_release(outlook: Outlook, date: dt.date | None) -> None:
    there = Release.objects.filter(channel=outlook.channel, version=outlook.version).first()
    row = there or Release(channel=outlook.channel, version=outlook.version)
    store(row, f"Release {told(outlook.version)}", date=row.date or date)


def link_changes(call: Call, changes: Sequence[v.MatrixChange]) -> tuple[bool, tuple[Remark, ...]]:
    """Record matrix changes that a document names and the matrix has: whether any was new, and what was not found.

    A change belongs to one call alone. Costs a query and up to three for each change.
    """
    told_already = {_key(row.change) for row in recorded_changes().filter(call=call)}
    missing = [change for change in changes if _key_of(change) not in told_already]
    remarks = tuple(remark for change in missing if (remark := _link(call, change)))
    return len(remarks) < len(missing), remarks


def _key(change: Change) -> tuple[str, ...]:
    place = change.environment.slug if change.environment else ""
    return (change.revision.matrix.slug, place, change.what, change.field, change.old, change.new)


def _key_of(change: v.MatrixChange) -> tuple[str, ...]:
    return (change.matrix, change.environment, change.what, change.field, change.old, change.new)


def _link(call: Call, change: v.MatrixChange) -> Remark | None:
    found = Change.objects.filter(
        revision__matrix__slug=change.matrix,
        environment__slug=change.environment or None,
        what=change.what,
        field=change.field,
        old=change.old,
        new=change.new,
    ).exclude(pk__in=RecordedChange.objects.values("change"))
    row = found.order_by("revision__number", "position").first()
    if row is None:
        name = f"{change.name or change.matrix} {change.field}".strip()
        text = f"The matrix has no unrecorded change {told(f'{name}: {change.old} → {change.new}')}; it was left out."
        return Remark(None, text)
    highest = call.recorded_changes.aggregate(highest=Max("number"))["highest"] or 0
    taken = call.recorded_changes.filter(number=change.number).exists()
    store(RecordedChange(call=call, change=row), "A matrix change", number=highest + 1 if taken else change.number)
    return None
