"""What differs between two points of a matrix: as a page, as JSON and as Markdown, asked for in the same words."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from interop.api import DifferencePayload, difference_payload
from interop.difference import Difference, difference_of
from interop.difference_markdown import write_difference
from interop.document import values as v
from interop.document.compare import NOTHING
from interop.exporter import read_matrix
from interop.history import value_of
from interop.models import Matrix
from interop.points import Point, at_revision, of_query, read_point

SECOND_DAY = dt.date.min + dt.timedelta(days=1)


@dataclass(frozen=True)
class Side:
    """One of the two points: `text` names it in the address, `asked` is what the reader wrote, "" for nothing."""

    point: Point
    value: v.Matrix
    asked: str

    @property
    def text(self) -> str:
        if self.asked:
            return self.asked
        return f"revision:{self.point.revision.number}" if self.point.revision else self.point.date.isoformat()

    @property
    def occasion(self) -> str:
        """What the reader wrote where it was neither a day nor a revision."""
        word, colon, _ = self.asked.partition(":")
        return self.asked if colon and word != "revision" else ""

    @property
    def spoken(self) -> str:
        """The point in words: its day and its revision."""
        revision = f"revision {self.number}" if self.number else "nothing recorded yet"
        return f"{self.point.date:%-d %B %Y} ({revision})"

    @property
    def number(self) -> int:
        """The revision's number, 0 before the first."""
        return self.point.revision.number if self.point.revision else 0


@dataclass(frozen=True)
class Comparison:
    """Two points of a matrix and what differs between them."""

    matrix: Matrix
    old: Side
    new: Side
    difference: Difference


def compared(request: HttpRequest, slug: str) -> Comparison:
    """What the query compares; without `to` up to today, without `from` since the revision before.

    Raises BadRequest with a sentence for a wrong point, Http404 for a matrix that is none.
    """
    row = get_object_or_404(Matrix, slug=slug)
    new = _side(row, request, "to") or _today(row, timezone.localdate())
    old = _side(row, request, "from") or _before(row, new)
    return Comparison(row, old, new, difference_of(row.slug, old.value, new.value))


@require_safe
def diff(request: HttpRequest, matrix: str) -> HttpResponse:
    """The page of the difference. Costs a constant number of queries."""
    found = compared(request, matrix)
    context = {
        "matrix": found.matrix,
        "old": found.old,
        "new": found.new,
        "difference": found.difference,
        "swap": urlencode({"from": found.new.text, "to": found.old.text}),
        "query": urlencode(
            [(word, side.asked) for word, side in (("from", found.old), ("to", found.new)) if side.asked]
        ),
        "backwards": found.old.number > found.new.number,
        "moments": found.matrix.revisions.values_list("number", "effective")[:100],
    }
    return render(request, "interop/matrix_diff.html", context)


@require_safe
def diff_json(request: HttpRequest, matrix: str) -> HttpResponse:
    """`diff.json`: 400 for a wrong point, as JSON with a sentence."""
    try:
        found = compared(request, matrix)
    except BadRequest as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(payload_of(found), json_dumps_params={"ensure_ascii": False})


def payload_of(found: Comparison) -> DifferencePayload:
    points = [
        (side.text, side.point.date, side.number, side.point.revision.effective if side.point.revision else None)
        for side in (found.old, found.new)
    ]
    return difference_payload(found.matrix.slug, found.matrix.title, points[0], points[1], found.difference)


@require_safe
def diff_md(request: HttpRequest, matrix: str) -> HttpResponse:
    """`diff.md`: 400 for a wrong point, as a plain sentence."""
    try:
        found = compared(request, matrix)
    except BadRequest as error:
        return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")
    points = found.old.spoken, found.new.spoken
    text = write_difference(found.matrix.title, points, found.difference, found.new.value, found.old.value)
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


def _side(row: Matrix, request: HttpRequest, word: str) -> Side | None:
    """The point that the query's `from` or `to` names; None without one. Raises BadRequest with a sentence."""
    text = request.GET.get(word, "").strip()
    if not text:
        return None
    try:
        point = read_point(row, text)
    except ValueError as error:
        raise BadRequest(f"{word}={text}: {error}") from error
    return Side(point, _value(point), text)


def _today(row: Matrix, today: dt.date) -> Side:
    return Side(of_query(row, {}, today), read_matrix(row), "")


def _before(row: Matrix, side: Side) -> Side:
    """The point right before another one's revision; before everything where that is the first."""
    revision = side.point.revision
    if revision is None:
        return Side(side.point, side.value, "")
    if revision.number > 1:
        point = at_revision(row, str(revision.number - 1))
    else:
        point = Point(max(revision.effective, SECOND_DAY) - dt.timedelta(days=1), None)
    return Side(point, _value(point), "")


def _value(point: Point) -> v.Matrix:
    return value_of(point.revision) if point.revision else NOTHING
