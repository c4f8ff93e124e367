"""Forms of the minutes: the quick line, an entry, the introduction and an item's private notes."""

from django.core.exceptions import ValidationError
from django.http import QueryDict

from communitycalls.desk.editing import Texts, move, next_number, next_position, people, person
from communitycalls.desk.fields import (
    DayField,
    LineField,
    LinesField,
    MarkdownField,
    NamesField,
    OffsetField,
    PickField,
    TitleField,
    shown,
    write_offset,
)
from communitycalls.desk.forms import DeskForm, EditForm
from communitycalls.desk.quick import Quick, read_line
from communitycalls.models import AgendaItem, Answer, Call, MinutesEntry, Person, Question, Speaker


def is_known(name: str) -> bool:
    """Whether somebody has this name. Costs one query."""
    return Person.objects.filter(name=name).exists()


def item_choices(call: Call) -> list[tuple[str, str]]:
    """The agenda as a list to pick from. Costs one query."""
    items = enumerate(call.agenda.all(), 1)
    return [("", "No agenda item"), *((str(item.number), f"{place}. {item.title}") for place, item in items)]


def set_speakers(entry: MinutesEntry, names: tuple[str, ...]) -> None:
    """Make an entry's speakers these, in order."""
    entry.speaker_rows.all().delete()
    for position, one in enumerate(people(names), 1):
        Speaker.objects.create(entry=entry, person=one, position=position)


def settle(entry: MinutesEntry) -> None:
    """Put an entry after all others of its agenda item and of the items before it."""
    rows = list(entry.call.entries.exclude(pk=entry.pk).select_related("agenda_item"))
    last = float("inf")
    here = entry.agenda_item.position if entry.agenda_item else last
    before = [n for n, row in enumerate(rows, 1) if (row.agenda_item.position if row.agenda_item else last) <= here]
    move([*rows, entry], entry, max(before, default=0))


class QuickForm(DeskForm):
    """One line, under an agenda item."""

    name = "quick"

    item = PickField(what="agenda item", label="Under", required=False)
    line = LineField(label="Quick entry", missing="Write what was said, then Enter.", max_length=4000)

    def __init__(self, call: Call, data: QueryDict | None = None, *, item: str = "") -> None:
        self.call = call
        super().__init__(data, initial={"item": item})
        field = self.fields["item"]
        assert isinstance(field, PickField)
        field.choices = item_choices(call)

    def clean_line(self) -> Quick:
        line: str = self.cleaned_data["line"]
        quick = read_line(line, self.call.date, is_known)
        if not quick.text:
            raise ValidationError(f"{shown(line)} says nothing after its sign. Write the text behind it.")
        if len(quick.person) > 200:
            raise ValidationError(f"{shown(quick.person)} has {len(quick.person)} characters; a name has 200 at most.")
        if quick.kind == "answer" and not self.call.questions.exists():
            raise ValidationError(
                "There is no question to answer yet. Write the question first, like Q (Kai): Does it boot?"
            )
        return quick

    def save(self) -> str:
        """Add what the line says, and give its anchor."""
        quick: Quick = self.cleaned_data["line"]
        adders = {"question": self._ask, "answer": self._answer}
        return adders.get(quick.kind, self._note)(quick)

    def _ask(self, quick: Quick) -> str:
        question = Question.objects.create(
            call=self.call,
            number=next_number(self.call, "questions", self.call.questions.all()),
            position=next_position(self.call.questions.all()),
            text=quick.text,
            asked_by=person(quick.person),
        )
        return f"question-{question.number}"

    def _answer(self, quick: Quick) -> str:
        question = self.call.questions.order_by("-position", "-number")[0]
        place = next_position(question.answers.all())
        Answer.objects.create(question=question, speaker=person(quick.person), text=quick.text, position=place)
        if question.state == Question.State.OPEN:
            question.state = Question.State.ANSWERED
            question.save(update_fields=["state"])
        return f"question-{question.number}"

    def _note(self, quick: Quick) -> str:
        entry = MinutesEntry.objects.create(
            call=self.call,
            number=next_number(self.call, "entries", self.call.entries.all()),
            position=next_position(self.call.entries.all()),
            kind=quick.kind,
            text=quick.text,
            agenda_item=self.call.agenda.filter(number=self.cleaned_data["item"] or 0).first(),
            offset=quick.offset,
            assignee=person(quick.person) if quick.kind == "action" else None,
            due=quick.due,
        )
        set_speakers(entry, (quick.person,) if quick.person and quick.kind == "note" else ())
        settle(entry)
        return f"entry-{entry.number}"


