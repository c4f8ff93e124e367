"""Links of a call: slides, recording, stream, join, board and others."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.http import QueryDict

from communitycalls.desk.editing import Texts, next_position
from communitycalls.desk.fields import LineField, LinesField, PickField, TitleField, shown
from communitycalls.desk.forms import DeskForm, EditForm
from communitycalls.models import Call, Link

FIELDS = ("kind", "label", "url", "details")


def check_url(url: str) -> str:
    """The address of a page or a mailbox. Raises ValidationError with a sentence."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    is_web = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    if " " in url or not (is_web or parts.scheme in ("mailto", "tel") or re.match("/(?!/)", url)):
        raise ValidationError(
            f"{shown(url)} is no address. Write it in full, for example https://example.org/slides.pdf."
        )
    return url


class LinkFields(DeskForm):
    kind = PickField(what="kind of link", choices=Link.Kind.choices)
    label = TitleField(required=False, help_text="What visitors read; the kind where empty")
    url = LineField(label="Address", missing="Write the address, beginning with https://.", max_length=2000)
    details = LinesField(required=False, help_text="Meeting id, passcode, dial-in")

    def clean_url(self) -> str:
        return check_url(self.cleaned_data["url"])


class AddLinkForm(LinkFields):
    name = "add-link"

    def save(self, call: Call) -> Link:
        position = next_position(call.links.all())
        return Link.objects.create(call=call, position=position, **{name: self.cleaned_data[name] for name in FIELDS})


class LinkForm(LinkFields, EditForm):
    name = "link"

    def __init__(self, link: Link, data: QueryDict | None = None, *, version: int) -> None:
        self.link = link
        super().__init__(data, version=version)

    def read(self) -> Texts:
        link = Link.objects.get(pk=self.link.pk)
        return {name: str(getattr(link, name)) for name in FIELDS}

    def save(self) -> None:
        for name in FIELDS:
            setattr(self.link, name, self.cleaned_data[name])
        self.link.save(update_fields=FIELDS)
