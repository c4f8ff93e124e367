"""Stored images, sent so that a browser can do nothing with them but show them."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from communitycalls.uploads import CONTENT_TYPES, FOLDER

STORED = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(png|jpg|webp|svg)", re.ASCII)


@require_safe
def image(request: HttpRequest, name: str) -> FileResponse:
    """An image that `store_image` stored; its name never changes its picture. 404 for any other name."""
    match = STORED.fullmatch(name)
    path = f"{FOLDER}/{name}"
    if match is None or not default_storage.exists(path):
        raise Http404("There is no such image.")
    response = FileResponse(default_storage.open(path), content_type=CONTENT_TYPES[match[1]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response
