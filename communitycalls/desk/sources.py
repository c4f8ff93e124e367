"""Documents as they came in: each line with what it became, the unread ones marked; and the very bytes to take away."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from communitycalls.access import get_call
from communitycalls.desk.pages import crumbs_of, page, to
from communitycalls.document import reader as calls
from interop import markdown
from interop.document import reader as matrices
from interop.document.accounting import Accounted
from interop.document.errors import DocumentError, Remark
from interop.document.source import decode
from interop.models import Matrix

Read = Callable[[str, str], tuple[tuple[Remark, ...], tuple[Accounted, ...]]]


@dataclass(frozen=True)
class Line:
    """A line of a document, blank ones too: `owner` is what it became, "" for a blank one."""

    number: int
    text: str
    owner: str
    is_unread: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """A document as it came, read again as it was then; `problem` says why it cannot be, then no line has an owner."""

    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...]
    problem: str = ""

    @property
    def unread(self) -> int:
        return sum(line.is_unread for line in self.lines)

    @property
    def told(self) -> int:
        """How many lines are not blank."""
        return sum(bool(line.owner) for line in self.lines)

    @property
    def read(self) -> int:
        return self.told - self.unread


@dataclass(frozen=True)
class Import:
    """One import of a document: what the page says of it, and where it leads."""

    name: str
    at: dt.datetime
    address: str
    file: str
    label: str
    is_shown: bool = False


def open_paper(data: bytes, name: str, read: Read) -> Paper:
    """The document in the bytes of a file that was imported. Costs as much as reading it did."""
    try:
        text, repairs = decode(data)
    except DocumentError as error:
        return Paper((), (), str(error))
    try:
        found, lines = read(text, name)
    except DocumentError as error:
        return Paper(_lines(text, (), ()), repairs, str(error))
    remarks = (*repairs, *found)
    return Paper(_lines(text, lines, remarks), remarks)


def _lines(text: str, lines: Sequence[Accounted], remarks: Sequence[Remark]) -> tuple[Line, ...]:
    owners = {one.line: one for one in lines}
    said: dict[int, list[str]] = {}
    for remark in remarks:
        said.setdefault(remark.line or 0, []).append(remark.text)
    rows = enumerate(markdown.lines(text.rstrip()), 1)
    return tuple(_line(number, row, owners.get(number), tuple(said.get(number, ()))) for number, row in rows)


def _line(number: int, text: str, one: Accounted | None, remarks: tuple[str, ...]) -> Line:
    return Line(number, text, one.owner if one else "", one.is_unread if one else False, remarks)


def _read_call(text: str, name: str) -> tuple[tuple[Remark, ...], tuple[Accounted, ...]]:
    return calls.read_accounted(text, name=name)[1:]


def _read_matrix(text: str, name: str) -> tuple[tuple[Remark, ...], tuple[Accounted, ...]]:
    return matrices.read_accounted(text, name=name)[1:]


@page
def call_source(request: HttpRequest, series: str, address: str, number: int | None = None) -> HttpResponseBase:
    """The document a call was read from, the last one unless `number` (from 1, in the order they came) is said."""
    call = get_call(request.user, series, address)
    rows = call.sources.order_by("pk")
    told = list(rows.values_list("name", "imported_at"))
    shown = _shown(number, len(told))
    imports = [
        Import(name, at, to("call_source", call, n), to("call_source_file", call, n), f"Import {n}", n == shown)
        for n, (name, at) in enumerate(told, 1)
    ]
    row = rows[shown - 1] if shown else None
    paper = open_paper(bytes(row.data), row.name, _read_call) if row else None
    written = reverse("calls:call_md", args=[series, address])
    return _show(request, paper, imports, {"crumbs": crumbs_of(call), "what": "call", "written": written})


@page
def call_source_file(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    shown = _shown(number, call.sources.count())
    row = call.sources.order_by("pk")[shown - 1]
    return _file(bytes(row.data), row.name)


@page
def matrix_source(request: HttpRequest, matrix: str, number: int | None = None) -> HttpResponseBase:
    """The document a matrix was read from, the last one unless a revision's `number` is said."""
    row = get_object_or_404(Matrix, slug=matrix)
    rows = row.revisions.exclude(source=None).order_by("-number")
    revision = get_object_or_404(rows, number=number) if number is not None else rows.first()
    told = row.revisions.exclude(source=None).order_by("number")
    imports = [
        Import(name, at, _at(row, n), _at(row, n, "_file"), f"Revision {n} of {day:%-d %B %Y}", n == revision.number)
        for n, day, name, at in told.values_list("number", "effective", "source_name", "recorded_at")
        if revision
    ]
    paper = open_paper(bytes(revision.source or b""), revision.source_name, _read_matrix) if revision else None
    crumbs = (("Matrices", reverse("desk:matrices")), (row.title, reverse("desk:matrix", args=[matrix])))
    written = reverse("interop:matrix_md", args=[matrix])
    return _show(request, paper, imports, {"crumbs": crumbs, "what": "matrix", "written": written})


def _at(matrix: Matrix, number: int, suffix: str = "") -> str:
    return reverse(f"desk:matrix_source{suffix}", args=[matrix.slug, number])


@page
def matrix_source_file(request: HttpRequest, matrix: str, number: int) -> HttpResponseBase:
    row = get_object_or_404(Matrix, slug=matrix)
    revision = get_object_or_404(row.revisions.exclude(source=None), number=number)
    return _file(bytes(revision.source or b""), revision.source_name or f"{matrix}.md")


def _shown(number: int | None, count: int) -> int:
    """Which of so many documents is shown: the last unless said, 0 where there is none. Raises Http404."""
    if number is not None and not 0 < number <= count:
        raise Http404("No such document was imported.")
    return count if number is None else number


def _show(
    request: HttpRequest, paper: Paper | None, imports: Sequence[Import], context: dict[str, object]
) -> HttpResponse:
    shown = next((one for one in imports if one.is_shown), None)
    context |= {"paper": paper, "imports": imports, "shown": shown}
    return render(request, "desk/source.html", context)


def _file(data: bytes, name: str) -> HttpResponse:
    """The very bytes that came in, as a file to keep and never as a page."""
    response = HttpResponse(data, content_type="application/octet-stream")
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in name)
    response["Content-Disposition"] = f'attachment; filename="{safe or "document.md"}"'
    return response
