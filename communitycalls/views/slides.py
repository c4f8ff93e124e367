"""A call as PDFs: its deck, and its agenda and minutes on paper."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from communitycalls.access import get_call, is_editor, sees_minutes
from communitycalls.deck.job import Job
from communitycalls.deck.kept import drawn
from communitycalls.deck.outcome import DeckError
from communitycalls.deck.setting import Places
from communitycalls.deck.sources import setting_of
from communitycalls.exporter import read_call
from communitycalls.models import Call
from communitycalls.views.calls import may_join
from communitycalls.views.errors import problem

FILE_NAMES = {"deck": "slides", "agenda": "agenda", "minutes": "minutes"}


@require_safe
def slides_pdf(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """The call as a deck of slides; 422 with a sentence where it cannot be drawn."""
    return _pdf(request, series, address, "deck")


@require_safe
def agenda_pdf(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """The call's agenda on paper."""
    return _pdf(request, series, address, "agenda")


@require_safe
def minutes_pdf(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """The call's minutes on paper, for readers who may see them."""
    return _pdf(request, series, address, "minutes")


def _pdf(request: HttpRequest, series: str, address: str, kind: str) -> HttpResponse:
    call = get_call(request.user, series, address)
    whole = sees_minutes(request.user, call)
    if kind == "minutes" and not whole:
        raise Http404("The minutes of this call are not final yet.")
    job = job_of(kind, call, whole=whole)
    try:
        drawing = drawn(job, settings.DATA_DIR / "rendered")
    except DeckError as error:
        return problem(request, 422 if error.is_lasting else 503, "This PDF cannot be drawn", str(error))
    response = HttpResponse(drawing.pdf, content_type="application/pdf")
    name = f"{series}-{address}-{FILE_NAMES[kind]}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    response["Cache-Control"] = "private, no-store" if is_editor(request.user) else "no-cache"
    return response


def job_of(kind: str, call: Call, *, whole: bool) -> Job:
    """What to draw of a call; without `whole` as a reader sees it who may not see the minutes.

    The way in is told until the call ends, as on its page.
    """
    document = read_call(call, whole=whole)
    if not may_join(call, timezone.now()):
        document = replace(document, links=tuple(link for link in document.links if link.kind != "join"))
    places = Places(settings.MEDIA_ROOT, settings.MEDIA_URL, settings.STATIC_URL)
    return Job(kind, document, setting_of(call), places)
