"""A call as PDFs: its deck and its handout, its agenda and minutes on paper."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from communitycalls import versions
from communitycalls.access import get_call, is_editor, may_join, sees_minutes
from communitycalls.addresses import read_address
from communitycalls.deck.kept import Stored, known, noted
from communitycalls.deck.outcome import DeckError
from communitycalls.deck.sheet import SIZES
from communitycalls.deck.sources import job_of
from communitycalls.models import Call
from communitycalls.views.errors import problem
from communitycalls.views.stored import stored_response

FILE_NAMES = {"deck": "slides", "agenda": "agenda", "minutes": "minutes", "handout": "handout"}


@require_safe
def slides_pdf(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """The call as a deck of slides; 422 with a sentence where it cannot be drawn."""
    return _pdf(request, series, address, "deck")


@require_safe
def agenda_pdf(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """The call's agenda on paper."""
    return _pdf(request, series, address, "agenda")


@require_safe
def minutes_pdf(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """The call's minutes on paper, for readers who may see them."""
    return _pdf(request, series, address, "minutes")


@require_safe
def handout_pdf(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """The call's deck three slides to a page, with lines for notes."""
    return _pdf(request, series, address, "handout")


def paper_of(request: HttpRequest) -> str:
    """The size of paper a request asks for, "" where it does not: then it is the site's. Raises BadRequest."""
    size = request.GET.get("paper")
    if size is None:
        return ""
    if size not in SIZES:
        raise BadRequest(f"paper={size!r} is no size of paper here. Known are {' and '.join(SIZES)}.")
    return size


def _pdf(request: HttpRequest, series: str, address: str, kind: str) -> HttpResponseBase:
    if response := _known(request, series, address, kind):
        return response
    call = get_call(request.user, series, address)
    whole = sees_minutes(request.user, call)
    if kind == "minutes" and not whole:
        raise Http404("The minutes of this call are not final yet.")
    try:
        file = file_of(kind, call, whole=whole, size=paper_of(request))
    except DeckError as error:
        return problem(request, 422 if error.is_lasting else 503, "This PDF cannot be drawn", str(error))
    response = stored_response(request, file, file_name(call, FILE_NAMES[kind]), whole=whole)
    response["Cache-Control"] = "private, no-store" if is_editor(request.user) else "no-cache"
    return response


def _known(request: HttpRequest, series: str, address: str, kind: str) -> HttpResponseBase | None:
    """A file that is there already, for a visitor without a session; else None. Costs one query."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    public = versions.public(series, *read_address(address))
    if public is None or (kind == "minutes" and not public.sees_minutes):
        return None
    note = public.note(kind, public.sees_minutes, paper_of(request), public.may_join)
    file = known(note, settings.DATA_DIR / "rendered")
    if file is None:
        return None
    name = f"{series}-{address}-{FILE_NAMES[kind]}.pdf"
    try:
        response = stored_response(request, file, name, whole=public.sees_minutes)
    except FileNotFoundError:  # it was let go this very moment
        return None
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


def file_of(kind: str, call: Call, *, whole: bool, size: str = "") -> Stored:
    """A call as a file, drawn where it was not. Costs a query where it was. Raises DeckError."""
    note = versions.note(call, kind, whole, size, may_join(call, timezone.now()))
    return noted(note, lambda: job_of(kind, call, whole=whole, size=size), settings.DATA_DIR / "rendered")


def file_name(call: Call, name: str) -> str:
    return f"{call.series.slug}-{call.address}-{name}.pdf"


def pdf_response(data: bytes, call: Call, name: str) -> HttpResponse:
    """A PDF to be shown, with the name it is saved under."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, file_name(call, name)) or ""
    return response
