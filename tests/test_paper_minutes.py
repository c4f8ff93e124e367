"""Minutes as a document to be filed: who was there, what was agreed, and addresses that stay."""

from dataclasses import replace

import pytest

from communitycalls.deck.outcome import Drawing
from communitycalls.document.values import Minutes
from communitycalls.templatetags.deck import bare_address
from tests import pdf
from tests.deck_sample import sample_setting
from tests.paper_sample import ENTRIES, RECORDING, SHEET, minuted_call

PAGE = sample_setting().call_url


@pytest.fixture(scope="module")
def minutes() -> Drawing:
    return pdf.draw(minuted_call(), sample_setting(), "minutes", sheet=SHEET)


@pytest.fixture(scope="module")
def text(minutes: Drawing) -> str:
    return " ".join(" ".join(pdf.text_of(minutes)).split())


def test_attendance_stands_by_role(text: str) -> None:
    assert "Host Thilo Fromm Minutes Kai Lüke Speakers Mathieu Tortuyaux" in text


def test_decisions_have_a_box_and_actions_say_who_and_when(text: str) -> None:
    assert "Decisions We paint the pier. entry 2 Actions What Who Due Buy more paint entry 3 Ada 1 June 2021" in text


def test_entries_stand_below_their_items_and_those_of_none_come_last(minutes: Drawing) -> None:
    tops = [title for _, title in pdf.outline(minutes)]
    assert tops[1:6] == ["As large as can be", "Far too deep", "Decisions", "Actions", "1. Welcome and the team"]
    assert tops.index("2. Interoperability") < tops.index("Also said") < tops.index("Questions and answers")


def test_everything_recorded_leads_to_its_address(minutes: Drawing, text: str) -> None:
    links = pdf.links(minutes)
    call = minuted_call()
    numbers = {
        "entry": [entry.number for entry in call.minutes.entries],
        "question": [question.number for question in call.questions],
        "release": [release.number for release in call.releases],
    }
    for kind, found in numbers.items():
        assert [f"{PAGE}#{kind}-{number}" for number in found if f"{PAGE}#{kind}-{number}" not in links] == []
    assert f"{PAGE}#change-1" in links
    assert "has its own address, such as" in text
    assert f"{bare_address(PAGE)}/#entry-{numbers['entry'][0]}." in "".join(text.split())


def test_offsets_lead_into_the_recording(minutes: Drawing, text: str) -> None:
    assert f"{RECORDING}?t=3835s" in pdf.links(minutes)
    assert "entry 2 1:03:55 DECISION" in text


def test_matrix_changes_say_old_and_new(text: str) -> None:
    assert "Equinix Metal Support level L2 → L1" in text
    assert "DigitalOcean Support level (correction) L3 ? → L3" in text


def test_version_is_named_on_every_page_and_linked(minutes: Drawing) -> None:
    assert SHEET.edition_url in pdf.links(minutes)
    for number, page in enumerate(pdf.text_of(minutes), 1):
        assert SHEET.edition in page
        assert f"{number} of {minutes.pages}" in page


def test_offset_without_a_recording_is_told_without_a_link() -> None:
    call = replace(minuted_call(), links=())
    drawing = pdf.draw(call, sample_setting(), "minutes")
    assert "1:03:55" in "".join(pdf.text_of(drawing))
    assert not [link for link in pdf.links(drawing) if "t=3835" in link]


def test_no_minutes_and_unfinished_ones_say_so() -> None:
    none = pdf.text_of(pdf.draw(replace(minuted_call(), minutes=Minutes()), sample_setting(), "minutes"))
    assert "There are no minutes of this call yet." in none[0]
    assert "has its own address" not in "".join(none)
    call = replace(minuted_call(), minutes=Minutes("draft", "", ENTRIES))
    assert "These minutes are not final yet." in pdf.text_of(pdf.draw(call, sample_setting(), "minutes"))[0]


def test_every_word_of_the_minutes_is_there(text: str) -> None:
    for entry in ENTRIES[:3]:
        for word in entry.text.replace("-", " ").split():
            assert word in text
