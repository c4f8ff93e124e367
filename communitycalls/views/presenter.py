"""A call's slides in the browser, for readers and for windows that keep in step with the presenter."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TypedDict

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from communitycalls.access import get_call, is_editor, sees_minutes
from communitycalls.deck import browser, faces, kept, screen
from communitycalls.deck.browser import BrowserDeck, SlidesJob
from communitycalls.deck.job import Job
from communitycalls.deck.outcome import DeckError
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.sources import setting_of
from communitycalls.models import Call, Presentation
from communitycalls.views.errors import problem
from communitycalls.views.slides import job_of

FOR_EVER, WEEK = 31_536_000, 604_800
CANNOT = "The slides cannot be shown"


class Position(TypedDict, total=False):
    """What `position.json` says; without `presenting` there is nothing else in it."""

    presenting: bool
    slide: int
    black: bool
    step: int


@dataclass(frozen=True)
class Shown:
    """A call's slides for a page: the deck, and the version of its style sheet for its address."""

    deck: BrowserDeck
    sheet: str


def deck_of(call: Call, *, whole: bool) -> BrowserDeck:
    """The slides of a call; without `whole` as visitors see them. Costs a drawing where the call changed.

    Costs at most 21 queries. Raises DeckError.
    """
    return _drawn(job_of("deck", call, whole=whole))


def _drawn(job: Job) -> BrowserDeck:
    return browser.read(kept.drawn(SlidesJob(job.call, job.setting, job.places), settings.DATA_DIR / "rendered"))


@require_safe
def slides(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """All slides; 422 with a sentence where they cannot be drawn. One query for the call, then those of `deck_of`."""
    call = get_call(request.user, series, address)
    try:
        shown = shown_slides(call, whole=sees_minutes(request.user, call))
    except DeckError as error:
        return problem(request, 422 if error.is_lasting else 503, CANNOT, str(error))
    context = {"call": call, "shown": shown, "is_editor": is_editor(request.user)}
    response = render(request, "communitycalls/slides.html", context)
    if is_editor(request.user):
        response["Cache-Control"] = "private, no-store"
        return response
    response["Cache-Control"] = "no-cache"
    return _conditional(request, response)


def shown_slides(call: Call, *, whole: bool) -> Shown:
    """A call's slides with the version of their sheet. Costs as much as `deck_of`. Raises DeckError."""
    job = job_of("deck", call, whole=whole)
    return Shown(_drawn(job), sheet_version(job.setting))


def sheet_version(setting: DeckSetting) -> str:
    """A short name for a style sheet as it is now. Raises DeckError for a theme there is not."""
    return _name(screen.sheet(setting, settings.STATIC_URL).encode())


@require_safe
def deck_css(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """The style sheet of a call's slides: kept for ever at the address that names its version."""
    call = get_call(request.user, series, address)
    try:
        rules = screen.sheet(setting_of(call), settings.STATIC_URL)
    except DeckError as error:
        raise Http404(str(error)) from error
    response = HttpResponse(rules, content_type="text/css; charset=utf-8")
    is_asked = request.GET.get("v") == _name(rules.encode())
    visibility = "public" if call.is_public else "private"
    response["Cache-Control"] = f"{visibility}, max-age={FOR_EVER}, immutable" if is_asked else "no-cache"
    return _conditional(request, response)


@require_safe
def fonts_css(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """The rules that name the fonts of a call's slides. A page needs them itself: shadow roots cannot name fonts."""
    call = get_call(request.user, series, address)
    try:
        rules = faces.sheet(setting_of(call), reverse("deck_font", args=["x"]).removesuffix("x"))
    except DeckError as error:
        raise Http404(str(error)) from error
    response = HttpResponse(rules, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "private, no-cache" if is_editor(request.user) else "no-cache"
    return _conditional(request, response)


@require_safe
def font(request: HttpRequest, name: str) -> HttpResponseBase:
    """A font of the decks, of this machine's; kept by browsers for a week."""
    path = faces.file_of(name)
    if path is None:
        raise Http404(f"There is no font “{name}” here.")
    response = FileResponse(path.open("rb"), content_type=f"font/{path.suffix[1:].lower()}")
    response["Cache-Control"] = f"public, max-age={WEEK}"
    return response


@require_safe
def pictures_css(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """The rules that put the community's pictures behind a call's slides."""
    call = get_call(request.user, series, address)
    try:
        rules = deck_of(call, whole=sees_minutes(request.user, call)).pictures
    except DeckError as error:
        raise Http404(str(error)) from error
    response = HttpResponse(rules, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "private, no-cache" if is_editor(request.user) else "no-cache"
    return _conditional(request, response)


@require_safe
def position_json(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """Where the presenter of a call is, in the deck that this reader sees. Two queries."""
    call = get_call(request.user, series, address)
    row = Presentation.objects.filter(call=call).first()
    response = JsonResponse(position(row, timezone.now(), whole=is_editor(request.user)))
    response["Cache-Control"] = "private, no-cache" if is_editor(request.user) else "no-cache"
    return _conditional(request, response)


def position(row: Presentation | None, at: dt.datetime, *, whole: bool) -> Position:
    """What a window that keeps in step is told, in the deck that editors see (`whole`) or in that of visitors."""
    if row is None or not row.is_running(at):
        return {"presenting": False}
    slide = row.slide if whole else row.public_slide
    return {"presenting": True, "slide": slide, "black": row.is_black, "step": row.step}


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, or 304 where the asker has it."""
    etag = quote_etag(_name(response.content))
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response


def _name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
