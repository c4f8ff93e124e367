"""The editors' history of a call: every save, drafts and unfinished minutes among them, and the way back to one."""

from django import forms
from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from communitycalls.access import get_call
from communitycalls.desk import editing
from communitycalls.desk.forms import VersionForm
from communitycalls.desk.pages import UNPROCESSABLE, crumbs_of, editor_of, page, sent, status_of
from communitycalls.desk.restoring import foresee, restore
from communitycalls.models import Call
from communitycalls.past import Past, Step
from communitycalls.views import revisions as shown
from communitycalls.views.revisions import Turn, Ways
from interop.document import DocumentError

CONFLICT = 409


class RestoreForm(VersionForm):
    """Asks once more before a call is made to say what it said."""

    name = "restore"

    why = forms.CharField(
        label="Why",
        required=False,
        max_length=300,
        help_text="Optional. It stands in the call’s history; visitors may read it.",
    )


@page
def revisions(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """Every revision, the newest first. Costs a constant number of queries."""
    call = get_call(request.user, series, address)
    return _show(request, "communitycalls/call_revisions.html", shown.listed(request, past_of(call), _ways(call)))


@page
def revision(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    """The whole call as it stood at a revision."""
    call = get_call(request.user, series, address)
    return _show(request, "communitycalls/call_revision.html", shown.stood(past_of(call), _ways(call), number))


@page
def diff(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """The difference of two revisions, or of one and now."""
    call = get_call(request.user, series, address)
    return _show(request, "communitycalls/call_diff.html", shown.compared(request, past_of(call), _ways(call)))


@page
def revision_restore(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    """Show what restoring a revision would change, and do it. 409 where somebody saved since that was shown."""
    call = get_call(request.user, series, address)
    step = past_of(call).find(number)
    if step is None:
        raise Http404(f"This call has no revision {number}.")
    form = RestoreForm(sent(request), initial={"version": call.version})
    status = status_of(form)
    if form.is_bound and form.is_valid():
        try:
            return _restore(request, call, step, form)
        except editing.Clash:
            call = get_call(request.user, series, address)
            form, status = RestoreForm(initial={"version": call.version, "why": form.cleaned_data["why"]}), CONFLICT
        except (DocumentError, ProtectedError) as error:
            form.add_error(None, f"Revision {number} cannot be restored. {_reason(error)}")
            status = UNPROCESSABLE
    return _ask(request, call, step, form, status)


def _restore(request: HttpRequest, call: Call, step: Step, form: RestoreForm) -> HttpResponseBase:
    user, why = editor_of(request), form.cleaned_data["why"]
    if restore(call, step.revision, user, seen=form.seen(), message=why):
        messages.success(request, f"The call says again what it said at revision {step.number}. You can undo this.")
    else:
        messages.info(request, f"The call says already what it said at revision {step.number}.")
    return redirect(_ways(call).every)


def _ask(request: HttpRequest, call: Call, step: Step, form: RestoreForm, status: int) -> HttpResponse:
    foreseen = foresee(call, step.revision)
    context = {
        "call": call,
        "step": step,
        "form": form,
        "coming": foreseen,
        "turn": Turn(foreseen.comparison),
        "changed": status == CONFLICT,
        "crumbs": (*crumbs_of(call), ("History", _ways(call).every)),
        "back": _ways(call).every,
    }
    return render(request, "desk/restore.html", context, status=status)


def _reason(error: DocumentError | ProtectedError) -> str:
    return str(error) if isinstance(error, DocumentError) else "Something else still needs what it would remove."


def past_of(call: Call) -> Past:
    """All of a call's past."""
    return Past(call, everything=True)


def _ways(call: Call) -> Ways:
    return Ways(call, "desk")


def _show(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return shown.answer(request, template, {"frame": "desk/base.html", **context})
