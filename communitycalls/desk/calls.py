"""Calls: the list, making one, its plan and its details."""

import datetime as dt
from dataclasses import dataclass
from itertools import islice

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from communitycalls import history
from communitycalls.access import get_call
from communitycalls.desk.call_forms import DetailsForm, NewCallForm
from communitycalls.desk.pages import Place, crumbs_of, editor_of, page, remove, save, sent, show_form, to
from communitycalls.desk.plan import plan_page
from communitycalls.models import Call, Series
from communitycalls.schedule import occurrences
from interop.views import page_number

PER_PAGE = 50


@dataclass(frozen=True)
class Proposed:
    """The next dates of a series that have no call yet."""

    series: Series
    dates: tuple[dt.date, ...]


def proposed(today: dt.date, count: int = 2) -> list[Proposed]:
    """What may be made next, by series. Costs two queries."""
    taken = set(Call.objects.filter(date__gt=today).values_list("series_id", "date"))
    found = []
    for series in Series.objects.exclude(recurrence=""):
        dates = (date for date in occurrences(series.recurrence, today) if (series.pk, date) not in taken)
        found.append(Proposed(series, tuple(islice(dates, count))))
    return [one for one in found if one.dates]


@page
def calls(request: HttpRequest) -> HttpResponseBase:
    """Every call, drafts among them, the latest first. Raises BadRequest for a page that is none."""
    pages = Paginator(Call.objects.select_related("series"), PER_PAGE)
    listed = pages.get_page(page_number(request, pages))
    return render(request, "desk/calls.html", {"page": listed, "proposed": proposed(timezone.localdate())})


@page
def call_new(request: HttpRequest) -> HttpResponseBase:
    """Make a draft; the query may fill in series and date."""
    form = NewCallForm(sent(request), initial={name: request.GET.get(name, "") for name in ("series", "date")})
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            call = form.save()
            history.record(call, editor_of(request), "Created")
        messages.success(request, "The draft is there. Only editors see it until you announce it.")
        return redirect(to("call", call, anchor="add-line"))
    crumbs = (("Calls", reverse("desk:calls")),)
    place = Place("New call", reverse("desk:index"), crumbs, "Create the draft")
    more = {"proposed": proposed(timezone.localdate(), count=3), "template": "desk/call_new.html"}
    return show_form(request, form, place, **more)


@page
def call(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    return plan_page(request, get_call(request.user, series, address))


@page
def call_details(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    row = get_call(request.user, series, address)
    crumbs, back = crumbs_of(row), to("call", row)
    form = DetailsForm(row, sent(request))
    done = save(request, row, form, what="the call", back=lambda: to("call", row))
    return done or show_form(request, form, Place("Details of the call", back, crumbs))


@page
def call_remove(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """Remove a draft that was never public and in which no matrix change is recorded."""
    row = get_call(request.user, series, address)
    if row.published_at is not None or row.is_public or row.recorded_changes.exists():
        messages.error(request, "The call was public or records a matrix change, so it stays. You may cancel it.")
        return redirect(to("call", row))
    back = reverse("desk:calls")
    return remove(request, row, row.delete, what="the draft", text=str(row), back=back)
