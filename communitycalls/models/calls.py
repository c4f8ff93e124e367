"""A call and what hangs on it directly."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import get_script_prefix

from communitycalls.models.series import Series
from communitycalls.models.site import picture_field
from communitycalls.schedule import check_zone

LONG_TEXT = [MaxLengthValidator(200_000)]


class CallQuerySet(models.QuerySet["Call"]):
    def published(self) -> CallQuerySet:
        """Calls that anybody may know of: everything but drafts."""
        return self.exclude(status=Call.Status.DRAFT)

    def upcoming(self, at: dt.datetime) -> CallQuerySet:
        """Announced or live calls that have not ended at an aware moment, the next first."""
        ahead = self.filter(status__in=[Call.Status.ANNOUNCED, Call.Status.LIVE], start__gt=at - dt.timedelta(hours=12))
        return ahead.order_by("start")

    def minuted(self) -> CallQuerySet:
        """Calls whose minutes are final, the latest first."""
        return self.filter(status=Call.Status.FINAL).order_by("-start", "-pk")

    def owing_minutes(self) -> CallQuerySet:
        """Held calls whose minutes are not final: the minutes debt."""
        return self.filter(status=Call.Status.HELD)


class Call(models.Model):
    """One meeting. `start` is UTC, `timezone` the IANA name of its own zone; `version` rises with every write."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        ANNOUNCED = "announced", "Announced"
        LIVE = "live", "Live"
        HELD = "held", "Held"
        FINAL = "final", "Final"
        CANCELLED = "cancelled", "Cancelled"

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="calls")
    date = models.DateField()
    ordinal = models.PositiveSmallIntegerField(default=1, help_text="2 for a second call of the series on one day")
    title = models.CharField(max_length=300)
    start = models.DateTimeField()
    timezone = models.CharField(max_length=60)
    duration = models.PositiveSmallIntegerField(default=60, help_text="Minutes")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    cancelled_reason = models.TextField(blank=True)
    introduction = models.TextField(blank=True, help_text="Markdown", validators=LONG_TEXT)
    minutes_introduction = models.TextField(blank=True, help_text="Markdown", validators=LONG_TEXT)
    minutes_promised = models.BooleanField(default=False, help_text="The document holds a place for minutes to come")
    announcement = models.TextField(blank=True, help_text="Markdown", validators=LONG_TEXT)
    cover = picture_field(help_text="Behind the first slide of this call's deck, in place of the site's")
    unread = models.JSONField(default=list, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["series", "date", "ordinal"], name="call_address_once"),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(cancelled_reason=""), name="call_cancelled_with_reason"
            ),
            models.CheckConstraint(condition=Q(ordinal__gte=1), name="call_ordinal_from_one"),
        ]
        indexes = [models.Index(fields=["status", "start"], name="call_by_status_and_start")]
        permissions = [("use_desk", "Can use the editors' desk")]

    def __str__(self) -> str:
        return f"{self.title} ({self.address})"

    def get_absolute_url(self) -> str:
        """May cost a query for the series, unless it is loaded.

        Not by `reverse`: for one address a command would load every page of the site.
        """
        return f"{get_script_prefix()}calls/{self.series.slug}/{self.address}/"

    def clean(self) -> None:
        try:
            check_zone(self.timezone)
        except ValueError as error:
            raise ValidationError({"timezone": str(error)}) from error

    @property
    def address(self) -> str:
        """The date part of the call's address: ISO, with "-2" for the second call of a series on one day."""
        return self.date.isoformat() + (f"-{self.ordinal}" if self.ordinal > 1 else "")

    @property
    def end(self) -> dt.datetime:
        """When the call is planned to end, in UTC."""
        return self.start + dt.timedelta(minutes=self.duration)

    @property
    def local_start(self) -> dt.datetime:
        """The start in the call's own zone."""
        return self.start.astimezone(ZoneInfo(self.timezone))

    @property
    def is_public(self) -> bool:
        return self.status != self.Status.DRAFT

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def has_final_minutes(self) -> bool:
        return self.status == self.Status.FINAL

    def has_records(self) -> bool:
        """Whether anything was recorded in the call. Costs up to four queries."""
        records = (self.entries, self.questions, self.recorded_changes, self.attendance)
        return bool(self.minutes_introduction) or any(rows.exists() for rows in records)

    def raise_version(self, seen: int | None = None) -> bool:
        """Raise the version; False where `seen` is given and somebody else raised it meanwhile. Costs one query."""
        rows = Call.objects.filter(pk=self.pk)
        if seen is not None:
            rows = rows.filter(version=seen)
        return rows.update(version=F("version") + 1) == 1


class Link(models.Model):
    class Kind(models.TextChoices):
        SLIDES = "slides", "Slides"
        RECORDING = "recording", "Recording"
        STREAM = "stream", "Live stream"
        JOIN = "join", "Join"
        BOARD = "board", "Planning board"
        OTHER = "other", "Other"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OTHER)
    label = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=2000)
    details = models.TextField(blank=True, help_text="Meeting id, passcode and the like")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label or self.url


class SlideDeck(models.Model):
    """An uploaded deck; a new upload is a new row, so that revisions are kept."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="decks")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to="decks/")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="deck_number_once_in_call")]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Revision(models.Model):
    """A call as a value at one moment; made by every save that changed the value. Private notes are never in it."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    message = models.CharField(max_length=300, blank=True)
    is_public = models.BooleanField(default=False, help_text="Made when the call was public already")
    public_number = models.PositiveIntegerField(
        null=True, blank=True, editable=False, help_text="What visitors know it by; none where it showed nothing new"
    )
    restored = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    value = models.JSONField()
    facts = models.JSONField(null=True, editable=False, help_text="What lists ask of the value, none in old rows")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="call_revision_number_once"),
            models.UniqueConstraint(fields=["call", "public_number"], name="call_revision_public_number_once"),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of {self.call}"


class CallSource(models.Model):
    """A document a call was read from: the very bytes, and the value they gave."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="sources")
    name = models.CharField(max_length=255)
    data = models.BinaryField()
    value = models.JSONField()
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class RecordedChange(models.Model):
    """A matrix change recorded in a call: the second of the two records one act makes."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="recorded_changes")
    change = models.ForeignKey("interop.Change", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="recorded_change_number_once_in_call"),
            models.UniqueConstraint(fields=["change"], name="change_recorded_once"),
        ]

    def __str__(self) -> str:
        return str(self.change)
