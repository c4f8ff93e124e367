"""A form's field for a picture: a file comes in, is drawn anew and stored, and its address is what the form gives."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from communitycalls.uploads import UploadError, store_image


class Stored(str):
    """The address of a stored picture, shown by Django's widget as a link."""

    __slots__ = ()

    @property
    def url(self) -> str:
        return str(self)


class PictureInput(forms.ClearableFileInput):
    def is_initial(self, value: Any) -> bool:
        return bool(value)

    def format_value(self, value: Any) -> Any:
        return Stored(value) if isinstance(value, str) and value else None


class PictureField(forms.FileField):
    """Gives the address of the new picture, the one it had where none was sent, or "" where it was to be removed."""

    widget = PictureInput

    def clean(self, data: Any, initial: Any = None) -> str:
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile):
            return _stored(upload)
        return str(upload or "")


def _stored(upload: "UploadedFile[bytes]") -> str:
    try:
        return store_image(upload)
    except UploadError as error:
        raise forms.ValidationError(error.message) from error
