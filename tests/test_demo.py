"""The demo community: loaded once, and again without change."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from communitycalls.access import is_editor
from communitycalls.checks import demo_accounts
from communitycalls.demo.accounts import PASSWORD
from communitycalls.demo.load import load_demo
from communitycalls.models import Call, Question, RecordedChange
from interop.exporter import read_matrix
from interop.history import value_of
from interop.models import Matrix, Revision
from tests.corpus import CORPUS, needs_corpus

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def load() -> None:
    load_demo(NOW, lambda _step: None)


@pytest.fixture(scope="module", autouse=True)
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once for all tests here and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


def test_it_shows_a_year_of_calls_one_to_come_and_one_draft() -> None:
    found = {(call.series.slug, call.address): call.status for call in Call.objects.select_related("series")}
    assert found == {
        ("community-call", "2021-05-11"): "final",
        ("community-call", "2021-06-08"): "final",
        ("release-planning-call", "2021-07-26"): "held",
        ("community-call", "2021-08-10"): "held",
        ("release-team-call", "2021-09-28"): "held",
        ("community-call", "2021-10-19"): "final",
        ("community-call", "2021-11-09"): "final",
        ("community-call", "2026-12-08"): "announced",
        ("release-planning-call", "2026-11-30"): "draft",
    }


def test_loading_again_changes_nothing() -> None:
    before = (Call.objects.count(), Revision.objects.count(), list(Call.objects.values_list("pk", "version")))
    load()
    assert before == (Call.objects.count(), Revision.objects.count(), list(Call.objects.values_list("pk", "version")))


def test_matrix_changes_are_recorded_in_the_calls_of_may_and_june() -> None:
    dates = {date.isoformat() for date in RecordedChange.objects.values_list("call__date", flat=True)}
    assert dates == {"2021-05-11", "2021-06-08"}


@pytest.mark.parametrize("slug", ["distribution", "liqo"])
def test_the_rows_are_what_the_last_revision_says(slug: str) -> None:
    matrix = Matrix.objects.get(slug=slug)
    last = matrix.revisions.first()
    assert last is not None
    assert read_matrix(matrix) == value_of(last)


def test_questions_have_answers_from_the_floor() -> None:
    counts = [question.answers.count() for question in Question.objects.filter(call__date="2021-05-11")]
    assert counts == [1, 8, 3]


def test_editor_and_maintainer_may_sign_in() -> None:
    users = [authenticate(None, username=name, password=PASSWORD) for name in ("editor", "maintainer")]
    assert [(user is not None and is_editor(user), user is not None and user.is_superuser) for user in users] == [
        (True, False),
        (True, True),
    ]


def test_a_visitor_sees_nothing_of_the_draft(client: Client) -> None:
    assert client.get("/calls/release-planning-call/2026-11-30/").status_code == 404
    for page in ("/", "/calls/", "/calls/release-planning-call/", "/sitemap.xml"):
        text = client.get(page).content.decode()
        assert "Release planning call, November 2026" not in text
        assert "release-planning-call/2026-11-30" not in text
        assert "A draft: visitors see nothing of it." not in text


@needs_corpus
def test_no_sentence_of_the_corpus_is_in_the_demo() -> None:
    demo = " ".join(
        path.read_text() for path in Path("communitycalls/demo").rglob("*.*") if path.suffix in (".md", ".toml")
    )
    sources = [path.read_text() for path in (CORPUS / "seeds").glob("*.txt")]
    lines = {line.strip(" -*#|0123456789.") for text in sources for line in text.splitlines()}
    commands = ("$", "az ", "sudo ")
    prose = {
        line
        for line in lines
        if line.count(" ") >= 6
        and not line.startswith(commands)
        and not any(mark in line for mark in ("|", "  ", "://"))
    }
    assert [line for line in prose if line in demo] == []


def test_a_deploy_check_warns_of_the_password_everybody_knows() -> None:
    assert [warning.msg for warning in demo_accounts()] == [
        "The demo's password opens the account 'editor'.",
        "The demo's password opens the account 'maintainer'.",
    ]
