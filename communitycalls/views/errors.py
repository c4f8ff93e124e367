"""Pages for what went wrong: each says what, and what would be right."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def problem(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """An error page. `sentence` is plain text."""
    return render(request, "problem.html", {"title": title, "sentence": sentence}, status=status)


def sentence_of(exception: Exception | None, default: str) -> str:
    """The exception's own sentence where it was raised with one, else the default."""
    text = str(exception.args[0]) if exception and exception.args else ""
    return text if text.endswith((".", "?")) and " " in text and "matches the given query" not in text else default


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, 400, "That request cannot be read", sentence_of(exception, "Something in it is not right."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, 403, "That is not allowed", sentence_of(exception, "Your account may not do this."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, 404, "There is no such page", sentence_of(exception, "The address may be mistyped."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request: what every page knows may be the very thing that broke."""
    said = {"title": "Something broke here", "sentence": "It is not your fault. It was logged; please try again."}
    return HttpResponse(render_to_string("problem.html", said), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return problem(
        request, 403, "The form had expired", "Go back, reload the page and send it again. Your browser kept the text."
    )
