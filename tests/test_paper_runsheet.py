"""The run sheet: for editors alone, with private notes, which nothing else holds."""

import re
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.core.management import call_command
from django.test import Client

from communitycalls.models import Call, Link
from tests import pdf
from tests.deck_sample import sample_setting
from tests.make import make_call, make_entry, make_item, make_person, make_question, make_series
from tests.paper_sample import SHEET, minuted_call

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SECRET = "Zanzibar"
CALL = "/calls/community-call/2021-05-11"
DESK = f"/desk{CALL}/runsheet.pdf"
PUBLIC = ["", "slides/", "slides.pdf", "agenda.pdf", "minutes.pdf", "handout.pdf", "call.md", "call.json", "revisions/"]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(BytesIO(data))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def planned(status: str = "announced") -> Call:
    series = make_series(join_url="https://zoom.example.org/j/7", join_details="Meeting 7 77\nPasscode: pier")
    series.runbook_template = "Start the recording\n\nGreet newcomers"
    series.save()
    call = make_call("2021-05-11", status=status, series=series, duration=30)
    make_item(call, "Welcome", minutes=10, private_notes=f"{SECRET} first", slide_notes="## Who we are\n\n- us")
    make_item(call, "Paint", minutes=25)
    return call


def test_it_has_clock_sums_notes_slides_and_the_way_in(editor: Client) -> None:
    planned()
    response = editor.get(DESK)
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'inline; filename="community-call-2021-05-11-run-sheet.pdf"'
    text = text_of(response.content)
    for words in (
        "Run sheet · private",
        "https://zoom.example.org/j/7 Meeting 7 77 Passcode: pier",
        "Takes minutes nobody named yet",
        "35 of 30 minutes: 5 minutes too many",
        f"17:30 17:40 1. Welcome PRIVATE NOTE {SECRET} first Slides Who we are 10",
        "17:40 18:05 after the end 2. Paint 25",
        "Checklist Start the recording Greet newcomers",
    ):
        assert words in text


def test_it_has_what_earlier_calls_left_open(editor: Client) -> None:
    call = planned()
    before = make_call("2021-04-13", status="final", series=call.series)
    make_entry(before, "Buy paint", kind="action", assignee=make_person("Ada"))
    make_entry(before, "Closed long ago", kind="action", closed_in=before)
    make_question(before, "Who paints?")
    text = text_of(editor.get(DESK).content)
    assert "Questions left open by earlier calls Who paints? 13 April 2021" in text
    assert "Open actions What Who Due Buy paint 13 April 2021 Ada no day named" in text
    assert "Closed long ago" not in text


def test_own_join_link_comes_before_that_of_the_series(editor: Client) -> None:
    call = planned()
    Link.objects.create(call=call, kind="join", label="Jitsi", url="https://jitsi.example.org/a", details="Room 9")
    text = text_of(editor.get(DESK).content)
    assert "Jitsi https://jitsi.example.org/a Room 9" in text
    assert "zoom.example.org" not in text


def test_private_notes_are_at_no_other_address_even_for_editors(client: Client, editor: Client) -> None:
    planned("final")
    assert SECRET in text_of(editor.get(DESK).content)
    for reader in (client, editor):
        for name in PUBLIC:
            data = reader.get(f"{CALL}/{name}")
            body = b"".join(data) if data.streaming else data.content
            assert SECRET not in (text_of(body) if name.endswith("pdf") else body.decode()), name


def test_private_notes_are_in_no_other_kind_of_export(tmp_path: Any) -> None:
    planned("final")
    for kind in ("deck", "agenda", "minutes", "handout", "runsheet"):
        path = tmp_path / f"{kind}.pdf"
        call_command("export_pdf", kind, "community-call", "2021-05-11", "-o", str(path), "--all")
        assert (SECRET in text_of(path.read_bytes())) == (kind == "runsheet"), kind


def test_run_sheet_is_kept_nowhere(editor: Client, settings: Any) -> None:
    planned()
    editor.get(DESK)
    assert [path for path in settings.DATA_DIR.rglob("*") if path.is_file()] == []


def test_run_sheet_is_for_editors_alone(client: Client, user_client: Client) -> None:
    planned()
    assert client.get(DESK).status_code == 302
    assert user_client.get(DESK).status_code == 404
    assert client.get(f"{CALL}/runsheet.pdf").status_code == 404


def test_wrong_paper_is_quoted(editor: Client) -> None:
    planned()
    response = editor.get(f"{DESK}?paper=a5")
    assert response.status_code == 400
    assert "paper=&#x27;a5&#x27; is no size of paper here. Known are a4 and letter." in response.content.decode()


@pytest.mark.parametrize("items", [1, 3])
def test_queries_do_not_grow_with_what_is_owed(editor: Client, django_assert_max_num_queries: Any, items: int) -> None:
    call = planned()
    before = make_call("2021-04-13", status="final", series=call.series)
    for number in range(items):
        make_entry(before, f"Task {number}", kind="action", assignee=make_person(f"Ada {number}"))
        make_question(before, f"Why {number}?")
        make_item(call, f"More {number}", private_notes="hush")
    with django_assert_max_num_queries(40):
        assert editor.get(DESK).status_code == 200


def test_question_open_in_the_call_itself_is_to_be_taken_up() -> None:
    text = " ".join("".join(pdf.text_of(pdf.draw(minuted_call(), sample_setting(), "runsheet", sheet=SHEET))).split())
    assert "Questions to take up What is missing before ARM64 comes to Beta and Stable?" in text


def test_step_stands_on_one_page_with_its_time_unless_it_is_longer_than_a_page(editor: Client) -> None:
    call = planned()
    for number in range(3, 12):
        make_item(call, f"Step {number}", minutes=number, body="- a point\n" * 5)
    make_item(call, "Long", minutes=1, body="- longpoint\n" * 90)
    pages = [
        " ".join(page.get_textpage().get_text_bounded().split())
        for page in pypdfium2.PdfDocument(BytesIO(editor.get(DESK).content))
    ]
    for number in range(3, 12):
        [page] = [page for page in pages if f"{number}. Step {number}" in page]
        assert re.search(rf"\d\d:\d\d \d\d:\d\d (after the end )?{number}\. Step {number}( a point){{5}}", page), page
    assert sum(page.count("longpoint") for page in pages) == 90
