"""Questions with several answers, in one form."""

import pytest
from django.test import Client

from communitycalls.models import Call
from tests.desk_pages import at, form_at
from tests.make import make_call, make_environment, make_matrix, make_question


@pytest.fixture
def call(db: None) -> Call:
    return make_call(status="held")


def told(call: Call, number: int = 1) -> list[tuple[str, str]]:
    question = call.questions.get(number=number)
    return [(row.speaker.name if row.speaker else "", row.text) for row in question.answers.all()]


def test_question_with_three_answers_is_recorded_in_one_form(editor: Client, call: Call) -> None:
    environment = make_environment(make_matrix())
    url = at("question_add", call)
    answers = {
        "speaker_1": "Kai",
        "answer_1": "Yes.",
        "speaker_2": "Marga",
        "answer_2": "On metal.",
        "answer_3": "So-so.",
    }
    data = form_at(editor, url) | answers
    response = editor.post(
        url, data | {"text": "Does it boot?", "asked_by": "Jannik", "environments": [environment.pk]}
    )
    question = call.questions.get()
    assert response["Location"] == at("minutes", call) + "#question-add"
    assert (question.text, question.asked_by and question.asked_by.name) == ("Does it boot?", "Jannik")
    assert question.state == "answered"
    assert told(call) == [("Kai", "Yes."), ("Marga", "On metal."), ("", "So-so.")]
    assert list(question.environments.all()) == [environment]


def test_question_without_answer_is_open_and_its_asker_may_be_unnamed(editor: Client, call: Call) -> None:
    url = at("question_add", call)
    editor.post(url, form_at(editor, url) | {"text": "Does it boot?"})
    question = call.questions.get()
    assert (question.state, question.asked_by, told(call)) == ("open", None, [])


def test_form_has_a_row_for_every_answer_and_one_more(editor: Client, call: Call) -> None:
    make_question(call, answers={"Kai": "Yes.", "Marga": "No."})
    data = form_at(editor, at("question", call, 1))
    assert [data[f"speaker_{row}"] for row in (1, 2, 3)] == ["Kai", "Marga", ""]
    assert "speaker_4" not in data


def test_answer_is_edited_added_and_removed_by_emptying_its_row(editor: Client, call: Call) -> None:
    make_question(call, answers={"Kai": "Yes.", "Marga": "No."})
    url = at("question", call, 1)
    changes = {"speaker_1": "", "answer_1": "", "answer_2": "No, not yet.", "speaker_3": "Thilo", "answer_3": "Soon."}
    editor.post(url, form_at(editor, url) | changes | {"state": "follow-up"})
    assert told(call) == [("Marga", "No, not yet."), ("Thilo", "Soon.")]
    assert call.questions.get().state == "follow-up"


@pytest.mark.parametrize(
    ("deed", "rows"),
    [
        ("more", ["Kai", "Marga", "", ""]),
        ("up-2", ["Marga", "Kai", ""]),
        ("down-1", ["Marga", "Kai", ""]),
        ("up-1", ["Kai", "Marga", ""]),
        ("drop-1", ["Marga", ""]),
    ],
)
def test_row_buttons_rearrange_what_is_typed_and_save_nothing(
    editor: Client, call: Call, deed: str, rows: list[str]
) -> None:
    make_question(call, answers={"Kai": "Yes.", "Marga": "No."})
    url = at("question", call, 1)
    page = editor.post(url, form_at(editor, url) | {"text": "", "asked_by": "typed", "do": deed})
    assert page.status_code == 200
    assert "Write the question." not in page.content.decode()
    shown = rows_of(page.content.decode())
    assert shown == rows
    assert told(call) == [("Kai", "Yes."), ("Marga", "No.")]


def rows_of(page: str) -> list[str]:
    found, number = [], 1
    while f'name="speaker_{number}"' in page:
        tag = page.split(f'name="speaker_{number}"')[1].split(">")[0]
        found.append(tag.split('value="')[1].split('"')[0] if 'value="' in tag else "")
        number += 1
    return found


def test_moved_answers_are_saved_in_their_new_order(editor: Client, call: Call) -> None:
    make_question(call, answers={"Kai": "Yes.", "Marga": "No."})
    url = at("question", call, 1)
    data = form_at(editor, url)
    moved = {"speaker_1": "Marga", "answer_1": "No.", "speaker_2": "Kai", "answer_2": "Yes."}
    editor.post(url, data | moved)
    assert told(call) == [("Marga", "No."), ("Kai", "Yes.")]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Write the question."),
        ({"speaker_1": "Kai"}, "Write what “Kai” answered, or clear the name too."),
        ({"state": "solved"}, "“solved” is no state here."),
    ],
)
def test_wrong_question_is_said_and_its_text_kept(
    editor: Client, call: Call, fields: dict[str, str], sentence: str
) -> None:
    url = at("question_add", call)
    data = form_at(editor, url) | {"text": "Does it boot?", "speaker_2": "Marga", "answer_2": "my own words"}
    response = editor.post(url, data | fields)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "my own words" in response.content.decode()
    assert not call.questions.exists()


def test_question_is_removed_after_asking_and_its_number_is_not_used_again(editor: Client, call: Call) -> None:
    url = at("question_add", call)
    for text in ("One?", "Two?"):
        editor.post(url, form_at(editor, url) | {"text": text})
    editor.post(at("question_remove", call, 2), form_at(editor, at("question_remove", call, 2)))
    editor.post(url, form_at(editor, url) | {"text": "Three?"})
    assert [(one.text, one.number) for one in call.questions.all()] == [("One?", 1), ("Three?", 3)]
