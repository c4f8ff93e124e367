"""The report of an import accounts for every line of a document; with `--lines` it says what each became."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from interop.document.accounting import summary
from interop.document.page import read_page_accounted
from interop.document.reader import account, read_accounted
from tests.corpus import CORPUS, needs_corpus
from tests.make import make_environment, make_matrix

pytestmark = pytest.mark.django_db

CALL = "# Community call Tuesday, 11th of May 2021, 17:30 CEST\n\n<!-- aside -->\n\n## News\n- one\n"
MATRIX = "---\ntitle: x\n---\n\n# Support\n\n| Environment | Works |\n|---|---|\n| EC2 | X |\n| | |\n\nDone.\n"
PAGE = "# EC2\n\nHello.\n\n## The `sysext` flavor\n\nWorks.\n"


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [row.rstrip() for row in capsys.readouterr().out.splitlines()]


def test_call_is_accounted_for_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "2021-05-11.md"
    path.write_text(CALL)
    call_command("import_calls", str(path), lines=True, dry_run=True)
    assert lines_of(capsys)[2:7] == [
        "  4 lines: 3 read, 1 unread",
        "     1  title     # Community call Tuesday, 11th of May 2021, 17:30 CEST",
        "!    3  unread    <!-- aside -->",
        "     5  agenda 1  ## News",
        "     6  agenda 1  - one",
    ]


def test_lines_stand_in_json_only_where_they_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "2021-05-11.md"
    path.write_text(CALL)
    call_command("import_calls", str(path), format="json")
    assert set(json.loads(capsys.readouterr().out)["documents"][0]) >= {"file", "call", "result", "warnings"}
    call_command("import_calls", str(path), format="json", lines=True)
    lines = json.loads(capsys.readouterr().out)["documents"][0]["lines"]
    assert lines[1] == {"line": 3, "owner": "unread", "text": "<!-- aside -->"}
    assert [one["line"] for one in lines] == [1, 3, 5, 6]


def test_matrix_is_accounted_for_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "matrix.md"
    path.write_text(MATRIX)
    call_command("import_matrix", str(path), matrix="support", lines=True)
    rows = lines_of(capsys)
    assert "  9 lines: 6 read, 3 unread" in rows
    assert "!    2  unread           title: x" in rows
    assert "     9  environment ec2  | EC2 | X |" in rows
    assert "    10  placeholder      | | |" in rows


def test_page_of_an_environment_is_accounted_for_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_environment(make_matrix())
    path = tmp_path / "page.md"
    path.write_text(PAGE)
    call_command("import_environment", str(path), matrix="support", environment="ec2", lines=True)
    assert lines_of(capsys)[:5] == [
        "  4 lines: 4 read, 0 unread",
        "     1  title        # EC2",
        "     3  text         Hello.",
        "     5  variant      ## The `sysext` flavor",
        "     7  description  Works.",
    ]


def test_value_too_long_to_store_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "matrix.md"
    path.write_text(MATRIX.replace("EC2", "E" * 300))
    with pytest.raises(CommandError, match=r"matrix\.md cannot be stored: name 'EEEE.*at most 200 characters"):
        call_command("import_matrix", str(path), matrix="support")


@needs_corpus
def test_repair_of_the_damaged_seed_is_reported_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = next((CORPUS / "seeds").glob("004_*")).read_bytes()
    path = tmp_path / "matrix.md"
    path.write_bytes(data)
    call_command("import_matrix", str(path), matrix="support")
    assert "lines were UTF-8 encoded twice and are read as meant" in capsys.readouterr().out
    call_command("export_matrix", "support", as_imported=True)
    path.write_bytes("Kühl".encode("latin-1"))
    with pytest.raises(CommandError, match="line 1: The byte 0xFC at position 2 is not UTF-8"):
        call_command("import_matrix", str(path), matrix="other")


@needs_corpus
def test_every_document_of_the_corpus_is_read_whole() -> None:
    """All but the front matter and comments of the samples: the corpus has none."""
    flatcar = CORPUS / "flatcar"
    for path in flatcar.glob("interop-matrix/*.md"):
        lines = read_accounted(path.read_text())[2]
        assert summary(lines).endswith(" read, 0 unread"), path
        assert sorted(account(path.read_text())) == [one.line for one in lines]
    page = next((CORPUS / "seeds").glob("003_*")).read_text()
    assert summary(read_page_accounted(page)[2]).endswith(" read, 0 unread")