class EntryForm(EditForm):
    name = "entry"

    kind = PickField(what="kind of entry", choices=MinutesEntry.Kind.choices)
    item = PickField(what="agenda item", label="Under", required=False)
    offset = OffsetField(label="In the recording", required=False, help_text="Like 21:04 or 1:03:55")
    text = MarkdownField(missing="Write what was said.", rows=5, help_text="Markdown")
    speakers = NamesField(help_text="Names with commas between them")
    assignee = TitleField(label="Who does it", required=False, max_length=200, help_text="For an action")
    due = DayField(required=False, help_text="For an action")

    def __init__(self, entry: MinutesEntry, data: QueryDict | None = None, *, version: int) -> None:
        self.entry = entry
        super().__init__(data, version=version, mark=str(entry.number))
        field = self.fields["item"]
        assert isinstance(field, PickField)
        field.choices = item_choices(entry.call)

    def read(self) -> Texts:
        entry = MinutesEntry.objects.select_related("agenda_item", "assignee").get(pk=self.entry.pk)
        return {
            "kind": entry.kind,
            "item": str(entry.agenda_item.number) if entry.agenda_item else "",
            "offset": write_offset(entry.offset),
            "text": entry.text,
            "speakers": ", ".join(row.person.name for row in entry.speaker_rows.select_related("person")),
            "assignee": entry.assignee.name if entry.assignee else "",
            "due": entry.due.isoformat() if entry.due else "",
        }

    def save(self) -> None:
        entry, clean = self.entry, self.cleaned_data
        entry.kind, entry.text, entry.offset, entry.due = clean["kind"], clean["text"], clean["offset"], clean["due"]
        entry.assignee = person(clean["assignee"])
        before, entry.agenda_item = entry.agenda_item_id, self._item()
        entry.save(update_fields=["kind", "text", "offset", "due", "assignee", "agenda_item"])
        set_speakers(entry, clean["speakers"])
        if entry.agenda_item_id != before:
            settle(entry)

    def _item(self) -> AgendaItem | None:
        return self.entry.call.agenda.filter(number=self.cleaned_data["item"] or 0).first()


class IntroductionForm(EditForm):
    """What stands above the minutes."""

    name = "introduction"

    minutes_introduction = MarkdownField(label="Introduction", required=False, help_text="Markdown, above the minutes")

    def __init__(self, call: Call, data: QueryDict | None = None) -> None:
        self.call = call
        super().__init__(data, version=call.version)

    def read(self) -> Texts:
        return {"minutes_introduction": Call.objects.get(pk=self.call.pk).minutes_introduction}

    def save(self) -> None:
        self.call.minutes_introduction = self.cleaned_data["minutes_introduction"]
        self.call.save(update_fields=["minutes_introduction"])


class NotesForm(EditForm):
    """An agenda item's private notes."""

    name = "notes"

    private_notes = LinesField(required=False, rows=5)

    def __init__(self, item: AgendaItem, data: QueryDict | None = None, *, version: int) -> None:
        self.item = item
        super().__init__(data, version=version, mark=str(item.number))

    def read(self) -> Texts:
        return {"private_notes": AgendaItem.objects.get(pk=self.item.pk).private_notes}

    def save(self) -> None:
        self.item.private_notes = self.cleaned_data["private_notes"]
        self.item.save(update_fields=["private_notes"])
