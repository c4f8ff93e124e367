"""The public pages of the matrix."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from interop import story
from interop.board import board_of, legend_of, sums_of
from interop.exporter import read_matrix
from interop.filters import FilterForm, Wish, choices_of, narrow
from interop.history import value_of
from interop.log import read_log
from interop.models import Environment, Matrix
from interop.points import Point, of_query

REVISIONS_A_PAGE = 20
POINT_WORDS = ("at", "call", "revision")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every matrix with what it counts. Costs one query."""
    counted = Q(environments__retired_on=None, environments__catch_all=False)
    rows = Matrix.objects.order_by("position", "title").annotate(
        environment_count=Count("environments", filter=counted, distinct=True),
        owned_count=Count("environments", filter=counted & ~Q(environments__owners=None), distinct=True),
        last_effective=Max("revisions__effective"),
    )
    found = [story.tally(row, row.environment_count, row.owned_count, row.last_effective) for row in rows]
    return render(request, "interop/matrix_list.html", {"tallies": found})


@require_safe
def matrix(request: HttpRequest, matrix: str) -> HttpResponse:
    """A matrix today or at the point that the query names, narrowed by the query's filter."""
    row = get_object_or_404(Matrix, slug=matrix)
    point = _point(request, row)
    value = read_matrix(row) if point.now or point.revision is None else value_of(point.revision)
    form = FilterForm(request.GET, value)
    if not form.is_valid():
        raise BadRequest(form.sentence)
    kept = [(word, request.GET[word]) for word in POINT_WORDS if request.GET.get(word)]
    context = {
        "matrix": row,
        "value": value,
        "point": point,
        "kept": kept,
        "point_query": urlencode(kept),
        "board": board_of(value, narrow(value, form.wish), row.tracker_url, story.stirred(row, point)),
        "legend": legend_of(value),
        "sums": sums_of(value),
        "wish": form.wish,
        "filtered": form.wish != Wish(),
        "choices": choices_of(value, form.wish),
        "moments": story.moments_of(row),
    }
    return render(request, "interop/matrix_detail.html", context)


def _point(request: HttpRequest, row: Matrix) -> Point:
    """The point the query names. Raises BadRequest for a wrong value, Http404 before the first revision."""
    try:
        point = of_query(row, request.GET.dict(), timezone.localdate())
    except ValueError as error:
        raise BadRequest(str(error)) from error
    if point.revision is None and not point.now:
        raise Http404(
            f"{row.title} says nothing of {point.date.isoformat()} yet: its first revision is of a later day."
        )
    return point


@require_safe
def changes(request: HttpRequest, matrix: str) -> HttpResponse:
    """The change log by revision, the newest first."""
    row = get_object_or_404(Matrix, slug=matrix)
    pages = Paginator(row.revisions.values_list("pk", flat=True), REVISIONS_A_PAGE)
    page = pages.get_page(page_number(request, pages))
    context = {"matrix": row, "page": page, "log": read_log(list(page.object_list))}
    return render(request, "interop/matrix_changes.html", context)


def page_number(request: HttpRequest, pages: "Paginator[Any]") -> int:
    """`?page=`, 1 without it. Raises BadRequest quoting anything but a page's number."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= pages.num_pages):
        raise BadRequest(f"page={text!r} is no page of this list. Write a number from 1 to {pages.num_pages}.")
    return int(text)


@require_safe
def environment(request: HttpRequest, matrix: str, environment: str) -> HttpResponse:
    """An environment's whole story."""
    rows = Environment.objects.select_related("matrix", "section", "successor")
    row = get_object_or_404(rows, matrix__slug=matrix, slug=environment)
    return render(request, "interop/environment_detail.html", story.tell(row))
