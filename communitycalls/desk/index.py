"""The desk's front page: what is waiting."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from communitycalls.desk.calls import proposed
from communitycalls.desk.pages import page
from communitycalls.desk.plan import Agenda, State, read_agenda, states_of
from communitycalls.lifecycle import Step, steps_from
from communitycalls.models import Call, Conflict, MinutesEntry, Question
from interop.log import read_log
from interop.models import Environment, Revision

MOST, LAST = 6, 3


@dataclass(frozen=True)
class AtHand:
    """The call that comes next, with the step that it waits for."""

    call: Call
    agenda: Agenda
    states: list[State]
    step: Step | None
    unled: int

    @property
    def days(self) -> int:
        """Days from today to the call, in the call's zone."""
        return (self.call.local_start.date() - timezone.localdate(timezone=self.call.local_start.tzinfo)).days


def at_hand(call: Call) -> AtHand:
    agenda = read_agenda(call)
    step = next((step for step in steps_from(call) if step.leads), None)
    return AtHand(call, agenda, states_of(call), step, sum(not line.presenters for line in agenda.lines))


def undecided() -> QuerySet[Call]:
    """Calls of which editors and a document changed the same thing, with how many such `conflicts` wait."""
    waiting = Call.objects.filter(conflicts__state=Conflict.State.OPEN).select_related("series")
    return waiting.annotate(count=Count("conflicts")).order_by("start")


@page
def index(request: HttpRequest) -> HttpResponseBase:
    """What is waiting. Costs a constant number of queries."""
    calls = Call.objects.select_related("series")
    coming = list(calls.filter(status__in=["draft", "announced", "live"]).order_by("start")[:MOST])
    now = timezone.now()
    first = next((call for call in coming if call.end > now), None)
    actions = MinutesEntry.objects.filter(kind=MinutesEntry.Kind.ACTION, closed_in=None)
    questions = Question.objects.filter(state__in=[Question.State.OPEN, Question.State.FOLLOW_UP])
    revisions = Revision.objects.order_by("-pk").values_list("pk", flat=True)[:LAST]
    context = {
        "first": at_hand(first) if first else None,
        "coming": [call for call in coming if call != first],
        "undecided": undecided(),
        "owing": calls.owing_minutes().annotate(count=Count("entries")).order_by("start"),
        "actions": actions.select_related("call__series", "assignee").order_by("call__start", "number")[:MOST],
        "questions": questions.select_related("call__series", "asked_by").order_by("call__start", "number")[:MOST],
        "log": read_log(list(revisions)),
        "vacant": Environment.objects.vacant().select_related("matrix")[:MOST],
        "vacancies": Environment.objects.vacant().count(),
        "proposed": proposed(timezone.localdate()),
        "today": timezone.localdate(),
    }
    return render(request, "desk/index.html", context)
