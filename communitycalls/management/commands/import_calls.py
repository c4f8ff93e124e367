"""Call documents in Markdown become calls."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from communitycalls.importer import Result
from communitycalls.intake import FileReport, load_files
from communitycalls.models import Series
from interop.document import DocumentError


class Command(BaseCommand):
    help = (
        "Reads call documents in Markdown, files or whole folders. Again and again: what changed in a document changes"
        " here, what editors added here stays. All files are loaded, or none where one is refused; a README that lies"
        " in a folder is passed over."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a Markdown file, or a folder of them")
        parser.add_argument(
            "--series", metavar="SLUG", help="the series of all the calls; else the one the title names"
        )
        parser.add_argument("--draft", action="store_true", help="new calls stay drafts, states are left alone")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen and write nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="how the report is printed")

    def handle(self, **options: Any) -> None:
        try:
            reports = load_files(
                options["paths"],
                series=_find_series(options["series"]),
                draft=options["draft"],
                now=timezone.now(),
                dry_run=options["dry_run"],
                progress=self.tell_progress if self.stderr.isatty() else None,
            )
        except DocumentError as error:
            raise CommandError(str(error)) from error
        if options["format"] == "json":
            payload = {"documents": [_payload(one) for one in reports]}
            self.stdout.write(json.dumps(payload, ensure_ascii=False, indent=2))
        else:
            self.tell(reports)
        _stop_where_refused(reports)
        if options["format"] == "text":
            self.stdout.write(_closing(reports, options["dry_run"]))

    def tell_progress(self, number: int, total: int, file: str) -> None:
        end = "\n" if number == total else ""
        self.stderr.write(f"\r\x1b[K{number} of {total}: {Path(file).name}{end}", ending="")

    def tell(self, reports: Sequence[FileReport]) -> None:
        for report in reports:
            self.stdout.write(": ".join(part for part in (report.file, report.result, report.call) if part))
            for remark in report.remarks:
                place = f"line {remark.line}: " if remark.line else ""
                self.stdout.write(f"  {place}{remark.text}")


def _find_series(slug: str | None) -> Series | None:
    if slug is None:
        return None
    found = Series.objects.filter(slug=slug).first()
    if found is None:
        slugs = ", ".join(Series.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"{slug!r} is no series here. The series are: {slugs}.")
    return found


def _payload(report: FileReport) -> dict[str, object]:
    warnings = [{"line": remark.line, "text": remark.text} for remark in report.remarks]
    return {"file": report.file, "call": report.call, "result": report.result, "warnings": warnings}


def _stop_where_refused(reports: Sequence[FileReport]) -> None:
    refused = [report for report in reports if report.stops]
    if refused:
        reasons = "\n".join(
            f"{one.file}: {DocumentError(one.remarks[-1].text, one.remarks[-1].line)}" for one in refused
        )
        raise CommandError(f"{len(refused)} of {len(reports)} files refused, so nothing was written.\n{reasons}")


def _closing(reports: Sequence[FileReport], dry_run: bool) -> str:
    counts = Counter(report.result for report in reports)
    told = {Result.READ: "new", Result.CHANGED: "changed", Result.UNCHANGED: "unchanged", Result.REFUSED: "refused"}
    results = ", ".join(f"{counts[result]} {word}" for result, word in told.items())
    files = f"{len(reports)} file{'s' if len(reports) != 1 else ''}"
    return f"{files} read: {results}.{' Nothing was written: this was a dry run.' if dry_run else ''}"
