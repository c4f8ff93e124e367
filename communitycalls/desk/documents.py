"""Bringing a newer document of a call in: pasted or uploaded, shown as what it would change, then applied."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from communitycalls.access import get_call
from communitycalls.desk import editing
from communitycalls.desk.document_forms import ApplyForm, ReadForm, Sent
from communitycalls.desk.pages import UNPROCESSABLE, crumbs_of, editor_of, page, status_of, to
from communitycalls.document.compare import Comparison, compare
from communitycalls.exporter import read_call
from communitycalls.importer import Report, load
from communitycalls.models import Call
from communitycalls.views.revisions import Turn
from interop.document import DocumentError, Remark
from interop.document.values import Unread

CONFLICT = 409


@dataclass(frozen=True)
class Foreseen:
    """What a document would do: `report` as an import gives it, `comparison` of the call before and after."""

    report: Report
    comparison: Comparison
    unread: tuple[Unread, ...]
    remarks: tuple[Remark, ...]

    @property
    def changes_nothing(self) -> bool:
        return self.comparison.is_empty and not self.report.conflicts


@page
def document(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """The form; what the document in it would change; and the change. 409 where somebody saved since it was shown."""
    call = get_call(request.user, series, address)
    if request.method != "POST":
        return _ask(request, call, ReadForm(call))
    if "file_data" in request.POST:
        return _apply(request, call, ApplyForm(call, request.POST))
    form = ReadForm(call, request.POST, request.FILES)
    return _preview(request, call, form.sent()) if form.is_valid() else _ask(request, call, form)


def foresee(call: Call, sent: Sent, request: HttpRequest) -> Foreseen:
    """What a document would make of a call; nothing is written. Raises DocumentError."""
    before = read_call(call, whole=True)
    with transaction.atomic():
        report = _load(call, sent, request)
        after = read_call(Call.objects.get(pk=call.pk), whole=True)
        transaction.set_rollback(True)
    told = {one.sentence for one in report.conflicts}
    remarks = tuple(one for one in (*sent.remarks, *report.remarks) if one.text not in told)
    return Foreseen(report, compare(before, after), after.unread, remarks)


def _load(call: Call, sent: Sent, request: HttpRequest) -> Report:
    value = replace(sent.document, date=call.date, ordinal=call.ordinal)
    return load(
        value,
        series=call.series,
        draft=not call.is_public,
        source=sent.data,
        name=sent.name,
        now=timezone.now(),
        user=editor_of(request),
    )


def _ask(request: HttpRequest, call: Call, form: ReadForm, problem: str = "") -> HttpResponse:
    """The page that asks for a document; `problem` is why one that was shown already cannot be brought in."""
    status = UNPROCESSABLE if problem else status_of(form)
    context = {"call": call, "form": form, "problem": problem, "crumbs": crumbs_of(call), "back": to("call", call)}
    return render(request, "desk/document_read.html", context, status=status)


def _preview(request: HttpRequest, call: Call, sent: Sent, status: int = 200) -> HttpResponse:
    try:
        foreseen = foresee(call, sent, request)
    except DocumentError as error:
        return _ask(request, call, ReadForm(call), error.message)
    context = {
        "call": call,
        "sent": sent,
        "form": ApplyForm(call, initial=sent),
        "foreseen": foreseen,
        "turn": Turn(foreseen.comparison),
        "changed": status == CONFLICT,
        "crumbs": crumbs_of(call),
        "back": to("document", call),
    }
    return render(request, "desk/document_preview.html", context, status=status)


def _apply(request: HttpRequest, call: Call, form: ApplyForm) -> HttpResponseBase:
    if not form.is_valid():
        return _ask(request, call, ReadForm(call), " ".join(sentence for _, sentence in form.problems()))
    sent = form.sent()
    try:
        with editing.change(call, editor_of(request), seen=form.seen()):
            report = _load(call, sent, request)
    except editing.Clash:
        return _preview(request, get_call(request.user, call.series.slug, call.address), sent, CONFLICT)
    except DocumentError as error:
        return _ask(request, call, ReadForm(call), error.message)
    messages.success(request, f"{sent.name} is read in: the call is {report.result}.")
    return redirect(to("conflicts", call) if report.conflicts else to("call", call))
