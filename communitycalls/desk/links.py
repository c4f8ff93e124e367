"""Links of a call."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from communitycalls.access import get_call
from communitycalls.desk import editing
from communitycalls.desk.clash import gone_page
from communitycalls.desk.link_forms import AddLinkForm, LinkForm
from communitycalls.desk.pages import Place, crumbs_of, editor_of, page, remove, save, sent, show_form, to


@page
def link_add(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    form = AddLinkForm(sent(request))
    if form.is_bound and form.is_valid():
        with editing.change(call, editor_of(request)):
            form.save(call)
        return redirect(to("call", call, anchor="links"))
    return show_form(request, form, Place("Add a link", to("call", call), crumbs_of(call), "Add the link"))


@page
def link(request: HttpRequest, series: str, address: str, key: int) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    back = to("call", call, anchor="links")
    row = call.links.filter(pk=key).first()
    if row is None:
        return gone_page(request, what="the link", back=back)
    form = LinkForm(row, sent(request), version=call.version)
    place = Place(f"Link: {row}", back, crumbs_of(call), remove=to("link_remove", call, key))
    return save(request, call, form, what="the link", back=back) or show_form(request, form, place)


@page
def link_remove(request: HttpRequest, series: str, address: str, key: int) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    back = to("call", call, anchor="links")
    row = call.links.filter(pk=key).first()
    if row is None:
        return gone_page(request, what="the link", back=back)
    return remove(request, call, row.delete, what="the link", text=f"{row} {row.url}", back=back)
