"""The page of the difference of two points of a matrix."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django import DjangoAssertNumQueries

from interop.document import values as v
from interop.exporter import read_matrix
from interop.history import Note, record
from interop.models import Matrix
from tests.make import make_call, make_environment, make_matrix
from tests.screens import faults
from tests.test_difference import own, rate, signs

pytestmark = pytest.mark.django_db

MAY = dt.date(2021, 5, 11)
JUNE = dt.date(2021, 6, 8)
JULY = dt.date(2021, 7, 13)
DIFF = "/interop/support/diff/"


def recorded(*names: str) -> Matrix:
    """Begun in May, nobody owns anything, everything is L2."""
    matrix = make_matrix()
    for name in names or ("EC2", "GCE", "COSI"):
        make_environment(matrix, name)
    record(matrix, replace(read_matrix(matrix), introduction="Begun."), Note(MAY))
    return matrix


def later(matrix: Matrix, value: v.Matrix, date: dt.date = JUNE, message: str = "It ended") -> None:
    record(matrix, value, Note(date, message=message))


def test_the_page_tells_what_became_of_each_environment(client: Client) -> None:
    matrix = recorded()
    value = own(rate(rate(read_matrix(matrix), "ec2", "L1"), "gce", "x"), "gce", "Kai")
    later(matrix, replace(value, introduction="More."))
    response = client.get(DIFF, {"from": "2021-05-11", "to": "2021-06-08"})
    assert response.status_code == 200
    text = " ".join(response.content.decode().split())
    for words in ("Promoted", "Demoted", "Adopted", "The matrix itself", "More."):
        assert words in text
    assert "<b>2</b> environments changed" in text
    assert '?revision=1">revision 1' in text
    assert '?revision=2">revision 2' in text
    assert 'href="?from=2021-06-08&amp;to=2021-05-11"' in text


def test_what_is_true_since_the_first_day_there_is_has_nothing_before_it(client: Client) -> None:
    matrix = make_matrix()
    make_environment(matrix, "EC2")
    record(matrix, replace(read_matrix(matrix), introduction="Begun."), Note(dt.date.min))
    response = client.get(DIFF)
    assert response.status_code == 200
    assert "nothing was recorded yet" in response.content.decode()


def test_without_a_second_point_it_leads_up_to_today(client: Client) -> None:
    matrix = recorded()
    later(matrix, rate(read_matrix(matrix), "ec2", "L1"))
    response = client.get(DIFF, {"from": "revision:1"})
    assert "Promoted" in response.content.decode()
    assert (response.context["old"].number, response.context["new"].number) == (1, 2)
    assert response.context["new"].point.now


def test_without_any_point_it_tells_the_last_change(client: Client) -> None:
    matrix = recorded()
    later(matrix, rate(read_matrix(matrix), "ec2", "L1"))
    later(matrix, rate(read_matrix(matrix), "ec2", "x"), JULY)
    response = client.get(DIFF)
    assert (response.context["old"].number, response.context["new"].number) == (2, 3)
    assert signs(response.context["difference"]) == {"EC2": ["demoted"]}


def test_before_the_first_revision_there_was_nothing(client: Client) -> None:
    recorded("EC2")
    response = client.get(DIFF, {"from": "2020-01-01"})
    assert "nothing was recorded yet" in response.content.decode()
    assert signs(response.context["difference"]) == {"EC2": ["added"]}
    assert client.get(DIFF).status_code == 200
    backwards = client.get(DIFF, {"from": "2021-05-11", "to": "2020-01-01"})
    assert "reads the history backwards" in backwards.content.decode()
    assert signs(backwards.context["difference"]) == {"EC2": ["absent"]}


def test_two_points_of_one_revision_differ_in_nothing(client: Client) -> None:
    recorded()
    response = client.get(DIFF, {"from": "2021-05-11", "to": "2021-05-30"})
    assert "Both points have the same revision." in response.content.decode()


def test_a_matrix_without_history_differs_in_nothing(client: Client) -> None:
    Matrix.objects.create(slug="support", title="Support matrix")
    assert "Nothing differs." in client.get(DIFF).content.decode()


def test_a_call_is_a_point(client: Client) -> None:
    matrix = recorded()
    later(matrix, rate(read_matrix(matrix), "ec2", "L1"))
    make_call("2021-05-20")
    response = client.get(DIFF, {"from": "call:community-call/2021-05-20", "to": "2021-06-08"})
    assert signs(response.context["difference"]) == {"EC2": ["promoted"]}


def test_a_draft_is_no_point_and_no_different_from_a_call_that_never_was(client: Client) -> None:
    recorded()
    make_call("2021-05-20", "draft", title="Secret plans")
    pages = [client.get(DIFF, {"from": f"call:community-call/{day}"}) for day in ("2021-05-20", "2021-05-21")]
    assert [page.status_code for page in pages] == [400, 400]
    first, second = (page.content.decode() for page in pages)
    assert first.replace("2021-05-20", "2021-05-21") == second
    assert "Secret" not in first


@pytest.mark.parametrize("word", ["from", "to"])
@pytest.mark.parametrize(
    "text", ["yesterday", "2021-13-01", "revision:99", "revision:x", "call:nowhere", "planet:mars", "<b>"]
)
def test_a_wrong_point_is_quoted(client: Client, word: str, text: str) -> None:
    recorded()
    response = client.get(DIFF, {word: text})
    assert response.status_code == 400
    assert f"{word}={text}".replace("<", "&lt;").replace(">", "&gt;") in response.content.decode()


def test_an_unknown_matrix_is_not_found(client: Client) -> None:
    assert client.get("/interop/nowhere/diff/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_environment_and_for_three(
    count: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    matrix = recorded("EC2", "GCE", "COSI")
    value = read_matrix(matrix)
    for slug in ("ec2", "gce", "cosi")[:count]:
        value = own(rate(value, slug, "L1"), slug, "Kai")
    later(matrix, value)
    client.get(DIFF)
    with django_assert_num_queries(16):
        response = client.get(DIFF, {"from": "revision:1"})
    assert len(response.context["difference"].fates) == count


def test_the_change_log_leads_to_the_difference(client: Client) -> None:
    recorded()
    page = client.get("/interop/support/changes/").content.decode()
    assert f'action="{DIFF}"' in page
    assert '<option value="revision:1">' in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_fits_and_shuts_nobody_out(browser: Browser, live_server: Any) -> None:
    matrix = recorded()
    value = own(rate(rate(read_matrix(matrix), "ec2", "L1"), "gce", "x"), "cosi", "Kai")
    later(matrix, replace(value, introduction="A long text. " * 40))
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page, found = context.new_page(), []
    for address in (DIFF, f"{DIFF}?from=2021-06-08&to=2021-05-11", "/interop/support/changes/"):
        page.goto(live_server.url + address)
        found += faults(page, [(360, "dark"), (1400, "light")], fits=[800])
    assert found == []
    context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_scripts_the_form_compares_and_swaps(browser: Browser, live_server: Any) -> None:
    matrix = recorded()
    later(matrix, rate(read_matrix(matrix), "ec2", "L1"))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/interop/support/changes/")
    page.get_by_label("From", exact=True).fill("revision:1")
    page.get_by_label("to", exact=True).fill("2021-06-08")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".fate")).to_contain_text("Promoted")
    page.get_by_role("link", name="Swap").click()
    expect(page.locator(".fate")).to_contain_text("Demoted")
    context.close()
