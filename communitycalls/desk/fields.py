"""Form fields whose errors quote what was written and say what would be right."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from markdownx.widgets import MarkdownxWidget

from communitycalls.schedule import check_recurrence, check_zone

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
OFFSET = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")


def one_newline(text: str) -> str:
    """A text as browsers send it, with the line ends that are stored."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shown(value: object) -> str:
    """A value in quotes, cut where it would fill the page."""
    text = str(value)
    return f"“{text if len(text) <= 80 else text[:79] + '…'}”"


class LineField(forms.CharField):
    """One line of text. `missing` is the sentence said where nothing was written."""

    def __init__(self, *, missing: str = "Write something here.", max_length: int = 300, **options: Any) -> None:
        super().__init__(error_messages={"required": missing}, **options)
        self.longest = max_length
        self.widget.attrs.setdefault("autocomplete", "off")

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(f"{shown(value)} has {len(value)} characters; {self.longest} fit here.")


class TitleField(LineField):
    """A title, a label or a name: its words are parted by one blank, as a document of Markdown gives them back."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class LinesField(forms.CharField):
    """Several lines of plain text."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(validators=[MaxLengthValidator(200_000)], **options)
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        return one_newline(super().to_python(value) or "")


class MarkdownField(forms.CharField):
    """Markdown, kept as written but for its line ends, with preview and image upload."""

    widget = MarkdownxWidget

    def __init__(self, *, missing: str = "Write something here.", rows: int = 6, **options: Any) -> None:
        messages = {"required": missing}
        super().__init__(strip=False, error_messages=messages, validators=[MaxLengthValidator(200_000)], **options)
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        text = one_newline(super().to_python(value) or "")
        return text if text.strip() else ""


class DayField(forms.CharField):
    """A date, written 2021-05-11."""

    def __init__(self, *, missing: str = "Write a date like 2021-05-11.", **options: Any) -> None:
        super().__init__(error_messages={"required": missing}, **options)
        self.widget.attrs |= {"autocomplete": "off", "placeholder": "2021-05-11"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return read_day(text) if text else None


def read_day(text: str) -> dt.date:
    """The date that an ISO text names. Raises ValidationError with a sentence."""
    if not DAY.fullmatch(text):
        raise ValidationError(f"{shown(text)} is no date. Write it like 2021-05-11.")
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(f"{shown(text)} is no day of the calendar. Write one like 2021-05-11.") from error
    if not 1970 <= day.year < 2200:
        raise ValidationError(f"{shown(text)} is too far away. Write a day from 1970 to 2199.")
    return day


class ClockField(forms.CharField):
    """A time of day, written 17:30."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return read_clock(text) if text else None


def read_clock(text: str) -> dt.time:
    """The time that a text names. Raises ValidationError with a sentence."""
    match = CLOCK.fullmatch(text)
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return dt.time(int(match[1]), int(match[2]))
    raise ValidationError(f"{shown(text)} is no time of day. Write it like 17:30.")


class NumberField(forms.CharField):
    """A whole number between two bounds; `what` names what it counts."""

    def __init__(self, *, what: str, least: int = 1, most: int = 1440, **options: Any) -> None:
        super().__init__(error_messages={"required": f"Write a number of {what}."}, **options)
        self.what, self.least, self.most = what, least, most
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.least <= int(text) <= self.most:
            raise ValidationError(
                f"{shown(text)} is no number of {self.what}. Write one from {self.least} to {self.most}."
            )
        return int(text)


class OffsetField(forms.CharField):
    """Seconds into a recording, written m:ss or h:mm:ss."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return read_offset(text) if text else None


def read_offset(text: str) -> int:
    """The seconds that 3:55 or 1:03:55 names. Raises ValidationError with a sentence."""
    match = OFFSET.fullmatch(text)
    if not match or (match[1] and int(match[2]) > 59):
        raise ValidationError(f"{shown(text)} is no place in a recording. Write it like 3:55 or 1:03:55.")
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])


def write_offset(seconds: int | None) -> str:
    """Seconds as m:ss, from an hour on as h:mm:ss; "" for None."""
    if seconds is None:
        return ""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


class NamesField(forms.CharField):
    """Names with commas between them, as a tuple; none for an empty text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value: Any) -> Any:
        names = read_names(super().clean(value))
        for name in names:
            if len(name) > 200:
                raise ValidationError(f"{shown(name)} has {len(name)} characters; a name has 200 at most.")
        return names


def read_names(text: str) -> tuple[str, ...]:
    """The names in a text with commas between them, each once, in order."""
    names = (" ".join(name.split()) for name in text.split(","))
    return tuple(dict.fromkeys(name for name in names if name))


class PickField(forms.ChoiceField):
    """One of several. `what` names the kind of thing, for the error."""

    def __init__(self, *, what: str, choices: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(choices=list(choices), **options)
        self.error_messages["invalid_choice"] = f"“%(value)s” is no {what} here. Pick one from the list."
        self.error_messages["required"] = f"Pick a {what}."


class ZoneField(LineField):
    """The IANA name of a time zone."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            if text:
                check_zone(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return text


class RecurrenceField(LineField):
    """An RFC 5545 rule."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            check_recurrence(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return text
