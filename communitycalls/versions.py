"""Whether a call's file is still true, told without reading the call: by the versions of all that goes into it.

The call's own version rises with every write below it, the matrix's with every change to it. The series' next call is
told by all calls of the series together. What has no version of its own raises that of `Surroundings`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from communitycalls.models import Call, Channel, Contact, Person, SectionPicture, Series, Site, Surroundings
from interop.models import Matrix

AROUND: tuple[type[Model], ...] = (Channel, Contact, Person, SectionPicture, Series, Site)
NAMES_ALONE = (Channel, Person)
VERSIONS = f"""
SELECT c.id, c.version, c.updated_at, c.status,
  (SELECT SUM(o.version) FROM {Call._meta.db_table} o WHERE o.series_id = c.series_id),
  (SELECT COUNT(*) FROM {Call._meta.db_table} o WHERE o.series_id = c.series_id),
  (SELECT MAX(o.updated_at) FROM {Call._meta.db_table} o WHERE o.series_id = c.series_id),
  (SELECT SUM(m.version) FROM {Matrix._meta.db_table} m),
  (SELECT COUNT(*) FROM {Matrix._meta.db_table} m),
  (SELECT MAX(m.id) FROM {Matrix._meta.db_table} m),
  (SELECT MAX(a.version) FROM {Surroundings._meta.db_table} a)
FROM {Call._meta.db_table} c JOIN {Series._meta.db_table} s ON s.id = c.series_id
"""


def note(call: Call, *shown: object) -> str:
    """Versions of everything in a call's files, and what is `shown` of it. Costs one query."""
    return _told(_versions("c.id = %s", call.pk), shown)


def final_note(series: str, date: dt.date, ordinal: int, *shown: object) -> str | None:
    """The same for the call at an address, where its minutes are final; else None. Costs one query."""
    where = "c.status = 'final' AND s.slug = %s AND c.date = %s AND c.ordinal = %s"
    found = _versions(where, series, date, ordinal)
    return _told(found, shown) if found else None


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
