"""Who was there: adding and removing people."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from communitycalls.access import get_call
from communitycalls.desk import editing
from communitycalls.desk.attendance_forms import AddPeopleForm
from communitycalls.desk.pages import Place, act, crumbs_of, editor_of, page, sent, show_form, to
from communitycalls.models import Call


def back_to(call: Call, page_name: str) -> str:
    """The page the people were added from."""
    return to("minutes" if page_name == "minutes" else "call", call, anchor="people-names")


@page
def people_add(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    form = AddPeopleForm(sent(request))
    if form.is_bound and form.is_valid():
        with editing.change(call, editor_of(request)):
            form.save(call)
        return redirect(back_to(call, form.cleaned_data["page"]))
    return show_form(request, form, Place("Add people", to("call", call), crumbs_of(call), "Add"))


@act
def people_remove(request: HttpRequest, series: str, address: str, key: int) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    row = call.attendance.filter(pk=key).first()
    if row is None:
        raise Http404("That person is not on the list; they may have been removed.")
    with editing.change(call, editor_of(request)):
        row.delete()
    return redirect(back_to(call, request.POST.get("page", "")))
