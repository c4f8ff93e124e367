from __future__ import annotations

import datetime as dt

from django.db import models

from communitycalls.models.calls import Call

IDLE = dt.timedelta(hours=3)


class Presentation(models.Model):
    """Where the presenter of a call is: one row a call, read by every window that keeps in step.

    `slide` counts in the deck that editors see, `public_slide` in that of visitors; `step` rises with every move.
    """

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="presentation")
    is_on = models.BooleanField(default=True)
    is_black = models.BooleanField(default=False)
    slide = models.PositiveSmallIntegerField(default=1)
    public_slide = models.PositiveSmallIntegerField(default=1)
    step = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Slide {self.slide} of {self.call}"

    def is_running(self, at: dt.datetime) -> bool:
        """Whether it goes on at a moment: it was neither ended nor left alone for hours."""
        return self.is_on and self.moved_at > at - IDLE
