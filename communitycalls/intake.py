"""Bringing Markdown in: files and folders of call documents become calls, all of them or none."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from communitycalls.document import CallDocument
from communitycalls.document.reader import read_accounted
from communitycalls.importer import Result, load
from communitycalls.importer.plain import Shown
from communitycalls.models import Conflict, Series
from interop.document import DocumentError, Remark
from interop.document.accounting import Accounted
from interop.document.source import decode

SUFFIXES = {".md", ".markdown"}
LARGEST = 2_000_000
YEAR = re.compile(r"(?:19|20)\d{2}")

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class FileReport:
    """What became of a file. `call` is "series/date", None where it was refused; then `remarks` end with the reason.

    `conflicts` wait for a decision, told in `remarks` too; their `pk` is None where nothing was written. `lines` are
    what each of the file's lines became.

    `is_aside` is a README that lies among the documents of a folder: refused, but no reason to stop.
    """

    file: str
    result: Result
    call: str | None = None
    remarks: tuple[Remark, ...] = ()
    is_aside: bool = False
    conflicts: tuple[Shown, ...] = ()
    lines: tuple[Accounted, ...] = ()

    @property
    def stops(self) -> bool:
        return self.result is Result.REFUSED and not self.is_aside


@dataclass(frozen=True)
class _Found:
    """A file, and whether it was named itself or lies in a folder that was."""

    path: Path
    is_named: bool

    @property
    def name(self) -> str:
        """The file's name, after the folder's where that is the year which the file's lacks: `2023/CG-05-10.md`."""
        folder, name = self.path.absolute().parent.name, self.path.name
        return f"{folder}/{name}" if YEAR.fullmatch(folder) and not YEAR.search(name) else name

    def refused(self, error: DocumentError) -> FileReport:
        aside = not self.is_named and self.path.stem.lower().startswith("readme")
        return FileReport(str(self.path), Result.REFUSED, None, (Remark(error.line, error.message),), aside)


@dataclass(frozen=True)
class _Read:
    found: _Found
    document: CallDocument
    remarks: tuple[Remark, ...]
    data: bytes
    lines: tuple[Accounted, ...]


def load_files(
    paths: Sequence[Path],
    *,
    series: Series | None,
    draft: bool,
    now: dt.datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
    prefer: Conflict.State | None = None,
) -> list[FileReport]:
    """Load call documents, all of them or none: where a file is refused nothing is written, and all others say so.

    Folders are walked. `prefer` decides what both an editor and a document changed, KEPT or TAKEN; without it waits.
    Raises DocumentError for a path that is not there or holds no Markdown file.
    """
    read_files = [_read(one) for one in find(paths)]
    if any(isinstance(one, FileReport) and one.stops for one in read_files):
        return _untouched([one if isinstance(one, FileReport) else _only_read(one, series) for one in read_files])
    reports: list[FileReport] = []
    with transaction.atomic():
        for number, one in enumerate(read_files, 1):
            report = one if isinstance(one, FileReport) else _load(one, series, draft, now, prefer)
            reports.append(_with_earlier(report, reports))
            if progress:
                progress(number, len(read_files), reports[-1].file)
        stops = any(report.stops for report in reports)
        if dry_run or stops:
            transaction.set_rollback(True)
    if dry_run:
        reports = [_without_keys(report) for report in reports]
    return _untouched(reports) if stops else reports


def find(paths: Iterable[Path]) -> Iterator[_Found]:
    """The files named, and the Markdown files of the folders named, in the order of their names."""
    for path in paths:
        if path.is_file():
            yield _Found(path, True)
        elif path.is_dir():
            inside = [one for one in sorted(path.rglob("*")) if _is_document(one, path)]
            if not inside:
                raise DocumentError(f"The folder {str(path)!r} holds no Markdown file (*.md).")
            yield from (_Found(one, False) for one in inside)
        else:
            raise DocumentError(f"{str(path)!r} is no file or folder.")


def _is_document(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix.lower() in SUFFIXES and path.is_file() and not hidden


def _read(found: _Found) -> _Read | FileReport:
    try:
        data = _bytes_of(found.path)
        text, repairs = decode(data)
        document, remarks, lines = read_accounted(text, name=found.name)
    except DocumentError as error:
        return found.refused(error)
    return _Read(found, document, repairs + remarks, data, lines)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise DocumentError(f"{str(path)!r} cannot be read: {error.strerror}.") from error
    if len(data) > LARGEST:
        raise DocumentError(f"{str(path)!r} is larger than {LARGEST:,} bytes, too large for the document of one call.")
    return data


def _load(
    one: _Read, series: Series | None, draft: bool, now: dt.datetime, prefer: Conflict.State | None
) -> FileReport:
    path, name = one.found.path, one.found.name
    try:
        report = load(one.document, series=series, draft=draft, source=one.data, name=name, now=now, prefer=prefer)
    except DocumentError as error:
        return one.found.refused(error)
    remarks = one.remarks + report.remarks
    return FileReport(str(path), report.result, report.call, remarks, conflicts=report.conflicts, lines=one.lines)


def _with_earlier(report: FileReport, earlier: Sequence[FileReport]) -> FileReport:
    """The report, with a remark where a file before it gave the same call."""
    same = [one.file for one in earlier if one.call and one.call == report.call]
    if not same:
        return report
    text = f"{same[-1]!r} is a document of the same call; this file was taken as its newer version."
    return replace(report, remarks=(*report.remarks, Remark(None, text)))


def _only_read(one: _Read, series: Series | None) -> FileReport:
    call = f"{series.slug if series else one.document.series}/{one.document.address}"
    return FileReport(str(one.found.path), Result.READ, call, one.remarks, lines=one.lines)


def _untouched(reports: Sequence[FileReport]) -> list[FileReport]:
    """Reports of files of which nothing was written, because one of them stops the whole import."""
    culprit = next(one.file for one in reports if one.stops)
    text = f"Nothing of this file was written, because another was refused: {culprit!r}."
    return [
        one
        if one.result is Result.REFUSED
        else replace(one, result=Result.UNCHANGED, remarks=(*one.remarks, Remark(None, text)), conflicts=())
        for one in reports
    ]


def _without_keys(report: FileReport) -> FileReport:
    return replace(report, conflicts=tuple(replace(one, pk=None) for one in report.conflicts))
