from __future__ import annotations

from django.db import models
from django.db.models import Q

from interop.models.environments import Environment
from interop.models.history import Revision
from interop.models.matrices import LONG_TEXT, Matrix


class Proposal(models.Model):
    """What somebody without an account asks the matrix to say. Nothing of it is public before it is accepted."""

    class Kind(models.TextChoices):
        ADOPT = "adopt", "Adopt an environment"
        STEP_DOWN = "step-down", "Step down as owner"
        ADD = "add", "Add an environment"
        RATE = "rate", "Change a rating"
        ISSUE = "issue", "Report an issue"
        RETIRE = "retire", "Retire an environment"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="proposals")
    environment = models.ForeignKey(
        Environment, on_delete=models.CASCADE, null=True, blank=True, related_name="proposals"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    text = models.TextField(validators=LONG_TEXT)
    proposer = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True, help_text="Never public")
    answer = models.TextField(blank=True)
    token = models.CharField(max_length=64, unique=True)
    submitted_at = models.DateTimeField(auto_now_add=True)
    change = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-submitted_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""), name="proposal_declined_with_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.environment or self.text[:40]}"
