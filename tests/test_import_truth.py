"""The seven call documents of the corpus, through the import command and `call.json`, against what readers found."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.text import slugify

from communitycalls.document import values as v
from communitycalls.exporter import read_call
from communitycalls.models import Call
from interop.markdown import parse
from tests.corpus import CORPUS, needs_corpus

pytestmark = [pytest.mark.django_db, needs_corpus]

Truth = dict[str, Any]
STATES = {"present": ("final", "final"), "placeholder": ("held", "placeholder"), "absent": ("held", "absent")}


def truths() -> list[Truth]:
    return [json.loads(path.read_text()) for path in sorted((CORPUS / "truth" / "flatcar").glob("*.json"))]


@pytest.fixture
def imported(client: Client, capsys: pytest.CaptureFixture[str]) -> list[tuple[Truth, dict[str, Any]]]:
    """Each document's truth beside the JSON that a visitor reads."""
    call_command("import_calls", str(CORPUS / "flatcar" / "community-meetings"), format="json")
    capsys.readouterr()
    return [(truth, client.get(f"/calls/{address(truth)}/call.json").json()) for truth in truths()]


def address(truth: Truth) -> str:
    return f"{slugify(truth['kind'])}/{truth['date']}"


def value_of(truth: Truth) -> v.CallDocument:
    series, _, date = address(truth).partition("/")
    return read_call(Call.objects.get(series__slug=series, date=dt.date.fromisoformat(date)), whole=True)


def bullets(markdown: str) -> tuple[int, int]:
    """How many bullets of a text stand outermost, and how many deeper."""
    levels = [token.level for token in parse(markdown) if token.type == "list_item_open"]
    return levels.count(1), len(levels) - levels.count(1)


def first_words(text: str, count: int) -> str:
    return " ".join(text.replace("**", "").split()[:count])


def without_links(markdown: str) -> str:
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", markdown)


def of_kind(document: dict[str, Any], *kinds: str) -> list[str]:
    return [link["url"] for link in document["links"] if link["kind"] in kinds]


Imported = list[tuple[Truth, dict[str, Any]]]


def test_every_document_is_a_call_of_the_series_its_title_names(imported: Imported) -> None:
    assert len(imported) == Call.objects.count() == 7
    for truth, document in imported:
        assert f"{document['series']}/{document['date']}" == address(truth)
        assert document["title"] == truth["title"]


def test_start_is_the_moment_the_first_time_of_the_title_names(imported: Imported) -> None:
    for truth, document in imported:
        assert document["start"] == truth["start_utc"].replace("Z", ":00Z")
        assert document["timezone"] == "Europe/Berlin"


def test_slides_recording_and_meeting_links(imported: Imported) -> None:
    for truth, document in imported:
        assert of_kind(document, "slides") == ([truth["slides"]["target"]] if truth["slides"] else [])
        assert of_kind(document, "recording", "stream") == [truth["recording"]["url"]]
        assert of_kind(document, "join") == [one["url"] for one in truth["join"]]
        labels = [one["label"] for one in document["links"] if one["kind"] == "join"]
        assert labels == [one["label"] for one in truth["join"]]


def test_meeting_ids_and_passcodes_stay_with_their_link(imported: Imported) -> None:
    for truth, _ in imported:
        links = [link for link in value_of(truth).links if link.kind == "join"]
        for told, link in zip(truth["join"], links, strict=True):
            for detail in (told["meeting_id"], told["passcode"]):
                assert detail is None or detail in link.details


def test_boards_and_calendars(imported: Imported) -> None:
    for truth, document in imported:
        boards = [one["target"] for one in truth["links"] if one["role"] == "planning board"]
        assert of_kind(document, "board") == boards
        others = {one["label"]: one["url"] for one in document["links"] if one["kind"] == "other"}
        assert others == {one["label"]: one["url"] for one in truth.get("calendar", [])}


def test_agenda_titles_and_bullets(imported: Imported) -> None:
    for truth, document in imported:
        assert [item["number"] for item in document["agenda"]] == list(range(1, truth["agenda_items"] + 1))
        for told, item in zip(truth["agenda"], document["agenda"], strict=True):
            assert item["title"] == told["title"]
            assert bullets(item["body"]) == (told["bullets"], told["nested_bullets"])
            assert bool(item["body"]) == told["has_body"]


def test_state_of_call_and_minutes(imported: Imported) -> None:
    for truth, document in imported:
        assert (document["status"], document["minutes"]["status"]) == STATES[truth["minutes_status"]]
        assert bool(document["minutes"]["entries"]) == (truth["minutes_status"] == "present")


def test_minutes_items_with_their_sub_bullets(imported: Imported) -> None:
    for truth, document in imported:
        entries = document["minutes"]["entries"]
        assert [entry["number"] for entry in entries] == [told["n"] for told in truth["minutes"]]
        for told, entry in zip(truth["minutes"], entries, strict=True):
            assert without_links(entry["text"]).startswith(told["first_words"])
            assert bullets(entry["text"]) == (told["direct_bullets"], told["deeper_bullets"])
        assert sum(sum(bullets(entry["text"])) for entry in entries) == truth["minutes_sub_bullets_total"]


def test_speakers_of_the_minutes(imported: Imported) -> None:
    for truth, document in imported:
        speakers = [entry["speakers"] for entry in document["minutes"]["entries"]]
        assert {name for names in speakers for name in names} == set(truth["minutes_speakers"])
        leads = dict.fromkeys(names[0] for names in speakers if len(names) == 1)
        assert list(leads) == truth["minutes_item_leads"]


def test_questions_and_their_answers(imported: Imported) -> None:
    for truth, document in imported:
        assert len(document["questions"]) == truth["questions_count"]
        for told, question in zip(truth["questions"], document["questions"], strict=True):
            assert question["asked_by"] == told["asked_by"]
            assert first_words(question["text"], 8) == told["text_first_8_words"]
            answers = [(one["speaker"], first_words(one["text"], 5)) for one in question["answers"]]
            assert answers == [(one["speaker"], one["first_5_words"]) for one in told["replies"]]


def test_releases(imported: Imported) -> None:
    for truth, document in imported:
        told = [(one["channel"], one["version"], one["date"], one["status"], one["bump"]) for one in truth["releases"]]
        found = [
            (one["channel"], one["version"], one["date"], one["outlook"], one["kind"]) for one in document["releases"]
        ]
        assert found == told
        granularities = [release.granularity for release in value_of(truth).releases]
        assert granularities == [one["granularity"] for one in truth["releases"]]


def test_nobody_is_listed_as_attending(imported: Imported) -> None:
    for _, document in imported:
        assert document["attendance"] == []
