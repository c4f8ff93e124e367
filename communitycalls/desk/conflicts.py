"""What editors here and a document both changed, side by side, with the buttons that decide it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from communitycalls.access import get_call
from communitycalls.desk import editing
from communitycalls.desk.conflict_forms import Card, DecideForm
from communitycalls.desk.pages import UNPROCESSABLE, act, crumbs_of, editor_of, page, to
from communitycalls.exporter import read_call
from communitycalls.importer import conflicts as kept
from communitycalls.importer.plain import Shown
from communitycalls.models import Call, Conflict
from interop.document import DocumentError

CONFLICT = 409
LAST = 20


@page
def conflicts(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """Every open conflict of a call. Costs a constant number of queries."""
    return _show(request, get_call(request.user, series, address))


@act
def conflict(request: HttpRequest, series: str, address: str, key: int) -> HttpResponseBase:
    """Decide one. 409 where the call or the document came to say something else since the page was made."""
    call = get_call(request.user, series, address)
    row = call.conflicts.filter(pk=key).first()
    if row is None:
        raise Http404(f"The call has no conflict {key}.")
    if row.state != Conflict.State.OPEN:
        messages.info(request, f"That is decided already: {row.get_state_display().lower()}.")
        return redirect(to("conflicts", call))
    form = DecideForm(call, _now(row), request.POST)
    if not form.is_valid():
        return _show(request, call, form, status=UNPROCESSABLE)
    try:
        with editing.change(call, editor_of(request), seen=form.seen(), untouched=lambda: form.has_seen(_now(row))):
            _decide(request, call, row, form)
    except editing.Clash:
        return _show(request, get_call(request.user, series, address), form, status=CONFLICT)
    except DocumentError as error:
        form.add_error("text" if form.state == Conflict.State.EDITED else None, error.message)
        return _show(request, get_call(request.user, series, address), form, status=UNPROCESSABLE)
    messages.success(request, f"Decided: {form.state.label.lower()}.")
    return redirect(to("conflicts", call) if call.conflicts.still_open().exists() else to("call", call))


def _decide(request: HttpRequest, call: Call, row: Conflict, form: DecideForm) -> None:
    if not form.has_seen(_now(row)):
        raise editing.Clash(f"{row} reads otherwise by now.")
    text = form.cleaned_data["text"]
    kept.decide(call, [row], form.state, user=editor_of(request), now=timezone.now(), text=text)


def _now(row: Conflict) -> Shown:
    """A conflict as it stands now. Costs the queries of reading a call."""
    [(_, one)] = kept.shown([row], read_call(Call.objects.get(pk=row.call_id), whole=True))
    return one


def _show(request: HttpRequest, call: Call, form: DecideForm | None = None, status: int = 200) -> HttpResponse:
    """The page, with a form that could not be used and what its editor typed."""
    rows = call.conflicts.still_open().select_related("source").defer("source__data", "source__value")
    document = read_call(call, whole=True)
    shown = kept.shown(rows, document)
    cards = [Card(one, row.source.name if row.source else "", _form(call, one, form)) for row, one in shown]
    context = {
        "call": call,
        "cards": cards,
        "before": kept.as_decided(kept.decided(call, LAST), document),
        "changed": status == CONFLICT,
        "wrong": form if status == UNPROCESSABLE else None,
        "crumbs": crumbs_of(call),
    }
    return render(request, "desk/conflicts.html", context, status=status)


def _form(call: Call, one: Shown, sent: DecideForm | None) -> DecideForm:
    """A fresh form, which keeps the text that was sent for the same conflict."""
    fresh = DecideForm(call, one)
    if sent is not None and sent.one.pk == one.pk:
        fresh.initial["text"] = sent.data.get("text", "")
    return fresh
