"""Documents of other communities, in their own conventions: what can be known is read, the rest stays whole.

The samples are ours, written as Node.js TSC, WebAssembly CG, GraphQL WG, Kubernetes SIGs, Rust teams and users of pads
write; the truth beside each was made by reading it.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from communitycalls.document import CallDocument
from communitycalls.document.reader import account, read
from communitycalls.document.values import MinutesEntry
from communitycalls.document.writer import write

SAMPLES = sorted((Path(__file__).parent / "samples" / "calls").glob("*.md"))


def sample(path: Path) -> tuple[str, dict[str, Any]]:
    return path.read_text("utf-8"), json.loads(path.with_suffix(".json").read_text("utf-8"))


def value_of(path: Path) -> CallDocument:
    text, truth = sample(path)
    return read(text, name=truth["name"])[0]


def _told(call: CallDocument) -> dict[str, Any]:
    """A call as the truth files tell it: in the words of call.json, of long texts the beginning."""
    return {
        "title": call.title,
        "series": call.series,
        "date": call.date.isoformat(),
        "start": call.start.isoformat().replace("+00:00", "Z") if call.start else None,
        "timezone": call.timezone,
        "duration": call.duration,
        "links": [{"kind": one.kind, "label": one.label, "url": one.url} for one in call.links],
        "attendance": [{"name": one.name, "role": one.role} for one in call.attendance],
        "agenda": [
            {"title": one.title, "kind": one.kind, "minutes": one.minutes, "presenters": list(one.presenters)}
            for one in call.agenda
        ],
        "minutes": {"status": call.minutes.status, "entries": [_entry(one) for one in call.minutes.entries]},
        "questions": [
            {
                "asked_by": one.asked_by,
                "text": one.text,
                "answers": [{"speaker": answer.speaker, "text": answer.text} for answer in one.answers],
            }
            for one in call.questions
        ],
        "releases": [f"{one.channel} {one.version}" for one in call.releases],
        "unread": [row.line for row in call.unread],
    }


def _entry(entry: MinutesEntry) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": entry.kind, "begins": entry.text[:40]}
    due = entry.due.isoformat() if entry.due else None
    more = {"speakers": list(entry.speakers), "agenda_item": entry.agenda_item, "assignee": entry.assignee, "due": due}
    return told | {key: found for key, found in (more | {"offset": entry.offset}).items() if found}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample_is_read_as_a_person_reads_it(path: Path) -> None:
    truth = sample(path)[1]
    told = _told(value_of(path))
    for key, found in told.items():
        assert found == truth[key], key
    assert set(truth) == {*told, "name"}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_line_belongs_to_one_value_or_is_unread(path: Path) -> None:
    text, truth = sample(path)
    rows = [number for number, row in enumerate(text.split("\n"), 1) if row.strip()]
    owners = account(text, name=truth["name"])
    assert [one.line for one in owners] == rows
    assert [one.line for one in owners if one.owner == "unread"] == truth["unread"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_was_read_can_be_written_and_read_again(path: Path) -> None:
    value = replace(value_of(path), status="draft")
    again, _ = read(write(value), name=f"{value.address}.md")
    assert again == value
    assert write(again) == write(value)


def test_there_are_samples_of_at_least_six_communities() -> None:
    assert len({path.stem.partition("-")[0] for path in SAMPLES}) >= 6
