"""The community's name and branding: one row."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Write a colour as # and six hexadecimal digits, for example #0b6b6b.")


class Site(models.Model):
    """Branding and contacts of the whole site; row 1 is the only one."""

    name = models.CharField(max_length=120, default="Community Calls", help_text="The community's name")
    tagline = models.CharField(max_length=200, blank=True)
    accent = models.CharField(max_length=7, default="#0b6b6b", validators=[COLOUR])
    deck_theme = models.CharField(max_length=40, default="harbour")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_site")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> Site:
        """The site's row, or its defaults before anybody set them. Costs one query."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class Contact(models.Model):
    """A way to reach the community, shown in the footer and on the last slide."""

    label = models.CharField(max_length=80)
    text = models.CharField(max_length=120)
    url = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"
