"""A matrix's whole past as a folder: a Markdown file for each revision, and `history.json` with what no Markdown says.

The documents are what a community keeps: whoever reads them alone loses nothing that a reader sees. `history.json` adds
who said it, when and why, and the whole value where a document would not be read as exactly that: a retired row's
successor, the tone an editor chose. A document edited after it was written out counts more than what stands there.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypedDict

from interop.document import DocumentError, codec
from interop.document import values as v
from interop.document.identity import carry_slugs, retire_missing
from interop.document.page import read_page as read_document
from interop.document.page_writer import write_page
from interop.document.reader import read
from interop.document.source import decode
from interop.document.writer import write
from interop.exporter import read_page
from interop.history import Note, retirement_of, value_of
from interop.models import Environment, Matrix, Revision

INDEX = "history.json"
PAGES = "environments"
UNFIT = (LookupError, ValueError, TypeError, AttributeError)


@dataclass(frozen=True)
class Said:
    """What is said of a document beside its text. `digest` is of its bytes, `value` None where they say it all."""

    note: Note
    recorded_at: dt.datetime
    digest: str
    value: v.Matrix | None

    def value_for(self, source: bytes) -> v.Matrix | None:
        """The stored value, unless the document was edited since or says it all."""
        return self.value if digest_of(source) == self.digest else None


@dataclass(frozen=True)
class Past:
    """A folder's index: what is said of each file by its name, and the pages of environments by their addresses."""

    matrix: str
    tracker_url: str
    said: dict[str, Said]
    pages: dict[str, Path]


def digest_of(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()


# out


class RevisionEntry(TypedDict):
    number: int
    file: str
    sha256: str
    effective: str
    recorded_at: str
    kind: str
    author: str
    message: str
    source_url: str
    source_name: str
    value: Any


def files_of(matrix: Matrix, *, as_imported: bool) -> Iterator[tuple[str, bytes]]:
    """Each file of a matrix's past with its name in the folder, the index last.

    A revision's document is written anew; `as_imported` gives the bytes that came in, where a revision came from some.
    """
    entries, before = [], v.Matrix("")
    for revision in matrix.revisions.order_by("number"):
        value = value_of(revision)
        source = bytes(revision.source) if as_imported and revision.source is not None else write(value).encode()
        entries.append(_entry(revision, source, _unsaid(before, revision, value, source)))
        yield entries[-1]["file"], source
        before = value
    pages = {f"{PAGES}/{row.slug}.md": row for row in matrix.environments.order_by("slug")}
    kept = {name: text for name, row in pages.items() if (text := page_of(row, as_imported=as_imported))}
    yield from kept.items()
    index = {"matrix": matrix.slug, "tracker_url": matrix.tracker_url, "revisions": entries, "pages": list(kept)}
    yield INDEX, (json.dumps(index, ensure_ascii=False, indent=1) + "\n").encode()


def page_of(row: Environment, *, as_imported: bool) -> bytes:
    """An environment's page as Markdown; nothing where it has none.

    The bytes that came in last, where they still say the same, or `as_imported` whatever was edited since.
    """
    source, page = row.sources.last(), read_page(row)
    if source is not None and (as_imported or _says(bytes(source.source), page)):
        return bytes(source.source)
    return write_page(page).encode() if page != v.EnvironmentPage("") else b""


def _says(source: bytes, page: v.EnvironmentPage) -> bool:
    return replace(read_document(decode(source)[0])[0], unread=()) == page


def _entry(revision: Revision, source: bytes, value: v.Matrix | None) -> RevisionEntry:
    return {
        "number": revision.number,
        "file": f"{revision.effective.isoformat()}_{revision.number:04}.md",
        "sha256": digest_of(source),
        "effective": revision.effective.isoformat(),
        "recorded_at": revision.recorded_at.isoformat(),
        "kind": revision.kind,
        "author": revision.author,
        "message": revision.message,
        "source_url": revision.source_url,
        "source_name": revision.source_name,
        "value": codec.dump(value),
    }


def _unsaid(before: v.Matrix, revision: Revision, value: v.Matrix, source: bytes) -> v.Matrix | None:
    """The value, where the document would not be read as exactly that after the one before; else None."""
    note = Note(revision.effective, message=revision.message)
    try:
        found = followed(before, read(decode(source)[0])[0], note)
    except DocumentError:
        return value
    return None if found == value else value


def followed(before: v.Matrix, document: v.Matrix, note: Note) -> v.Matrix:
    """The matrix that a document makes of the one before it."""
    return retire_missing(before, carry_slugs(before, document), retirement_of(note))


def write_past(matrix: Matrix, folder: Path, *, as_imported: bool, dry_run: bool = False) -> int:
    """Write a matrix's past into a folder, an empty one or one that holds the same matrix's past; how many files.

    Files of the past that was there and is no more go. Raises DocumentError with a sentence, and OSError.
    """
    before = _past_in(folder, matrix.slug)
    names = set()
    for name, text in files_of(matrix, as_imported=as_imported):
        names.add(name)
        if not dry_run:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text)
    for path in before - {folder / name for name in names}:
        if not dry_run:
            path.unlink(missing_ok=True)
    return len(names)


def _past_in(folder: Path, slug: str) -> set[Path]:
    """The files of the past that a folder holds. Raises DocumentError where it holds anything else."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return set()
    past = read_past(folder) if folder.is_dir() else None
    if past is None or past.matrix != slug:
        raise DocumentError("it is there and holds something else. Name a new folder, or one with this matrix's past.")
    return {*(folder / name for name in past.said), *past.pages.values()}


# in


def read_past(folder: Path) -> Past | None:
    """The index of a folder; None where it has none. Raises DocumentError for one that cannot be read."""
    path = folder / INDEX
    if not path.is_file():
        return None
    try:
        index = json.loads(path.read_bytes())
        said = {Path(one["file"]).name: _said(one) for one in index["revisions"]}
        pages = {Path(name).stem: folder / PAGES / Path(name).name for name in index["pages"]}
        return Past(str(index["matrix"]), str(index["tracker_url"]), said, pages)
    except UNFIT as error:
        raise DocumentError(f"'{path}' is no index of a matrix's past ({error}). Write the past out again.") from error


def _said(entry: RevisionEntry) -> Said:
    note = Note(
        effective=dt.date.fromisoformat(entry["effective"]),
        author=str(entry["author"]),
        message=str(entry["message"]),
        kind=Revision.Kind(entry["kind"]),
        source_url=str(entry["source_url"]),
        source_name=str(entry["source_name"]),
    )
    value = codec.load(v.Matrix, entry["value"]) if entry["value"] else None
    return Said(note, dt.datetime.fromisoformat(entry["recorded_at"]), str(entry["sha256"]), value)
