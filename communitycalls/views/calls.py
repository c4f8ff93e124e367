"""The public pages of calls: archive, series, one call."""

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from communitycalls.access import get_call, is_editor, may_join, sees_minutes
from communitycalls.document.values import CallDocument
from communitycalls.exporter import read_call
from communitycalls.history import has_past
from communitycalls.models import Call, CallQuerySet, MinutesEntry, Series
from communitycalls.rule import in_words
from communitycalls.shelf import Shelf
from communitycalls.views import archive as lists
from communitycalls.views.pages import CallPage, Fate, Spot, page_of
from communitycalls.zones import around_the_world
from interop.log import read_scheme
from interop.models import Environment
from interop.turns import Scheme


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every call by year; `?year=` shows one year."""
    every = list(lists.public_series())
    context = _listed(request, Call.objects.published(), every) | {"series_list": every}
    return render(request, "communitycalls/call_list.html", context)


@require_safe
def series(request: HttpRequest, series: str) -> HttpResponse:
    """A series with its rule, its next dates, its calls by year and its minutes debt."""
    rows = Series.objects.all() if is_editor(request.user) else lists.public_series()
    row = get_object_or_404(rows, slug=series)
    context = _listed(request, Call.objects.published().filter(series=row), [row])
    context |= {"series": row, "series_list": list(lists.public_series()), "rule": in_words(row.recurrence)}
    return render(request, "communitycalls/series_detail.html", context)


def _listed(request: HttpRequest, calls: CallQuerySet, every: list[Series]) -> dict[str, object]:
    """What both lists show. Raises BadRequest for a year that is none."""
    now = timezone.now()
    counts = lists.years_of(calls)
    year = _year(request, counts)
    years = [year] if year else lists.latest_years(counts)
    coming = [] if year else lists.coming_of(every, now.date())
    upcoming = next_call(calls, now)
    return {
        "now": now,
        "year": year,
        "coming": coming,
        "years": lists.by_year(calls, counts, years, coming, upcoming),
        "counts": counts,
        "earlier": {} if year else {one: count for one, count in counts.items() if one not in years},
        "total": sum(counts.values()),
        "owed": lists.owed_by(every),
        "next_call": upcoming,
    }


def _year(request: HttpRequest, counts: dict[int, int]) -> int | None:
    text = request.GET.get("year", "")
    if text and not (text.isascii() and text.isdigit() and int(text[:9]) in counts):
        known = ", ".join(map(str, counts)) or "none"
        raise BadRequest(f"year={text!r} is no year with calls. There are calls of: {known}.")
    return int(text) if text else None


def next_call(calls: CallQuerySet, now: dt.datetime) -> Call | None:
    """The next of some calls that has not ended, or the one that is live. Costs one query."""
    ahead = calls.upcoming(now).select_related("series")[:20]
    return next((one for one in ahead if may_join(one, now)), None)


@require_safe
def upcoming(request: HttpRequest, series: str = "") -> HttpResponseRedirect:
    """To the next call, of a series where one is named."""
    found = next_call(_of(series), timezone.now())
    if found is None:
        raise Http404("No call is announced at the moment.")
    return redirect(found)


@require_safe
def latest(request: HttpRequest, series: str = "") -> HttpResponseRedirect:
    """To the latest call with final minutes, of a series where one is named."""
    found = _of(series).minuted().select_related("series").first()
    if found is None:
        raise Http404("No call has final minutes yet.")
    return redirect(found)


def _of(series: str) -> CallQuerySet:
    calls = Call.objects.published()
    return calls.filter(series=get_object_or_404(lists.public_series(), slug=series)) if series else calls


@require_safe
def call(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """One call. Costs a constant number of queries."""
    row = get_call(request.user, series, address)
    now = timezone.now()
    whole = sees_minutes(request.user, row)
    document = read_call(row, whole=whole)
    context = {
        "call": row,
        "document": document,
        "page": _page(row, document, now, whole=whole),
        "may_join": may_join(row, now),
        "now": now,
        "hidden_minutes": document.minutes.status == "draft",
        "clocks": around_the_world(row.start, row.timezone) if may_join(row, now) else (),
        "links": Shelf(row.series),
        "neighbours": neighbours_of(row),
        "has_past": row.is_public and has_past(row),
    }
    response = render(request, "communitycalls/call_detail.html", context)
    if is_editor(request.user):
        response["Cache-Control"] = "private, no-store"
    return response


def _page(call: Call, document: CallDocument, now: dt.datetime, *, whole: bool) -> CallPage:
    return page_of(
        document,
        spots=dict(_spots(call, whole=whole)),
        fates=fates_of(call, now.date()) if document.minutes.entries else {},
        scheme=_scheme(call) if document.matrix_changes else None,
        may_join=may_join(call, now),
    )


def _spots(call: Call, *, whole: bool) -> Iterator[tuple[str, Spot]]:
    """The environments a call names, by "matrix/environment". Costs nothing: `read_call` has fetched them."""
    rows: list[Environment] = [one for item in call.agenda.all() for one in item.environments.all()]
    if whole:
        rows += [one for question in call.questions.all() for one in question.environments.all()]
    for one in rows:
        yield f"{one.matrix.slug}/{one.slug}", Spot(one.name, one.get_absolute_url())


def _scheme(call: Call) -> Scheme:
    revisions = [one.change.revision for one in call.recorded_changes.all()]
    return read_scheme({revision.matrix_id: revision.matrix.slug for revision in revisions})


def fates_of(call: Call, today: dt.date) -> dict[int, Fate]:
    """What became of decisions and actions, by their numbers, told by final minutes alone. Costs two queries."""
    agreed = call.entries.exclude(kind=MinutesEntry.Kind.NOTE).select_related("closed_in__series")
    later = MinutesEntry.objects.filter(supersedes__call=call, call__status=Call.Status.FINAL)
    superseding = {one.supersedes_id: one for one in later.select_related("call__series")}
    return {one.number: _fate(one, superseding.get(one.pk), today) for one in agreed}


def _fate(entry: MinutesEntry, later: MinutesEntry | None, today: dt.date) -> Fate:
    closed = entry.closed_in if entry.closed_in and entry.closed_in.has_final_minutes else None
    return Fate(
        closed=Spot(f"{closed.date:%-d %B %Y}", closed.get_absolute_url()) if closed else None,
        superseded=Spot(f"{later.call.date:%-d %B %Y}", f"{later.call.get_absolute_url()}#entry-{later.number}")
        if later
        else None,
        overdue=closed is None and entry.due is not None and entry.due < today,
    )


def neighbours_of(call: Call) -> dict[str, Call | None]:
    """The published calls of the series before and after this one. Costs two queries."""
    others = Call.objects.published().filter(series=call.series_id).select_related("series")
    same = Q(date=call.date)
    before = others.filter(Q(date__lt=call.date) | same & Q(ordinal__lt=call.ordinal))
    after = others.filter(Q(date__gt=call.date) | same & Q(ordinal__gt=call.ordinal))
    return {"before": before.first(), "after": after.order_by("date", "ordinal").first()}
