"""Questions and answers in the marks of other hands: tables, quotes, brackets without a colon, nested names."""

import pytest

from communitycalls.document.reader import account, read
from communitycalls.document.values import Answer, Question

BEFORE = "# Harbour community call Tuesday, 11th of May, 17:30 CEST\n\n# Minutes\n\n## Q&A\n\n"
YES = (Answer("Ada", "Yes."),)
FAST = Question(1, "Is it fast?", "Eve", "answered", YES)
NOBODY = Question(1, "Is it fast?", None, "answered", YES)


def asked(text: str) -> tuple[Question, ...]:
    value, _ = read(f"{BEFORE}{text}\n", name="2021-05-11.md")
    assert value.unread == ()
    return value.questions


@pytest.mark.parametrize(
    "text",
    [
        "| Question | Asked by | Answer |\n|---|---|---|\n| Is it fast? | Eve | Ada: Yes. |",
        "| # | Who | Question | Answer | Answered by |\n|---|---|---|---|---|\n| 1 | Eve | Is it fast? | Yes. | Ada |",
        "- **Q** (Eve)\n  Is it fast?\n  - **A** (Ada) Yes.",
        "- **Q** (Eve) Is it fast?\n  - Ada: Yes.",
        "- Q (Eve) Is it fast?\n  - A (Ada) Yes.",
        "- Q [Eve]: Is it fast?\n  > Ada: Yes.",
        "- Eve (asks): Is it fast?\n- A: Ada: Yes.",
        "- Eve \u2014 Is it fast?\n  - Ada \u2014 Yes.",
        "1. **Eve**: Is it fast?\n   **Ada**: Yes.",
        "* [Eve] Is it fast?\n  * [Ada] Yes.",
        "Q1 (Eve): Is it fast?\n\nA1 (Ada): Yes.",
        "Eve: Is it fast?\n\nAda: Yes.",
        "- Q: Is it fast? (asked by Eve)\n  A: Yes. (Ada)",
    ],
)
def test_asker_and_answerer_are_marked_in_many_ways(text: str) -> None:
    (found,) = asked(text)
    assert (found.text, found.asked_by, found.answers) == (FAST.text, FAST.asked_by, FAST.answers)


@pytest.mark.parametrize(
    "text",
    [
        "### Is it fast?\n\n> Ada: Yes.",
        "### Is it fast?\n\n**Ada:** Yes.",
        "**Q: Is it fast?**\n\n- A: Ada: Yes.",
        "- Q: Is it fast?\n\n  > **Ada:** Yes.",
    ],
)
def test_answer_may_be_quoted_or_stand_below_a_heading(text: str) -> None:
    assert asked(text) == (NOBODY,)


def test_quote_that_nobody_is_named_for_answers_as_it_stands() -> None:
    assert asked("- Q: Is it fast?\n  > It is.\n  > Always.")[0].answers == (Answer("", "> It is.\n> Always."),)


@pytest.mark.parametrize(
    "text", ["- Q (Jan): Is it?\n- Jan: Yes.", "**Q (Jan):** Is it?\n\nA (Jan): Yes.", "Jan: Is it?\n\nJan: Yes."]
)
def test_who_has_the_name_of_a_month_is_somebody_where_a_name_has_to_stand(text: str) -> None:
    assert asked(text) == (Question(1, "Is it?", "Jan", "answered", (Answer("Jan", "Yes."),)),)


def test_rows_of_a_table_are_questions_and_each_line_is_accounted_for() -> None:
    text = "| Question | Answer |\n|---|---|\n| Is it fast? | Yes. |\n| | |\n| Is it safe? | |"
    assert [(one.text, one.state) for one in asked(text)] == [("Is it fast?", "answered"), ("Is it safe?", "open")]
    owners = [one.owner for one in account(f"{BEFORE}{text}\n", name="2021-05-11.md") if one.line > 6]
    assert owners == ["question 1"] * 3 + ["question 2"] * 2


def test_table_of_anything_else_is_left() -> None:
    value, _ = read(f"{BEFORE}| Question | Votes |\n|---|---|\n| Is it fast? | 3 |\n", name="2021-05-11.md")
    assert (value.questions, [row.line for row in value.unread]) == ((), [7, 8, 9])


def test_next_date_below_the_answers_is_no_answer() -> None:
    value, _ = read(f"{BEFORE}Q: Is it fast?\nA: Ada: Yes.\n\nNext call: 8th of June\n", name="2021-05-11.md")
    assert (value.questions, [row.line for row in value.unread]) == ((NOBODY,), [10])
