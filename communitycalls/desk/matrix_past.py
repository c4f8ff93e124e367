"""A matrix's past at the desk: its revisions, and the way back to any of them. Nothing is taken out of the history."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from communitycalls.desk.matrix import answer, of_query
from communitycalls.desk.matrix_past_forms import RestoreForm, proposal
from communitycalls.desk.pages import page, sent, status_of
from interop.exporter import read_matrix
from interop.log import read_log
from interop.models import Matrix, Revision
from interop.views import page_number

REVISIONS_A_PAGE = 20


@page
def revisions(request: HttpRequest, matrix: str) -> HttpResponseBase:
    """The revisions of a matrix, the newest first, each with the way back to it. Costs a constant number of queries.

    Raises BadRequest for a page that is none.
    """
    row = get_object_or_404(Matrix, slug=matrix)
    pages = Paginator(row.revisions.values_list("pk", flat=True), REVISIONS_A_PAGE)
    shown = pages.get_page(page_number(request, pages))
    context = {
        "matrix": row,
        "page": shown,
        "log": read_log(list(shown.object_list)),
        "last": last_of(row),
        "call": of_query(request),
    }
    return render(request, "desk/matrix_revisions.html", context)


@page
def restore(request: HttpRequest, matrix: str, number: int) -> HttpResponseBase:
    """Show what going back to a revision would change, then record it: a new revision, one act with two records."""
    row = get_object_or_404(Matrix, slug=matrix)
    revision = get_object_or_404(row.revisions, number=number)
    form = RestoreForm(
        row,
        read_matrix(row),
        revision,
        sent(request),
        last=last_of(row),
        today=timezone.localdate(),
        call=of_query(request),
    )
    return _restored(request, form) or _show(request, form)


def last_of(matrix: Matrix) -> int:
    """The number of the last revision, 0 without any. Costs one query."""
    return matrix.revisions.values_list("number", flat=True).first() or 0


def _restored(request: HttpRequest, form: RestoreForm) -> HttpResponseBase | None:
    """The answer to a form that was sent; None where it is to be shown (again)."""
    if not form.is_bound or not form.is_valid():
        return None
    unchanged = "The matrix says what it said then, so nothing is recorded."
    return answer(
        request, form, unchanged=unchanged, clash=lambda: _show(request, _renewed(request, form), changed=True)
    )


def _renewed(request: HttpRequest, form: RestoreForm) -> RestoreForm:
    """The form as sent, upon what is saved now; a reason that was offered when it began is offered anew."""
    row = Matrix.objects.get(pk=form.matrix.pk)
    data = request.POST.copy()
    data["version"] = str(row.version)
    fresh = RestoreForm(row, read_matrix(row), form.revision, data, last=last_of(row), today=timezone.localdate())
    if data.get("reason", "").strip() == proposal(form.revision, form.revision.number + 1):
        data["reason"] = fresh.proposed()
    return fresh


def _show(request: HttpRequest, form: RestoreForm, *, changed: bool = False) -> HttpResponse:
    status = 409 if changed else status_of(form)
    revision: Revision = form.revision
    context = {
        "form": form,
        "matrix": form.matrix,
        "revision": revision,
        "changed": changed,
        "difference": form.difference(),
        "title": f"Undo revision {form.last}" if form.undoes else f"Go back to revision {revision.number}",
    }
    return render(request, "desk/matrix_restore.html", context, status=status)
