"""Loads the demo community through the doors that real documents and real editors use.

What the documents beside this module say is retold from the public record of a Linux distribution and of two
projects around it; some questions and answers are made up. Loading again changes nothing.
"""

import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from communitycalls import importer
from communitycalls.demo.accounts import ACCOUNTS, PASSWORD
from communitycalls.document.values import AgendaItem, CallDocument
from communitycalls.models import Call, Contact, Series, Site
from communitycalls.recording import record
from communitycalls.roles import ensure_editors
from communitycalls.schedule import occurrences, start_of
from interop.document import codec
from interop.document.identity import carry_slugs
from interop.exporter import read_matrix
from interop.history import Note
from interop.intake import Version, bring_in, load_page, read_environment_page, read_version
from interop.models import Environment, Matrix

HERE = Path(__file__).parent

Say = Callable[[str], None]


def load_demo(now: dt.datetime, say: Say) -> None:
    """Load everything, in one transaction. `now` is aware; `say` is told each step."""
    with transaction.atomic():
        say("people and series")
        _load_site()
        _load_accounts()
        _load_series()
        say("calls")
        for path in sorted((HERE / "calls").glob("*.toml")):
            _load_call(path, now)
        say("the interop matrices")
        _load_distribution()
        _load_liqo()
        say("calls to come")
        _load_upcoming(now)


def _load_site() -> None:
    data = tomllib.loads((HERE / "site.toml").read_text())
    Site.objects.get_or_create(pk=1, defaults=data["site"])
    for position, contact in enumerate(data["contacts"], 1):
        Contact.objects.get_or_create(label=contact["label"], defaults=contact | {"position": position})


def _load_accounts() -> None:
    group = ensure_editors()
    for name, is_maintainer in ACCOUNTS.items():
        user, new = User.objects.get_or_create(
            username=name, defaults={"is_staff": is_maintainer, "is_superuser": is_maintainer}
        )
        if new:
            user.set_password(PASSWORD)
            user.save()
            user.groups.add(group)


def _load_series() -> None:
    data = tomllib.loads((HERE / "series.toml").read_text())
    for position, fields in enumerate(data["series"], 1):
        row = Series(**fields, position=position)
        if not Series.objects.filter(slug=row.slug).exists():
            row.full_clean()
            row.save()


def _load_call(path: Path, now: dt.datetime) -> None:
    document = codec.load(CallDocument, tomllib.loads(path.read_text()))
    if not Call.objects.filter(series__slug=document.series, date=document.date).exists():
        importer.load(document, name=path.name, now=now)


def _load_distribution() -> None:
    about = tomllib.loads((HERE / "matrices" / "distribution.toml").read_text())
    if Matrix.objects.filter(slug="distribution").exists():
        return
    matrix = Matrix.objects.create(
        slug="distribution", title=about["title"], tracker_url=about["tracker_url"], position=1
    )
    for entry in about["versions"]:
        _record(matrix, read_version(HERE / "matrices" / "distribution" / entry["file"]), entry)
    page, _, _ = read_environment_page(HERE / "matrices" / "capz.md")
    load_page(Environment.objects.get(matrix=matrix, slug="capz"), page)


def _record(matrix: Matrix, version: Version, entry: dict[str, Any]) -> None:
    note = Note(
        effective=entry["effective"],
        author=entry.get("author", ""),
        message=entry["message"],
        kind=entry.get("kind", "change"),
        source=version.source,
        source_name=version.name,
    )
    series, _, date = entry.get("call", "").partition("/")
    call = Call.objects.get(series__slug=series, date=date) if date else None
    record(matrix, carry_slugs(read_matrix(matrix), version.matrix), note, call=call)


def _load_liqo() -> None:
    if not Matrix.objects.filter(slug="liqo").exists():
        version = read_version(HERE / "matrices" / "liqo.md")
        bring_in("liqo", [version], Note(dt.date(2025, 3, 6), message="Read from the project's own page"))
        Matrix.objects.filter(slug="liqo").update(position=2)


def _load_upcoming(now: dt.datetime) -> None:
    for entry in tomllib.loads((HERE / "upcoming.toml").read_text())["calls"]:
        series = Series.objects.get(slug=entry["series"])
        if not series.calls.filter(start__gt=now).exists():
            date = next(occurrences(series.recurrence, now.date()))
            start = start_of(date, series.start_time, series.timezone)
            data = entry | {"date": date, "title": f"{series.name}, {date:%B %Y}", "start": start}
            importer.load(_document(data, series), name="upcoming.toml", now=now, draft=entry["status"] == "draft")


def _document(data: dict[str, Any], series: Series) -> CallDocument:
    agenda = tuple(codec.load(AgendaItem, item) for item in data.pop("agenda"))
    return CallDocument(**data, agenda=agenda, timezone=series.timezone, duration=series.duration)
