"""Bring a matrix in: one document becomes a revision, many become a history."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_slug
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from communitycalls.addresses import read_address
from communitycalls.management.base import BaseCommand
from communitycalls.models import Call
from communitycalls.recording import record
from interop.document import DocumentError, accounting
from interop.document import values as v
from interop.history import EarlierRevision, Note
from interop.intake import Outcome, bring_in, load_past, read_versions
from interop.models import Matrix, Revision
from interop.points import read_date


class Command(BaseCommand):
    help = "Read Markdown matrices into the history of one matrix. Reading the same document twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or files or a folder in order")
        parser.add_argument("--matrix", required=True, metavar="SLUG", help="which matrix; made when new")
        parser.add_argument("--effective", metavar="DATE", help="since when one document is true; today unless said")
        parser.add_argument("--author", default="", help="who wrote it")
        parser.add_argument("--message", default="", help="what changed, for the list of changes")
        parser.add_argument("--source", default="", metavar="URL", help="where it stands")
        parser.add_argument("--correction", action="store_true", help="the record was wrong, not the world changed")
        parser.add_argument("--call", metavar="SERIES/DATE", help="the call that records the changes")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--lines", action="store_true", help="tell of every line of the files what it became")

    def handle(self, *args: Any, **options: Any) -> str:
        try:
            validate_slug(options["matrix"])
            versions = read_versions(options["paths"])
            with transaction.atomic():
                recorder = Recorder(find_call(options["call"]))
                outcomes = bring_in(options["matrix"], versions, note_of(options), recorder)
                pages = load_past(Matrix.objects.get(slug=options["matrix"]), options["paths"])
                transaction.set_rollback(options["dry_run"])
        except (DocumentError, EarlierRevision, ValueError) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(sentences_of(error, options["matrix"])) from error
        for outcome in outcomes:
            self._tell(outcome, with_lines=options["lines"])
        if pages:
            self.stdout.write(f"{pages} page{'s' if pages != 1 else ''} of environments read")
        return closing(outcomes, options["matrix"], options["dry_run"])

    def _tell(self, outcome: Outcome, *, with_lines: bool) -> None:
        number = f", revision {outcome.revision}" if outcome.revision else ""
        retired = f", {outcome.retired} retired: the document has them no more" if outcome.retired else ""
        self.stdout.write(f"{outcome.name}: {outcome.result}{number}{retired}")
        for remark in outcome.remarks:
            place = f"line {remark.line}: " if remark.line else ""
            self.stdout.write(f"  {place}{remark.text}")
        for row in accounting.told(outcome.lines, with_lines=with_lines):
            self.stdout.write(row)


class Recorder:
    """Records a version, in a call where one is named."""

    def __init__(self, call: Call | None) -> None:
        self.call = call

    def __call__(self, matrix: Matrix, value: v.Matrix, note: Note) -> Revision | None:
        return record(matrix, value, note, call=self.call)


def note_of(options: dict[str, Any]) -> Note:
    """The note that the command's options make. Raises ValueError with a sentence."""
    effective: dt.date = read_date(options["effective"]) if options["effective"] else timezone.localdate()
    kind = Revision.Kind.CORRECTION if options["correction"] else Revision.Kind.CHANGE
    return Note(effective, options["author"], options["message"], kind, source_url=options["source"])


def find_call(name: str | None) -> Call | None:
    """The call named `series/date`. Raises ValueError with a sentence."""
    if not name:
        return None
    series, _, address = name.partition("/")
    try:
        date, ordinal = read_address(address)
        return Call.objects.get(series__slug=series, date=date, ordinal=ordinal)
    except (Http404, Call.DoesNotExist) as error:
        raise ValueError(f"{name!r} is no call here. Write series and date, like community-call/2021-05-11.") from error


def sentences_of(error: ValidationError, slug: str) -> str:
    """What django found wrong, with the value it is about."""
    return f"The matrix {slug!r} cannot be stored: {' '.join(error.messages)}"


def closing(outcomes: list[Outcome], slug: str, dry_run: bool) -> str:
    changed = sum(outcome.revision is not None for outcome in outcomes)
    plural = "s" if changed != 1 else ""
    did = f"would make {changed} revision{plural}" if dry_run else f"made {changed} revision{plural}"
    return f"{len(outcomes)} document{'s' if len(outcomes) != 1 else ''} read into {slug}: {did}."
