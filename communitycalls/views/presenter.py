"""A call's slides in the browser, for readers and for windows that keep in step with the presenter."""

import hashlib
from dataclasses import dataclass, replace
from typing import TypedDict

from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from communitycalls import versions
from communitycalls.access import get_call, is_editor, may_join, sees_minutes
from communitycalls.deck import browser, faces, kept, screen
from communitycalls.deck.browser import BrowserDeck, SlidesJob
from communitycalls.deck.compose import compose
from communitycalls.deck.job import Job
from communitycalls.deck.outcome import DeckError
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.sources import job_of, setting_of
from communitycalls.models import Call, Presentation
from communitycalls.views.errors import problem

FOR_EVER, WEEK = 31_536_000, 604_800
REMEMBERED_SECONDS = 3600
CANNOT = "The slides cannot be shown"


class Position(TypedDict, total=False):
    """What `position.json` says. `deck` is the version of the slides as they are, for this reader; all else is there
    while somebody presents: `shown` is the version in the presenter's window; the last three are for editors alone.
    """

    presenting: bool
    deck: str
    slide: int
    black: bool
    step: int
    shown: str
    window: str
    by: str
    since: str


@dataclass(frozen=True)
class Shown:
    """A call's slides for a page: the deck and its version, and the version of its style sheet for its address."""

    deck: BrowserDeck
    sheet: str
    version: str


def deck_of(call: Call, *, whole: bool) -> BrowserDeck:
    """The slides of a call; without `whole` as visitors see them. Costs a drawing where the call changed.

    Costs at most 21 queries. Raises DeckError.
    """
    return _drawn(_slides_job(job_of("deck", call, whole=whole)))


def _slides_job(job: Job) -> SlidesJob:
    return SlidesJob(job.call, job.setting, job.places)


def _drawn(job: SlidesJob) -> BrowserDeck:
    return browser.read(kept.drawn(job, settings.DATA_DIR / "rendered"))


def deck_version(call: Call, *, whole: bool, job: SlidesJob | None = None) -> str:
    """A name for the slides of a call as they are; "" for slides that cannot be made. `job` is what they are drawn of.

    It is made of nothing but what the reader sees, so that it tells visitors nothing of what is being written. Costs
    one query while nothing around the call changes, else those of reading the call; nothing is drawn.
    """
    note = versions.note(call, whole, may_join(call, timezone.now()))
    key = f"deck-{kept.look()[:16]}-{_name(note.encode(errors='surrogatepass'))}"
    found = cache.get(key)
    if not isinstance(found, str):
        found = _version(job or _slides_job(job_of("deck", call, whole=whole)))
        cache.set(key, found, REMEMBERED_SECONDS)
    return found


def _version(job: SlidesJob) -> str:
    """A name for what slides say and for how they look; what the setting says is in slides where they show it."""
    try:
        slides = compose(job.call, job.setting)
    except DeckError:
        return ""
    look = replace(job.setting, matrix=None, contacts=(), next_call="")
    return _name(f"{kept.look()}{slides!r}{look!r}{job.places!r}".encode(errors="surrogatepass"))


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
    job = _slides_job(job_of("deck", call, whole=whole))
    return Shown(_drawn(job), sheet_version(job.setting), deck_version(call, whole=whole, job=job))


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
    otherwise = "no-cache" if call.is_public else "private, no-cache"
    response["Cache-Control"] = f"{visibility}, max-age={FOR_EVER}, immutable" if is_asked else otherwise
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
    """Where the presenter of a call is, in the deck that this reader sees. Three queries while nothing changes."""
    call = get_call(request.user, series, address)
    whole = is_editor(request.user)
    deck = deck_version(call, whole=whole or sees_minutes(request.user, call))
    response = JsonResponse(position(call, Presentation.of(call), deck, whole=whole))
    response["Cache-Control"] = "private, no-cache" if whole else "no-cache"
    return _conditional(request, response)


def position(call: Call, row: Presentation | None, deck: str, *, whole: bool) -> Position:
    """What a window that keeps in step is told, in the deck that editors see (`whole`) or in that of visitors."""
    if row is None or not row.is_running(timezone.now()):
        return {"presenting": False, "deck": deck}
    told: Position = {
        "presenting": True,
        "deck": deck,
        "slide": row.slide if whole else row.public_slide,
        "black": row.is_black,
        "step": row.step,
        "shown": row.deck if whole else row.public_deck,
    }
    return {**told, "window": row.window, "by": _name_of(row), "since": _since(call, row)} if whole else told


def _name_of(row: Presentation) -> str:
    return name_of(row.presenter) if row.presenter else "Somebody"


def name_of(user: User) -> str:
    """What the desk calls an editor."""
    return user.get_full_name() or user.get_username()


def _since(call: Call, row: Presentation) -> str:
    """When somebody began to present, in the call's zone."""
    return f"{timezone.localtime(row.began_at, call.local_start.tzinfo):%H:%M %Z}"


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, or 304 where the asker has it."""
    etag = quote_etag(_name(response.content))
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response


def _name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
