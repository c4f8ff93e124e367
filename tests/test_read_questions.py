"""Questions and answers of call documents, however asker and answerers are marked."""

import pytest

from communitycalls.document import CallDocument
from communitycalls.document.reader import read
from communitycalls.document.values import Answer, Question

TITLE = "# Harbour community call Tuesday, 11th of May, 17:30 CEST\n\n"


def call(text: str, heading: str = "# Call Minutes\n\n## Q&A") -> CallDocument:
    return read(f"{TITLE}{heading}\n\n{text}\n", name="2021-05-11.md")[0]


def asked(text: str) -> tuple[Question, ...]:
    return call(text).questions


BOTH = (
    Question(1, "Is it fast?", None, "answered", (Answer("Ada", "Yes."), Answer("Chidi", "Mostly."))),
    Question(2, "Is it safe?", None, "answered", (Answer("Eve", "It is."),)),
)


@pytest.mark.parametrize(
    "text",
    [
        "- Q: **Is it fast?**\n- Ada: Yes.\n- Chidi: Mostly.\n\n- Q: **Is it safe?**\n- Eve: It is.",
        "* **Q:** Is it fast?\n* **Ada:** Yes.\n* **Chidi**: Mostly.\n* **Q:** Is it safe?\n* Eve: It is.",
        "- Q1: Is it fast?\n- A (Ada): Yes.\n- A (Chidi): Mostly.\n- Q2: Is it safe?\n- A (Eve): It is.",
        "1. Q: Is it fast?\n   - A (Ada): Yes.\n   - A (Chidi): Mostly.\n2. Q: Is it safe?\n   - A (Eve): It is.",
        "+ Is it fast?\n  + Ada: Yes.\n  + Chidi: Mostly.\n+ Is it safe?\n  + Eve: It is.",
        "- **Is it fast?**\n- [Ada] Yes.\n- [Chidi] Mostly.\n- **Is it safe?**\n- (Eve) It is.",
        "**Q: Is it fast?**\nAda: Yes.\nChidi: Mostly.\n\n**Q: Is it safe?**\nEve: It is.",
        "Q. Is it fast?\n\nA: Yes. (Ada)\n\nA: Mostly. \u2014 Chidi\n\nQ. Is it safe?\n\nA: It is. (Eve)",
        "### Is it fast?\n\n- Ada: Yes.\n- Chidi: Mostly.\n\n### Is it safe?\n\nEve: It is.",
        "- Question: Is it fast?\n  A (Ada): Yes.\n  A (Chidi): Mostly.\n- Question: Is it safe?\n  Eve: It is.",
        "- Q: Is it fast?\n  - \u2192 Ada: Yes.\n  - \u2192 Chidi: Mostly.\n- Q: Is it safe?\n  - \u2192 Eve: It is.",
        "- Q: Is it fast?\n- Ada \u2013 Yes.\n- Chidi \u2013 Mostly.\n- Q: Is it safe?\n- Eve answers: It is.",
    ],
)
def test_questions_and_answers_are_marked_in_many_ways(text: str) -> None:
    value = call(text)
    assert (value.questions, value.unread, value.minutes.status) == (BOTH, (), "final")


@pytest.mark.parametrize(
    "text",
    [
        "- Q (Jannik): Why?",
        "- Q (asked by Jannik): **Why?**",
        "- Q: **Why?** (Jannik)",
        "- Jannik asks: Why?",
        "- Question from Jannik: Why?",
        "- Jannik: Why?",
        "- Q Jannik: Why?",
        "- **Why?** (Jannik)",
        "- Q [@Jannik]: Why?",
        "**Q (Jannik):** Why?",
    ],
)
def test_asker_is_named_in_many_ways(text: str) -> None:
    assert asked(text) == (Question(1, "Why?", "Jannik"),)


@pytest.mark.parametrize(
    "heading", ["# Minutes\n\n## Questions", "# Notes\n\n# Questions and answers", "# Q & A", "# Minutes\n\n**Q&A**"]
)
def test_section_has_many_names(heading: str) -> None:
    expected = Question(1, "Why?", None, "answered", (Answer("Ada", "So."),))
    assert call("- Q: Why?\n- Ada: So.", heading).questions == (expected,)


def test_continuation_lines_and_lists_belong_to_what_they_continue() -> None:
    text = "- Q: Two things:\n  - one?\n  - two?\n- Ada: Yes.\n  And note: also\n\n  more:\n  - a\n  - b\n"
    (question,) = asked(f"{text}- Eve: Alpha:\n  - Beta: 1.2")
    assert question.text == "Two things:\n- one?\n- two?"
    assert question.answers == (
        Answer("Ada", "Yes.\nAnd note: also\n\nmore:\n- a\n- b"),
        Answer("Eve", "Alpha:\n- Beta: 1.2"),
    )


def test_reply_that_asks_is_a_reply() -> None:
    (question,) = asked("- **Why?**\n- Ada: Do you mean how?\n- Jannik: Yes!")
    assert [answer.speaker for answer in question.answers] == ["Ada", "Jannik"]


def test_answer_of_nobody_named_has_no_speaker() -> None:
    found = asked("- Q: Why?\n  - Because.\n- Q: How?\n- A: So.")
    assert [question.answers for question in found] == [(Answer("", "Because."),), (Answer("", "So."),)]


def test_question_without_an_answer_is_open() -> None:
    assert [question.state for question in asked("- Q: Why?\n\n- Q: How?\n- Ada: So.")] == ["open", "answered"]


@pytest.mark.parametrize(
    "text", ["No questions today.", "- None", "TBA", "There were no questions.", "The answers go here."]
)
def test_no_question_is_no_question(text: str) -> None:
    value = call(text)
    assert (value.questions, value.unread, value.minutes.status) == ((), (), "placeholder")


def test_agenda_item_of_questions_is_not_a_question() -> None:
    value = read(f"{TITLE}## Q&A\n- Questions from everybody, answered by us.\n", name="2021-05-11.md")[0]
    assert (len(value.agenda), value.questions, value.minutes.status) == (1, (), "absent")


def test_marked_questions_in_the_agenda_are_questions() -> None:
    value = read(f"{TITLE}## Q&A\nOpen floor.\n\n- Q (Eve): Why?\n- Ada: So.\n", name="2021-05-11.md")[0]
    assert (value.agenda[0].body, len(value.questions)) == ("Open floor.", 1)


def test_what_is_neither_question_nor_answer_is_left_and_told() -> None:
    value, told = read(f"{TITLE}# Minutes\n\n## Q&A\n\nThree were asked:\n\n- Q: Why?\n", name="2021-05-11.md")
    assert [(row.line, row.text) for row in value.unread] == [(7, "Three were asked:")]
    assert [remark.line for remark in told] == [7]


def test_affiliation_of_a_speaker_is_told() -> None:
    value, told = read(f"{TITLE}# Q&A\n- Q (Eve, Acme): Why?\n", name="2021-05-11.md")
    assert value.questions[0].asked_by == "Eve"
    assert "'Acme'" in told[0].text


def test_words_in_brackets_that_name_nobody_stay_in_the_question() -> None:
    assert asked("- Q (from the chat): Why?")[0].text == "(from the chat) Why?"
