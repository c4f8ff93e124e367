"""A matrix in other forms than a page: JSON, Markdown and CSV, today or at the point the query names."""

import csv
import io

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from interop.api import matrix_payload
from interop.document import values as v
from interop.document.writer import write
from interop.history import value_of
from interop.models import Matrix
from interop.points import Point, of_query

FORMULA = ("=", "+", "-", "@", "\t", "\r")
BEYOND = "Cells too many"


class NoSuchPoint(Exception):
    """A point that cannot be shown: its sentence, and the status that says so."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


@require_safe
def matrix_json(request: HttpRequest, matrix: str) -> HttpResponse:
    """`matrix.json`: 400 for a wrong value, 404 before the first revision, both as JSON with a sentence."""
    row = get_object_or_404(Matrix, slug=matrix)
    try:
        point, value = _asked(request, row)
    except NoSuchPoint as error:
        return JsonResponse({"error": error.sentence}, status=error.status)
    number = point.revision.number if point.revision else 0
    payload = matrix_payload(row.slug, value, point.date, number, row.tracker_url)
    return JsonResponse(payload, json_dumps_params={"ensure_ascii": False})


@require_safe
def matrix_md(request: HttpRequest, matrix: str) -> HttpResponse:
    """`matrix.md`, in the community's own conventions."""
    row = get_object_or_404(Matrix, slug=matrix)
    try:
        _, value = _asked(request, row)
    except NoSuchPoint as error:
        return HttpResponse(f"{error.sentence}\n", status=error.status, content_type="text/plain; charset=utf-8")
    return HttpResponse(write(value), content_type="text/markdown; charset=utf-8")


@require_safe
def matrix_csv(request: HttpRequest, matrix: str) -> HttpResponse:
    """`matrix.csv`: one line an environment, the cells as written."""
    row = get_object_or_404(Matrix, slug=matrix)
    try:
        _, value = _asked(request, row)
    except NoSuchPoint as error:
        return HttpResponse(f"{error.sentence}\n", status=error.status, content_type="text/plain; charset=utf-8")
    response = HttpResponse(write_csv(value), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.slug}.csv"'
    return response


def _asked(request: HttpRequest, row: Matrix) -> tuple[Point, v.Matrix]:
    """The point the query names and the matrix at it. Raises NoSuchPoint."""
    try:
        point = of_query(row, request.GET.dict(), timezone.localdate())
    except ValueError as error:
        raise NoSuchPoint(str(error), 400) from error
    if point.revision is None:
        raise NoSuchPoint(f"{row.title} has no revision on {point.date.isoformat()}.", 404)
    return point, value_of(point.revision)


def write_csv(matrix: v.Matrix) -> str:
    """RFC 4180 with a header. What a spreadsheet would run as a formula begins with an apostrophe.

    Columns that are no part of the scheme, and cells beyond the header, come last, where there are any.
    """
    out = io.StringIO()
    lines = csv.writer(out)
    names = [criterion.name for criterion in matrix.criteria]
    others = list(dict.fromkeys(header for _, one in matrix.environments() for header, _ in one.texts))
    beyond = [BEYOND] if any(one.overflow for _, one in matrix.environments()) else []
    head = ["Section", "Environment", *names, "Owners", "References", "Notes", "Known issues", "Retired"]
    lines.writerow([_harmless(cell) for cell in (*head, *others, *beyond)])
    for section, one in matrix.environments():
        cells = [one.cell(criterion.key).written for criterion in matrix.criteria]
        references = " ".join(reference.url or reference.label for reference in one.references)
        issues = ", ".join(one.issues)
        retired = one.retired.date.isoformat() if one.retired else ""
        row = [section.name, one.name, *cells, ", ".join(one.owners), references, one.notes, issues, retired]
        row += [dict(one.texts).get(header, "") for header in others]
        row += [" | ".join(one.overflow) for _ in beyond]
        lines.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
