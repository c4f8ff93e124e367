"""What a line or a cell will be read as, said while it is typed. Nothing is saved here."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from communitycalls.access import editors_only, get_call
from communitycalls.desk.agenda_forms import AddItemForm
from communitycalls.desk.cells import read_cell, reads_as
from communitycalls.desk.entry_forms import QuickForm
from communitycalls.desk.fields import write_offset
from communitycalls.desk.forms import DeskForm
from communitycalls.models import AgendaItem
from interop.chips import Chip
from interop.exporter import read_matrix
from interop.models import Matrix


def answer(request: HttpRequest, form: DeskForm, template: str) -> HttpResponse:
    """The line as it reads, or why it does not."""
    form.is_valid()
    problem = next((str(error) for error in form.errors.get("line", [])), "")
    read = form.cleaned_data.get("line")
    context = {"read": read, "problem": problem, "kinds": dict(AgendaItem.Kind.choices)}
    return render(request, template, {**context, "offset": write_offset(getattr(read, "offset", None))})


@editors_only
@require_POST
def item(request: HttpRequest) -> HttpResponseBase:
    return answer(request, AddItemForm(request.POST), "desk/_reads_item.html")


@editors_only
@require_POST
def entry(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    return answer(request, QuickForm(call, request.POST), "desk/_reads_entry.html")


@editors_only
@require_POST
def cell(request: HttpRequest, matrix: str, criterion: str) -> HttpResponseBase:
    """How readers will see a cell. The criterion's key names it."""
    value = read_matrix(get_object_or_404(Matrix, slug=matrix))
    found = next((one for one in value.criteria if one.key == criterion), None)
    chips: tuple[Chip, ...] = ()
    problem = f"The matrix has no criterion “{criterion}” any more. Reload the page."
    if found is not None:
        try:
            chips, problem = reads_as(found, read_cell(found, request.POST.get("line", ""))), ""
        except ValueError as error:
            problem = str(error)
    return render(request, "desk/_reads_cell.html", {"chips": chips, "problem": problem})
