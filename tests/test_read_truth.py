"""Every comparable field of the documents whose truth is known."""

import datetime as dt
import json
from typing import Any

import pytest

from communitycalls.document.agenda import kind_of
from communitycalls.document.outline import Passage, passage
from communitycalls.document.people import LINK
from communitycalls.document.reader import read
from communitycalls.document.values import CallDocument
from interop.document.errors import Remark
from tests.corpus import CORPUS, needs_corpus

pytestmark = needs_corpus
DATES = ("2021-05-11", "2021-06-08", "2021-07-26", "2021-08-10", "2021-09-28", "2021-10-19", "2021-11-09")
STATUS = {"present": "final", "placeholder": "placeholder", "absent": "absent"}
Case = tuple[CallDocument, tuple[Remark, ...], dict[str, Any]]


@pytest.fixture(params=[*DATES, "seed"], scope="module")
def case(request: pytest.FixtureRequest) -> Case:
    if request.param == "seed":
        source = CORPUS / "seeds" / "001_6959cd74c1178364.txt"
        truth = CORPUS / "truth" / "seeds" / "001_meeting_2021-05-11.json"
        name = "2021-05-11.md"
    else:
        name = f"{request.param}.md"
        source = CORPUS / "flatcar" / "community-meetings" / name
        truth = CORPUS / "truth" / "flatcar" / f"{request.param}.json"
    value, remarks = read(source.read_text(), name=name)
    return value, remarks, json.loads(truth.read_text())


def _bullets(part: Passage) -> tuple[int, int, int]:
    """Bullets at the first level, below it, and lines that are in no list."""
    lists = [block for block in part.blocks if block.kind == "list"]
    items = [part.item(item) for block in lists for item in block.items]
    below = [_bullets(item) for item in items]
    loose = sum(block.end - block.start for block in part.blocks if block.kind == "paragraph")
    return len(items), sum(first + deeper for first, deeper, _ in below), loose


def test_headline_is_as_the_title_says(case: Case) -> None:
    value, _, truth = case
    assert value.title == truth["title"]
    assert value.date == dt.date.fromisoformat(truth["date"])
    assert value.start == dt.datetime.fromisoformat(truth["start_utc"].replace("Z", "+00:00"))
    assert value.timezone == "Europe/Berlin"
    assert value.series == truth["kind"].replace(" ", "-")


def test_times_that_contradict_the_first_are_remarked_on_and_no_others(case: Case) -> None:
    _, remarks, truth = case
    wrong = [time["as_written"] for time in truth["times_as_written"] if not time["consistent_with_first"]]
    said = [remark.text for remark in remarks if " UTC, but " in remark.text]
    assert [text.split("'")[1].split(" ")[0] for text in said] == wrong
    assert all(remark.line == 1 for remark in remarks if " UTC, but " in remark.text)


def test_links_are_of_their_kind(case: Case) -> None:
    value, _, truth = case
    by_kind = [(link.kind, link.url) for link in value.links]
    slides = [("slides", truth["slides"]["target"])] if truth["slides"] else []
    assert [pair for pair in by_kind if pair[0] == "slides"] == slides
    watched = [(link.label, link.url) for link in value.links if link.kind in {"recording", "stream"}]
    assert watched == ([(truth["recording"]["label"], truth["recording"]["url"])] if truth["recording"] else [])
    boards = [link["target"] for link in truth["links"] if link["role"] == "planning board"]
    assert [link.url for link in value.links if link.kind == "board"] == boards
    others = [(entry["label"], entry["url"]) for entry in truth["calendar"]]
    assert [(link.label, link.url) for link in value.links if link.kind == "other"] == others


def test_join_links_keep_their_id_and_passcode(case: Case) -> None:
    value, remarks, truth = case
    found = [link for link in value.links if link.kind == "join"]
    assert [(link.label, link.url) for link in found] == [(join["label"], join["url"]) for join in truth["join"]]
    for link, join in zip(found, truth["join"], strict=True):
        expected = [f"Meeting ID: {join['meeting_id']}", f"Passcode: {join['passcode']}"] if join["meeting_id"] else []
        assert link.details.splitlines() == expected
    contradicted = [join["line"] for join in truth["join"] if "does NOT match" in join.get("note", "")]
    assert [remark.line for remark in remarks if "meeting id" in remark.text] == contradicted


def test_agenda_has_its_items_and_their_bullets(case: Case) -> None:
    value, _, truth = case
    found = [(item.number, item.title, *_bullets(passage(item.body))) for item in value.agenda]
    assert found == [
        (number, item["title"], item["bullets"], item["nested_bullets"], item["paragraphs"])
        for number, item in enumerate(truth["agenda"], start=1)
    ]
    assert [item.kind for item in value.agenda] == [kind_of(item["title"]) for item in truth["agenda"]]


def test_minutes_have_their_entries(case: Case) -> None:
    value, _, truth = case
    assert value.minutes.status == STATUS[truth["minutes_status"]]
    assert len(value.minutes.entries) == truth["minutes_items"]
    assert bool(value.minutes.introduction) == (truth["minutes_status"] == "present")
    for entry, expected in zip(value.minutes.entries, truth["minutes"], strict=True):
        item = passage(entry.text)
        assert (entry.number, entry.kind) == (expected["n"], "note")
        assert LINK.sub(r"\1", entry.text).startswith(expected["first_words"])
        assert _bullets(item)[:2] == (expected["direct_bullets"], expected["deeper_bullets"])
    nested = sum(sum(_bullets(passage(entry.text))[:2]) for entry in value.minutes.entries)
    assert nested == truth["minutes_sub_bullets_total"]


def test_minutes_name_who_acts_and_not_who_is_quoted(case: Case) -> None:
    value, _, truth = case
    speakers = dict.fromkeys(name for entry in value.minutes.entries for name in entry.speakers)
    assert list(speakers) == truth["minutes_speakers"]
    leads = dict.fromkeys(entry.speakers[0] for entry in value.minutes.entries if len(entry.speakers) == 1)
    assert list(leads) == truth["minutes_item_leads"]


def test_questions_are_complete_with_every_answer(case: Case) -> None:
    value, _, truth = case
    assert len(value.questions) == truth["questions_count"]
    for question, expected in zip(value.questions, truth["questions"], strict=True):
        assert question.asked_by == expected["asked_by"]
        assert question.state == "answered"
        assert " ".join(question.text.split()[:8]) == expected["text_first_8_words"]
        assert "**" not in question.text
        assert [answer.speaker for answer in question.answers] == [reply["speaker"] for reply in expected["replies"]]
        for answer, reply in zip(question.answers, expected["replies"], strict=True):
            assert answer.text.startswith(reply["first_5_words"])
            assert len(answer.text.splitlines()) == reply.get("physical_lines", 1)
            assert answer.text.endswith(reply.get("last_words", ""))


def test_releases_are_those_of_a_channel_or_a_round(case: Case) -> None:
    value, _, truth = case
    found = [
        (r.channel, r.version, r.date.isoformat() if r.date else None, r.granularity, r.outlook, r.kind)
        for r in value.releases
    ]
    assert found == [
        (r["channel"], r["version"], r["date"], r["granularity"], r["status"], r["bump"]) for r in truth["releases"]
    ]


def test_nothing_is_invented(case: Case) -> None:
    value, _, truth = case
    assert truth["attendees_listed"] is None
    assert value.attendance == ()
    assert [entry.kind for entry in value.minutes.entries if entry.kind != "note"] == truth["action_items"]
    assert (value.unread, value.introduction, value.matrix_changes) == ((), "", ())
