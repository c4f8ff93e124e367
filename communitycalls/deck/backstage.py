"""From rows to what only those who run a call may know. It goes into the run sheet and nowhere else."""

from django.conf import settings

from communitycalls.deck.sheet import Backstage, Owed
from communitycalls.document.values import Link
from communitycalls.models import Call, MinutesEntry, Person, Question

MOST = 30


def backstage_of(call: Call) -> Backstage:
    """Private notes, the way in, what earlier calls left open, the runbook. Costs at most four queries."""
    notes = call.agenda.exclude(private_notes="").values_list("number", "private_notes")
    return Backstage(
        notes=tuple(notes),
        join=ways_in(call),
        questions=tuple(_questions(call)),
        actions=tuple(_actions(call)),
        checklist=tuple(line.strip() for line in call.series.runbook_template.splitlines() if line.strip()),
    )


def ways_in(call: Call) -> tuple[Link, ...]:
    """Where to join: the call's own links, else its series' one place. Costs a query unless links are prefetched."""
    own = tuple(Link(row.kind, row.label, row.url, row.details) for row in call.links.all() if row.kind == "join")
    series = call.series
    if own or not (series.join_url or series.join_details):
        return own
    return (Link("join", "Join the call", series.join_url, series.join_details),)


def _questions(call: Call) -> list[Owed]:
    states = [Question.State.OPEN, Question.State.FOLLOW_UP]
    rows = Question.objects.filter(call__series=call.series, call__start__lt=call.start, state__in=states)
    rows = rows.select_related("call__series", "asked_by").order_by("-call__start", "position")
    return [
        Owed(row.text, _day(row.call), f"{_page(row.call)}#question-{row.number}", _name(row.asked_by))
        for row in rows[:MOST]
    ]


def _actions(call: Call) -> list[Owed]:
    rows = MinutesEntry.objects.filter(
        call__series=call.series, call__start__lt=call.start, kind=MinutesEntry.Kind.ACTION, closed_in=None
    )
    rows = rows.select_related("call__series", "assignee").order_by("due", "-call__start", "position")
    return [
        Owed(
            row.text,
            _day(row.call),
            f"{_page(row.call)}#entry-{row.number}",
            _name(row.assignee),
            row.due,
        )
        for row in rows[:MOST]
    ]


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _day(call: Call) -> str:
    return f"{call.date:%-d %B %Y}"


def _page(call: Call) -> str:
    return f"{settings.SITE_URL}{call.get_absolute_url()}"
