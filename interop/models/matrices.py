"""A matrix, its scheme (criteria and levels) and its sections."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F
from django.urls import get_script_prefix

from interop.document.values import Tone

LONG_TEXT = [MaxLengthValidator(64_000)]


class Matrix(models.Model):
    """One support matrix. `version` rises with every write below it: edit token, ETag and cache key at once."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True, help_text="Markdown", validators=LONG_TEXT)
    conclusion = models.TextField(blank=True, help_text="Markdown below the tables", validators=LONG_TEXT)
    issues_introduction = models.TextField(
        blank=True, help_text="Markdown above the known issues", validators=LONG_TEXT
    )
    columns = models.JSONField(default=list, blank=True, editable=False)
    unread = models.JSONField(default=list, blank=True, editable=False)
    tracker_url = models.URLField(blank=True, help_text="Where #107 leads, for example https://example.org/issues/")
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["position", "title"]
        verbose_name_plural = "matrices"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Not by `reverse`: for one address a command would load every page of the site."""
        return f"{get_script_prefix()}interop/{self.slug}/"

    def raise_version(self, seen: int | None = None) -> bool:
        """Raise the version; False where `seen` is given and somebody else raised it meanwhile. Costs one query."""
        rows = Matrix.objects.filter(pk=self.pk)
        if seen is not None:
            rows = rows.filter(version=seen)
        return rows.update(version=F("version") + 1) == 1


class Criterion(models.Model):
    """A column that rates. `position` is its place among the columns."""

    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="criteria")
    key = models.SlugField()
    name = models.CharField(max_length=120)
    legend = models.TextField(blank=True, help_text="Markdown above the levels", validators=LONG_TEXT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "criteria"
        constraints = [models.UniqueConstraint(fields=["matrix", "key"], name="criterion_key_once_in_matrix")]

    def __str__(self) -> str:
        return self.name


class Level(models.Model):
    """One value of a criterion, with its meaning: a line of the legend. `x` and `X` are two levels."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="levels")
    code = models.CharField(max_length=60)
    symbol = models.CharField(max_length=16, blank=True)
    name = models.CharField(max_length=120, blank=True)
    meaning = models.TextField(blank=True, validators=LONG_TEXT)
    tone = models.CharField(max_length=10, choices=[(tone.value, tone.value) for tone in Tone], default=Tone.UNKNOWN)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["criterion", "code"], name="level_code_once_in_criterion")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class Section(models.Model):
    """A heading with one table; without `has_table` a heading above others. `columns` only where they are its own."""

    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(max_length=200, blank=True)
    introduction = models.TextField(blank=True, help_text="Markdown", validators=LONG_TEXT)
    conclusion = models.TextField(blank=True, help_text="Markdown below the table", validators=LONG_TEXT)
    heading_level = models.PositiveSmallIntegerField(default=2)
    columns = models.JSONField(default=list, blank=True, editable=False)
    has_table = models.BooleanField(default=True)
    placeholders = models.PositiveSmallIntegerField(default=0, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class KnownIssue(models.Model):
    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="known_issues")
    code = models.CharField(max_length=120)
    definition = models.TextField(blank=True, help_text="Markdown", validators=LONG_TEXT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["matrix", "code"], name="issue_code_once_in_matrix")]

    def __str__(self) -> str:
        return self.code
