"""The agenda on paper: one page where it can be, with times, presenters and the way in."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from communitycalls.document.values import AgendaItem, Link
from tests import pdf
from tests.deck_sample import sample_call, sample_setting

JOIN = Link("join", "Zoom", "https://zoom.example.org/j/42", "Meeting 842 1111\nPasscode: quay")


def told(count: int, body: str = "Who does it, and when: a line that says a little of what will be said.") -> list[str]:
    """The agenda's pages and remarks for a call of so many items."""
    items = tuple(AgendaItem(one, f"Item {one}", body=body, minutes=2) for one in range(1, count + 1))
    drawing = pdf.draw(replace(sample_call(), agenda=items), sample_setting(), "agenda")
    text = pdf.words("".join(pdf.text_of(drawing)))
    assert all(pdf.words(f"Item {one}") in text for one in range(1, count + 1))
    return [str(drawing.pages), *(remark.text for remark in drawing.remarks)]


def test_times_presenters_end_and_zones_are_told() -> None:
    drawing = pdf.draw(replace(sample_call(), links=(JOIN,)), sample_setting(), "agenda")
    (text,) = pdf.text_of(drawing)
    flat = " ".join(text.split())
    assert "Tuesday 11 May 2021, 17:30–18:30 CEST (Europe/Berlin)" in flat
    assert re.search(r"17:40 Interoperability Marga Manterola · 10 minutes", flat)
    assert "18:30 End" in flat
    assert re.search(r"San Francisco.*New York.*UTC.*Berlin.*Kolkata.*Tokyo.*08:30.*11:30.*15:30.*17:30.*21:00", flat)
    assert "00:30 Wed" in flat


def test_way_in_has_its_id_and_passcode_and_is_a_link() -> None:
    drawing = pdf.draw(replace(sample_call(), links=(JOIN,)), sample_setting(), "agenda")
    (text,) = pdf.text_of(drawing)
    assert "Meeting 842 1111" in text
    assert "Passcode: quay" in text
    assert JOIN.url in pdf.links(drawing)


def test_long_agenda_is_set_smaller_until_it_fits_and_says_so() -> None:
    assert told(5) == ["1"]
    assert told(10) == ["1", "The agenda holds much: its text was made smaller, 9.0 instead of 10.5 pt."]


def test_agenda_too_long_for_a_page_runs_over_in_its_usual_size() -> None:
    pages, remark = told(40)
    assert int(pages) > 2
    assert remark == f"The agenda holds more than one page: it runs over {pages} pages, in its usual size."


def test_call_without_a_start_has_no_times() -> None:
    (text,) = pdf.text_of(pdf.draw(replace(sample_call(), start=None), sample_setting(), "agenda"))
    assert "17:30" not in text
    assert "1. Welcome and the team" in " ".join(text.split())


@pytest.mark.parametrize(("status", "said"), [("cancelled", "This call is cancelled."), ("draft", "Agenda · draft")])
def test_cancelled_and_draft_calls_say_so(status: str, said: str) -> None:
    assert said in pdf.text_of(pdf.draw(replace(sample_call(), status=status), sample_setting(), "agenda"))[0]


def test_accent_of_the_community_colours_it() -> None:
    plain, red = (
        pdf.draw(sample_call(), replace(sample_setting(), accent=accent), "agenda").pdf for accent in ("", "#aa0000")
    )
    assert plain != red


def test_clock_change_is_counted() -> None:
    start = dt.datetime(2021, 11, 9, 16, 30, tzinfo=dt.UTC)
    call = replace(sample_call(), date=start.date(), start=start)
    (text,) = pdf.text_of(pdf.draw(call, sample_setting(), "agenda"))
    assert "17:30–18:30 CET (Europe/Berlin)" in " ".join(text.split())
