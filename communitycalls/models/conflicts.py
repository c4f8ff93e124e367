from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from communitycalls.models.calls import Call, CallSource


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def still_open(self) -> ConflictQuerySet:
        """What nobody has decided yet."""
        return self.filter(state=Conflict.State.OPEN)


class Conflict(models.Model):
    """A thing that editors here and a document both changed. What stands here stays until an editor decides.

    Never public. Where it stands is a `communitycalls.importer.sides.Place`, what each side says is JSON; None where
    one of them has no such thing. `here` is what stood here when the document came in.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        KEPT = "kept", "Kept as it stands here"
        TAKEN = "taken", "Taken from the document"
        EDITED = "edited", "Put together by hand"
        SETTLED = "settled", "Settled by itself"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="conflicts")
    source = models.ForeignKey(CallSource, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    section = models.CharField(max_length=12)
    number = models.PositiveIntegerField(default=0, help_text="Of the element, where its list has numbers")
    part = models.CharField(max_length=12, blank=True)
    field = models.CharField(max_length=20, blank=True)
    base = models.JSONField(null=True, blank=True)
    here = models.JSONField(null=True, blank=True)
    there = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "section", "number", "field"],
                condition=Q(state="open", part="") & ~Q(number=0),
                name="conflict_open_once",
            )
        ]

    def __str__(self) -> str:
        parts = (self.section, str(self.number or ""), self.part, self.field)
        return f"Conflict {self.pk}: {' '.join(part for part in parts if part)}"
