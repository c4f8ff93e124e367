"""The two addresses that the Markdown editor's script asks, for editors alone.

django-markdownx's own addresses serve anybody, store what they are sent and show what they are told; these stand in
their place. Its script shows any answer as HTML, so an error is a sentence in a paragraph.
"""

import re
from collections.abc import Callable
from functools import wraps
from pathlib import PurePath

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from communitycalls.access import is_editor
from communitycalls.uploads import UploadError, quoted, store_image
from interop.markdown import LENGTH_LIMIT
from interop.templatetags.markdown import draw

SIGNED_OUT = "You are signed out. Sign in in another tab, then go on here; your text is kept."
HEADING_SHIFT = 2


class PreviewForm(forms.Form):
    content = forms.CharField(required=False, strip=False, max_length=LENGTH_LIMIT)


class ImageForm(forms.Form):
    image = forms.FileField(
        allow_empty_file=True,
        max_length=1000,
        error_messages={"required": "No image was sent. Choose a file, paste a picture or drop one on the text."},
    )


def editors_only(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer a sentence, not the sign-in page, to somebody signed out; for others without the role there is no page."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return refuse(request, SIGNED_OUT, 403)
        if not is_editor(request.user):
            raise Http404("There is no such page.")
        return require_POST(view)(request)

    return guarded


@editors_only
def preview(request: HttpRequest) -> HttpResponse:
    """The HTML of the Markdown in `content`."""
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return refuse(request, sentence(form), 422)
    return HttpResponse(draw(form.cleaned_data["content"], HEADING_SHIFT, "preview"))


@editors_only
def upload(request: HttpRequest) -> HttpResponse:
    """Store the picture in `image`; answers with its address and the Markdown that shows it."""
    form = ImageForm(request.POST, request.FILES)
    if not form.is_valid():
        return refuse(request, sentence(form), 422)
    image: UploadedFile[bytes] = form.cleaned_data["image"]
    try:
        address = store_image(image)
    except UploadError as error:
        return refuse(request, error.message, 422)
    name = image.name or ""
    return JsonResponse({"image_code": f"![{description(name)}]({address})", "url": address, "name": quoted(name)})


def sentence(form: forms.Form) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def refuse(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """The sentence in the form the asker reads: JSON for an upload, a paragraph for a preview."""
    if request.path.endswith("/upload/"):
        return JsonResponse({"error": sentence}, status=status)
    return HttpResponse(format_html('<p class="md-problem">{}</p>', sentence), status=status)


def description(name: str) -> str:
    """What an image is called until somebody describes it: its file's name without marks that Markdown would read."""
    return " ".join(re.sub(r"[^\w.,()-]|_", " ", PurePath(name).stem).split()) or "image"
