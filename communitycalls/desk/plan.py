"""The page on which a call is planned: its agenda with clock times, its state, links and people."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from communitycalls import lifecycle
from communitycalls.desk.agenda_forms import AddItemForm, ItemForm
from communitycalls.desk.attendance_forms import AddPeopleForm
from communitycalls.desk.link_forms import AddLinkForm
from communitycalls.desk.pages import status_of
from communitycalls.desk.state_forms import StateForm
from communitycalls.models import AgendaItem, Call
from communitycalls.schedule import Slot, slots


@dataclass(frozen=True)
class Line:
    """An agenda item with its clock time; `form` is there while it is edited."""

    item: AgendaItem
    slot: Slot
    place: int
    is_last: bool
    form: ItemForm | None

    @property
    def presenters(self) -> str:
        return ", ".join(row.person.name for row in self.item.presenter_rows.all())


@dataclass(frozen=True)
class Bar:
    """One item in the picture of the slot, in minutes from its left edge."""

    x: float
    width: float
    over: bool
    current: bool


@dataclass(frozen=True)
class Agenda:
    """The agenda against its slot. Lengths are in minutes; times are in the call's zone."""

    lines: tuple[Line, ...]
    planned: int
    duration: int
    start: dt.datetime
    due: dt.datetime
    end: dt.datetime

    @property
    def over(self) -> int:
        return max(0, self.planned - self.duration)

    @property
    def span(self) -> int:
        """The width of the picture: the slot, or the plan where it is longer."""
        return max(self.planned, self.duration, 1)

    @property
    def bars(self) -> list[Bar]:
        """The items' lengths, cut in two where one runs past the slot."""
        found, x = [], 0
        for line in self.lines:
            length = line.item.minutes or 0
            inside = max(0, min(length, self.duration - x))
            for begin, width, over in ((x, inside, False), (x + inside, length - inside, True)):
                if width:
                    found.append(Bar(begin, width - self.span / 250, over, line.form is not None))
            x += length
        return found


def read_agenda(call: Call, opened: ItemForm | None = None) -> Agenda:
    """The agenda as the plan shows it. Costs four queries."""
    items = list(call.agenda.prefetch_related("presenter_rows__person", "environments__matrix"))
    lengths = [item.minutes for item in items]
    times = slots(call.start, call.timezone, call.duration, lengths)
    lines = tuple(
        Line(item, slot, place, place == len(items), opened if opened and opened.item.pk == item.pk else None)
        for place, (item, slot) in enumerate(zip(items, times, strict=True), 1)
    )
    planned, start = sum(length or 0 for length in lengths), call.local_start
    ends = [(call.start + dt.timedelta(minutes=length)).astimezone(start.tzinfo) for length in (call.duration, planned)]
    return Agenda(lines, planned, call.duration, start, *ends)


def plan_page(
    request: HttpRequest,
    call: Call,
    *,
    opened: ItemForm | None = None,
    add: AddItemForm | None = None,
    state: StateForm | None = None,
    changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The plan, with any form that is open or could not be saved. Costs a constant number of queries.

    `changed` says, with 409, that a button was pressed on a page older than the call.
    """
    context = {
        "call": call,
        "agenda": read_agenda(call, opened),
        "opened": opened,
        "add": add or AddItemForm(),
        "state": state or StateForm(call),
        "changed": changed,
        "steps": lifecycle.steps_from(call),
        "states": states_of(call),
        "links": list(call.links.all()),
        "undecided": call.conflicts.still_open().count(),
        "link_form": AddLinkForm(),
        "attendance": list(call.attendance.select_related("person")),
        "people_form": AddPeopleForm(initial={"page": "plan"}),
    }
    code = max(status, 409 if changed else 200, *(status_of(form) for form in (opened, add, state)))
    return render(request, "desk/call_plan.html", context, status=code)


@dataclass(frozen=True)
class State:
    label: str
    is_done: bool
    is_now: bool


def states_of(call: Call) -> list[State]:
    """The way a call goes, with where it is on it; a cancelled call has left it."""
    way: list[Call.Status] = [status for status in Call.Status if status != Call.Status.CANCELLED]
    if call.is_cancelled:
        way = [Call.Status.DRAFT, Call.Status.ANNOUNCED, Call.Status.CANCELLED]
    now = way.index(Call.Status(call.status))
    return [State(str(status.label), place < now, place == now) for place, status in enumerate(way)]
