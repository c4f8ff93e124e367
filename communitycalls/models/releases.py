from __future__ import annotations

from django.db import models
from django.db.models import Q

from communitycalls.models.calls import LONG_TEXT, Call


class Channel(models.Model):
    """A stream of releases, such as Alpha or LTS 2021, the least stable first."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Release(models.Model):
    """A version on a channel. `date` is the day it shipped, where known."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="releases")
    version = models.CharField(max_length=60)
    date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["channel__position", "-date"]
        constraints = [models.UniqueConstraint(fields=["channel", "version"], name="version_once_on_channel")]

    def __str__(self) -> str:
        return f"{self.channel} {self.version}"


class Outlook(models.Model):
    """What a call said of a release. A round announced by its date alone has neither channel nor version."""

    class When(models.TextChoices):
        CURRENT = "current", "Current"
        UPCOMING = "upcoming", "Upcoming"
        MENTIONED = "mentioned", "Mentioned"

    class Kind(models.TextChoices):
        MAJOR = "major", "Major"
        MINOR = "minor", "Minor"
        PATCH = "patch", "Patch"

    class Granularity(models.TextChoices):
        DAY = "day", "Day"
        WEEK = "week", "Week"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="outlooks")
    number = models.PositiveSmallIntegerField()
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, null=True, blank=True, related_name="outlooks")
    version = models.CharField(max_length=60, blank=True)
    date = models.DateField(null=True, blank=True)
    granularity = models.CharField(max_length=4, choices=Granularity, blank=True)
    outlook = models.CharField(max_length=10, choices=When, default=When.CURRENT)
    kind = models.CharField(max_length=5, choices=Kind, blank=True)
    highlights = models.TextField(blank=True, help_text="Markdown", validators=LONG_TEXT)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="outlook_number_once_in_call"),
            models.CheckConstraint(
                condition=~Q(channel=None) | ~Q(date=None) | ~Q(version=""), name="outlook_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel or ''} {self.version} {self.outlook}".strip()
