"""A call in forms that machines read."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from communitycalls.access import get_call, is_editor, sees_minutes
from communitycalls.api import call_payload
from communitycalls.document.writer import write
from communitycalls.exporter import read_call
from communitycalls.views.errors import sentence_of


@require_safe
def call_json(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """The call as `call.json`; 404 with {"error": sentence} where the reader may not know of it."""
    try:
        call = get_call(request.user, series, address)
    except Http404 as error:
        return no_call(error, series, address)
    whole = sees_minutes(request.user, call)
    payload = call_payload(read_call(call, whole=whole), whole=whole)
    response = JsonResponse(payload, json_dumps_params={"ensure_ascii": False})
    if is_editor(request.user):
        response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def call_md(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """The call as Markdown in the community's own conventions; without its minutes for who may not see them."""
    call = get_call(request.user, series, address)
    document = read_call(call, whole=sees_minutes(request.user, call))
    response = HttpResponse(write(document), content_type="text/markdown; charset=utf-8")
    if is_editor(request.user):
        response["Cache-Control"] = "private, no-store"
    return response


def no_call(error: Http404, series: str, address: str) -> JsonResponse:
    """The same answer for a call that is hidden and for one that never was."""
    sentence = sentence_of(error, f"There is no call at {series}/{address}.")
    return JsonResponse({"error": sentence}, status=404, json_dumps_params={"ensure_ascii": False})
