"""The command that draws calls: one as a file, several as files in a folder, none stopped by another."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from communitycalls.deck import job
from communitycalls.deck.outcome import DeckError, Drawing
from communitycalls.models import Call
from tests.make import make_call, make_entry, make_item

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

DATES = ("2021-04-13", "2021-05-11", "2021-06-08")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The jobs asked for, answered without drawing; a call named "Broken" cannot be drawn."""
    asked: list[Any] = []

    def answer(job: Any) -> Drawing:
        asked.append(job)
        if job.call.title == "Broken":
            raise DeckError("It takes too long to draw.")
        return Drawing(b"%PDF-", 2)

    monkeypatch.setattr("communitycalls.management.commands.export_pdf.draw_here", answer)
    return asked


def export(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command("export_pdf", *arguments, stdout=out, **options)
    return out.getvalue()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_several_dates_become_files_in_a_folder(tmp_path: Path, quick: list[Any]) -> None:
    for date in DATES:
        make_call(date)
    said = export("deck", "community-call", DATES[0], DATES[2], "-o", str(tmp_path / "new" / "decks"))
    assert names(tmp_path / "new" / "decks") == ["2021-04-13-slides.pdf", "2021-06-08-slides.pdf"]
    assert said.splitlines()[-1] == f"The deck of 2 calls drawn in {tmp_path}/new/decks."


def test_no_date_means_every_public_call_and_since_a_day_the_later_ones(tmp_path: Path, quick: list[Any]) -> None:
    for date, status in zip(DATES, ("final", "draft", "announced"), strict=True):
        make_call(date, status=status)
    export("agenda", "community-call", "-o", str(tmp_path / "a"))
    assert names(tmp_path / "a") == ["2021-04-13-agenda.pdf", "2021-06-08-agenda.pdf"]
    export("agenda", "community-call", "-o", str(tmp_path / "b"), "--since", "2021-05-11", "--all")
    assert names(tmp_path / "b") == ["2021-05-11-agenda.pdf", "2021-06-08-agenda.pdf"]


def test_all_minutes_are_those_that_are_final(tmp_path: Path, quick: list[Any]) -> None:
    for date, status in zip(DATES, ("final", "held", "announced"), strict=True):
        make_entry(make_call(date, status=status))
    export("minutes", "community-call", "-o", str(tmp_path / "a"))
    assert names(tmp_path / "a") == ["2021-04-13-minutes.pdf"]
    with pytest.raises(CommandError, match=r"^Its minutes are not final; --all draws them all the same\.$"):
        export("minutes", "community-call", DATES[1], "-o", str(tmp_path / "x.pdf"))
    export("minutes", "community-call", DATES[1], "-o", str(tmp_path / "x.pdf"), "--all")
    assert [job.call.minutes.status for job in quick] == ["final", "draft"]


def test_refused_call_does_not_stop_the_others(tmp_path: Path, quick: list[Any]) -> None:
    for date in DATES:
        make_call(date)
    Call.objects.filter(date=DATES[1]).update(title="Broken")
    with pytest.raises(CommandError) as told:
        export("handout", "community-call", "-o", str(tmp_path))
    assert str(told.value).splitlines() == [
        f"The handout of 2 calls drawn in {tmp_path}.",
        "1 call refused:",
        "2021-05-11: It takes too long to draw.",
    ]
    assert names(tmp_path) == ["2021-04-13-handout.pdf", "2021-06-08-handout.pdf"]


def test_progress_is_shown_on_a_terminal_alone(tmp_path: Path, quick: list[Any]) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    for date in DATES:
        make_call(date)
    for stream, lines in ((Terminal(), [f"{n} of 3: {date}" for n, date in enumerate(DATES, 1)]), (StringIO(), [])):
        export("deck", "community-call", "-o", str(tmp_path), stderr=stream, no_color=True)
        assert stream.getvalue().splitlines() == lines


def test_dry_run_draws_and_writes_nothing(tmp_path: Path, quick: list[Any]) -> None:
    make_call(DATES[0])
    said = export("runsheet", "community-call", "-o", str(tmp_path / "a"), "--dry-run")
    assert said.endswith(
        f"The private run sheet of 1 call drawn in {tmp_path}/a. Nothing was written: this was a dry run.\n"
    )
    assert names(tmp_path) == []


def test_one_call_goes_into_a_folder_that_is_there(tmp_path: Path, quick: list[Any]) -> None:
    make_call(DATES[0])
    export("runsheet", "community-call", DATES[0], "-o", str(tmp_path))
    assert names(tmp_path) == ["2021-04-13-run-sheet.pdf"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--since", "May"), "--since 'May' is no day. Write it like 2021-01-01."),
        (("--since", "2030-01-01"), "community-call has no call since 2030-01-01."),
        ((DATES[0], "--since", "2021-01-01"), "--since 2021-01-01 chooses among all calls: name no dates beside it."),
        (("--paper", "a5"), "invalid choice: 'a5'"),
        ((DATES[0], DATES[1]), "community-call has no call on 2021-05-11"),
    ],
)
def test_wrong_wishes_are_quoted(tmp_path: Path, arguments: tuple[str, ...], sentence: str, quick: list[Any]) -> None:
    make_call(DATES[0])
    with pytest.raises(CommandError, match=re.escape(sentence)):
        export("deck", "community-call", *arguments, "-o", str(tmp_path))
    assert quick == []


def test_file_where_a_folder_is_needed_is_named(tmp_path: Path, quick: list[Any]) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"")
    for date in DATES:
        make_call(date)
    with pytest.raises(CommandError, match=r"x\.pdf' is a file\. Name a folder: 3 calls were chosen\."):
        export("deck", "community-call", "-o", str(path))


def test_every_kind_is_drawn_on_the_paper_asked_for(tmp_path: Path) -> None:
    make_item(make_call(DATES[0]), "News", slide_notes="## Ships\n\n- one")
    for kind in job.KINDS:
        said = export(kind, "community-call", DATES[0], "-o", str(tmp_path / f"{kind}.pdf"), "--paper", "letter")
        assert re.search(r"the (private run sheet|\w+) of .* \d+ pages?\.$", said.strip())
    assert len(names(tmp_path)) == 5
