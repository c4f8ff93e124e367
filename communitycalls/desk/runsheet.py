"""The run sheet as a PDF: private notes, the way in and what is owed, for those who run the call."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from communitycalls.access import editors_only, get_call
from communitycalls.deck.outcome import DeckError
from communitycalls.deck.render import WORKSHOP
from communitycalls.deck.sources import job_of
from communitycalls.views.errors import problem
from communitycalls.views.slides import paper_of, pdf_response


@editors_only
@require_safe
def runsheet_pdf(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """The run sheet, drawn anew each time and kept nowhere; 422 with a sentence where it cannot be drawn."""
    call = get_call(request.user, series, address)
    job = job_of("runsheet", call, whole=True, size=paper_of(request))
    try:
        drawing = WORKSHOP.ask(job)
    except DeckError as error:
        return problem(request, 422 if error.is_lasting else 503, "This PDF cannot be drawn", str(error))
    return pdf_response(drawing.pdf, call, "run-sheet")
