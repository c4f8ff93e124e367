"""The agenda: adding, editing, moving and removing its items."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from communitycalls import aside
from communitycalls.access import get_call
from communitycalls.desk import editing
from communitycalls.desk.agenda_forms import AddItemForm, ItemForm
from communitycalls.desk.clash import gone_page
from communitycalls.desk.move_form import MoveForm
from communitycalls.desk.pages import act, editor_of, page, remove, save, sent, to
from communitycalls.desk.plan import plan_page


@act
def item_add(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """Add the item that one line says, and come back to that line."""
    call = get_call(request.user, series, address)
    form = AddItemForm(request.POST)
    if not form.is_valid():
        return plan_page(request, call, add=form)
    with editing.change(call, editor_of(request)):
        form.save(call)
    return redirect(to("call", call, anchor="add-line"))


@page
def item(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    """The plan with one item open."""
    call = get_call(request.user, series, address)
    what, back = f"agenda item {number}", to("call", call, anchor=f"item-{number}")
    row = call.agenda.filter(number=number).first()
    if row is None:
        return gone_page(request, what=what, back=to("call", call))
    form = ItemForm(row, sent(request), version=call.version)
    return save(request, call, form, what=what, back=back) or plan_page(request, call, opened=form)


@act
def item_move(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    """Move an item up, down or to a place, and come back to it."""
    call = get_call(request.user, series, address)
    form = MoveForm(request.POST)
    with editing.change(call, editor_of(request)):
        rows = list(call.agenda.all())
        row = next((one for one in rows if one.number == number), None)
        if row is None:
            raise Http404(f"Agenda item {number} is not there; it may have been removed.")
        if form.is_valid():
            editing.move(rows, row, form.place(rows.index(row)))
    return redirect(to("call", call, anchor=f"move-{number}-{form.data.get('to')}"))


@page
def item_remove(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    what, back = f"agenda item {number}", to("call", call)
    row = call.agenda.filter(number=number).first()
    if row is None:
        return gone_page(request, what=what, back=back)
    return remove(request, call, partial(aside.remove, row), what=what, text=row.title, back=back)
