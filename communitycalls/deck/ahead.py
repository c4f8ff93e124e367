"""Decks drawn ahead: when a call is announced or its minutes are final, before the first reader asks.

A thread of its own does it after the change is committed, so that the editor's click waits for nothing. What it cannot
do is left for the first reader; it never disturbs a request, and ends with its process.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
from contextlib import suppress
from functools import partial

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import close_old_connections, connections, transaction

from communitycalls.access import sees_minutes
from communitycalls.models import Call

LOG = logging.getLogger(__name__)
MOST_WAITING = 20
STATES = (Call.Status.ANNOUNCED, Call.Status.FINAL)


class Drawer:
    """Draws the decks of calls, one after the other, in a thread that is started when first needed."""

    def __init__(self) -> None:
        self._calls: queue.Queue[int] = queue.Queue(MOST_WAITING)
        self._lock = threading.Lock()
        self._owner = 0

    def order(self, call: int) -> None:
        """Have the deck of a call drawn soon. Where many wait already it is left for its first reader."""
        with self._lock:
            if self._owner != os.getpid():
                self._calls, self._owner = queue.Queue(MOST_WAITING), os.getpid()
                threading.Thread(target=self._work, args=(self._calls,), name="decks ahead", daemon=True).start()
            with suppress(queue.Full):
                self._calls.put_nowait(call)

    def wait(self) -> None:
        """Return when all that was ordered is drawn, or given up."""
        self._calls.join()

    def _work(self, calls: queue.Queue[int]) -> None:
        while True:
            call = calls.get()
            try:
                close_old_connections()
                draw(call)
            except Exception:  # a thread has nobody to tell; the first reader will be told
                LOG.warning("The deck of call %s could not be drawn ahead.", call, exc_info=True)
            finally:
                connections.close_all()
                calls.task_done()


DRAWER = Drawer()


def order(call: Call) -> None:
    """Have a call's deck drawn once the transaction is committed, where this site does so (`DECKS_AHEAD`)."""
    if call.status in STATES and getattr(settings, "DECKS_AHEAD", not settings.TESTING):
        transaction.on_commit(partial(DRAWER.order, call.pk), robust=True)


def draw(call: int) -> None:
    """Draw a call's deck as the public sees it, unless it is drawn already. Raises DeckError."""
    from communitycalls.views.slides import file_of  # noqa: PLC0415 -- views know states, which order this

    row = Call.objects.published().select_related("series").filter(pk=call).first()
    if row is not None:
        file_of("deck", row, whole=sees_minutes(AnonymousUser(), row))
