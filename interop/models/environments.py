"""An environment and everything its row and its page say."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from interop.models.matrices import (
    LONG_TEXT,
    Criterion,
    KnownIssue,
    Level,
    Matrix,
    Section,
)


class EnvironmentQuerySet(models.QuerySet["Environment"]):
    def active(self) -> EnvironmentQuerySet:
        """Environments that are in the matrix today."""
        return self.filter(retired_on=None)

    def counted(self) -> EnvironmentQuerySet:
        """Active environments that stand for themselves, not for "anything else"."""
        return self.active().filter(catch_all=False)

    def vacant(self) -> EnvironmentQuerySet:
        """Counted environments without an owner."""
        return self.counted().filter(owners=None)


class Environment(models.Model):
    """A row of a matrix. It never disappears: it is retired. Its slug is its address for ever."""

    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="environments")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="environments")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120)
    name_written = models.CharField(max_length=300, blank=True, help_text="The cell, where it is not the bare name")
    owner_written = models.CharField(max_length=500, blank=True)
    reference_written = models.TextField(blank=True)
    notes = models.TextField(blank=True, help_text="Markdown", validators=LONG_TEXT)
    issues_written = models.TextField(blank=True)
    texts = models.JSONField(default=list, blank=True, editable=False)
    overflow = models.JSONField(default=list, blank=True, editable=False)
    missing = models.PositiveSmallIntegerField(default=0, editable=False)
    catch_all = models.BooleanField(default=False)
    detail_title = models.CharField(max_length=200, blank=True)
    detail = models.TextField(blank=True, help_text="Markdown of the environment's own page", validators=LONG_TEXT)
    retired_on = models.DateField(null=True, blank=True)
    retired_reason = models.TextField(blank=True)
    successor = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    objects = EnvironmentQuerySet.as_manager()

    class Meta:
        ordering = ["section__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "slug"], name="environment_slug_once_in_matrix"),
            models.CheckConstraint(
                condition=Q(retired_on=None) | ~Q(retired_reason=""), name="environment_retired_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """May cost a query for the matrix, unless it is loaded."""
        return reverse("interop:environment", args=[self.matrix.slug, self.slug])


class PageSource(models.Model):
    """An environment's detail page as it came in: the very bytes. Append-only; the last one counts."""

    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="sources")
    name = models.CharField(max_length=255, blank=True)
    source = models.BinaryField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Owner(models.Model):
    """Who looks after an environment: a person, a team (`@org/team`) or a role, as written."""

    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="owners")
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["environment", "position"], name="owner_position_once")]

    def __str__(self) -> str:
        return self.name


class Reference(models.Model):
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="references")
    label = models.CharField(max_length=500)
    url = models.CharField(max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label


class EnvironmentIssue(models.Model):
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="issues")
    issue = models.ForeignKey(KnownIssue, on_delete=models.CASCADE, related_name="environments")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["environment", "issue"], name="issue_once_in_environment")]

    def __str__(self) -> str:
        return f"{self.issue} in {self.environment}"


class Variant(models.Model):
    """A flavour of an environment."""

    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="variants")
    name = models.CharField(max_length=200)
    recommended = models.BooleanField(default=False)
    description = models.TextField(blank=True, help_text="Markdown", validators=LONG_TEXT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["environment", "name"], name="variant_name_once_in_environment"),
            models.UniqueConstraint(
                fields=["environment"], condition=Q(recommended=True), name="one_recommended_variant"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Cell(models.Model):
    """One rating cell as its author wrote it; its ratings say what was understood. No row means not stated."""

    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="cells")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="cells")
    written = models.TextField(blank=True)

    class Meta:
        ordering = ["criterion__position"]
        constraints = [models.UniqueConstraint(fields=["environment", "criterion"], name="cell_once")]

    def __str__(self) -> str:
        return self.written


class Rating(models.Model):
    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, related_name="ratings")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, blank=True, related_name="ratings")
    uncertain = models.BooleanField(default=False)
    words = models.CharField(max_length=500, blank=True)
    variant = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["cell", "position"], name="rating_position_once")]

    def __str__(self) -> str:
        return f"{self.level.code if self.level else ''}{' ?' if self.uncertain else ''} {self.words}".strip()


class Advisory(models.Model):
    class Kind(models.TextChoices):
        NOTE = "note", "Note"
        WARNING = "warning", "Warning"

    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="advisories")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, null=True, blank=True, related_name="advisories")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NOTE)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(help_text="Markdown", validators=LONG_TEXT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "advisories"

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class PublishedImage(models.Model):
    """One image of a console listing: `facts` pairs each column's header with its cell."""

    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="images")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, null=True, blank=True, related_name="images")
    listing = models.PositiveSmallIntegerField(default=0, help_text="Which listing of the page, from 0")
    command = models.TextField(blank=True)
    facts = models.JSONField(default=list)
    elided = models.BooleanField(default=False, help_text="The listing left images out")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["listing", "position"]
        constraints = [
            models.UniqueConstraint(fields=["environment", "listing", "position"], name="image_position_once")
        ]

    def __str__(self) -> str:
        return " ".join(str(cell) for _, cell in self.facts)
