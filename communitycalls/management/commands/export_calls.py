"""Calls become Markdown files."""

from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import CommandError
from django.http import Http404

from communitycalls.access import sees_minutes
from communitycalls.addresses import read_address
from communitycalls.document import CallDocument
from communitycalls.document.writer import write
from communitycalls.exporter import read_call
from communitycalls.management.base import BaseCommand
from communitycalls.models import Call, CallQuerySet, Series
from interop.document import codec


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
        parser.add_argument(
            "--as-imported", action="store_true", help="the very bytes of the last document that came in, where one did"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would be written and write nothing")

    def handle(self, **options: Any) -> None:
        series, output, whole = options["series"], options["output"], options["all"]
        calls = _choose(series, options["date"], Call.objects.all() if whole else Call.objects.published())
        if output.exists() and not output.is_dir():
            raise CommandError(f"{str(output)!r} is a file. Name a folder.")
        try:
            by_series, as_imported = series is None, options["as_imported"]
            saved = save_files(
                calls, output, whole=whole, by_series=by_series, dry_run=options["dry_run"], as_imported=as_imported
            )
        except OSError as error:
            raise CommandError(f"{error.filename!r} cannot be written: {error.strerror}.") from error
        written = "would be written" if options["dry_run"] else "written"
        for one in saved:
            self.stdout.write(f"{one.path}: {written if one.is_new else 'unchanged'}")
            if one.told:
                self.stdout.write(f"  {one.told}")
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
    """A file that was written, or (`is_new` False) said the same already; `told` is a sentence about what is in it."""

    path: Path
    is_new: bool
    told: str = ""


def save_files(
    calls: Iterable[Call], folder: Path, *, whole: bool, by_series: bool, dry_run: bool, as_imported: bool = False
) -> list[FileSaved]:
    """Write calls as Markdown: `<date>.md`, in a folder for each series with `by_series`.

    Without `whole` a call is written as the public sees it. `as_imported`: the bytes of the last document that a call
    was read from, where there is one and all of it may be seen. Raises OSError where a file cannot be written.
    """
    saved = []
    for call in calls:
        sees_all = whole or sees_minutes(AnonymousUser(), call)
        document = read_call(call, whole=sees_all)
        path = (folder / document.series if by_series else folder) / f"{document.address}.md"
        data, told = _imported(call, document, sees_all) if as_imported else (None, "")
        saved.append(_save(path, write(document).encode() if data is None else data, dry_run, told))
    return saved


def _imported(call: Call, document: CallDocument, sees_all: bool) -> tuple[bytes | None, str]:
    """The bytes of the last document a call was read from, and what is to be said; None where it is to be written."""
    source = call.sources.first()
    if source is None:
        return None, "It was made here: no document came in for it, so it is written as it stands."
    if not sees_all:
        return None, "Its minutes are not final, so it is written as the public sees it; --all gives the bytes."
    if _as_stored(codec.load(CallDocument, source.value), document) == document:
        return bytes(source.data), ""
    return bytes(source.data), "It was edited here since it was imported; the file does not have those edits."


def _as_stored(read: CallDocument, stored: CallDocument) -> CallDocument:
    """What was read, with what a document seldom says and its call has from its series, and with the states here."""
    timed = read.start is not None
    return replace(
        read,
        start=read.start or stored.start,
        timezone=read.timezone if timed else stored.timezone,
        duration=stored.duration if read.duration == CallDocument.duration else read.duration,
        status=stored.status,
        minutes=replace(read.minutes, status=stored.minutes.status),
    )


def _save(path: Path, data: bytes, dry_run: bool, told: str) -> FileSaved:
    if path.is_file() and path.read_bytes() == data:
        return FileSaved(path, False, told)
    if not dry_run:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)
    return FileSaved(path, True, told)
