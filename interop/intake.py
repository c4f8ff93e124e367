"""Bringing Markdown in: a matrix's versions become revisions, an environment's page becomes its rows."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from interop.document import DocumentError, Remark, carry_slugs, read, read_page
from interop.document import values as v
from interop.document.source import decode
from interop.exporter import read_matrix
from interop.history import Note, record
from interop.models import Advisory, Change, Environment, Matrix, PublishedImage, Revision, Variant

DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[_.-]|$)")

Recorder = Callable[[Matrix, v.Matrix, Note], Revision | None]


@dataclass(frozen=True)
class Version:
    """A document read: `source` its bytes as they came, `date` the day its file's name begins with, if any."""

    name: str
    source: bytes
    matrix: v.Matrix
    date: dt.date | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a version: read, changed or unchanged; `retired` counts environments it no longer has."""

    name: str
    result: str
    revision: int | None
    remarks: tuple[Remark, ...]
    retired: int = 0


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
        matrix, remarks = read(text, name=path.name)
        return Version(path.name, source, matrix, date_of(path.name), (*decoded, *remarks))
    except DocumentError as error:
        raise DocumentError(f"{path}: {error}") from error


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
        return [_bring_in(matrix, one, _note_for(one, note, len(versions) > 1), recorder, outcome) for one in versions]


def _note_for(version: Version, note: Note, several: bool) -> Note:
    if several and version.date is None:
        raise DocumentError(
            f"'{version.name}' does not begin with a date. Of several versions each needs one,"
            " like 2021-05-11_matrix.md."
        )
    effective = version.date if several and version.date else note.effective
    message = note.message or f"Imported from {version.name}"
    return replace(note, effective=effective, message=message, source=version.source, source_name=version.name)


def _bring_in(matrix: Matrix, version: Version, note: Note, recorder: Recorder, outcome: str) -> Outcome:
    if matrix.revisions.filter(effective=note.effective, source=version.source).exists():
        return Outcome(version.name, "unchanged", None, version.remarks)
    value = carry_slugs(read_matrix(matrix), version.matrix)
    revision = recorder(matrix, value, note)
    if revision is None:
        return Outcome(version.name, "unchanged", None, version.remarks)
    retired = revision.changes.filter(what=Change.What.RETIRED).count()
    return Outcome(version.name, outcome, revision.number, version.remarks, retired)


def read_environment_page(path: Path) -> tuple[v.EnvironmentPage, tuple[Remark, ...]]:
    """The detail page in a file. Raises DocumentError naming the file."""
    try:
        text, decoded = decode(path.read_bytes())
        page, remarks = read_page(text)
    except OSError as error:
        raise DocumentError(f"There is no file '{path}' to read. Write the path of a Markdown file.") from error
    except DocumentError as error:
        raise DocumentError(f"{path}: {error}") from error
    return page, (*decoded, *remarks)


def load_page(environment: Environment, page: v.EnvironmentPage) -> None:
    """Make an environment's detail page say what `page` says, in one transaction."""
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
