"""Bringing Markdown in: a matrix's versions become revisions, an environment's page becomes its rows."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from interop.document import DocumentError, Remark
from interop.document import values as v
from interop.document.accounting import Accounted
from interop.document.page import read_page_accounted
from interop.document.reader import read_accounted
from interop.document.source import decode
from interop.exporter import read_matrix
from interop.history import Note, record, value_of
from interop.models import Advisory, Change, Environment, Matrix, PageSource, PublishedImage, Revision, Variant
from interop.past import Said, followed, read_past

DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[_.-]|$)")

Recorder = Callable[[Matrix, v.Matrix, Note], Revision | None]


@dataclass(frozen=True)
class Version:
    """A document read: `source` its bytes as they came, `date` the day its file's name begins with, if any.

    `lines` are what each of its lines became; `said` is what a matrix's past that was written out says of it.
    """

    name: str
    source: bytes
    matrix: v.Matrix
    date: dt.date | None
    remarks: tuple[Remark, ...]
    lines: tuple[Accounted, ...] = ()
    said: Said | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a version: read, changed or unchanged; `retired` counts environments it no longer has."""

    name: str
    result: str
    revision: int | None
    remarks: tuple[Remark, ...]
    retired: int = 0
    lines: tuple[Accounted, ...] = ()


def files_below(paths: Iterable[Path]) -> list[Path]:
    """The files that paths name, in the order given; a folder's Markdown files by name. Raises DocumentError."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() == ".md" and one.is_file())
            if not inside:
                raise DocumentError(f"The folder '{path}' holds no Markdown file (*.md).")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise DocumentError(f"There is no file '{path}'. Write the path of a Markdown file or of a folder of them.")
    return found


def read_version(path: Path) -> Version:
    """The matrix in a file. Raises DocumentError naming the file."""
    source = path.read_bytes()
    try:
        text, decoded = decode(source)
        matrix, remarks, lines = read_accounted(text, name=path.name)
        return Version(path.name, source, matrix, date_of(path.name), (*decoded, *remarks), lines)
    except DocumentError as error:
        raise DocumentError(f"{path}: {error}") from error


def read_versions(paths: Sequence[Path]) -> list[Version]:
    """The versions in files and folders, in order, with what a past that was written out says of them.

    Raises DocumentError naming the file.
    """
    said: dict[Path, Said] = {}
    for folder in filter(Path.is_dir, paths):
        past = read_past(folder)
        said |= {folder / name: one for name, one in past.said.items()} if past else {}
    return [replace(read_version(path), said=said.get(path)) for path in files_below(paths)]


def date_of(name: str) -> dt.date | None:
    """The day with which a file's name begins, if it does. Raises DocumentError for a day no calendar has."""
    match = DATED.match(name)
    try:
        return dt.date.fromisoformat(match[1]) if match else None
    except ValueError as error:
        raise DocumentError(
            f"'{match[1] if match else name}' is no day of any year. Write it like 2021-05-11."
        ) from error


def bring_in(slug: str, versions: list[Version], note: Note, recorder: Recorder = record) -> list[Outcome]:
    """Make each version a revision, in the order given and in one transaction; the matrix is made when new.

    Several versions are effective on their own dates, one alone on the note's. A version that is in the history
    already changes nothing. Raises DocumentError, EarlierRevision and django's ValidationError; then nothing changed.
    """
    with transaction.atomic():
        matrix = Matrix.objects.filter(slug=slug).first()
        outcome = "changed" if matrix else "read"
        if matrix is None:
            matrix = Matrix(slug=slug, title=versions[0].matrix.title)
            matrix.full_clean()
            matrix.save()
        intake = _Intake(matrix, recorder, outcome, several=len(versions) > 1)
        return [intake.take(one, _note_for(one, note, intake.several)) for one in versions]


def _note_for(version: Version, note: Note, several: bool) -> Note:
    if version.said:
        said = version.said.note
        return replace(
            said, author=note.author or said.author, message=note.message or said.message, source=version.source
        )
    if several and version.date is None:
        raise DocumentError(
            f"'{version.name}' does not begin with a date. Of several versions each needs one,"
            " like 2021-05-11_matrix.md."
        )
    effective = version.date if several and version.date else note.effective
    message = note.message or f"Imported from {version.name}"
    return replace(note, effective=effective, message=message, source=version.source, source_name=version.name)


def _sentence(error: ValidationError) -> str:
    """What django found wrong, with the field and the value it is about."""
    errors = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    return " ".join(_about(field, one) + one.messages[0] for field, found in errors.items() for one in found)


def _about(field: str, error: ValidationError) -> str:
    value = (error.params or {}).get("value")
    about = [field.replace("_", " "), repr(str(value)[:60]) if value is not None else ""]
    return f"{' '.join(filter(None, about))}: " if any(about) else ""


