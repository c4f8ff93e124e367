"""Announcing, starting, ending, finalising and cancelling a call: one button each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from communitycalls.access import get_call
from communitycalls.desk import editing
from communitycalls.desk.pages import UNPROCESSABLE, act, editor_of, to
from communitycalls.desk.plan import plan_page
from communitycalls.desk.state_forms import StateForm


@act
def call_state(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """Take the step a button names. On a call that changed since the page was made it is not taken, with 409."""
    call = get_call(request.user, series, address)
    form = StateForm(call, request.POST)
    if not form.is_valid():
        return plan_page(request, call, state=form)
    try:
        with editing.change(call, editor_of(request), seen=form.seen()):
            form.save()
    except editing.Clash:
        return plan_page(request, get_call(request.user, series, address), changed=True)
    except ValueError as error:
        form.add_error(None, str(error))
        call = get_call(request.user, series, address)
        return plan_page(request, call, state=form, status=UNPROCESSABLE)
    messages.success(request, f"The call is {call.get_status_display().lower()}.")
    return redirect(to("call", call))
