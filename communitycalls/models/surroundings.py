"""A number for everything that slides show beside their call and that has no version of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import F


class Surroundings(models.Model):
    """One row. `version` rises when the site's look, contacts, a series, a channel or a person's name changes."""

    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_surroundings")]

    def __str__(self) -> str:
        return f"Surroundings {self.version}"

    @classmethod
    def rise(cls) -> None:
        """Raise the version. Costs one query, the first time three."""
        if not cls.objects.filter(pk=1).update(version=F("version") + 1):
            cls.objects.get_or_create(pk=1, defaults={"version": 1})
