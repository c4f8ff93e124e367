"""Forms of the agenda, and the quick line in which an item is written."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import QueryDict

from communitycalls.desk.choices import EnvironmentsField, chosen, keys_of, offer_environments
from communitycalls.desk.editing import Texts, next_number, next_position, people
from communitycalls.desk.fields import (
    LineField,
    LinesField,
    MarkdownField,
    NamesField,
    NumberField,
    PickField,
    TitleField,
    shown,
)
from communitycalls.desk.forms import DeskForm, EditForm
from communitycalls.document.agenda import BRACKET, OWN_LENGTH, length_of, presenters_of
from communitycalls.models import AgendaItem, Call, Presenter

SLIDE_NOTES_HELP = "Markdown; a line --- begins a new slide, a line like “layout: columns” chooses its kind"
LENGTH = re.compile(r"(?:^|\s)(\d{1,4}) ?m(?:in)?\.?(?=\s|$)")
FIRST_WORDS = {
    "welcome": AgendaItem.Kind.WELCOME,
    "news": AgendaItem.Kind.NEWS,
    "spotlight": AgendaItem.Kind.SPOTLIGHT,
    "status": AgendaItem.Kind.STATUS,
    "release": AgendaItem.Kind.RELEASES,
    "releases": AgendaItem.Kind.RELEASES,
    "interop": AgendaItem.Kind.MATRIX,
    "matrix": AgendaItem.Kind.MATRIX,
    "q&a": AgendaItem.Kind.QA,
    "questions": AgendaItem.Kind.QA,
}


@dataclass(frozen=True)
class QuickItem:
    """An agenda item as one line says it. `minutes` is the planned length, None where none is said."""

    title: str
    kind: str
    minutes: int | None
    presenters: tuple[str, ...]


def read_quick(line: str) -> QuickItem:
    """The item in a line such as `Spotlight: bare metal 10m @Jannik @Kai`. The first word may tell the kind.

    Length and names may stand in a bracket as well, as in documents: `Spotlight: bare metal (Jannik, 10 min)`.
    """
    line, minutes, bracketed = take_bracket(line)
    rest, *names = re.split(r"(?:^|\s)@", line)
    presenters = list(bracketed)
    for name in names:
        length = LENGTH.search(name)
        minutes = int(length[1]) if length else minutes
        presenters.append(" ".join(LENGTH.sub(" ", name).strip(" ,").split()))
    if length := LENGTH.search(rest):
        minutes = int(length[1])
    title = " ".join(LENGTH.sub(" ", rest).split())
    return QuickItem(title, kind_of(title), minutes, tuple(dict.fromkeys(name for name in presenters if name)))


def take_bracket(line: str) -> tuple[str, int | None, tuple[str, ...]]:
    """The line without a bracket that says a length, and nothing else but names; the minutes and the names in it."""
    for found in BRACKET.finditer(line):
        parts = [part.strip() for part in re.split(r"[,;]", found[1])]
        others = [part for part in parts if not OWN_LENGTH.fullmatch(part)]
        names = presenters_of(found[0].strip())
        if len(others) < len(parts) and bool(others) == bool(names):
            return line[: found.start()].rstrip() + line[found.end() :], length_of(found[0]), names
    return line, None, ()


def kind_of(title: str) -> str:
    """The kind an item's first word tells."""
    first = re.split(r"[\s:,]", title.casefold(), maxsplit=1)[0]
    return FIRST_WORDS.get(first, AgendaItem.Kind.OTHER)


def set_presenters(item: AgendaItem, names: tuple[str, ...]) -> None:
    """Make an item's presenters these, in order."""
    item.presenter_rows.all().delete()
    for position, person in enumerate(people(names), 1):
        Presenter.objects.create(item=item, person=person, position=position)


class AddItemForm(DeskForm):
    name = "add"

    line = LineField(label="Add an item", missing="Write the item's title, then Enter.", max_length=600)

    def clean_line(self) -> QuickItem:
        item = read_quick(self.cleaned_data["line"])
        if not item.title:
            raise ValidationError(f"{shown(self.cleaned_data['line'])} has no title. Write it like: Welcome 5m @Thilo.")
        if len(item.title) > 300:
            raise ValidationError(f"The title has {len(item.title)} characters; 300 fit. The text goes into its body.")
        if item.minutes is not None and not 1 <= item.minutes <= 1440:
            raise ValidationError(f"“{item.minutes}m” is no length for an item. Write 1m to 1440m.")
        if long := next((name for name in item.presenters if len(name) > 200), None):
            raise ValidationError(f"{shown(long)} has {len(long)} characters; a name has 200 at most.")
        return item

    def save(self, call: Call) -> AgendaItem:
        """The new item, last on the agenda."""
        line: QuickItem = self.cleaned_data["line"]
        item = AgendaItem.objects.create(
            call=call,
            number=next_number(call, "agenda", call.agenda.all()),
            position=next_position(call.agenda.all()),
            title=line.title,
            kind=line.kind,
            minutes=line.minutes,
        )
        set_presenters(item, line.presenters)
        return item


class ItemForm(EditForm):
    name = "item"

    title = TitleField(missing="Write the item's title.")
    kind = PickField(what="kind of agenda item", choices=AgendaItem.Kind.choices)
    minutes = NumberField(what="minutes", required=False, help_text="Planned length")
    presenters = NamesField(help_text="Names with commas between them")
    body = MarkdownField(required=False, rows=8, help_text="Markdown, shown on the call's page")
    slide_notes = MarkdownField(required=False, rows=8, help_text=SLIDE_NOTES_HELP)
    private_notes = LinesField(required=False, help_text="Editors only: never public, in no export")
    environments = EnvironmentsField()

    def __init__(self, item: AgendaItem, data: QueryDict | None = None, *, version: int) -> None:
        self.item = item
        super().__init__(data, version=version, mark=str(item.number))
        offer_environments(self, item.environments.all())

    def read(self) -> Texts:
        item = AgendaItem.objects.get(pk=self.item.pk)
        return {
            "title": item.title,
            "kind": item.kind,
            "minutes": str(item.minutes or ""),
            "presenters": ", ".join(row.person.name for row in item.presenter_rows.select_related("person")),
            "body": item.body,
            "slide_notes": item.slide_notes,
            "private_notes": item.private_notes,
            "environments": keys_of(item.environments.all()),
        }

    def save(self) -> None:
        item, clean = self.item, self.cleaned_data
        plain = ["title", "kind", "minutes", "body", "slide_notes", "private_notes"]
        for name in plain:
            setattr(item, name, clean[name])
        item.save(update_fields=plain)
        set_presenters(item, clean["presenters"])
        item.environments.set(chosen(clean["environments"]))
