"""Forms of a call itself: making one, and its details."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import slugify

from communitycalls.desk.editing import Texts
from communitycalls.desk.fields import (
    ClockField,
    DayField,
    LineField,
    MarkdownField,
    NumberField,
    PickField,
    RecurrenceField,
    TitleField,
    ZoneField,
    shown,
)
from communitycalls.desk.forms import DeskForm, EditForm
from communitycalls.models import Call, Series
from communitycalls.schedule import start_of

NEW_SERIES = "new"
RESERVED = {"latest", "new", "next"}


def free_ordinal(series: Series, date: dt.date) -> int:
    """The ordinal of one more call of a series on a day. Costs one query."""
    taken = set(Call.objects.filter(series=series, date=date).values_list("ordinal", flat=True))
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


class NewCallForm(DeskForm):
    """A call of a series, or of a series made with it. What is left empty is as the series says."""

    name = "new"

    series = PickField(what="series")
    date = DayField(missing="Write the day of the call, like 2021-06-08.", help_text="Like 2021-06-08")
    title = TitleField(required=False)
    start = ClockField(required=False)
    timezone = ZoneField(label="Time zone", required=False, max_length=60)
    duration = NumberField(what="minutes", required=False, help_text="Minutes")
    series_name = LineField(label="Name", required=False, max_length=120)
    series_start = ClockField(label="Starts at", required=False, initial="17:30")
    series_timezone = ZoneField(
        label="In time zone", required=False, max_length=60, initial="UTC", help_text="Like Europe/Berlin"
    )
    series_duration = NumberField(label="Lasts", what="minutes", required=False, initial="60", help_text="Minutes")
    series_recurrence = RecurrenceField(
        label="Repeats", required=False, max_length=200, help_text="Like FREQ=MONTHLY;BYDAY=2TU, or empty"
    )

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.known = {series.slug: series for series in Series.objects.all()}
        field = self.fields["series"]
        assert isinstance(field, PickField)
        field.choices = [*((slug, row.name) for slug, row in self.known.items()), (NEW_SERIES, "A new series…")]

    def clean_series_name(self) -> str:
        name: str = self.cleaned_data["series_name"]
        if self.cleaned_data.get("series") != NEW_SERIES:
            return name
        if not name:
            raise ValidationError("Write the new series' name.")
        slug = slugify(name)[:50]
        if slug in self.known or any(row.name.casefold() == name.casefold() for row in self.known.values()):
            raise ValidationError(f"{shown(name)} is a series already. Pick it from the list.")
        if not slug or slug in RESERVED:
            raise ValidationError(
                f"{shown(name)} gives no address. Write a name with Latin letters, not next or latest."
            )
        return name

    def make_series(self) -> Series:
        """The series picked, or the new one, saved."""
        clean = self.cleaned_data
        if clean["series"] != NEW_SERIES:
            return self.known[clean["series"]]
        series = Series(
            name=clean["series_name"],
            slug=slugify(clean["series_name"])[:50],
            recurrence=clean["series_recurrence"],
            start_time=clean["series_start"] or dt.time(17, 30),
            timezone=clean["series_timezone"] or "UTC",
            duration=clean["series_duration"] or 60,
            position=len(self.known) + 1,
        )
        series.full_clean()
        series.save()
        return series

    def save(self) -> Call:
        """The new draft, with its series. Call it inside a transaction."""
        clean, series = self.cleaned_data, self.make_series()
        date, zone = clean["date"], clean["timezone"] or series.timezone
        call = Call(
            series=series,
            date=date,
            ordinal=free_ordinal(series, date),
            title=clean["title"] or f"{series.name}, {date:%-d %B %Y}",
            start=start_of(date, clean["start"] or series.start_time, zone),
            timezone=zone,
            duration=clean["duration"] or series.duration,
        )
        call.full_clean()
        call.save()
        return call


class DetailsForm(EditForm):
    name = "details"

    title = TitleField(missing="Write the call's title.")
    date = DayField(help_text="Like 2021-06-08")
    start = ClockField(
        help_text="Like 17:30, in the call's own zone", error_messages={"required": "Write it like 17:30."}
    )
    timezone = ZoneField(label="Time zone", missing="Write an IANA name, for example Europe/Berlin.", max_length=60)
    duration = NumberField(what="minutes", help_text="Minutes")
    introduction = MarkdownField(required=False, help_text="Markdown, above the agenda")
    announcement = MarkdownField(required=False, help_text="Markdown, for the mail that announces the call")

    def __init__(self, call: Call, data: QueryDict | None = None) -> None:
        self.call = call
        super().__init__(data, version=call.version)

    def read(self) -> Texts:
        call = Call.objects.get(pk=self.call.pk)
        return {
            "title": call.title,
            "date": call.date.isoformat(),
            "start": f"{call.local_start:%H:%M}",
            "timezone": call.timezone,
            "duration": str(call.duration),
            "introduction": call.introduction,
            "announcement": call.announcement,
        }

    def clean_date(self) -> dt.date:
        date: dt.date = self.cleaned_data["date"]
        if date != self.call.date and self.call.is_public:
            raise ValidationError(
                f"The call is public at the address of {self.call.date:%Y-%m-%d}, so {date:%Y-%m-%d} cannot be its day."
                " Take it back to draft first, or cancel it and make a new one."
            )
        return date

    def save(self) -> None:
        call, clean = self.call, self.cleaned_data
        if call.date != clean["date"]:
            call.date, call.ordinal = clean["date"], free_ordinal(call.series, clean["date"])
        call.start = start_of(clean["date"], clean["start"], clean["timezone"])
        plain = ("title", "timezone", "duration", "introduction", "announcement")
        for name in plain:
            setattr(call, name, clean[name])
        call.full_clean(exclude=["series"])
        call.save(update_fields=["date", "ordinal", "start", *plain])
