from __future__ import annotations

from django.db import models

from communitycalls.models.calls import LONG_TEXT, Call
from communitycalls.models.people import Person


class AgendaItem(models.Model):
    """One point of a call. `number` names its anchor and stays; `position` is its place."""

    class Kind(models.TextChoices):
        WELCOME = "welcome", "Welcome"
        NEWS = "news", "News"
        SPOTLIGHT = "spotlight", "Spotlight"
        STATUS = "status", "Status"
        RELEASES = "releases", "Releases"
        MATRIX = "matrix", "Matrix"
        QA = "qa", "Q&A"
        OTHER = "other", "Other"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OTHER)
    body = models.TextField(blank=True, help_text="Markdown", validators=LONG_TEXT)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Planned length")
    slide_notes = models.TextField(blank=True, help_text="Markdown; --- begins a new slide", validators=LONG_TEXT)
    private_notes = models.TextField(blank=True, help_text="Never public", validators=LONG_TEXT)
    environments = models.ManyToManyField("interop.Environment", blank=True, related_name="+")
    presenters = models.ManyToManyField(Person, through="Presenter", related_name="presented_items")
    carried_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried")

    class Meta:
        ordering = ["position", "number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="item_number_once_in_call")]

    def __str__(self) -> str:
        return self.title


class Presenter(models.Model):
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="presenter_rows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="presenter_once_in_item")]

    def __str__(self) -> str:
        return str(self.person)
