"""The picture behind the first slide of a call's deck."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict

from communitycalls.access import get_call
from communitycalls.desk import editing
from communitycalls.desk.forms import DeskForm
from communitycalls.desk.pages import Place, crumbs_of, editor_of, page, sent, show_form, to
from communitycalls.models import Call
from communitycalls.pictures import PictureField


class CoverForm(DeskForm):
    name = "cover"

    cover = PictureField(
        label="Cover picture",
        required=False,
        help_text="PNG, JPEG, WebP or GIF; 1920 by 1080 pixels fill the slide. Without one the site's is used.",
    )

    def __init__(
        self, call: Call, data: QueryDict | None = None, files: "MultiValueDict[str, Any] | None" = None
    ) -> None:
        super().__init__(data, initial={"cover": call.cover})
        self.files = files or MultiValueDict()


@page
def cover(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    call = get_call(request.user, series, address)
    form = CoverForm(call, sent(request), request.FILES)
    if form.is_bound and form.is_valid():
        with editing.change(call, editor_of(request)):
            Call.objects.filter(pk=call.pk).update(cover=form.cleaned_data["cover"])
        return redirect(to("call", call, anchor="details"))
    return show_form(request, form, Place("Cover picture", to("call", call), crumbs_of(call)))
