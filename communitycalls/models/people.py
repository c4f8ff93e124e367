from __future__ import annotations

from django.db import models

from communitycalls.models.site import picture_field


class Person(models.Model):
    """Somebody who speaks, asks or attends, known by the name the minutes use."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True)
    affiliation = models.CharField(max_length=200, blank=True)
    picture = picture_field(help_text="Shown on the team's slide in place of initials; square ones look best")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Up to two letters that stand for the person where no picture does."""
        words = self.name.split()
        return (words[0][:2] if len(words) == 1 else words[0][:1] + words[-1][:1]) if words else ""
