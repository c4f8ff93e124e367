from __future__ import annotations

from django.db import models

from communitycalls.models.calls import Call


class Aside(models.Model):
    """What no value of a call holds of a row that was removed: private notes, lineage. Given back with its number.

    `section` is agenda, entries, questions or releases, `key` the key the row had. Never public.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="asides")
    section = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    key = models.BigIntegerField(default=0)
    kept = models.JSONField()
    laid_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.section} {self.number} of {self.call}"
