"""The first page: next call, latest minutes, what changed in the matrix, what needs an owner, what waits."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from communitycalls.document import values as v
from communitycalls.exporter import read_call, read_calls
from communitycalls.models import Call, MinutesEntry, Question
from communitycalls.shelf import Shelf
from communitycalls.views import archive as lists
from communitycalls.views.calls import fates_of, next_call
from communitycalls.views.pages import CallPage, Item, Line, Round, page_of
from communitycalls.zones import Clock, around_the_world, city_of, clocks_changed
from interop.board import Share, laid_out
from interop.document.values import Role
from interop.log import Entry, read_log
from interop.models import Change, Environment, Matrix, Revision

POINTS = 5
REVISIONS = 3
VACANCIES = 6
WAITING = (Question.State.OPEN, Question.State.FOLLOW_UP, Question.State.CARRIED)


@dataclass(frozen=True)
class Ahead:
    """The next call with its agenda; `moved` tells where the series' clock changed since the call before."""

    call: Call
    items: tuple[Item, ...]
    clocks: tuple[Clock, ...]
    join_url: str
    join_details: str
    stream_url: str
    moved: str


@dataclass(frozen=True)
class Gist:
    """The latest minutes in short: what was agreed first, then the first of what was said."""

    call: Call
    document: v.CallDocument
    page: CallPage
    links: Shelf

    @property
    def points(self) -> tuple[Line, ...]:
        return tuple(sorted(self.page.lines, key=lambda line: line.entry.kind == "note")[:POINTS])

    @property
    def rounds(self) -> tuple[Round, ...]:
        """Current and upcoming rounds of releases on channels."""
        return tuple(one for one in self.page.rounds if one.lanes and one.outlook != "mentioned")

    @property
    def answers(self) -> int:
        return sum(len(question.answers) for question in self.document.questions)


@dataclass(frozen=True)
class Open:
    """What is left open by calls with final minutes: counts, and the oldest of each."""

    questions: int
    question: Question | None
    waiting: tuple[Question, ...]
    actions: int
    overdue: int
    action: MinutesEntry | None


@dataclass(frozen=True)
class Vacancies:
    total: int
    vacant: int
    shown: tuple[Environment, ...]
    shares: tuple[Share, ...]
    address: str

    @property
    def label(self) -> str:
        return f"{self.total - self.vacant} of {self.total} environments have an owner"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page. Costs a constant number of queries."""
    now = timezone.now()
    calls = Call.objects.published()
    every = list(lists.public_series())
    coming = next_call(calls, now)
    gist, releases = told_by_minutes(now.date())
    context = {
        "now": now,
        "ahead": ahead_of(coming) if coming else None,
        "coming": None if coming else next(iter(lists.coming_of(every, now.date())), None),
        "cancelled": calls.filter(status=Call.Status.CANCELLED, start__gt=now).select_related("series").last(),
        "gist": gist,
        "owed": lists.owed_by(every),
        "open": open_ends(now.date()),
        "releases": releases,
        "log": latest_changes(),
        "vacancies": vacancies_of(),
    }
    return render(request, "communitycalls/home.html", context)


def ahead_of(call: Call) -> Ahead:
    document = read_call(call, whole=False)
    page = page_of(document, spots={}, fates={}, scheme=None, may_join=True)
    streams = (one.url for one in page.materials if one.kind in ("stream", "recording") and one.url)
    return Ahead(
        call=call,
        items=page.items,
        clocks=around_the_world(call.start, call.timezone),
        join_url=page.join.url if page.join else call.series.join_url,
        join_details=page.join.details if page.join else call.series.join_details,
        stream_url=next(streams, ""),
        moved=moved_since(call),
    )


def moved_since(call: Call) -> str:
    """What a change of the series' clock did since the call before; "" where there was none. Costs one query."""
    before = Call.objects.published().filter(series=call.series_id, start__lt=call.start).order_by("-start").first()
    shift = clocks_changed(before.start, call.start, call.timezone) if before else None
    if before is None or shift is None:
        return ""
    turned = "forward" if shift > dt.timedelta() else "back"
    sense = "earlier" if shift > dt.timedelta() else "later"
    return (
        f"The clock in {city_of(call.timezone)} went {turned} since the call of {before.date:%-d %B}: where it did not,"
        f" this call begins {_spoken(abs(shift))} {sense} than that one."
    )


def _spoken(shift: dt.timedelta) -> str:
    minutes = int(shift.total_seconds() // 60)
    return "an hour" if minutes == 60 else f"{minutes} minutes"


def told_by_minutes(today: dt.date) -> tuple[Gist | None, Gist | None]:
    """The latest final minutes, and the latest that tell of releases by channel: often the same call."""
    minuted = Call.objects.minuted().select_related("series")
    latest, releases = minuted.first(), minuted.filter(outlooks__channel__isnull=False).distinct().first()
    calls = {call.pk: call for call in (latest, releases) if call}
    documents = dict(zip(calls, read_calls(calls.values(), whole=True), strict=True))
    gists = {key: gist_of(call, documents[key], today) for key, call in calls.items()}
    return gists.get(latest.pk if latest else 0), gists.get(releases.pk if releases else 0)


def gist_of(call: Call, document: v.CallDocument, today: dt.date) -> Gist:
    fates = fates_of(call, today)
    return Gist(
        call, document, page_of(document, spots={}, fates=fates, scheme=None, may_join=False), Shelf(call.series)
    )


def open_ends(today: dt.date) -> Open:
    """Questions and actions that no final minutes close. Costs four queries."""
    questions = Question.objects.filter(call__status=Call.Status.FINAL, state__in=WAITING)
    waiting = questions.select_related("call__series").order_by("call__start", "number")
    closed = Q(closed_in__status=Call.Status.FINAL)
    actions = MinutesEntry.objects.filter(kind=MinutesEntry.Kind.ACTION, call__status=Call.Status.FINAL).exclude(closed)
    counts = actions.order_by().aggregate(every=Count("pk"), overdue=Count("pk", filter=Q(due__lt=today)))
    first = list(waiting[:3])
    return Open(
        questions=questions.count(),
        question=first[0] if first else None,
        waiting=tuple(first),
        actions=counts["every"],
        overdue=counts["overdue"],
        action=actions.select_related("call__series").order_by("call__start", "number").first(),
    )


def latest_changes() -> tuple[Entry, ...]:
    """The latest revisions that changed anything, of all matrices. Costs a constant number of queries."""
    rows = Revision.objects.filter(Exists(Change.objects.filter(revision=OuterRef("pk"))))
    latest = rows.order_by("-effective", "-recorded_at", "-number").values_list("pk", flat=True)
    return read_log(list(latest[:REVISIONS]))


def vacancies_of() -> Vacancies:
    """What waits for an owner in the matrices that name owners. Costs four queries."""
    rows = Matrix.objects.only("slug", "title", "columns")
    matrices = [row for row in rows if any(column["role"] == Role.OWNER for column in row.columns)]
    every = Environment.objects.filter(matrix__in=matrices)
    total, vacant = every.counted().count(), every.vacant().count()
    shares = (Share("works", "owned", total - vacant), Share("blank", "without owner", vacant))
    shown = every.vacant().select_related("matrix", "section")[:VACANCIES]
    address = f"{matrices[0].get_absolute_url()}?vacant=1" if len(matrices) == 1 else reverse("interop:index")
    return Vacancies(total, vacant, tuple(shown), laid_out(shares), address)
