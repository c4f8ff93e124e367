"""A value onto the rows of a call: every row is known by its number, changed where it differs, and checked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from django.db import transaction
from django.db.models import Manager, QuerySet

from communitycalls import people
from communitycalls.document import values as v
from communitycalls.importer.checks import fit, refuse_nul, store
from communitycalls.importer.sentences import told
from communitycalls.models import (
    AgendaItem,
    Answer,
    Attendance,
    Call,
    Channel,
    Link,
    MinutesEntry,
    Outlook,
    Person,
    Presenter,
    Question,
    Speaker,
)
from communitycalls.slugs import free_slug
from interop.document import DocumentError, codec
from interop.models import Environment

PROMISES = {"placeholder": True, "absent": False}

Beside = TypeVar("Beside", Presenter, Speaker)
People = Mapping[str, Person]
Places = Mapping[str, Environment]


def apply(document: v.CallDocument, call: Call) -> None:
    """Make the rows of a saved call say what a value says, in one transaction, and raise its version.

    Address, status and recorded matrix changes stay as they are: they have acts of their own. What no value holds
    (private notes, lineage) stays with its row. Raises DocumentError with a sentence; then nothing is changed.
    """
    refuse_nul(document)
    with transaction.atomic():
        known, places = _find_people(document), find_environments(document)
        _write_head(document, call)
        _write_links(document.links, call)
        items = _write_agenda(document.agenda, call, known, places)
        _write_entries(document.minutes.entries, call, known, items)
        _write_questions(document.questions, call, known, places)
        _write_releases(document.releases, call)
        _write_attendance(document.attendance, call, known)
        call.raise_version()
        call.refresh_from_db(fields=["version"])
        call.save(update_fields=["updated_at"])


def find_environments(document: v.CallDocument) -> dict[str, Environment]:
    """The environments a value names, by "matrix/environment"; unknown ones are left out. Costs up to one query."""
    named: tuple[v.AgendaItem | v.Question, ...] = (*document.agenda, *document.questions)
    wanted = {place for one in named for place in one.environments}
    slugs = [place.partition("/")[2] for place in wanted]
    rows = Environment.objects.filter(slug__in=slugs).select_related("matrix") if slugs else []
    return {place: row for row in rows if (place := f"{row.matrix.slug}/{row.slug}") in wanted}


def _find_people(document: v.CallDocument) -> People:
    try:
        return people.find(_names(document))
    except ValueError as error:
        raise DocumentError(str(error)) from error


def _names(document: v.CallDocument) -> Iterable[str]:
    for item in document.agenda:
        yield from item.presenters
    for entry in document.minutes.entries:
        yield from (*entry.speakers, entry.assignee)
    for question in document.questions:
        yield from (question.asked_by or "", *(answer.speaker for answer in question.answers))
    yield from (one.name for one in document.attendance)


def _write_head(document: v.CallDocument, call: Call) -> None:
    store(
        call,
        f"The call of {document.date}",
        title=document.title,
        start=document.start or call.start,
        timezone=document.timezone,
        duration=document.duration,
        introduction=document.introduction,
        minutes_introduction=document.minutes.introduction,
        minutes_promised=PROMISES.get(document.minutes.status, call.minutes_promised),
        unread=codec.dump(document.unread),
    )


def _write_links(links: Sequence[v.Link], call: Call) -> None:
    rows = fit(list(call.links.all()), len(links), lambda: Link(call=call))
    for position, (row, link) in enumerate(zip(rows, links, strict=True), 1):
        fields = {"kind": link.kind, "label": link.label, "url": link.url, "details": link.details}
        store(row, f"Link {position}", position=position, **fields)


def _write_agenda(items: Sequence[v.AgendaItem], call: Call, known: People, places: Places) -> dict[int, AgendaItem]:
    """The rows by number."""
    there = {row.number: row for row in call.agenda.prefetch_related("presenter_rows__person", "environments__matrix")}
    _drop(call.agenda.all(), there, items)
    rows = {}
    for position, item in enumerate(items, 1):
        row = store(
            there.get(item.number) or AgendaItem(call=call, number=item.number),
            f"Agenda item {item.number}",
            position=position,
            title=item.title,
            kind=item.kind,
            body=item.body,
            minutes=item.minutes,
            slide_notes=item.slide_notes,
        )
        _write_people(row.presenter_rows, item.presenters, partial(Presenter, item=row), known)
        _link(row, _places(item.environments, places))
        rows[item.number] = row
    return rows


def _write_entries(
    entries: Sequence[v.MinutesEntry], call: Call, known: People, items: Mapping[int, AgendaItem]
) -> None:
    there = {row.number: row for row in call.entries.prefetch_related("speaker_rows__person")}
    _drop(call.entries.all(), there, entries)
    for position, entry in enumerate(entries, 1):
        row = store(
            there.get(entry.number) or MinutesEntry(call=call, number=entry.number),
            f"Minutes entry {entry.number}",
            position=position,
            kind=entry.kind,
            text=entry.text,
            agenda_item=items.get(entry.agenda_item or 0),
            offset=entry.offset,
            assignee=known.get(entry.assignee),
            due=entry.due,
        )
        _write_people(row.speaker_rows, entry.speakers, partial(Speaker, entry=row), known)


def _write_people(rows: "Manager[Beside]", names: Iterable[str], make: Callable[..., Beside], known: People) -> None:
    """The people of an item or an entry, each once and in order, anew where they are others."""
    wanted = list(dict.fromkeys(names))
    if [one.person.name for one in rows.all()] == wanted:
        return
    rows.all().delete()
    for position, name in enumerate(wanted, 1):
        row = make(person=known[name])
        store(row, f"{type(row).__name__} {told(name)}", position=position)


def _write_questions(questions: Sequence[v.Question], call: Call, known: People, places: Places) -> None:
    there = {row.number: row for row in call.questions.prefetch_related("answers", "environments__matrix")}
    _drop(call.questions.all(), there, questions)
    for position, question in enumerate(questions, 1):
        row = store(
            there.get(question.number) or Question(call=call, number=question.number),
            f"Question {question.number}",
            position=position,
            text=question.text,
            asked_by=known.get(question.asked_by or ""),
            state=question.state,
        )
        _write_answers(question, row, known)
        _link(row, _places(question.environments, places))


def _write_answers(question: v.Question, row: Question, known: People) -> None:
    rows = fit(list(row.answers.all()), len(question.answers), lambda: Answer(question=row))
    for position, (one, answer) in enumerate(zip(rows, question.answers, strict=True), 1):
        subject = f"Answer {position} to question {question.number}"
        store(one, subject, speaker=known.get(answer.speaker), text=answer.text, position=position)


def _write_releases(releases: Sequence[v.Release], call: Call) -> None:
    there = {row.number: row for row in call.outlooks.select_related("channel")}
    _drop(call.outlooks.all(), there, releases)
    for release in releases:
        store(
            there.get(release.number) or Outlook(call=call, number=release.number),
            f"Release {release.number}",
            channel=_find_channel(release.channel),
            version=release.version or "",
            date=release.date,
            granularity=release.granularity or "",
            outlook=release.outlook,
            kind=release.kind or "",
            highlights=release.highlights,
        )


def _find_channel(name: str | None) -> Channel | None:
    """The channel of a name, made after all others where there is none. Costs up to five queries."""
    if not name:
        return None
    found = Channel.objects.filter(name=name).first()
    if found is not None:
        return found
    slug = free_slug(name, Channel.objects.all(), "channel", 60)
    return store(Channel(name=name), f"Channel {told(name)}", slug=slug, position=Channel.objects.count() + 1)


def _write_attendance(attendance: Sequence[v.Attendance], call: Call, known: People) -> None:
    wanted = list(dict.fromkeys((one.name, one.role) for one in attendance))
    if [(row.person.name, row.role) for row in call.attendance.select_related("person")] == wanted:
        return
    call.attendance.all().delete()
    for position, (name, role) in enumerate(wanted, 1):
        row = Attendance(call=call, person=known[name], role=role)
        store(row, f"Attendance of {told(name)}", position=position)


def _drop(
    rows: "QuerySet[AgendaItem] | QuerySet[MinutesEntry] | QuerySet[Question] | QuerySet[Outlook]",
    there: Iterable[int],
    kept: Sequence[v.AgendaItem | v.MinutesEntry | v.Question | v.Release],
) -> None:
    """Delete the rows whose numbers, of those there, are not kept; no query where all are."""
    numbers = {one.number for one in kept}
    if not numbers.issuperset(there):
        rows.exclude(number__in=numbers).delete()


def _link(row: AgendaItem | Question, environments: list[Environment]) -> None:
    if set(row.environments.all()) != set(environments):
        row.environments.set(environments)


def _places(names: Iterable[str], places: Places) -> list[Environment]:
    """The environments of these names. Raises DocumentError where one is unknown."""
    for name in names:
        if name not in places:
            raise DocumentError(f"{name!r} is no environment here. Write matrix and environment, like support/ec2.")
    return [places[name] for name in names]
