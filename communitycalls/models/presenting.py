from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from communitycalls.models.calls import Call

if TYPE_CHECKING:
    from django.contrib.auth.models import User

IDLE = dt.timedelta(hours=3)
LOST = dt.timedelta(minutes=3)


class Presentation(models.Model):
    """Where the presenter of a call is: one row a call, read by every window that keeps in step.

    `slide` counts in the deck that editors see, `public_slide` in that of visitors; `deck` and `public_deck` name the
    versions of those that the presenter's window shows. `step` rises with every move. `window` names the window that
    presents, "" for one that gave no name; it is heard of (`seen_at`) while it is open.
    """

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="presentation")
    presenter = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    window = models.CharField(max_length=40, blank=True, default="")
    is_on = models.BooleanField(default=True)
    is_black = models.BooleanField(default=False)
    slide = models.PositiveSmallIntegerField(default=1)
    public_slide = models.PositiveSmallIntegerField(default=1)
    deck = models.CharField(max_length=16, blank=True, default="")
    public_deck = models.CharField(max_length=16, blank=True, default="")
    step = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Slide {self.slide} of {self.call}"

    def is_running(self, at: dt.datetime) -> bool:
        """Whether it goes on at a moment: it was not ended, its window not closed, and it not left alone for hours."""
        return self.is_on and self.moved_at > at - IDLE and self.seen_at > at - LOST

    def is_kept_from(self, window: str, at: dt.datetime) -> bool:
        """Whether another window presents at a moment."""
        return self.window != window and self.is_running(at)

    @classmethod
    def of(cls, call: Call) -> Presentation | None:
        """The call's presentation with who presents, None where there never was one. Costs one query."""
        return cls.objects.select_related("presenter").filter(call=call).first()

    def move(self, window: str, by: User | None, at: dt.datetime, **where: Any) -> bool:
        """Put the presentation where a window says; False where another window presents. Costs one query."""
        if not (self.window == window and self.is_running(at)):
            where["began_at"] = at
        moved = {"window": window, "presenter": by, "moved_at": at, "seen_at": at, **where}
        return bool(self._free(window, at).update(step=F("step") + 1, **moved))

    def give(self, window: str, by: User | None, at: dt.datetime) -> None:
        """Let another window present from where the presentation is. Costs one query."""
        taken = {"window": window, "presenter": by, "is_on": True, "began_at": at, "moved_at": at, "seen_at": at}
        Presentation.objects.filter(pk=self.pk).update(step=F("step") + 1, **taken)

    def hear_of(self, window: str, at: dt.datetime) -> bool:
        """Note that the window that presents is open still; False where it is another one's. Costs one query."""
        return bool(Presentation.objects.filter(pk=self.pk, window=window).update(seen_at=at))

    def _free(self, window: str, at: dt.datetime) -> models.QuerySet[Presentation]:
        """This row, where no other window presents: asked in the very query that moves it."""
        is_free = Q(window=window) | Q(is_on=False) | Q(moved_at__lte=at - IDLE) | Q(seen_at__lte=at - LOST)
        return Presentation.objects.filter(is_free, pk=self.pk)
