"""The forms through which an editor brings a document in: one reads it, the other carries it until it is applied."""

import datetime as dt
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from communitycalls.desk.fields import LinesField
from communitycalls.desk.forms import LOST, DeskForm, VersionForm
from communitycalls.document import CallDocument
from communitycalls.document.dates import days
from communitycalls.document.headline import read_name
from communitycalls.document.reader import read
from communitycalls.models import Call
from interop.document import DocumentError, Remark
from interop.document.source import decode

LARGEST = 1_000_000
LONGEST_NAME = 200


@dataclass(frozen=True)
class Sent:
    """A document on its way in: the very bytes, and what was read from them."""

    name: str
    data: bytes
    document: CallDocument
    remarks: tuple[Remark, ...]


class ReadForm(DeskForm):
    """A file or a text, one of the two."""

    name = "document"

    file = forms.FileField(
        label="File",
        required=False,
        help_text=f"A Markdown file in UTF-8, at most {LARGEST // 1000:,} kB",
        error_messages={"empty": "The file is empty. Choose another."},
    )
    text = LinesField(label="Or its text", required=False, strip=False, rows=12, help_text="Markdown, pasted as it is")

    def __init__(
        self, call: Call, data: QueryDict | None = None, files: "MultiValueDict[str, Any] | None" = None
    ) -> None:
        self.call = call
        super().__init__(data)
        self.files = files or MultiValueDict()
        self.is_bound = data is not None

    def clean(self) -> dict[str, Any]:
        upload, text = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        if self.errors:
            return self.cleaned_data
        if bool(upload) == bool(text.strip()):
            raise forms.ValidationError("Choose a file, or paste the text of one: one of the two.")
        if upload and upload.size > LARGEST:
            raise forms.ValidationError(f"{upload.name!r} has {upload.size:,} bytes; at most {LARGEST:,} are read.")
        name = (upload.name if upload else "") or f"{self.call.address}.md"
        self._sent = read_sent(self.call, name[-LONGEST_NAME:], upload.read() if upload else text.encode())
        return self.cleaned_data

    def sent(self) -> Sent:
        """What the valid form holds."""
        return self._sent


class ApplyForm(VersionForm):
    """Carries a document from its preview to the call."""

    name = "apply"

    file_name = forms.CharField(max_length=LONGEST_NAME, widget=forms.HiddenInput, error_messages={"required": LOST})
    file_data = forms.CharField(max_length=2 * LARGEST, widget=forms.HiddenInput, error_messages={"required": LOST})

    def __init__(self, call: Call, data: QueryDict | None = None, *, initial: Sent | None = None) -> None:
        self.call = call
        carried = {"file_name": initial.name, "file_data": b64encode(initial.data).decode()} if initial else {}
        super().__init__(data, initial={"version": call.version, **carried})

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            try:
                data = b64decode(self.cleaned_data["file_data"], validate=True)
            except ValueError as error:
                raise forms.ValidationError(LOST) from error
            self._sent = read_sent(self.call, self.cleaned_data["file_name"], data)
        return self.cleaned_data

    def sent(self) -> Sent:
        """What the valid form holds."""
        return self._sent


def read_sent(call: Call, name: str, data: bytes) -> Sent:
    """A document of a call from the bytes of a file. Raises ValidationError where it is none, or another call's."""
    try:
        text, repairs = decode(data)
        document, remarks = read(text, name=f"{call.address}.md")
        _check_day(call, name, document)
    except DocumentError as error:
        raise forms.ValidationError(f"Line {error.line}: {error.message}" if error.line else error.message) from error
    return Sent(name, data, document, (*repairs, *remarks))


def _check_day(call: Call, name: str, document: CallDocument) -> None:
    """Raise DocumentError for a document whose title, or else whose file's name, names another day than the call's."""
    said = [one.in_year(one.year or call.date.year) for one in days(document.title)]
    named = [read_name(name).date or document.date]
    others = [one for one in said if one is not None] or named
    if call.date not in others or document.date != call.date:
        raise DocumentError(
            f"The document is of {_told(others[0])}, this call of {_told(call.date)}."
            " Open the call of that day and bring it in there."
        )


def _told(day: dt.date) -> str:
    return f"{day:%-d %B} {day.year}"
