from __future__ import annotations

from django.db import models

from communitycalls.models.calls import LONG_TEXT, Call
from communitycalls.models.people import Person


class Question(models.Model):
    """Something asked in a call. Without `asked_by` its asker is unnamed."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ANSWERED = "answered", "Answered"
        FOLLOW_UP = "follow-up", "Follow-up"
        CARRIED = "carried", "Carried"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    text = models.TextField(help_text="Markdown", validators=LONG_TEXT)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="questions")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    environments = models.ManyToManyField("interop.Environment", blank=True, related_name="+")

    class Meta:
        ordering = ["position", "number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="question_number_once_in_call")]

    def __str__(self) -> str:
        return self.text[:60]


class Answer(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    speaker = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    text = models.TextField(help_text="Markdown", validators=LONG_TEXT)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
