"""The form of a question with all its answers: as many rows as it has, and some to fill in."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from communitycalls.desk.choices import EnvironmentsField, chosen, keys_of, offer_environments
from communitycalls.desk.editing import Texts, next_number, next_position, person
from communitycalls.desk.fields import MarkdownField, PickField, TitleField, shown
from communitycalls.desk.forms import EditForm
from communitycalls.models import Answer, Call, Question
from interop.models import Environment

BLANK_ROWS = 3
MOST_ROWS = 60


def posted_rows(data: QueryDict | None) -> int:
    """How many answers a browser sent."""
    count = 0
    while data is not None and f"answer_{count + 1}" in data and count < MOST_ROWS:
        count += 1
    return count


def rearranged(texts: Texts, rows: int, deed: str) -> tuple[Texts, int, int]:
    """Texts after `more`, `up-2`, `down-2` or `drop-2`, with the number of rows and the row to go on with.

    Anything else leaves them as they are.
    """
    word, _, rest = deed.partition("-")
    answers = [(texts.get(f"speaker_{n}", ""), texts.get(f"answer_{n}", "")) for n in range(1, rows + 1)]
    row = int(rest) if rest.isascii() and rest.isdigit() and 1 <= int(rest) <= rows else rows
    if word == "more" and rows < MOST_ROWS:
        answers.append(("", ""))
        row = len(answers)
    elif word == "drop":
        del answers[row - 1]
        row = max(1, row - 1)
    elif word in ("up", "down"):
        place = min(max(row + (1 if word == "down" else -1), 1), rows)
        answers.insert(place - 1, answers.pop(row - 1))
        row = place
    kept = {name: value for name, value in texts.items() if not name.startswith(("speaker_", "answer_"))}
    for n, (speaker, answer) in enumerate(answers, 1):
        kept[f"speaker_{n}"], kept[f"answer_{n}"] = speaker, answer
    return kept, max(1, len(answers)), row


class QuestionForm(EditForm):
    """Edits a question; without one, asks a new one. Rows left empty are no answers, so emptying one removes it."""

    name = "question"

    asked_by = TitleField(required=False, max_length=200, help_text="Empty: unnamed")
    text = MarkdownField(label="Question", missing="Write the question.", rows=3, help_text="Markdown")
    state = PickField(what="state", required=False, choices=[("", "By its answers"), *Question.State.choices])
    environments = EnvironmentsField()

    def __init__(
        self,
        call: Call,
        question: Question | None = None,
        data: QueryDict | None = None,
        *,
        version: int,
        rows: int | None = None,
    ) -> None:
        self.call, self.question = call, question
        saved = question.answers.count() if question else 0
        offered = saved + (1 if question else BLANK_ROWS)
        self.rows = rows or max(posted_rows(data), saved if data else offered)
        super().__init__(data, version=version, mark=str(question.number) if question else "new")
        for row in range(1, self.rows + 1):
            self.fields[f"speaker_{row}"] = TitleField(label=f"Who, answer {row}", required=False, max_length=200)
            self.fields[f"answer_{row}"] = MarkdownField(label=f"Answer {row}", required=False, rows=2)
        offer_environments(self, question.environments.all() if question else Environment.objects.none())

    def read(self) -> Texts:
        texts: Texts = {"asked_by": "", "text": "", "state": "", "environments": []}
        answers: list[Answer] = []
        if self.question is not None:
            question = Question.objects.select_related("asked_by").get(pk=self.question.pk)
            answers = list(question.answers.select_related("speaker"))
            texts |= {
                "asked_by": question.asked_by.name if question.asked_by else "",
                "text": question.text,
                "state": question.state,
                "environments": keys_of(question.environments.select_related("matrix")),
            }
        for row in range(1, max(self.rows, len(answers)) + 1):
            answer = answers[row - 1] if row <= len(answers) else None
            texts[f"speaker_{row}"] = answer.speaker.name if answer and answer.speaker else ""
            texts[f"answer_{row}"] = answer.text if answer else ""
        return texts

    def clean(self) -> None:
        for row in range(1, self.rows + 1):
            speaker, answer = self.cleaned_data.get(f"speaker_{row}"), self.cleaned_data.get(f"answer_{row}")
            if speaker and answer == "":
                self.add_error(
                    f"answer_{row}", ValidationError(f"Write what {shown(speaker)} answered, or clear the name too.")
                )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of answers: who, and what."""
        return [(self[f"speaker_{n}"], self[f"answer_{n}"]) for n in range(1, self.rows + 1)]

    def answers(self) -> list[tuple[str, str]]:
        """The answers as (speaker, text), in order; empty rows left out."""
        rows = ((self.cleaned_data[f"speaker_{n}"], self.cleaned_data[f"answer_{n}"]) for n in range(1, self.rows + 1))
        return [(speaker, text) for speaker, text in rows if text]

    def save(self) -> None:
        clean = self.cleaned_data
        question = self.question or Question(
            call=self.call,
            number=next_number(self.call, "questions", self.call.questions.all()),
            position=next_position(self.call.questions.all()),
        )
        told = Question.State.ANSWERED if self.answers() else Question.State.OPEN
        question.text, question.state, question.asked_by = (
            clean["text"],
            clean["state"] or told,
            person(clean["asked_by"]),
        )
        question.save()
        question.environments.set(chosen(clean["environments"]))
        if self.answers() != [(row.speaker.name if row.speaker else "", row.text) for row in question.answers.all()]:
            question.answers.all().delete()
            for position, (speaker, text) in enumerate(self.answers(), 1):
                Answer.objects.create(question=question, speaker=person(speaker), text=text, position=position)
        self.question = question
