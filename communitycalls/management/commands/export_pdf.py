"""A call becomes a PDF file."""

from argparse import ArgumentParser
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.http import Http404

from communitycalls.access import sees_minutes
from communitycalls.addresses import read_address
from communitycalls.deck.job import KINDS
from communitycalls.deck.outcome import DeckError, Drawing
from communitycalls.deck.render import WORKSHOP
from communitycalls.models import Call, Series
from communitycalls.views.slides import job_of


class Command(BaseCommand):
    help = (
        "Draws a call as a PDF: its deck of slides, or its agenda or minutes on paper. It shows what the public may"
        " see, unless --all is said. What was done to a slide so that it fits is told."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="KIND", choices=KINDS, help=" or ".join(KINDS))
        parser.add_argument("series", metavar="SERIES", help="the slug of a series")
        parser.add_argument("date", metavar="DATE", help="the date of a call, such as 2021-05-11")
        parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the PDF file to write")
        parser.add_argument("--all", dest="unpublished", action="store_true", help="a draft or unfinished minutes too")
        parser.add_argument("--dry-run", action="store_true", help="draw it, tell, and write nothing")

    def handle(
        self, *, kind: str, series: str, date: str, output: Path, unpublished: bool, dry_run: bool, **options: object
    ) -> None:
        call = _find(series, date, unpublished=unpublished)
        drawing = _draw(kind, call, whole=unpublished or sees_minutes(AnonymousUser(), call))
        for remark in drawing.remarks:
            self.stdout.write(f"page {remark.slide}: {remark.text}")
        if not dry_run:
            _save(output, drawing.pdf)
        would = " Nothing was written: this was a dry run." if dry_run else ""
        self.stdout.write(f"{output}: the {kind} of {call}, {drawing.pages} pages.{would}")


def _find(series: str, date: str, *, unpublished: bool) -> Call:
    """The call. Raises CommandError with a sentence."""
    if not Series.objects.filter(slug=series).exists():
        slugs = ", ".join(Series.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"{series!r} is no series here. The series are: {slugs}.")
    try:
        day, ordinal = read_address(date)
    except Http404 as error:
        raise CommandError(str(error)) from error
    calls = Call.objects.all() if unpublished else Call.objects.published()
    call = calls.select_related("series").filter(series__slug=series, date=day, ordinal=ordinal).first()
    if call is None:
        raise CommandError(f"{series} has no call on {date}, or it is a draft; --all draws drafts too.")
    return call


def _draw(kind: str, call: Call, *, whole: bool) -> Drawing:
    try:
        return WORKSHOP.ask(job_of(kind, call, whole=whole))
    except DeckError as error:
        raise CommandError(str(error)) from error


def _save(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise CommandError(f"{str(path)!r} cannot be written: {error.strerror}.") from error
