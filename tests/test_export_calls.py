"""`export_calls`: Markdown that imports as it was, and nothing that is not public unless all is asked for."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from communitycalls.exporter import read_calls
from communitycalls.models import Call
from tests.corpus import CORPUS, needs_corpus
from tests.make import make_call, make_entry, make_item, make_series

pytestmark = pytest.mark.django_db

FLATCAR = CORPUS / "flatcar" / "community-meetings"


@needs_corpus
def test_what_was_exported_imports_as_it_was(tmp_path: Path) -> None:
    call_command("import_calls", str(FLATCAR))
    before = read_calls(Call.objects.all(), whole=True)
    call_command("export_calls", output=tmp_path)
    assert len(list(tmp_path.glob("*/*.md"))) == 7
    Call.objects.all().delete()
    call_command("import_calls", str(tmp_path))
    assert read_calls(Call.objects.all(), whole=True) == before


@needs_corpus
def test_importing_what_was_exported_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_calls", str(FLATCAR))
    call_command("export_calls", output=tmp_path)
    capsys.readouterr()
    call_command("import_calls", str(tmp_path))
    assert capsys.readouterr().out.endswith("7 files read: 0 new, 0 changed, 7 unchanged, 0 refused.\n")


def test_file_edited_after_export_changes_the_call_in_place(tmp_path: Path) -> None:
    call = make_call()
    kept = make_entry(call, "Andy speaks of releses.")
    call_command("export_calls", "community-call", output=tmp_path)
    call_command("import_calls", str(tmp_path))
    path = tmp_path / "2021-05-11.md"
    path.write_text(path.read_text().replace("releses", "releases"))
    call_command("import_calls", str(tmp_path))
    assert list(call.entries.values_list("pk", "text")) == [(kept.pk, "Andy speaks of releases.")]


def test_drafts_and_unfinished_minutes_stay_here(tmp_path: Path) -> None:
    make_call(status="draft", title="SECRET draft")
    make_entry(make_call("2021-06-08", status="held"), "SECRET entry")
    call_command("export_calls", "community-call", output=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["2021-06-08.md"]
    assert "SECRET" not in (tmp_path / "2021-06-08.md").read_text()


def test_all_exports_drafts_and_unfinished_minutes_too(tmp_path: Path) -> None:
    make_call(status="draft", title="SECRET draft")
    make_entry(make_call("2021-06-08", status="held"), "SECRET entry")
    call_command("export_calls", "community-call", "--all", output=tmp_path)
    assert ["SECRET" in path.read_text() for path in tmp_path.iterdir()] == [True, True]


def test_private_notes_are_in_no_file(tmp_path: Path) -> None:
    make_item(make_call(), private_notes="SECRET")
    call_command("export_calls", "--all", output=tmp_path)
    assert "SECRET" not in (tmp_path / "community-call" / "2021-05-11.md").read_text()


def test_dry_run_writes_nothing_and_a_second_run_writes_nothing_new(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_call()
    folder = tmp_path / "out"
    call_command("export_calls", "community-call", "2021-05-11", output=folder, dry_run=True)
    assert not folder.exists()
    call_command("export_calls", "community-call", "2021-05-11", output=folder)
    call_command("export_calls", "community-call", "2021-05-11", output=folder)
    assert capsys.readouterr().out.splitlines() == [
        f"{folder}/2021-05-11.md: would be written",
        f"1 call exported to {folder}. Nothing was written: this was a dry run.",
        f"{folder}/2021-05-11.md: written",
        f"1 call exported to {folder}.",
        f"{folder}/2021-05-11.md: unchanged",
        f"1 call exported to {folder}.",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["tea-time"], "'tea-time' is no series here. The series are: community-call."),
        (["community-call", "2021-02-30"], "'2021-02-30' is no date of a call. Write it like 2021-05-11."),
        (["community-call", "2021-06-08"], "community-call has no call on 2021-06-08, or it is a draft"),
    ],
)
def test_bad_argument_is_quoted(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    make_call(series=make_series())
    make_call("2021-06-08", status="draft")
    with pytest.raises(CommandError) as caught:
        call_command("export_calls", *arguments, output=tmp_path)
    assert sentence in str(caught.value)


def test_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("mine")
    with pytest.raises(CommandError, match=r"is a file\. Name a folder"):
        call_command("export_calls", output=path)
    assert path.read_text() == "mine"


def import_one(
    tmp_path: Path, text: str = "# Community call Tuesday, 11th of May 2021\r\n\r\n## News\r\n* one\r\n"
) -> bytes:
    path = tmp_path / "in" / "2021-05-11.md"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    call_command("import_calls", str(path))
    return text.encode()


def exported(tmp_path: Path, **options: bool) -> bytes:
    call_command("export_calls", "community-call", output=tmp_path / "out", as_imported=True, **options)
    return (tmp_path / "out" / "2021-05-11.md").read_bytes()


def test_as_imported_gives_the_very_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_one(tmp_path) == exported(tmp_path)
    assert "edited" not in capsys.readouterr().out


def test_as_imported_says_where_the_bytes_lack_edits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = import_one(tmp_path)
    make_item(Call.objects.get(), "Added here")
    assert exported(tmp_path) == data
    assert "It was edited here since it was imported; the file does not have those edits." in capsys.readouterr().out


def test_as_imported_writes_calls_that_were_made_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_call(title="Made here")
    assert exported(tmp_path).startswith(b"# Made here\n")
    assert "It was made here: no document came in for it" in capsys.readouterr().out


def test_as_imported_leaks_no_unfinished_minutes(tmp_path: Path) -> None:
    data = import_one(tmp_path, "# Community call Tuesday, 11th of May 2021\n\n# Minutes\n\n1. SECRET\n")
    Call.objects.update(status="held")
    assert b"SECRET" not in exported(tmp_path)
    assert exported(tmp_path, all=True) == data
