"""Damaged documents are imported or refused with a sentence, each of their lines accounted for: never a traceback.

The documents are those of the demo and, where it is there, of the corpus with its history and seeds.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from communitycalls.importer import Result
from communitycalls.intake import load_files
from communitycalls.models import Call, CallSource
from interop.document import DocumentError
from interop.document.accounting import Accounted
from interop.document.source import decode
from interop.exporter import read_matrix
from interop.history import Note
from interop.intake import bring_in, load_page, read_environment_page, read_version
from interop.markdown import lines as rows_of
from interop.models import Environment, Matrix
from tests.corpus import CORPUS
from tests.make import make_environment, make_matrix
from tests.mutations import mutants

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2021, 6, 1, tzinfo=dt.UTC)
DEMO = Path(__file__).resolve().parent.parent / "communitycalls" / "demo"
FLATCAR, SEEDS = CORPUS / "flatcar", CORPUS / "seeds"
CALLS = [*FLATCAR.glob("community-meetings/2*.md"), *FLATCAR.glob("history/*/*.md"), *SEEDS.glob("00[12]_*")]
MATRICES = [*FLATCAR.glob("interop-matrix/*.md"), *SEEDS.glob("00[04]_*")]
PAGES = [*SEEDS.glob("003_*")]
OWN_CALLS = (
    "# Harbour community call Tuesday, 11th of May, 17:30 CEST\n\n- [Slides](s.pdf)\n- Zoom: https://zoom.us/j/12345678"
    "\n  - Passcode: 4\n\n## News\n- Alpha 1.2.3 is out\n\n## Matrix\n```\n| a | b |\n```\n\n# Call Minutes\n\nIt went."
    "\n\n1. Ada opens.\n   - ACTION: Kai to sweep\n2. **Decision:** We sail.\n\n## Q&A\n\n- Q: **Why?**\n- Ada: So.\n",
    "Board meeting 2021-05-11\n\nAttendees: Ada, Kai\n\n**Agenda**\n\n1. One\n2. Two\n\n**Minutes**\n\n- Ada spoke\n",
)
MARKS = re.compile(
    r"\d+|_+|Q|A|AI|x|note|question|answers?|decisions?|decided|agreed|actions?|items?|todo|ask(?:s|ed)", re.IGNORECASE
)
FACTS = ("title", "headline", "link", "heading", "placeholder", "separator", "definition", "unread", "attendance")
OF_PAGES = ("title", "variant", "listing", "advisory", "unread")


def texts(paths: Iterable[Path]) -> list[str]:
    return [path.read_text() for path in sorted(paths)]


def words(value: Any) -> set[str]:
    """Every word of a value, wherever it is."""
    if isinstance(value, dict):
        return {word for one in value.values() for word in words(one)}
    if isinstance(value, list | tuple):
        return {word for one in value for word in words(one)}
    return set(re.findall(r"\w+", str(value)))


def check_lines(data: bytes, lines: Sequence[Accounted], value: Any, facts: Sequence[str]) -> None:
    """Each line once, those of no value unread, and no word of the others lost but marks and what became a fact."""
    assert [one.line for one in lines] == [n for n, row in enumerate(rows_of(decode(data)[0]), 1) if row.strip()]
    assert [row["line"] for row in value["unread"]] == [one.line for one in lines if one.is_unread]
    held = words(value)
    for one in lines:
        if not one.owner.startswith(tuple(facts)):
            assert {word for word in words(one.text) - held if not MARKS.fullmatch(word)} == set(), one


def check_sentence(text: str) -> None:
    assert text.endswith("."), text
    assert len(text.split()) > 4, text


def test_damaged_calls_are_imported_or_refused_and_lose_no_line(tmp_path: Path) -> None:
    path, results = tmp_path / "2021-05-11.md", []
    for data in mutants([*OWN_CALLS, *texts(CALLS)], 110, seed=11):
        path.write_bytes(data)
        with transaction.atomic():
            (report,) = load_files([path], series=None, draft=False, now=NOW)
            value = CallSource.objects.get().value if report.call else None
            transaction.set_rollback(True)
        if report.result is Result.REFUSED:
            check_sentence(report.remarks[-1].text)
        else:
            check_lines(data, report.lines, value, FACTS)
        results.append(report.result)
    assert not Call.objects.exists()
    assert set(results) == {Result.READ, Result.REFUSED}
    assert results.count(Result.READ) > 80


def test_damaged_matrices_are_imported_or_refused_and_lose_no_line(tmp_path: Path) -> None:
    path, read = tmp_path / "matrix.md", 0
    for data in mutants([*texts((DEMO / "matrices").glob("*i*/*.md")), *texts(MATRICES)], 70, seed=12):
        path.write_bytes(data)
        with transaction.atomic():
            try:
                (outcome,) = bring_in("support", [read_version(path)], Note(NOW.date()))
            except DocumentError as error:
                check_sentence(str(error))
            else:
                check_lines(data, outcome.lines, asdict(read_matrix(Matrix.objects.get())), ("title", "columns"))
                read += 1
            transaction.set_rollback(True)
    assert read > 45


def test_damaged_pages_are_imported_or_refused_and_lose_no_line(tmp_path: Path) -> None:
    environment, path, read = make_environment(make_matrix()), tmp_path / "page.md", 0
    for data in mutants([*texts([DEMO / "matrices" / "capz.md"]), *texts(PAGES)], 30, seed=13):
        path.write_bytes(data)
        try:
            page, _, lines = read_environment_page(path)
            load_page(Environment.objects.get(pk=environment.pk), page)
        except DocumentError as error:
            check_sentence(str(error))
        else:
            check_lines(data, lines, asdict(page), OF_PAGES)
            read += 1
    assert read > 20
