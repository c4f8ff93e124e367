from __future__ import annotations

from django.db import models

from communitycalls.models.agenda import AgendaItem
from communitycalls.models.calls import LONG_TEXT, Call
from communitycalls.models.people import Person


class MinutesEntry(models.Model):
    """What was said, decided or taken on. `offset` is in seconds from the recording's beginning."""

    class Kind(models.TextChoices):
        NOTE = "note", "Note"
        DECISION = "decision", "Decision"
        ACTION = "action", "Action"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NOTE)
    text = models.TextField(help_text="Markdown", validators=LONG_TEXT)
    agenda_item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    offset = models.PositiveIntegerField(null=True, blank=True, help_text="Seconds into the recording")
    speakers = models.ManyToManyField(Person, through="Speaker", related_name="spoken_entries")
    assignee = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    due = models.DateField(null=True, blank=True)
    closed_in = models.ForeignKey(Call, on_delete=models.SET_NULL, null=True, blank=True, related_name="closed_actions")
    supersedes = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="superseded")

    class Meta:
        ordering = ["position", "number"]
        verbose_name_plural = "minutes entries"
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="entry_number_once_in_call")]

    def __str__(self) -> str:
        return self.text[:60]


class Speaker(models.Model):
    entry = models.ForeignKey(MinutesEntry, on_delete=models.CASCADE, related_name="speaker_rows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="speaker_once_in_entry")]

    def __str__(self) -> str:
        return str(self.person)


class Attendance(models.Model):
    class Role(models.TextChoices):
        HOST = "host", "Host"
        MINUTE_TAKER = "minute taker", "Minute taker"
        SPEAKER = "speaker", "Speaker"
        ATTENDEE = "attendee", "Attendee"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="attendance")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendance")
    role = models.CharField(max_length=12, choices=Role, default=Role.ATTENDEE)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["call", "person", "role"], name="attendance_once_in_role")]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"
