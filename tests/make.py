"""Rows for tests: plain functions of keyword arguments, no random values, no surprises."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from communitycalls.models import AgendaItem, Answer, Call, MinutesEntry, Person, Question, Series
from communitycalls.roles import ensure_editors
from interop.models import Cell, Criterion, Environment, Level, Matrix, Owner, Rating, Section


def make_editor(name: str = "edith") -> User:
    user = User.objects.create_user(name, password="a quiet harbour")
    user.groups.add(ensure_editors())
    return user


def make_maintainer(name: str = "mira") -> User:
    return User.objects.create_superuser(name, password="a quiet harbour")


def make_user(name: str = "una") -> User:
    """Somebody with an account and no role."""
    return User.objects.create_user(name, password="a quiet harbour")


def make_series(slug: str = "community-call", **fields: Any) -> Series:
    defaults = {"name": slug.replace("-", " ").capitalize(), "timezone": "Europe/Berlin"}
    return Series.objects.get_or_create(slug=slug, defaults=defaults | fields)[0]


def make_call(date: str = "2021-05-11", status: str = "final", **fields: Any) -> Call:
    """A call at 15:30 UTC on a date; `series` may be given."""
    day = dt.date.fromisoformat(date)
    defaults: dict[str, Any] = {
        "series": fields.pop("series", None) or make_series(),
        "title": f"Community call, {day:%-d %B %Y}",
        "start": dt.datetime.combine(day, dt.time(15, 30), tzinfo=dt.UTC),
        "timezone": "Europe/Berlin",
    }
    return Call.objects.create(date=day, status=status, **(defaults | fields))


def make_person(name: str = "Thilo", **fields: Any) -> Person:
    defaults = {"slug": name.lower().replace(" ", "-")} | fields
    return Person.objects.get_or_create(name=name, defaults=defaults)[0]


def make_item(call: Call, title: str = "Welcome", **fields: Any) -> AgendaItem:
    number = call.agenda.count() + 1
    return AgendaItem.objects.create(**({"call": call, "number": number, "position": number, "title": title} | fields))


def make_entry(call: Call, text: str = "Thilo opens the call.", **fields: Any) -> MinutesEntry:
    number = call.entries.count() + 1
    return MinutesEntry.objects.create(**({"call": call, "number": number, "position": number, "text": text} | fields))


def make_question(call: Call, text: str = "Does it boot?", answers: dict[str, str] | None = None) -> Question:
    number = call.questions.count() + 1
    question = Question.objects.create(call=call, number=number, position=number, text=text)
    for position, (name, answer) in enumerate((answers or {}).items(), 1):
        Answer.objects.create(question=question, speaker=make_person(name), text=answer, position=position)
    return question


def make_matrix(slug: str = "support", title: str = "Support matrix") -> Matrix:
    """A matrix with one criterion (L1 full, L2 works, x none), one section and an owner column."""
    columns = [
        {"role": "environment", "header": "Environment", "criterion": ""},
        {"role": "criterion", "header": "Support level", "criterion": "support-level"},
        {"role": "owner", "header": "Owner", "criterion": ""},
        {"role": "reference", "header": "Reference", "criterion": ""},
        {"role": "notes", "header": "Notes", "criterion": ""},
    ]
    matrix = Matrix.objects.create(slug=slug, title=title, columns=columns)
    criterion = Criterion.objects.create(matrix=matrix, key="support-level", name="Support level", position=1)
    for position, (code, meaning, tone) in enumerate(
        [("L1", "Every feature, tested", "full"), ("L2", "Tested", "works"), ("x", "", "none")], 1
    ):
        Level.objects.create(criterion=criterion, code=code, meaning=meaning, tone=tone, position=position)
    Section.objects.create(matrix=matrix, name="Public cloud", position=1)
    return matrix


def make_environment(
    matrix: Matrix, name: str = "EC2", level: str = "L2", owner: str = "", **fields: Any
) -> Environment:
    """An environment in the matrix's first section, rated for its first criterion where `level` is not ""."""
    position = matrix.environments.count() + 1
    section = matrix.sections.first()
    assert section is not None
    defaults: dict[str, Any] = {"slug": name.lower().replace(" ", "-"), "position": position, "section": section}
    row = Environment.objects.create(
        matrix=matrix, name=name, owner_written=owner or "[no owner]", **(defaults | fields)
    )
    if owner:
        Owner.objects.create(environment=row, name=owner, position=1)
    criterion = matrix.criteria.first()
    if level and criterion is not None:
        cell = Cell.objects.create(environment=row, criterion=criterion, written=level)
        Rating.objects.create(cell=cell, level=criterion.levels.get(code=level), position=1)
    return row
