"""Documents that grow: each version of the corpus in its order makes one call, with a revision for each real change."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from communitycalls import history
from communitycalls.document import values as v
from communitycalls.document.reader import read
from communitycalls.models import Call, Conflict
from interop.document import codec
from tests.corpus import CORPUS, needs_corpus

pytestmark = pytest.mark.django_db

HISTORY = CORPUS / "flatcar" / "history"
LISTS = ("links", "agenda", "questions", "releases", "attendance")
FOLDERS = {
    "2021-05-11": 7,
    "2021-06-08": 5,
    "2021-07-26": 2,
    "2021-08-10": 5,
    "2021-09-28": 5,
    "2021-10-19": 7,
    "2021-11-09": 7,
}

grown = pytest.mark.parametrize("folder", list(FOLDERS))


def versions(folder: str) -> list[Path]:
    """The versions of a call's document by day, as the corpus names them."""
    return sorted((HISTORY / folder).glob("*.md"))


def bring(*paths: Path) -> None:
    for path in paths:
        call_command("import_calls", str(path), format="json")


def document_json(client: Client) -> dict[str, Any]:
    """What a visitor reads of the only call."""
    call = Call.objects.get()
    return dict(client.get(f"/calls/{call.series.slug}/{call.address}/call.json").json())


def unnumbered(value: Any) -> Any:
    """JSON without the numbers of what it lists, and with agenda items by their places."""
    if isinstance(value, list):
        return [unnumbered(one) for one in value]
    if not isinstance(value, dict):
        return value
    places = {item["number"]: place for place, item in enumerate(value.get("agenda") or (), 1)}
    for entry in value.get("minutes", {}).get("entries", ()) if places else ():
        entry["agenda_item"] = places.get(entry["agenda_item"])
    releases = sorted(value["releases"], key=repr) if "releases" in value else None
    plain = {key: unnumbered(one) for key, one in value.items() if key != "number"}
    return plain | ({"releases": sorted(unnumbered(releases), key=repr)} if releases is not None else {})


def things(document: v.CallDocument) -> Iterator[tuple[str, Any]]:
    """Everything a call lists, without numbers."""
    for name in LISTS:
        for one in codec.dump(getattr(document, name)):
            yield name, repr({**one, "number": 0})
    for entry in codec.dump(document.minutes.entries):
        yield "entries", repr({**entry, "number": 0})


@needs_corpus
@grown
def test_versions_in_order_are_one_call_with_a_revision_for_each_real_change(folder: str) -> None:
    paths = versions(folder)
    bring(*paths)
    values = [read(path.read_text(), name=f"{folder}/{path.name}")[0] for path in paths]
    changes = 1 + sum(old != new for old, new in itertools.pairwise(values))
    assert changes == FOLDERS[folder] == Call.objects.get().revisions.count()
    assert not Conflict.objects.exists()


@needs_corpus
@grown
def test_on_the_way_nothing_is_doubled_and_numbers_name_one_thing(folder: str) -> None:
    bring(*versions(folder))
    known: dict[tuple[str, int], str] = {}
    for revision in Call.objects.get().revisions.order_by("number"):
        document = history.read_revision(revision)
        found = list(things(document))
        assert len(found) == len(set(found))
        named = [("item", item.number, item.title) for item in document.agenda]
        named += [("entry", entry.number, entry.text) for entry in document.minutes.entries]
        for sort, number, text in named:
            first_word = text.split()[0]
            assert known.setdefault((sort, number), first_word) == first_word


@needs_corpus
@grown
def test_call_that_grew_reads_as_its_last_version_alone(folder: str, client: Client) -> None:
    paths = versions(folder)
    bring(*paths)
    after = document_json(client)
    bring(paths[-1])
    assert document_json(client) == after
    bring(*paths)
    assert unnumbered(document_json(client)) == unnumbered(after)
    assert not Conflict.objects.exists()
    Call.objects.all().delete()
    bring(paths[-1])
    assert unnumbered(document_json(client)) == unnumbered(after)


DOCUMENT = "# Harbour community call Tuesday, 11th of May, 17:30 CEST\n\n## Welcome\n- Meet the team\n\n## Q&A\n- Ask\n"
MINUTES = "\n# Call Minutes\n\n1. Andy opens the call.\n2. Marga shows the matrix.\n"


def grow(folder: Path, *texts: str) -> Call:
    """The call after each text was imported as a version of its document."""
    for text in texts:
        path = folder / "2021-05-11.md"
        path.write_bytes(text.encode())
        bring(path)
    return Call.objects.get()


@pytest.mark.parametrize(
    "same",
    [
        DOCUMENT.replace("\n\n", "\n\n\n"),
        DOCUMENT.replace("team", "team "),
        DOCUMENT.replace("\n", "\r\n"),
        DOCUMENT + "\n\n",
        "\n" + DOCUMENT,
    ],
)
def test_version_that_says_the_same_makes_no_revision(tmp_path: Path, same: str) -> None:
    assert grow(tmp_path, DOCUMENT, same, DOCUMENT).revisions.count() == 1


def test_promise_of_minutes_gives_way_to_minutes(tmp_path: Path, client: Client) -> None:
    promise = "\n# Call Minutes\n\nAs usual, the meeting minutes will be added here after the call.\n"
    call = grow(tmp_path, DOCUMENT + promise)
    assert (call.status, document_json(client)["minutes"]["status"]) == ("held", "placeholder")
    call = grow(tmp_path, DOCUMENT + MINUTES)
    assert (call.status, document_json(client)["minutes"]["status"]) == ("final", "final")
    assert call.revisions.count() == 2


def test_what_goes_and_comes_back_has_a_new_number(tmp_path: Path) -> None:
    call = grow(tmp_path, DOCUMENT, DOCUMENT.replace("## Welcome\n- Meet the team\n", ""), DOCUMENT)
    assert [(item.title, item.number) for item in call.agenda.all()] == [("Welcome", 3), ("Q&A", 2)]
