"""Call documents in Markdown become calls."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from communitycalls.beside import beside, conflict_payload
from communitycalls.importer import Result
from communitycalls.intake import FileReport, load_files
from communitycalls.management.base import BaseCommand
from communitycalls.models import Conflict, Series
from interop.document import DocumentError, accounting

PREFERRED = {"here": Conflict.State.KEPT, "document": Conflict.State.TAKEN}


class Command(BaseCommand):
    help = (
        "Reads call documents in Markdown, files or whole folders. Again and again: what changed in a document changes"
        " here, what editors added here stays. What both changed stays as it is here and waits for a decision: see"
        " decide_conflicts. All files are loaded, or none where one is refused; a README that lies in a folder is"
        " passed over."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a Markdown file, or a folder of them")
        parser.add_argument(
            "--series", metavar="SLUG", help="the series of all the calls; else the one the title names"
        )
        parser.add_argument("--draft", action="store_true", help="new calls stay drafts, states are left alone")
        parser.add_argument(
            "--prefer",
            choices=list(PREFERRED),
            help="decide at once what both changed: keep what stands here, or take what the document says",
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen and write nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="how the report is printed")
        parser.add_argument("--lines", action="store_true", help="tell of every line of the files what it became")

    def handle(self, **options: Any) -> None:
        try:
            reports = load_files(
                options["paths"],
                series=_find_series(options["series"]),
                draft=options["draft"],
                now=timezone.now(),
                dry_run=options["dry_run"],
                progress=self.tell_progress if self.stderr.isatty() else None,
                prefer=PREFERRED.get(options["prefer"]),
            )
        except DocumentError as error:
            raise CommandError(str(error)) from error
        if options["format"] == "json":
            payload = {"documents": [_payload(one, with_lines=options["lines"]) for one in reports]}
            self.stdout.write(json.dumps(payload, ensure_ascii=False, indent=2))
        else:
            self.tell(reports, with_lines=options["lines"])
        _stop_where_refused(reports)
        if options["format"] == "text":
            self.tell_conflicts(reports, options["prefer"])
            self.stdout.write(_closing(reports, options["dry_run"]))

    def tell_progress(self, number: int, total: int, file: str) -> None:
        end = "\n" if number == total else ""
        self.stderr.write(f"\r\x1b[K{number} of {total}: {Path(file).name}{end}", ending="")

    def tell_conflicts(self, reports: Sequence[FileReport], prefer: str | None) -> None:
        count = sum(len(report.conflicts) for report in reports)
        if not count:
            return
        things = "1 thing" if count == 1 else f"{count} things"
        end = {None: "what stands here was kept; decide_conflicts lists and decides them", "here": "kept"}
        self.stdout.write(f"{things} changed on both sides: {end.get(prefer, 'taken from the document')}.")

    def tell(self, reports: Sequence[FileReport], *, with_lines: bool) -> None:
        for report in reports:
            self.stdout.write(": ".join(part for part in (report.file, report.result, report.call) if part))
            told = {one.sentence for one in report.conflicts}
            for remark in report.remarks:
                place = f"line {remark.line}: " if remark.line else ""
                if remark.text not in told:
                    self.stdout.write(f"  {place}{remark.text}")
            for one in report.conflicts:
                self.stdout.write(indent(beside(one), "  "))
            for row in accounting.told(report.lines, with_lines=with_lines):
                self.stdout.write(row)


def _find_series(slug: str | None) -> Series | None:
    if slug is None:
        return None
    found = Series.objects.filter(slug=slug).first()
    if found is None:
        slugs = ", ".join(Series.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"{slug!r} is no series here. The series are: {slugs}.")
    return found


def _payload(report: FileReport, *, with_lines: bool) -> dict[str, object]:
    warnings = [{"line": remark.line, "text": remark.text} for remark in report.remarks]
    payload: dict[str, object] = {"file": report.file, "call": report.call, "result": report.result}
    payload["warnings"] = warnings
    if report.conflicts:
        payload["conflicts"] = [conflict_payload(one) for one in report.conflicts]
    return payload | ({"lines": accounting.payload(report.lines)} if with_lines else {})


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
