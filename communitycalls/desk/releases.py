"""The release outlook of a call."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from communitycalls import aside
from communitycalls.access import get_call
from communitycalls.desk import editing
from communitycalls.desk.clash import gone_page
from communitycalls.desk.pages import Place, crumbs_of, editor_of, page, remove, save, sent, show_form, to
from communitycalls.desk.release_forms import ReleaseForm
from communitycalls.models import Call


def place_of(call: Call, title: str, button: str, remove: str = "") -> Place:
    crumbs = (*crumbs_of(call), ("Minutes", to("minutes", call)))
    return Place(title, to("minutes", call, anchor="releases"), crumbs, button, remove)


@page
def release_add(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    form = ReleaseForm(call, None, sent(request), version=call.version)
    if form.is_bound and form.is_valid():
        with editing.change(call, editor_of(request)):
            form.save()
        messages.success(request, "The release is recorded.")
        return redirect(to("minutes", call, anchor="release-add"))
    return show_form(request, form, place_of(call, "Record a release", "Record the release"))


@page
def release(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    row = call.outlooks.select_related("channel").filter(number=number).first()
    what = f"release {number}"
    place = place_of(call, f"Release {number}", "Save", to("release_remove", call, number))
    if row is None:
        return gone_page(request, what=what, back=place.back)
    form = ReleaseForm(call, row, sent(request), version=call.version)
    return save(request, call, form, what=what, back=place.back) or show_form(request, form, place)


@page
def release_remove(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    what, back = f"release {number}", to("minutes", call, anchor="releases")
    row = call.outlooks.select_related("channel").filter(number=number).first()
    if row is None:
        return gone_page(request, what=what, back=back)
    return remove(request, call, partial(aside.remove, row), what=what, text=str(row), back=back)
