"""Decide between what stands here and what documents say."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from communitycalls.addresses import read_address
from communitycalls.beside import beside, heading
from communitycalls.exporter import read_call
from communitycalls.importer import conflicts
from communitycalls.management.base import BaseCommand
from communitycalls.models import Call, Conflict, ConflictQuerySet, Series
from interop.document import DocumentError

LISTED = {Conflict.State.KEPT: "kept as it stands here", Conflict.State.TAKEN: "taken from the document"}


class Command(BaseCommand):
    help = (
        "Where editors here and an imported document changed the same thing, what stands here is kept and both sides"
        " wait for a decision. Lists what waits, side by side, and decides: keep what stands here, or take what the"
        " document says. To put two texts together by hand, use the page at the desk."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("series", metavar="SERIES", nargs="?", help="only calls of this series")
        parser.add_argument("date", metavar="DATE", nargs="?", help="only the call of this day, such as 2021-05-11")
        parser.add_argument("--keep", metavar="ID", nargs="+", type=int, default=[], help="keep what stands here")
        parser.add_argument("--take", metavar="ID", nargs="+", type=int, default=[], help="take what the document says")
        parser.add_argument("--list", action="store_true", help="only list; so it is, too, where nothing is decided")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen and write nothing")

    def handle(self, **options: Any) -> str:
        rows = _waiting(options["series"], options["date"])
        if options["list"] and (options["keep"] or options["take"]):
            raise CommandError("--list only lists: leave it out to decide, or --keep and --take to list.")
        wanted = _wanted(rows, {Conflict.State.KEPT: options["keep"], Conflict.State.TAKEN: options["take"]})
        if not wanted:
            return self.tell_all(rows)
        try:
            with transaction.atomic():
                count = sum(self.decide(row, state) for row, state in wanted.items())
                transaction.set_rollback(options["dry_run"])
        except DocumentError as error:
            raise CommandError(f"{error} Nothing was written.") from error
        end = " Nothing was written: this was a dry run." if options["dry_run"] else ""
        return f"{_counted(count)} decided.{end}"

    def tell_all(self, rows: ConflictQuerySet) -> str:
        """Every open conflict below its call. Costs a constant number of queries for each call that has any."""
        calls = Call.objects.filter(pk__in=rows.values("call")).select_related("series").order_by("start")
        count = 0
        for call in calls:
            self.stdout.write(f"{call.series.slug}/{call.address}: {call.title}")
            for _, one in conflicts.shown(rows.filter(call=call), read_call(call, whole=True)):
                count += 1
                self.stdout.write(f"{beside(one)}\n")
        return f"{_counted(count)} to decide." if count else "Nothing is to be decided."

    def decide(self, row: Conflict, state: Conflict.State) -> int:
        document = read_call(row.call, whole=True)
        [(_, one)] = conflicts.shown([row], document)
        conflicts.decide(row.call, [row], state, user=None, now=timezone.now())
        self.stdout.write(f"{row.call.series.slug}/{row.call.address}: {heading(one)}: {LISTED[state]}.")
        return 1


def _waiting(series: str | None, date: str | None) -> ConflictQuerySet:
    rows = Conflict.objects.still_open().select_related("call__series")
    if series is None:
        return rows
    if not Series.objects.filter(slug=series).exists():
        slugs = ", ".join(Series.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"{series!r} is no series here. The series are: {slugs}.")
    rows = rows.filter(call__series__slug=series)
    return rows.filter(call=_call(series, date)) if date is not None else rows


def _call(series: str, date: str) -> Call:
    try:
        day, ordinal = read_address(date)
    except Http404 as error:
        raise CommandError(str(error)) from error
    found = Call.objects.filter(series__slug=series, date=day, ordinal=ordinal).first()
    if found is None:
        raise CommandError(f"{series!r} has no call on {date}.")
    return found


def _wanted(rows: ConflictQuerySet, chosen: dict[Conflict.State, list[int]]) -> dict[Conflict, Conflict.State]:
    """What is to be decided, and how. Raises CommandError for an id that does not wait or is named twice."""
    waiting = {row.pk: row for row in rows}
    wanted: dict[Conflict, Conflict.State] = {}
    for state, keys in chosen.items():
        for key in keys:
            if key not in waiting:
                raise CommandError(f"{key} is no open conflict here. List them with: decide_conflicts --list")
            if wanted.get(waiting[key], state) != state:
                raise CommandError(f"{key} is both to keep and to take. Name it once.")
            wanted[waiting[key]] = state
    return wanted


def _counted(count: int) -> str:
    return f"{count} conflict{'s' if count != 1 else ''}"
