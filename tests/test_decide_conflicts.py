"""What editors and a document both changed waits as rows, and commands list and decide it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from communitycalls.models import Call, Conflict
from tests.make import make_series

pytestmark = pytest.mark.django_db


def text(body: str = "Meet the team", end: str = "Your questions", minutes: str = "") -> str:
    head = "# Harbour community call Tuesday, 11th of May, 17:30 CEST"
    return f"{head}\n\n## Welcome\n- {body}\n\n## Q&A\n- {end}\n\n{minutes}"


@pytest.fixture
def bring(tmp_path: Path) -> Any:
    """Imports a text as the document of 11 May."""

    def run(*args: str, name: str = "2021-05-11.md", **fields: str) -> None:
        path = tmp_path / name
        path.write_text(text(**fields))
        call_command("import_calls", str(path), *args)

    return run


@pytest.fixture
def contested(bring: Any, capsys: pytest.CaptureFixture[str]) -> Conflict:
    """One open conflict: the welcome's body."""
    bring()
    Call.objects.get().agenda.filter(number=1).update(body="- Meet the harbour team")
    bring(body="Meet the whole team")
    capsys.readouterr()
    return Conflict.objects.get()


def body() -> str:
    return Call.objects.get().agenda.get(number=1).body


def states() -> list[str]:
    return list(Conflict.objects.values_list("state", flat=True))


def test_what_both_changed_is_kept_here_and_waits(contested: Conflict) -> None:
    assert body() == "- Meet the harbour team"
    assert (contested.section, contested.number, contested.field, contested.state) == ("agenda", 1, "body", "open")
    sides = (contested.base, contested.here, contested.there)
    assert sides == ("- Meet the team", "- Meet the harbour team", "- Meet the whole team")
    assert contested.source == Call.objects.get().sources.first()


def test_same_document_again_doubles_nothing(contested: Conflict, bring: Any) -> None:
    bring(body="Meet the whole team")
    bring(body="Meet the whole team", end="Ask anything")
    assert states() == ["open"]


def test_newer_document_brings_the_open_conflict_up_to_date(contested: Conflict, bring: Any) -> None:
    bring(body="Meet the crew")
    contested.refresh_from_db()
    assert (contested.base, contested.there, states()) == ("- Meet the team", "- Meet the crew", ["open"])


@pytest.mark.parametrize("agreed", ["Meet the harbour team", "Meet the team"])
def test_document_that_comes_round_settles_it(contested: Conflict, bring: Any, agreed: str) -> None:
    bring(body=agreed)
    assert (body(), states()) == ("- Meet the harbour team", ["settled"])


def test_document_without_the_item_turns_it_into_another_conflict(contested: Conflict, tmp_path: Path) -> None:
    path = tmp_path / "2021-05-11.md"
    path.write_text(text().replace("## Welcome\n- Meet the team\n\n", ""))
    call_command("import_calls", str(path))
    assert states() == ["settled", "open"]
    assert Conflict.objects.still_open().get().there is None


def test_list_shows_both_sides(contested: Conflict, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("decide_conflicts", "--list")
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("community-call/2021-05-11: ")
    assert printed[1] == f"Conflict {contested.pk}: Agenda item 1: Welcome, text"
    assert [cell.strip() for cell in printed[2].split("|")] == ["here", "document"]
    assert [cell.strip() for cell in printed[4].split("|")] == ["- Meet the harbour team", "- Meet the whole team"]
    assert printed[-1] == "1 conflict to decide."


def test_taking_changes_the_call_with_a_revision(contested: Conflict, capsys: pytest.CaptureFixture[str]) -> None:
    before = Call.objects.get().revisions.count()
    call_command("decide_conflicts", "community-call", "2021-05-11", "--take", str(contested.pk))
    assert (body(), states()) == ("- Meet the whole team", ["taken"])
    assert Call.objects.get().revisions.count() == before + 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 conflict decided."


def test_keeping_changes_nothing_and_does_not_come_back(contested: Conflict, bring: Any) -> None:
    version = Call.objects.get().version
    call_command("decide_conflicts", "--keep", str(contested.pk))
    bring(body="Meet the whole team")
    assert (body(), states(), Call.objects.get().version) == ("- Meet the harbour team", ["kept"], version)


def test_dry_run_decides_nothing(contested: Conflict, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("decide_conflicts", "--take", str(contested.pk), "--dry-run")
    assert (body(), states()) == ("- Meet the harbour team", ["open"])
    assert "Nothing was written" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["tea-time"], "'tea-time' is no series here. The series are: community-call."),
        (["community-call", "yesterday"], "'yesterday' is no date of a call. Write it like 2021-05-11."),
        (["community-call", "2021-05-12"], "'community-call' has no call on 2021-05-12."),
        (["--take", "99"], "99 is no open conflict here."),
        (["--take", "99", "--list"], "--list only lists"),
    ],
)
def test_bad_argument_is_quoted(arguments: list[str], sentence: str) -> None:
    make_series()
    with pytest.raises(CommandError) as caught:
        call_command("decide_conflicts", *arguments)
    assert sentence in str(caught.value)


def test_id_both_kept_and_taken_is_refused(contested: Conflict) -> None:
    key = str(contested.pk)
    with pytest.raises(CommandError, match=f"{key} is both to keep and to take"):
        call_command("decide_conflicts", "--take", key, "--keep", key)
    assert states() == ["open"]


def test_nothing_to_decide_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("decide_conflicts")
    assert capsys.readouterr().out == "Nothing is to be decided.\n"


@pytest.mark.parametrize(("prefer", "wanted"), [("here", "- Ours"), ("document", "- Theirs")])
def test_preference_decides_at_once(bring: Any, prefer: str, wanted: str) -> None:
    bring()
    Call.objects.get().agenda.filter(number=1).update(body="- Ours")
    bring("--prefer", prefer, body="Theirs")
    assert (body(), states()) == (wanted, ["kept" if prefer == "here" else "taken"])


def test_preference_decides_what_waited_before(contested: Conflict, bring: Any) -> None:
    bring("--prefer", "document", body="Meet the whole team")
    assert (body(), states()) == ("- Meet the whole team", ["taken"])


def test_import_prints_both_sides_once(bring: Any, capsys: pytest.CaptureFixture[str]) -> None:
    bring()
    Call.objects.get().agenda.filter(number=1).update(body="- Ours")
    bring(body="Theirs")
    printed = capsys.readouterr().out
    assert f"  Conflict {Conflict.objects.get().pk}: Agenda item 1: Welcome, text\n" in printed
    assert printed.count("Theirs") == 1
    assert "1 thing changed on both sides: what stands here was kept; decide_conflicts lists" in printed


def test_json_report_has_the_conflict_and_its_warning(
    bring: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring()
    Call.objects.get().agenda.filter(number=1).update(body="- Ours")
    capsys.readouterr()
    bring("--format", "json", "--dry-run", body="Theirs")
    [document] = json.loads(capsys.readouterr().out)["documents"]
    assert len(document["warnings"]) == 1
    about = {"about": "Agenda item 1: Welcome", "field": "Text", "here": "- Ours", "document": "- Theirs"}
    assert document["conflicts"] == [{"id": None, **about}]
    assert states() == []
