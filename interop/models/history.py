"""What a matrix was and how it changed. Append-only."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models

from interop.models.environments import Environment
from interop.models.matrices import Matrix


class RevisionQuerySet(models.QuerySet["Revision"]):
    def as_of(self, date: dt.date) -> RevisionQuerySet:
        """Revisions in force on a date, the last first."""
        return self.filter(effective__lte=date).order_by("-number")


class Revision(models.Model):
    """The whole matrix at one moment. Append-only: true since `effective`, said at `recorded_at`."""

    class Kind(models.TextChoices):
        CHANGE = "change", "Change"
        CORRECTION = "correction", "Correction"

    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    effective = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    author = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    message = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CHANGE)
    source_url = models.URLField(blank=True, max_length=2000)
    source_name = models.CharField(max_length=255, blank=True)
    source = models.BinaryField(null=True, blank=True)
    value = models.JSONField()

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["matrix", "number"], name="revision_number_once_in_matrix")]

    def __str__(self) -> str:
        return f"Revision {self.number} of {self.effective.isoformat()}"


class Change(models.Model):
    """One difference a revision made, told as readers see it."""

    class What(models.TextChoices):
        ADDED = "added", "Added"
        RETIRED = "retired", "Retired"
        RENAMED = "renamed", "Renamed"
        MOVED = "moved", "Moved"
        RATED = "rated", "Rated"
        OWNER = "owner", "Owner"
        REFERENCE = "reference", "Reference"
        NOTE = "note", "Note"
        VARIANT = "variant", "Variant"
        ISSUE = "issue", "Issue"
        SECTION = "section", "Section"
        CRITERION = "criterion", "Criterion"
        TEXT = "text", "Text"

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="changes")
    environment = models.ForeignKey(
        Environment, on_delete=models.SET_NULL, null=True, blank=True, related_name="changes"
    )
    name = models.CharField(max_length=500, blank=True)
    what = models.CharField(max_length=10, choices=What)
    field = models.CharField(max_length=500, blank=True)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["revision__number", "position"]
        constraints = [models.UniqueConstraint(fields=["revision", "position"], name="change_position_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.what} {self.field}: {self.old} → {self.new}"
