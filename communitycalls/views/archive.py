"""The archive as its pages show it: calls by year, dates to come by rule, and the minutes each series owes.

Everything here is of published calls alone, for editors too: drafts have their place on the desk.
"""

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear

from communitycalls.models import (
    AgendaItem,
    Call,
    CallQuerySet,
    MinutesEntry,
    Question,
    RecordedChange,
    Series,
)
from communitycalls.rule import in_words
from communitycalls.schedule import occurrences, start_of
from interop.allowlist import is_safe_address
from interop.board import Share, laid_out

ROWS = 40
TO_COME = dt.timedelta(days=70)
FRAME = {AgendaItem.Kind.WELCOME, AgendaItem.Kind.QA}
SIGNS = {"slides": "slides", "recording": "recording", "stream": "recording"}


@dataclass(frozen=True)
class Row:
    """A call in the list. `topics` are its agenda without welcome and Q&A; `has` names the materials there are."""

    call: Call
    topics: str
    has: frozenset[str]
    is_next: bool = False

    @property
    def date(self) -> dt.date:
        return self.call.date


@dataclass(frozen=True)
class Coming:
    """A day on which a series' rule gives a call that nobody has announced yet. `start` is in the series' zone."""

    series: Series
    date: dt.date
    start: dt.datetime


@dataclass(frozen=True)
class Year:
    """A year's calls and days to come, the latest first. `total` counts its calls, `coming` the days."""

    year: int
    entries: "tuple[Row | Coming, ...]"
    total: int
    coming: int


@dataclass(frozen=True)
class Debt:
    """How many of a series' past calls have no final minutes."""

    series: Series
    owed: int
    past: int


@dataclass(frozen=True)
class Owed:
    debts: tuple[Debt, ...]
    oldest: Call | None

    @property
    def owed(self) -> int:
        return sum(debt.owed for debt in self.debts)

    @property
    def past(self) -> int:
        return sum(debt.past for debt in self.debts)

    @property
    def label(self) -> str:
        return f"{self.past - self.owed} of {self.past} past calls have minutes"

    @property
    def shares(self) -> tuple[Share, ...]:
        done = self.past - self.owed
        return laid_out((Share("works", "with minutes", done), Share("caveat", "without", self.owed)))


def public_series() -> QuerySet[Series]:
    """Series that have a published call, with how many. The others are nobody's business yet."""
    public = ~Q(calls__status=Call.Status.DRAFT) & Q(calls__isnull=False)
    counted = Series.objects.annotate(call_count=Count("calls", filter=public)).filter(call_count__gt=0)
    return counted.order_by("position", "name")  # a query that groups rows leaves the model's own order out


def listed(calls: CallQuerySet) -> CallQuerySet:
    """Calls with everything a row of the list shows; counts of records where the minutes are final."""
    items = AgendaItem.objects.only("call_id", "title", "kind", "position", "number")
    return (
        calls.select_related("series")
        .annotate(
            question_count=_counted(Question.objects.all()),
            decision_count=_counted(MinutesEntry.objects.filter(kind=MinutesEntry.Kind.DECISION)),
            change_count=_counted(RecordedChange.objects.all()),
        )
        .prefetch_related(Prefetch("agenda", items), "links", "decks")
    )


def _counted(rows: "QuerySet[Question] | QuerySet[MinutesEntry] | QuerySet[RecordedChange]") -> Coalesce:
    """How many of the rows belong to the outer query's call."""
    counts = rows.filter(call=OuterRef("pk")).order_by().values("call").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def row_of(call: Call, next_call: Call | None = None) -> Row:
    topics = "; ".join(item.title for item in call.agenda.all() if item.kind not in FRAME)
    has = {SIGNS[link.kind] for link in call.links.all() if link.kind in SIGNS and _counts(link.kind, link.url)}
    if call.decks.all():
        has.add("slides")
    return Row(call, topics, frozenset(has), next_call is not None and call.pk == next_call.pk)


def _counts(kind: str, url: str) -> bool:
    """Whether a link is something to open: a deck is named in the archive even where only its file's name is known."""
    return kind == "slides" or is_safe_address(url)


def years_of(calls: CallQuerySet) -> dict[int, int]:
    """How many calls each year has, the latest year first. Costs one query."""
    years = calls.order_by().annotate(year=ExtractYear("date")).values_list("year").annotate(Count("pk"))
    return dict(sorted(years, reverse=True))


def latest_years(counts: Mapping[int, int]) -> list[int]:
    """As many of the latest years as fill a page, at least one."""
    sums = itertools.accumulate(counts.values())
    return [year for (year, count), total in zip(counts.items(), sums, strict=True) if total - count < ROWS]


def by_year(
    calls: CallQuerySet,
    counts: Mapping[int, int],
    years: Sequence[int],
    coming: Iterable[Coming],
    upcoming: Call | None,
) -> tuple[Year, ...]:
    """The years of a page, the latest first, each with its calls and the days to come. Costs four queries."""
    found: list[Row | Coming] = [row_of(call, upcoming) for call in listed(calls.filter(date__year__in=years))]
    days = list(coming)
    entries = sorted([*days, *found], key=lambda one: one.date, reverse=True)
    return tuple(
        Year(
            year,
            tuple(one for one in entries if one.date.year == year),
            counts.get(year, 0),
            sum(day.date.year == year for day in days),
        )
        for year in sorted({*years, *(day.date.year for day in days)}, reverse=True)
    )


def coming_of(series: Iterable[Series], today: dt.date) -> list[Coming]:
    """The days that rules give within ten weeks and that no published call takes. Costs one query."""
    rows = [one for one in series if in_words(one.recurrence)]
    published = Call.objects.published().filter(series__in=rows, date__gte=today)
    taken = set(published.values_list("series_id", "date"))
    found = []
    for one in rows:
        for date in itertools.takewhile(lambda day: day <= today + TO_COME, occurrences(one.recurrence, today)):
            if (one.pk, date) not in taken:
                start = start_of(date, one.start_time, one.timezone)
                found.append(Coming(one, date, start.astimezone(ZoneInfo(one.timezone))))
    return sorted(found, key=lambda day: day.start)


def owed_by(series: Sequence[Series]) -> Owed:
    """The minutes debt of series. Costs two queries."""
    held, final = Call.Status.HELD, Call.Status.FINAL
    calls = Call.objects.filter(series__in=series)
    counts = (
        calls.order_by()
        .values_list("series_id")
        .annotate(owed=Count("pk", filter=Q(status=held)), past=Count("pk", filter=Q(status__in=[held, final])))
    )
    found = {key: (owed, past) for key, owed, past in counts}
    oldest = calls.owing_minutes().select_related("series").order_by("start").first()
    debts = (Debt(one, *found.get(one.pk, (0, 0))) for one in series)
    return Owed(tuple(debt for debt in debts if debt.past), oldest)
