"""The matrix: its rows, editing one, adding and retiring. One act, two records."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from communitycalls.desk.clash import clash_page
from communitycalls.desk.editing import Clash
from communitycalls.desk.matrix_forms import RecordFields, RetireForm, RowForm
from communitycalls.desk.pages import editor_of, page, sent, status_of
from communitycalls.desk.told import foretold
from communitycalls.recording import record_change
from interop.board import board_of, legend_of
from interop.document.compare import compare
from interop.exporter import read_matrix
from interop.history import EarlierRevision
from interop.lint import lint
from interop.log import read_scheme
from interop.models import Matrix, Revision
from interop.turns import Turn


@page
def matrices(request: HttpRequest) -> HttpResponseBase:
    """Every matrix; `?call=` is carried on to the rows."""
    rows = Matrix.objects.all()
    return render(request, "desk/matrices.html", {"matrices": rows, "call": request.GET.get("call", "")})


@page
def matrix(request: HttpRequest, matrix: str) -> HttpResponseBase:
    """The rows of a matrix. Costs a constant number of queries."""
    row = get_object_or_404(Matrix, slug=matrix)
    value = read_matrix(row)
    context = {
        "matrix": row,
        "board": board_of(value, value, row.tracker_url),
        "legend": legend_of(value),
        "revision": row.revisions.defer("value", "source").first(),
        "call": request.GET.get("call", ""),
        "oddities": lint(value, tracker_url=row.tracker_url, former=levels_of(row)),
    }
    return render(request, "desk/matrix.html", context)


def levels_of(matrix: Matrix) -> set[str]:
    """The codes of the levels that a matrix has or ever had. Costs three queries."""
    return {code for levels in read_scheme({matrix.pk: matrix.slug}).levels.values() for code in levels}


def record(request: HttpRequest, form: RecordFields) -> Revision | None:
    """Record what a valid form says; None where that changes nothing.

    Raises Clash where somebody changed the same row meanwhile, EarlierRevision for a day before the last change, and
    ValidationError for a row that would not be valid; then nothing is recorded.
    """
    with transaction.atomic():
        row = Matrix.objects.select_for_update().get(pk=form.matrix.pk)
        form.value = read_matrix(row)
        if row.version != form.seen() and not form.is_untouched():
            raise Clash(f"{row} was changed by somebody else meanwhile.")
        clean = form.cleaned_data
        return record_change(
            row,
            form.changed(form.value),
            call=form.named_call(),
            reason=clean["reason"],
            effective=clean["effective"],
            kind=clean["kind"],
            user=editor_of(request),
            seen=row.version,
            old=form.value,
        )


def recorded(request: HttpRequest, form: RecordFields) -> HttpResponseBase | None:
    """The answer to a form of a row; None where it is to be shown (again)."""
    if not form.is_bound or not form.is_valid() or request.POST.get("do") == "preview":
        return None
    unchanged = "The row says what it said before, so nothing is recorded."
    return answer(request, form, unchanged=unchanged, clash=lambda: clashed(request, form))


def answer(
    request: HttpRequest, form: RecordFields, *, unchanged: str, clash: Callable[[], HttpResponseBase]
) -> HttpResponseBase | None:
    """Record what a valid form says and lead back to the matrix; None where it cannot be, and the form says why.

    `unchanged` is said where nothing came of it; `clash` makes the answer where somebody else was quicker.
    """
    try:
        revision = record(request, form)
    except Clash:
        return clash()
    except EarlierRevision as error:
        form.add_error("effective", str(error))
        return None
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    if revision is None:
        messages.info(request, unchanged)
    else:
        messages.success(request, told_of(revision, form))
    return redirect("desk:matrix", form.matrix.slug)


def clashed(request: HttpRequest, form: RecordFields) -> HttpResponse:
    """The form of a row beside what somebody else saved meanwhile."""
    form.matrix.refresh_from_db(fields=["version"])
    last = form.matrix.revisions.defer("value", "source").select_related("user").first()
    back = reverse("desk:matrix", args=[form.matrix.slug])
    by = last.user if last else None
    return clash_page(request, form, version=form.matrix.version, by=by, what=told(form), back=back)


def told(form: RecordFields) -> str:
    """What a form edits, in words."""
    return next((one.name for _, one in form.value.environments() if one.slug == form.slug), "the new environment")


def told_of(revision: Revision, form: RecordFields) -> str:
    count, call = revision.changes.count(), form.named_call()
    changes = "1 change is" if count == 1 else f"{count} changes are"
    where = f" and in the minutes of {call.title}" if call else ""
    return f"{changes} recorded as revision {revision.number}{where}."


def preview(form: RecordFields) -> list[Turn]:
    """What a valid form would change, in words; nothing for one that is not valid."""
    if not form.is_bound or form.errors:
        return []
    return foretold(form.matrix.slug, form.value, compare(form.value, form.changed(form.value)))


def show(request: HttpRequest, form: RecordFields, template: str, title: str) -> HttpResponse:
    context = {
        "form": form,
        "matrix": form.matrix,
        "title": title,
        "legend": legend_of(form.value),
        "preview": preview(form),
    }
    return render(request, template, context, status=status_of(form))


def of_query(request: HttpRequest) -> str:
    """The call a page was reached from, to be picked already."""
    key = request.GET.get("call", "")
    return key if key.isascii() and key.isdigit() else ""


@page
def environment_add(request: HttpRequest, matrix: str) -> HttpResponseBase:
    row = get_object_or_404(Matrix, slug=matrix)
    form = RowForm(row, read_matrix(row), "", sent(request), today=timezone.localdate(), call=of_query(request))
    return recorded(request, form) or show(request, form, "desk/environment.html", "Add an environment")


@page
def environment(request: HttpRequest, matrix: str, environment: str) -> HttpResponseBase:
    row = get_object_or_404(Matrix, slug=matrix)
    value = read_matrix(row)
    known = {one.slug: one for _, one in value.environments()}
    if environment not in known:
        raise Http404(f"{row} has no environment at {environment!r}.")
    form = RowForm(row, value, environment, sent(request), today=timezone.localdate(), call=of_query(request))
    title = known[environment].name
    return recorded(request, form) or show(request, form, "desk/environment.html", title)


@page
def environment_retire(request: HttpRequest, matrix: str, environment: str) -> HttpResponseBase:
    row = get_object_or_404(Matrix, slug=matrix)
    value = read_matrix(row)
    active = {one.slug: one for _, one in value.environments() if not one.retired}
    if environment not in active:
        raise Http404(f"{row} has no environment at {environment!r} that could be retired.")
    form = RetireForm(row, value, environment, sent(request), today=timezone.localdate(), call=of_query(request))
    title = f"Retire {active[environment].name}"
    return recorded(request, form) or show(request, form, "desk/retire.html", title)
