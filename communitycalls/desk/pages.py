"""The steps all views of the desk share: where a page is, saving an edit, removing a thing, showing a form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from communitycalls.access import editors_only
from communitycalls.desk import editing
from communitycalls.desk.clash import clash_page
from communitycalls.desk.forms import DeskForm, EditForm, VersionForm
from communitycalls.models import Call

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

UNPROCESSABLE = 422


def page(view: View[P]) -> View[P]:
    """A page of the desk: shown to editors, and sent back by them."""
    return editors_only(require_http_methods(["GET", "HEAD", "POST"])(view))


def act(view: Callable[Concatenate[HttpRequest, str, str, P], HttpResponseBase]) -> View[...]:
    """Something that only changes a call: who comes by a link (after signing in again) is led to the call's plan."""

    @wraps(view)
    def guarded(request: HttpRequest, series: str, address: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return redirect("desk:call", series, address)
        return view(request, series, address, *args, **kwargs)

    return page(guarded)


def editor_of(request: HttpRequest) -> User | None:
    """Who sent a request; never None behind `page` and `act`."""
    return request.user if isinstance(request.user, User) else None


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def to(name: str, call: Call, *parts: object, anchor: str = "") -> str:
    """The address of a desk page below a call."""
    return reverse(f"desk:{name}", args=[call.series.slug, call.address, *parts]) + (f"#{anchor}" if anchor else "")


def status_of(form: DeskForm | None) -> int:
    """The status of a page that shows a form: 422 where what was sent cannot be saved."""
    return UNPROCESSABLE if form is not None and form.is_bound and not form.is_valid() else 200


@dataclass(frozen=True)
class Place:
    """Where a form stands: its title, the pages that lead back and that remove what it edits, the crumbs above."""

    title: str
    back: str
    crumbs: Sequence[tuple[str, str]] = ()
    button: str = "Save"
    remove: str = ""


def show_form(request: HttpRequest, form: DeskForm, place: Place, **more: Any) -> HttpResponse:
    """A page that holds one form; `more` may name another template."""
    template = more.pop("template", "desk/form_page.html")
    return render(request, template, {"form": form, "place": place, **more}, status=status_of(form))


def crumbs_of(call: Call) -> tuple[tuple[str, str], ...]:
    return (("Calls", reverse("desk:calls")), (call.title, to("call", call)))


def save(
    request: HttpRequest, call: Call, form: EditForm, *, what: str, back: str | Callable[[], str]
) -> HttpResponseBase | None:
    """The answer to an edit: back where it was saved, both texts where it clashed, None where the form is not valid."""
    lead = back if callable(back) else lambda: back
    if not form.is_bound or not form.is_valid():
        return None
    try:
        editing.save(call, editor_of(request), form)
    except editing.Clash:
        call.refresh_from_db(fields=["version"])
        last = call.revisions.defer("value").select_related("user").first()
        by = last.user if last else None
        return clash_page(request, form, version=call.version, by=by, what=what, back=lead())
    messages.success(request, f"{capfirst(what)} is saved.")
    return redirect(lead())


class RemoveForm(VersionForm):
    """Asks once more before something goes."""

    name = "remove"


def remove(
    request: HttpRequest, call: Call, delete: Callable[[], object], *, what: str, text: str, back: str
) -> HttpResponseBase:
    """Ask, then remove. What changed since it was shown is shown again, with 409, before anything goes."""
    form = RemoveForm(sent(request), initial={"version": call.version})
    status = status_of(form)
    if form.is_bound and form.is_valid():
        try:
            with editing.change(call, editor_of(request), seen=form.seen()):
                delete()
        except editing.Clash:
            call.refresh_from_db(fields=["version"])
            form, status = RemoveForm(initial={"version": call.version}), 409
        else:
            messages.success(request, f"{capfirst(what)} is removed.")
            return redirect(back)
    context = {
        "form": form,
        "what": what,
        "text": text,
        "back": back,
        "crumbs": crumbs_of(call),
        "changed": status == 409,
    }
    return render(request, "desk/remove.html", context, status=status)
