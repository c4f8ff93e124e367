"""`import_calls`: files and folders, all of them or none, and a report of what became of each."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from communitycalls.exporter import read_calls
from communitycalls.models import Call, CallSource, Person, Release, Revision, Series
from tests.corpus import CORPUS, needs_corpus
from tests.make import make_series

pytestmark = pytest.mark.django_db

FLATCAR = CORPUS / "flatcar" / "community-meetings"
MINUTES = "# Call Minutes\n\n1. Andy opens the call.\n2. Marga shows the matrix.\n"


def call_text(day: str = "Tuesday, 11th of May", kind: str = "community call", more: str = "") -> str:
    return f"# Harbour {kind} {day}, 17:30 CEST\n\n## Welcome\n- Meet the team\n\n## Q&A\n- Your questions\n\n{more}"


def write(folder: Path, name: str = "2021-05-11.md", text: str | bytes | None = None) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    content = call_text() if text is None else text
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture
def bring(capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command and gives back what it printed as JSON."""

    def run(*paths: Path, **options: Any) -> list[dict[str, Any]]:
        call_command("import_calls", *map(str, paths), format="json", **options)
        printed = json.loads(capsys.readouterr().out)
        assert list(printed) == ["documents"]
        return list(printed["documents"])

    return run


def everything() -> tuple[Any, ...]:
    models = (Series, Call, CallSource, Revision, Person, Release)
    return (*(model.objects.count() for model in models), read_calls(Call.objects.all(), whole=True))


def test_report_names_file_call_result_and_warnings(bring: Any, tmp_path: Path) -> None:
    path = write(tmp_path)
    documents = bring(path)
    assert documents == [{"file": str(path), "call": "community-call/2021-05-11", "result": "read", "warnings": []}]


@needs_corpus
def test_folder_of_seven_calls_and_a_readme_is_read_without_doubles(bring: Any) -> None:
    first = bring(FLATCAR)
    assert [one["result"] for one in first] == ["read"] * 7 + ["refused"]
    assert (Path(first[-1]["file"]).name, first[-1]["call"]) == ("README.md", None)
    before = everything()
    assert [one["result"] for one in bring(FLATCAR)] == ["unchanged"] * 7 + ["refused"]
    assert everything() == before


@needs_corpus
def test_warnings_say_line_and_contradiction(bring: Any) -> None:
    documents = {Path(one["file"]).stem: one["warnings"] for one in bring(FLATCAR)}
    assert any("PST" in warning["text"] and warning["line"] == 1 for warning in documents["2021-09-28"])
    assert any("843 3611 6610" in warning["text"] for warning in documents["2021-09-28"])


@needs_corpus
@pytest.mark.parametrize("folder", sorted(path.name for path in (CORPUS / "flatcar" / "history").glob("*")))
def test_document_that_grew_is_one_call_as_its_last_version_says(bring: Any, folder: str) -> None:
    versions = sorted((CORPUS / "flatcar" / "history" / folder).glob("*.md"))
    for version in versions:
        bring(version)
    grown = read_calls(Call.objects.filter(date=folder), whole=True)
    Call.objects.all().delete()
    bring(versions[-1])
    fresh = read_calls(Call.objects.filter(date=folder), whole=True)
    assert len(grown) == len(fresh) == 1
    assert [(item.title, item.body) for item in grown[0].agenda] == [
        (item.title, item.body) for item in fresh[0].agenda
    ]
    assert [one.text for one in grown[0].minutes.entries] == [one.text for one in fresh[0].minutes.entries]
    assert [one.text for one in grown[0].questions] == [one.text for one in fresh[0].questions]
    assert grown[0].links == fresh[0].links


def test_draft_stays_a_draft_until_it_is_imported_without(bring: Any, tmp_path: Path) -> None:
    path = write(tmp_path, text=call_text(more=MINUTES))
    bring(path, draft=True)
    assert Call.objects.get().status == "draft"
    assert [one["result"] for one in bring(path)] == ["changed"]
    assert Call.objects.get().status == "final"


