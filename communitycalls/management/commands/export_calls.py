"""Calls become Markdown files."""

from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.http import Http404

from communitycalls.access import sees_minutes
from communitycalls.addresses import read_address
from communitycalls.document import write
from communitycalls.exporter import read_call
from communitycalls.models import Call, CallQuerySet, Series


class Command(BaseCommand):
    help = (
        "Writes calls as Markdown that import_calls reads: OUTPUT/<date>.md for one series, OUTPUT/<series>/<date>.md"
        " for all. Drafts and minutes that are not final are left out, unless --all is said."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("series", metavar="SERIES", nargs="?", help="the slug of a series")
        parser.add_argument("date", metavar="DATE", nargs="?", help="the date of one call, such as 2021-05-11")
        parser.add_argument("--output", metavar="DIR", type=Path, required=True, help="a folder; made where it is none")
        parser.add_argument("--all", action="store_true", help="drafts and unfinished minutes too")
        parser.add_argument("--dry-run", action="store_true", help="tell what would be written and write nothing")

    def handle(self, **options: Any) -> None:
        series, output, whole = options["series"], options["output"], options["all"]
        calls = _choose(series, options["date"], Call.objects.all() if whole else Call.objects.published())
        if output.exists() and not output.is_dir():
            raise CommandError(f"{str(output)!r} is a file. Name a folder.")
        try:
            saved = save_files(calls, output, whole=whole, by_series=series is None, dry_run=options["dry_run"])
        except OSError as error:
            raise CommandError(f"{error.filename!r} cannot be written: {error.strerror}.") from error
        for one in saved:
            self.stdout.write(f"{one.path}: {'written' if one.is_new else 'unchanged'}")
        would = " Nothing was written: this was a dry run." if options["dry_run"] else ""
        self.stdout.write(f"{len(saved)} call{'s' if len(saved) != 1 else ''} exported to {output}.{would}")


def _choose(series: str | None, date: str | None, calls: CallQuerySet) -> CallQuerySet:
    """The calls that the arguments name. Raises CommandError with a sentence."""
    calls = calls.select_related("series").order_by("series__slug", "date", "ordinal")
    if series is None:
        return calls
    if not Series.objects.filter(slug=series).exists():
        slugs = ", ".join(Series.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"{series!r} is no series here. The series are: {slugs}.")
    if date is None:
        return calls.filter(series__slug=series)
    try:
        day, ordinal = read_address(date)
    except Http404 as error:
        raise CommandError(str(error)) from error
    found = calls.filter(series__slug=series, date=day, ordinal=ordinal)
    if not found:
        raise CommandError(f"{series} has no call on {date}, or it is a draft; --all exports drafts too.")
    return found


@dataclass(frozen=True)
class FileSaved:
    """A file that was written, or (`is_new` False) said the same already."""

    path: Path
    is_new: bool


def save_files(calls: Iterable[Call], folder: Path, *, whole: bool, by_series: bool, dry_run: bool) -> list[FileSaved]:
    """Write calls as Markdown: `<date>.md`, in a folder for each series with `by_series`.

    Without `whole` a call is written as the public sees it. Raises OSError where a file cannot be written.
    """
    saved = []
    for call in calls:
        document = read_call(call, whole=whole or sees_minutes(AnonymousUser(), call))
        path = (folder / document.series if by_series else folder) / f"{document.address}.md"
        saved.append(_save(path, write(document).encode(), dry_run))
    return saved


def _save(path: Path, data: bytes, dry_run: bool) -> FileSaved:
    if path.is_file() and path.read_bytes() == data:
        return FileSaved(path, False)
    if not dry_run:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)
    return FileSaved(path, True)
