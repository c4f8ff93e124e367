"""What holds for every request and response, beside what Django and django-csp give."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, QueryDict

Answer = Callable[[HttpRequest], HttpResponseBase]

FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in (*FEATURES, "payment", "usb"))


def headers(get_response: Answer) -> Answer:
    """Say on every response that other sites may not embed it and that pages need no device.

    What somebody with a session sees is theirs alone: no cache keeps it, unless the view said otherwise.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.path.startswith(("/desk/", "/admin/")):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return respond


class RefuseNul:
    """Answer 400 to a NUL character in an address or a form field: no text holds one, and databases differ on it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path or nul_field(request.GET) is not None:
            raise BadRequest("The address holds a NUL character (%00). Remove it.")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> None:
        name = nul_field(request.POST)
        if name is not None:
            raise BadRequest(f"The field {name!r} holds a NUL character. Remove it.")


def nul_field(fields: QueryDict) -> str | None:
    """The name of the first field that holds a NUL character, in its name or a value."""
    return next((name for name, values in fields.lists() if "\0" in name + "".join(values)), None)
