"""The minutes: what was said, decided and taken on, item by item."""

from dataclasses import dataclass
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from communitycalls import aside, lifecycle
from communitycalls.access import get_call
from communitycalls.desk import editing
from communitycalls.desk.attendance_forms import AddPeopleForm
from communitycalls.desk.clash import gone_page
from communitycalls.desk.entry_forms import EntryForm, IntroductionForm, NotesForm, QuickForm
from communitycalls.desk.fields import write_offset
from communitycalls.desk.move_form import MoveForm
from communitycalls.desk.pages import (
    Place,
    act,
    crumbs_of,
    editor_of,
    page,
    remove,
    save,
    sent,
    show_form,
    status_of,
    to,
)
from communitycalls.desk.plan import Line, read_agenda, states_of
from communitycalls.desk.state_forms import StateForm
from communitycalls.desk.told import recorded_in
from communitycalls.models import Call, MinutesEntry
from interop.models import Revision


@dataclass(frozen=True)
class Said:
    """An entry as the minutes show it; `form` is there while it is edited."""

    entry: MinutesEntry
    offset: str
    is_first: bool
    is_last: bool
    form: EntryForm | None

    @property
    def speakers(self) -> str:
        return ", ".join(row.person.name for row in self.entry.speaker_rows.all())


@dataclass(frozen=True)
class Part:
    """The entries under an agenda item; `line` is None for those under none."""

    line: Line | None
    said: tuple[Said, ...]


def read_parts(call: Call, lines: tuple[Line, ...], opened: EntryForm | None) -> list[Part]:
    """The minutes in the agenda's order. Costs two queries."""
    entries: dict[int | None, list[MinutesEntry]] = {}
    for entry in call.entries.select_related("assignee").prefetch_related("speaker_rows__person"):
        entries.setdefault(entry.agenda_item_id, []).append(entry)
    parts = [Part(line, said(entries.pop(line.item.pk, []), opened)) for line in lines]
    rest = said([entry for rows in entries.values() for entry in rows], opened)
    return [*parts, Part(None, rest)] if rest else parts


def said(entries: list[MinutesEntry], opened: EntryForm | None) -> tuple[Said, ...]:
    return tuple(
        Said(
            entry,
            write_offset(entry.offset),
            place == 1,
            place == len(entries),
            opened if opened and opened.entry.pk == entry.pk else None,
        )
        for place, entry in enumerate(entries, 1)
    )


def line_at(lines: tuple[Line, ...], number: str) -> Line | None:
    """The agenda item a number names, else the first."""
    return next((line for line in lines if str(line.item.number) == number), lines[0] if lines else None)


def minutes_page(
    request: HttpRequest, call: Call, *, quick: QuickForm | None = None, opened: EntryForm | None = None
) -> HttpResponse:
    """The minutes, with any form that is open or could not be saved. Costs a constant number of queries."""
    agenda = read_agenda(call)
    here = line_at(agenda.lines, request.GET.get("item", "") or request.POST.get("item", ""))
    context = {
        "call": call,
        "agenda": agenda,
        "here": here,
        "parts": read_parts(call, agenda.lines, opened),
        "quick": quick or QuickForm(call, item=str(here.item.number) if here else ""),
        "notes": NotesForm(here.item, version=call.version) if here else None,
        "questions": call.questions.select_related("asked_by").prefetch_related(
            "answers__speaker", "environments__matrix"
        ),
        "releases": call.outlooks.select_related("channel"),
        "changes": recorded_in(call),
        "corrections": Revision.Kind.CORRECTION,
        "attendance": call.attendance.select_related("person"),
        "people_form": AddPeopleForm(initial={"page": "minutes"}),
        "state": StateForm(call),
        "steps": lifecycle.steps_from(call),
        "states": states_of(call),
    }
    status = max(status_of(form) for form in (quick, opened))
    return render(request, "desk/call_minutes.html", context, status=status)


@page
def minutes(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    return minutes_page(request, get_call(request.user, series, address))


@act
def entry_add(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """Add what one line says, and come back to that line."""
    call = get_call(request.user, series, address)
    form = QuickForm(call, request.POST)
    if not form.is_valid():
        return minutes_page(request, call, quick=form)
    with editing.change(call, editor_of(request)):
        form.save()
    item = form.cleaned_data["item"]
    return redirect(to("minutes", call) + (f"?item={item}" if item else "") + "#quick-line")


@page
def entry(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    """The minutes with one entry open."""
    call = get_call(request.user, series, address)
    what, back = f"entry {number}", to("minutes", call, anchor=f"entry-{number}")
    row = call.entries.filter(number=number).first()
    if row is None:
        return gone_page(request, what=what, back=to("minutes", call))
    form = EntryForm(row, sent(request), version=call.version)
    return save(request, call, form, what=what, back=back) or minutes_page(request, call, opened=form)


@act
def entry_move(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    """Move an entry among those under the same agenda item."""
    call = get_call(request.user, series, address)
    form = MoveForm(request.POST)
    with editing.change(call, editor_of(request)):
        rows = list(call.entries.all())
        row = next((one for one in rows if one.number == number), None)
        if row is None:
            raise Http404(f"Entry {number} is not there; it may have been removed.")
        beside = [one for one in rows if one.agenda_item_id == row.agenda_item_id]
        if form.is_valid():
            target = beside[min(form.place(beside.index(row)), len(beside) - 1)]
            editing.move(rows, row, rows.index(target))
    return redirect(to("minutes", call, anchor=f"entry-{number}"))


@page
def entry_remove(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    what, back = f"entry {number}", to("minutes", call)
    row = call.entries.filter(number=number).first()
    if row is None:
        return gone_page(request, what=what, back=back)
    return remove(request, call, partial(aside.remove, row), what=what, text=row.text, back=back)


@page
def introduction(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    back = to("minutes", call)
    form = IntroductionForm(call, sent(request))
    place = Place("Introduction of the minutes", back, (*crumbs_of(call), ("Minutes", back)))
    return save(request, call, form, what="the introduction", back=back) or show_form(request, form, place)


@page
def notes(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    """An agenda item's private notes."""
    call = get_call(request.user, series, address)
    row = call.agenda.filter(number=number).first()
    if row is None:
        return gone_page(request, what=f"agenda item {number}", back=to("minutes", call))
    back = to("minutes", call) + f"?item={number}#notes"
    place = Place(f"Private notes: {row.title}", back, (*crumbs_of(call), ("Minutes", to("minutes", call))))
    form = NotesForm(row, sent(request), version=call.version)
    return save(request, call, form, what="the note", back=back) or show_form(request, form, place)
