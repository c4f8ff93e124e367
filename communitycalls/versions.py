"""Whether a call's file is still true, told without reading the call: by the versions of all that goes into it.

The call's own version rises with every write below it, the matrix's with every change to it. The series' next call is
told by all calls of the series together. What has no version of its own raises that of `Surroundings`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from communitycalls.models import (
    Attendance,
    Call,
    Channel,
    Contact,
    MinutesEntry,
    Person,
    Question,
    RecordedChange,
    SectionPicture,
    Series,
    Site,
    Surroundings,
)
from interop.models import Matrix

AROUND: tuple[type[Model], ...] = (Channel, Contact, Person, SectionPicture, Series, Site)
NAMES_ALONE = (Channel, Person)
STATUS = 3
RECORDS = (MinutesEntry, Question, RecordedChange, Attendance)
RECORDED = " OR ".join(f"EXISTS (SELECT 1 FROM {rows._meta.db_table} r WHERE r.call_id = c.id)" for rows in RECORDS)
VERSIONS = f"""
SELECT c.id, c.version, c.updated_at, c.status,
  (SELECT SUM(o.version) FROM {Call._meta.db_table} o WHERE o.series_id = c.series_id),
  (SELECT COUNT(*) FROM {Call._meta.db_table} o WHERE o.series_id = c.series_id),
  (SELECT MAX(o.updated_at) FROM {Call._meta.db_table} o WHERE o.series_id = c.series_id),
  (SELECT SUM(m.version) FROM {Matrix._meta.db_table} m),
  (SELECT COUNT(*) FROM {Matrix._meta.db_table} m),
  (SELECT MAX(m.id) FROM {Matrix._meta.db_table} m),
  (SELECT MAX(a.version) FROM {Surroundings._meta.db_table} a),
  c.start, c.duration,
  CASE WHEN c.status = 'held' AND c.minutes_introduction = '' AND NOT ({RECORDED}) THEN 1 ELSE 0 END
FROM {Call._meta.db_table} c JOIN {Series._meta.db_table} s ON s.id = c.series_id
"""


def note(call: Call, *shown: object) -> str:
    """Versions of everything in a call's files, and what is `shown` of it. Costs one query."""
    return _told(_versions("c.id = %s", call.pk), shown)


@dataclass(frozen=True)
class Public:
    """What a visitor may see of a call, as `access.sees_minutes` and `may_join` say it; `versions` are as in a note."""

    versions: tuple[object, ...]
    sees_minutes: bool
    may_join: bool

    def note(self, *shown: object) -> str:
        """As `note` says it."""
        return _told(self.versions, shown)


def public(series: str, date: dt.date, ordinal: int) -> Public | None:
    """The call at an address for somebody without an account; None where there is none to see. Costs one query."""
    where = "c.status <> 'draft' AND s.slug = %s AND c.date = %s AND c.ordinal = %s"
    found = _versions(where, series, date, ordinal)
    if found is None:
        return None
    *_, start, duration, is_unwritten = found
    status = found[STATUS]
    ahead = status == Call.Status.ANNOUNCED and _end(start, duration) > timezone.now()
    return Public(found, status == Call.Status.FINAL or is_unwritten == 1, ahead or status == Call.Status.LIVE)


def _end(start: Any, minutes: Any) -> dt.datetime:
    """When a call ends. SQLite tells moments as texts in UTC."""
    moment = start if isinstance(start, dt.datetime) else dt.datetime.fromisoformat(start)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware + dt.timedelta(minutes=minutes)


def _told(found: tuple[object, ...] | None, shown: tuple[object, ...]) -> str:
    return repr((found, settings.SITE_URL, settings.MEDIA_URL, settings.STATIC_URL, shown))


def _versions(where: str, *values: str | int | dt.date) -> tuple[object, ...] | None:
    """One row of versions of a call and what stands around it. By hand: it is asked for with every file."""
    with connection.cursor() as cursor:
        cursor.execute(f"{VERSIONS} WHERE {where}", values)
        found: tuple[object, ...] | None = cursor.fetchone()
    return found


def register() -> None:
    """Let what stands around calls raise its version when it changes."""
    for model in AROUND:
        name = f"surroundings-{model.__name__}"
        post_save.connect(_saved, sender=model, dispatch_uid=name)
        post_delete.connect(_deleted, sender=model, dispatch_uid=name)


def _saved(sender: type[Model], *, created: bool, raw: bool, **told: Any) -> None:
    """A new person or channel is in no file yet."""
    if not raw and not (created and sender in NAMES_ALONE):
        Surroundings.rise()


def _deleted(sender: type[Model], **told: Any) -> None:
    Surroundings.rise()
