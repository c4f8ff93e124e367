"""Take a matrix out: Markdown, CSV, JSON, the very bytes that came in, or its whole past as a folder."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from communitycalls.management.base import BaseCommand
from interop.api import matrix_payload
from interop.document import DocumentError
from interop.document.writer import write
from interop.documents import write_csv
from interop.history import value_of
from interop.models import Matrix, Revision
from interop.past import write_past
from interop.points import Point, at_date, read_point


class Command(BaseCommand):
    help = (
        "Write a matrix to standard output, today or at a date, revision:N or call:SERIES/DATE; or its whole past into"
        " a folder, one Markdown file for each revision, which import_matrix takes back in as the same history."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("matrix", metavar="SLUG")
        parser.add_argument("--at", metavar="POINT", help="2021-05-11, revision:4 or call:community-call/2021-05-11")
        parser.add_argument("--format", choices=["md", "csv", "json"], default="md")
        parser.add_argument("--as-imported", action="store_true", help="the bytes of the document that came in")
        parser.add_argument("--history", metavar="DIR", type=Path, help="write every revision into this folder")
        parser.add_argument("--dry-run", action="store_true", help="with --history: tell what would be written")

    def handle(self, *args: Any, **options: Any) -> None:
        matrix = Matrix.objects.filter(slug=options["matrix"]).first()
        if matrix is None:
            raise CommandError(f"{options['matrix']!r} is no matrix here. Write the word in its address.")
        if options["history"]:
            self._write_past(matrix, options)
            return
        try:
            today = timezone.localdate()
            point = read_point(matrix, options["at"]) if options["at"] else at_date(matrix, today)
        except ValueError as error:
            raise CommandError(str(error)) from error
        if point.revision is None:
            raise CommandError(f"{matrix.title} has no revision on {point.date.isoformat()}.")
        if options["as_imported"]:
            self._write_source(point.revision)
        else:
            self.stdout.write(rendered(matrix, point, point.revision, options["format"]), ending="")

    def _write_past(self, matrix: Matrix, options: dict[str, Any]) -> None:
        folder: Path = options["history"]
        if options["at"] or options["format"] != "md":
            raise CommandError("--history writes every revision as Markdown. Leave --at and --format out.")
        try:
            files = write_past(matrix, folder, as_imported=options["as_imported"], dry_run=options["dry_run"])
        except (DocumentError, OSError) as error:
            raise CommandError(f"{folder} cannot be written: {error}") from error
        revisions = matrix.revisions.count()
        plural = "s" if revisions != 1 else ""
        would = " Nothing was written: this was a dry run." if options["dry_run"] else ""
        self.stdout.write(f"{revisions} revision{plural} of {matrix.slug} in {files} files below {folder}.{would}")

    def _write_source(self, revision: Revision) -> None:
        if revision.source is None:
            raise CommandError(f"{revision} was made here: no document came in for it. Leave --as-imported out.")
        self.stdout.flush()
        stream = getattr(self.stdout._out, "buffer", None)
        if stream is None:
            self.stdout.write(bytes(revision.source).decode(), ending="")
        else:
            stream.write(bytes(revision.source))


def rendered(matrix: Matrix, point: Point, revision: Revision, form: str) -> str:
    """The matrix at a point in one of the command's formats."""
    value = value_of(revision)
    if form == "json":
        payload = matrix_payload(matrix.slug, value, point.date, revision.number, matrix.tracker_url)
        return json.dumps(payload, ensure_ascii=False, indent=2) + "\n"
    return write_csv(value) if form == "csv" else write(value)
