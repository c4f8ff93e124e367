"""Who may see and do what: the one place that answers. What one may not know of does not exist: 404.

Editors are active users with the permission to use the desk, which the group "Editors" gives; maintainers are
superusers and have every permission.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

from communitycalls.addresses import read_address
from communitycalls.models import Call, CallQuerySet

USE_DESK = "communitycalls.use_desk"

Reader = AbstractBaseUser | AnonymousUser
P = ParamSpec("P")


def is_editor(user: Reader) -> bool:
    """Whether somebody may use the desk. Costs two queries for a signed-in user, once per request."""
    return isinstance(user, User) and user.has_perm(USE_DESK)


def visible_calls(user: Reader) -> CallQuerySet:
    """The calls a reader may know of: drafts for editors alone."""
    return Call.objects.all() if is_editor(user) else Call.objects.published()


def get_call(user: Reader, series: str, address: str) -> Call:
    """The call at an address, with its series. Raises Http404 where there is none or the reader may not know of it."""
    date, ordinal = read_address(address)
    calls = visible_calls(user).select_related("series")
    return get_object_or_404(calls, series__slug=series, date=date, ordinal=ordinal)


def sees_minutes(user: Reader, call: Call) -> bool:
    """Whether a reader may see the minutes and all that follows them: anybody once final, editors before.

    Of a held call in which nothing is recorded yet there is nothing to hide: that its minutes are absent or promised
    is public. May cost queries for a held call.
    """
    unwritten = call.status == Call.Status.HELD and not call.has_records()
    return call.has_final_minutes or is_editor(user) or unwritten


def may_join(call: Call, now: dt.datetime) -> bool:
    """Whether a call has yet to end: its join link is public until then."""
    return call.status == Call.Status.LIVE or (call.status == Call.Status.ANNOUNCED and call.end > now)


def editors_only(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Send visitors to sign in; for users without the role the desk does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_editor(request.user):
            raise Http404("There is no such page.")
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponse):
            response["Cache-Control"] = "private, no-store"
        return response

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", guarded)
