"""The desk's front page: what is waiting."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communitycalls.models import Call
from interop.exporter import read_matrix
from interop.history import Note, record
from tests.desk_pages import at, form_at
from tests.make import (
    make_call,
    make_entry,
    make_environment,
    make_item,
    make_matrix,
    make_question,
    make_series,
)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel("2021-06-03 10:00Z", tick=False):
        yield


def page(editor: Client) -> str:
    return editor.get("/desk/").content.decode()


def test_empty_desk_says_so_and_offers_a_new_call(editor: Client) -> None:
    text = page(editor)
    assert "No call is ahead." in text
    assert 'href="/desk/calls/new/"' in text
    assert "Every held call has final minutes." in text


def test_call_at_hand_is_the_next_with_its_step(editor: Client) -> None:
    make_call("2021-07-13", "draft")
    call = make_call("2021-06-08", "draft")
    make_item(call, "Long", minutes=70)
    text = page(editor)
    assert "Call at hand · in 5 days" in text
    assert text.index("Community call, 8 June 2021") < text.index("Community call, 13 July 2021")
    assert "1 item without a presenter" in text
    assert "10 minutes over the slot" in text
    assert f'action="{at("call_state", call)}"' in text
    assert "Announce</button>" in text


def test_draft_whose_day_went_by_is_not_at_hand(editor: Client) -> None:
    make_call("2021-05-11", "draft")
    text = page(editor)
    assert "No call is ahead." in text
    assert "Community call, 11 May 2021" in text


def test_held_call_owes_minutes(editor: Client) -> None:
    call = make_call("2021-05-11", "held")
    make_entry(call)
    text = page(editor)
    assert f'<a href="{at("minutes", call)}">Community call, 11 May 2021</a>' in text
    assert "1 entry so far" in text


def test_open_questions_and_actions_lead_to_their_forms(editor: Client) -> None:
    call = make_call("2021-05-11", "final")
    make_question(call, "Does it boot?")
    make_entry(call, "Ask them", kind="action", due=dt.date(2021, 6, 1))
    closed = make_entry(call, "Done already", kind="action")
    closed.closed_in = call
    closed.save()
    text = page(editor)
    assert f'href="{at("question", call, 1)}"' in text
    assert f'href="{at("entry", call, 1)}#entry-1"' in text
    assert "Done already" not in text


def test_matrix_changes_are_told_old_to_new(editor: Client) -> None:
    matrix = make_matrix()
    make_environment(matrix, "EC2", "L2")
    record(matrix, read_matrix(matrix), Note(dt.date(2021, 5, 1)))
    url = "/desk/interop/support/environments/ec2/"
    editor.post(url, form_at(editor, url) | {"owners": "Kai", "reason": "why"})
    text = page(editor)
    assert "revision 2 of 3 June 2021" in text
    assert "Kai" in text
    assert "The matrix begins with 1 environment." in text


@pytest.mark.parametrize("count", [1, 3])
def test_front_page_costs_the_same_for_one_and_three(
    editor: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    series = make_series(recurrence="FREQ=MONTHLY;BYDAY=2TU")
    matrix = make_matrix()
    for number in range(count):
        make_item(make_call(f"2021-06-1{number}", "draft", series=series))
        held: Call = make_call(f"2021-05-1{number}", "held", series=series)
        make_question(held)
        make_entry(held, kind="action")
        make_environment(matrix, f"EC{number}")
        record(matrix, read_matrix(matrix), Note(dt.date(2021, 6, 1)))
        matrix.refresh_from_db()
    with django_assert_num_queries(24):
        assert editor.get("/desk/").status_code == 200
