"""The community's colours as a style sheet: its address holds the colour, so that it may be kept for ever."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from communitycalls import branding


@require_safe
def accent_css(request: HttpRequest, colour: str) -> HttpResponse:
    """Tokens for an accent of six hexadecimal digits."""
    response = HttpResponse(branding.sheet(f"#{colour}"), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
