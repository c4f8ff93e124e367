from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from communitycalls.schedule import check_recurrence, check_zone


class Series(models.Model):
    """Calls of one kind. Times are computed from `start_time` and `timezone`, never typed."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(unique=True)
    description = models.TextField(blank=True, help_text="Markdown")
    recurrence = models.CharField(
        max_length=200, blank=True, help_text="An RFC 5545 rule, for example FREQ=MONTHLY;BYDAY=2TU"
    )
    start_time = models.TimeField(default=dt.time(17, 30), help_text="In the series' own zone")
    timezone = models.CharField(max_length=60, default="UTC", help_text="An IANA name, for example Europe/Berlin")
    duration = models.PositiveSmallIntegerField(default=60, help_text="Minutes")
    join_url = models.URLField(blank=True, help_text="One place for page, calendar, slides and announcement")
    join_details = models.TextField(blank=True, help_text="Meeting id, passcode, dial-in")
    agenda_template = models.TextField(blank=True, help_text="One agenda item a line: kind | minutes | title")
    runbook_template = models.TextField(blank=True, help_text="One step a line")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("calls:series", args=[self.slug])

    def clean(self) -> None:
        try:
            check_zone(self.timezone)
            check_recurrence(self.recurrence)
        except ValueError as error:
            raise ValidationError(str(error)) from error