class _Intake:
    """Versions of one matrix, taken in their order. `passed` is the number of the last revision that one of them is.

    What is in the history already is looked for behind `passed` only: a matrix may say on one day again what it said
    before, and a document that changed nothing once changes nothing again.
    """

    def __init__(self, matrix: Matrix, recorder: Recorder, outcome: str, *, several: bool) -> None:
        self.matrix, self.recorder, self.outcome, self.several = matrix, recorder, outcome, several
        self.passed, self.value = 0, v.Matrix("")

    def take(self, version: Version, note: Note) -> Outcome:
        if self._is_known(version, note):
            return Outcome(version.name, "unchanged", None, version.remarks, lines=version.lines)
        value = self._value(read_matrix(self.matrix), version, note)
        try:
            revision = self.recorder(self.matrix, value, note)
        except ValidationError as error:
            raise DocumentError(f"{version.name} cannot be stored: {_sentence(error)}") from error
        if revision is None:
            return Outcome(version.name, "unchanged", None, version.remarks, lines=version.lines)
        if version.said:
            Revision.objects.filter(pk=revision.pk).update(recorded_at=version.said.recorded_at)
        self._pass(revision)
        retired = revision.changes.filter(what=Change.What.RETIRED).count()
        return Outcome(version.name, self.outcome, revision.number, version.remarks, retired, version.lines)

    def _pass(self, revision: Revision) -> None:
        self.passed = revision.number
        self.value = value_of(revision) if self.several else self.value

    def _value(self, before: v.Matrix, version: Version, note: Note) -> v.Matrix:
        """What a version makes of the matrix before it."""
        stored = version.said.value_for(version.source) if version.said else None
        return stored or followed(before, version.matrix, note)

    def _is_known(self, version: Version, note: Note) -> bool:
        """Whether the history has a version: by its bytes and its day, or, of several, by what it says there."""
        later = self.matrix.revisions.filter(number__gt=self.passed, effective=note.effective).order_by("number")
        same = later.filter(source=version.source).first()
        following = later.filter(number=self.passed + 1).first() if self.several and not same else None
        if following and value_of(following) == self._value(self.value, version, note):
            same = following
        if same:
            self._pass(same)
        return bool(same) or (self.passed > 0 and self.value == self._value(self.value, version, note))


def read_environment_page(path: Path) -> tuple[v.EnvironmentPage, tuple[Remark, ...], tuple[Accounted, ...]]:
    """The detail page in a file, remarks, and what each line became. Raises DocumentError naming the file."""
    try:
        text, decoded = decode(path.read_bytes())
        page, remarks, lines = read_page_accounted(text)
    except OSError as error:
        raise DocumentError(f"There is no file '{path}' to read. Write the path of a Markdown file.") from error
    except DocumentError as error:
        raise DocumentError(f"{path}: {error}") from error
    return page, (*decoded, *remarks), lines


def load_page(environment: Environment, page: v.EnvironmentPage, source: bytes = b"", name: str = "") -> None:
    """Make an environment's detail page say what `page` says, in one transaction. Raises DocumentError.

    `source` are the bytes of the document it was read from, kept where they are others than the last ones.
    """
    try:
        with transaction.atomic():
            _load_page(environment, page)
            last = environment.sources.last()
            if source and (last is None or bytes(last.source) != source):
                PageSource.objects.create(environment=environment, name=name, source=source)
    except ValidationError as error:
        raise DocumentError(f"The page of {environment} cannot be stored: {_sentence(error)}") from error


def load_past(matrix: Matrix, paths: Iterable[Path]) -> int:
    """Give a matrix what written-out pasts among folders say beside the documents: where issues are tracked, pages.

    Returns how many pages were read. Raises DocumentError.
    """
    read = 0
    for past in filter(None, map(read_past, filter(Path.is_dir, paths))):
        if past.tracker_url and not matrix.tracker_url:
            matrix.tracker_url = past.tracker_url
            matrix.save(update_fields=["tracker_url"])
        for slug, path in past.pages.items():
            row = matrix.environments.filter(slug=slug).first()
            if row is None:
                raise DocumentError(f"{path}: {matrix.slug} has no environment at {slug!r} that the page could be of.")
            load_page(row, read_environment_page(path)[0], path.read_bytes(), path.name)
            read += 1
    return read


def _load_page(environment: Environment, page: v.EnvironmentPage) -> None:
    with transaction.atomic():
        environment.matrix.raise_version()
        environment.detail_title, environment.detail = page.title, page.text
        environment.full_clean()
        environment.save(update_fields=["detail_title", "detail"])
        for parts in (environment.images, environment.advisories, environment.variants):
            parts.all().delete()
        variants = {one.name: _load_variant(environment, one, n) for n, one in enumerate(page.variants, 1)}
        _load_listings(environment, page, variants)
        for position, one in enumerate(page.advisories, 1):
            row = Advisory(
                environment=environment,
                variant=variants.get(one.variant),
                kind=one.kind,
                title=one.title,
                body=one.body,
                position=position,
            )
            row.full_clean()
            row.save()


def _load_variant(environment: Environment, value: v.Variant, position: int) -> Variant:
    row = Variant(
        environment=environment,
        name=value.name,
        recommended=value.recommended,
        description=value.description,
        position=position,
    )
    row.full_clean()
    row.save()
    return row


def _load_listings(environment: Environment, page: v.EnvironmentPage, variants: dict[str, Variant]) -> None:
    groups = [(None, page.listings), *((variants[one.name], one.listings) for one in page.variants)]
    listings = [(variant, listing) for variant, listings in groups for listing in listings]
    for number, (variant, listing) in enumerate(listings):
        for position, cells in enumerate(listing.rows, 1):
            row = PublishedImage(
                environment=environment,
                variant=variant,
                listing=number,
                command=listing.command,
                facts=[list(pair) for pair in zip(listing.columns, cells, strict=True)],
                elided=listing.elided,
                position=position,
            )
            row.full_clean()
            row.save()