def test_dry_run_tells_all_and_writes_nothing(bring: Any, tmp_path: Path) -> None:
    write(tmp_path), write(tmp_path, "2021-05-11-grown.md", call_text(more=MINUTES))
    before = everything()
    assert [one["result"] for one in bring(tmp_path, dry_run=True)] == ["changed", "read"][::-1]
    assert everything() == before


@pytest.mark.parametrize(
    ("name", "text", "quoted"),
    [
        ("2021-05-11.md", b"# Call \xff\xfe of May", "0xFF"),
        ("notes.md", "# Notes\n\n## Welcome\n", "notes.md"),
        ("2021-02-30.md", "# Harbour community call Tuesday, 30th of February, 17:30 CET\n", "2021-02-30"),
        ("2021-05-11.md", "", "2021-05-11.md"),
    ],
)
def test_bad_file_is_refused_in_a_sentence_and_nothing_is_written(
    tmp_path: Path, name: str, text: str | bytes, quoted: str
) -> None:
    good = write(tmp_path, "2021-06-08.md", call_text("Tuesday, 8th of June"))
    bad = write(tmp_path / "bad", name, text)
    before = everything()
    with pytest.raises(CommandError) as caught:
        call_command("import_calls", str(good), str(bad))
    assert quoted in str(caught.value)
    assert "nothing was written" in str(caught.value)
    assert everything() == before


def test_file_that_fails_late_undoes_those_before_it(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, "2021-06-08.md", call_text("Tuesday, 8th of June").replace("Welcome", "W" * 301))
    before = everything()
    with pytest.raises(CommandError, match="at most 300 characters"):
        call_command("import_calls", str(tmp_path))
    assert everything() == before


def test_refusal_is_in_the_json_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path)
    write(tmp_path, "bad.md", "# Notes\n")
    with pytest.raises(CommandError):
        call_command("import_calls", str(tmp_path), format="json")
    documents = json.loads(capsys.readouterr().out)["documents"]
    assert [(one["result"], one["call"]) for one in documents] == [
        ("unchanged", "community-call/2021-05-11"),
        ("refused", None),
    ]
    assert documents[1]["warnings"][-1]["text"]


@pytest.mark.parametrize(
    ("name", "text"), [("bad.md", "# Notes\n"), ("2021-06-08.md", call_text("", more="## " + "W" * 301))]
)
def test_files_beside_a_refused_one_say_that_nothing_of_them_was_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    write(tmp_path, "2021-05-11.md"), write(tmp_path, name, text)
    with pytest.raises(CommandError, match="1 of 2 files refused, so nothing was written"):
        call_command("import_calls", str(tmp_path), format="json")
    documents = json.loads(capsys.readouterr().out)["documents"]
    beside = next(one for one in documents if one["result"] != "refused")
    assert beside["result"] == "unchanged"
    assert beside["warnings"][-1]["text"] == (
        f"Nothing of this file was written, because another was refused: '{tmp_path / name}'."
    )
    assert Call.objects.count() == 0


def test_readme_named_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="1 of 1 files refused"):
        call_command("import_calls", str(write(tmp_path, "README.md", "# About these files\n")))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.md"], "'nowhere.md' is no file or folder."),
        (["."], "holds no Markdown file"),
        ([".", "--series", "tea-time"], "'tea-time' is no series here. The series are: community-call."),
    ],
)
def test_bad_argument_is_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    make_series()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError) as caught:
        call_command("import_calls", *arguments)
    assert sentence in str(caught.value)


def test_text_report_ends_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path)
    call_command("import_calls", str(path))
    assert capsys.readouterr().out.splitlines() == [
        f"{path}: read: community-call/2021-05-11",
        "  5 lines: 5 read, 0 unread",
        "1 file read: 1 new, 0 changed, 0 unchanged, 0 refused.",
    ]


def test_year_of_a_file_may_be_that_of_its_folder(bring: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "2023", "CG-05-10.md", "# Harbour community call May 10th, 17:30 CEST\n\n## Welcome\n")
    assert [one["call"] for one in bring(path.parent)] == ["community-call/2023-05-10"]
    assert CallSource.objects.get().name == "2023/CG-05-10.md"
    assert [one["result"] for one in bring(path)] == ["unchanged"]
