"""Files of our own making sent as they lie on disk: with a mark to ask again by, whole or in part."""

import re

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from communitycalls.deck.kept import Stored

RANGE = re.compile(r"bytes=(?P<first>\d{0,18})-(?P<last>\d{0,18})", re.ASCII)
IN_ONE_PIECE = 4_000_000
PART = 1 << 16


def stored_response(request: HttpRequest, stored: Stored, name: str, *, whole: bool) -> HttpResponseBase:
    """A stored PDF, shown under a name. 304 where the reader has it, 206 or 416 where a part is asked for.

    What a reader sees who may see the `whole` call has another mark than what others see, even where it is the same.
    """
    mark = f'"{stored.mark}{"w" if whole else "p"}"'
    response = get_conditional_response(request, etag=mark) or _sent(request, stored, mark)
    response["ETag"] = mark
    if response.status_code in (200, 206):
        response["Content-Type"] = "application/pdf"
        response["Accept-Ranges"] = "bytes"
        response["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


def _sent(request: HttpRequest, stored: Stored, mark: str) -> HttpResponseBase:
    part = asked_part(request, stored.size, mark)
    if part is None:
        return _whole(stored)
    first, last = part
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    with stored.path.open("rb") as file:
        file.seek(stored.begin + first)
        response = HttpResponse(file.read(last - first + 1), status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{stored.size}"
    return response


def _whole(stored: Stored) -> HttpResponseBase:
    file = stored.path.open("rb")
    file.seek(stored.begin)
    if stored.size > IN_ONE_PIECE:
        return FileResponse(file)
    with file:
        return HttpResponse(file.read())


def asked_part(request: HttpRequest, size: int, mark: str) -> tuple[int, int] | None:
    """The first and last byte a request asks for; the first after the last where there are none such.

    None where it asks for the whole: by no range, several, one that is not understood, or one of an older file; and
    always for other methods than GET, which know no ranges.
    """
    match = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    is_older = request.headers.get("If-Range", mark) != mark
    if request.method != "GET" or match is None or is_older or match[0] == "bytes=-":
        return None
    if not match["first"]:
        return max(size - int(match["last"]), 0), (size - 1 if int(match["last"]) else -1)
    first, last = int(match["first"]), min(int(match["last"] or size - 1), size - 1)
    if match["last"] and int(match["last"]) < first:
        return None
    return (first, last) if first < size else (size, size - 1)
