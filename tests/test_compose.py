"""A call becomes slides: which ones, in which order, with which times."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from communitycalls.deck.compose import compose
from communitycalls.deck.outcome import DeckError
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.slides import (
    Agenda,
    Asked,
    Body,
    CadenceMap,
    Changes,
    Columns,
    Cover,
    Discussion,
    ReleaseBoard,
    Section,
    Slide,
    Team,
    Thanks,
)
from communitycalls.deck.standing import Standing
from communitycalls.document.values import AgendaItem, Attendance, CallDocument, MatrixChange, Release
from tests.corpus import CORPUS, needs_corpus
from tests.deck_sample import sample_call, sample_setting

T = TypeVar("T", bound=Slide)

DAY = dt.date(2021, 5, 11)
SETTING = DeckSetting("Flatcar")

# each layout of the yardstick deck, and how a slide of ours is told to be its counterpart
COUNTERPARTS: dict[str, Callable[[Any], bool]] = {
    "title": lambda slide: isinstance(slide, Cover),
    "agenda list": lambda slide: isinstance(slide, Agenda),
    "bullets": lambda slide: isinstance(slide, Team),
    "bullets (nested)": lambda slide: isinstance(slide, Body) and slide.title == "Where we stand",
    "quotes": lambda slide: isinstance(slide, Body) and slide.layout == "quotes",
    "paragraphs": lambda slide: isinstance(slide, Body) and slide.layout in ("text", "actions"),
    "section divider": lambda slide: isinstance(slide, Section),
    "icon list": lambda slide: isinstance(slide, Body) and slide.layout == "icons",
    "diagram with bullets": lambda slide: isinstance(slide, CadenceMap) and all(lane.points for lane in slide.lanes),
    "release list": lambda slide: isinstance(slide, ReleaseBoard),
    "diagram": lambda slide: isinstance(slide, Body) and slide.layout == "diagram",
    "diagram (three boxes)": lambda slide: isinstance(slide, Columns) and slide.of_code,
    "title only": lambda slide: isinstance(slide, Discussion),
    "closing / contacts": lambda slide: isinstance(slide, Thanks) and bool(slide.contacts),
}


def make_document(**fields: object) -> CallDocument:
    start = dt.datetime(2021, 5, 11, 15, 30, tzinfo=dt.UTC)
    given = {"series": "community-call", "date": DAY, "title": "Community call", "start": start} | fields
    return CallDocument(**given)  # type: ignore[arg-type]  # -- the fields are the caller's


def of_kind(kind: type[T], slides: tuple[Slide, ...]) -> list[T]:
    return [slide for slide in slides if isinstance(slide, kind)]


def test_deck_begins_with_the_cover_and_ends_with_thanks() -> None:
    slides = compose(sample_call(), sample_setting())
    assert isinstance(slides[0], Cover)
    assert isinstance(slides[-1], Thanks)
    assert [contact.label for contact in slides[-1].contacts] == ["GitHub", "Twitter", "Email"]


def test_every_agenda_item_has_one_opening_slide_in_order() -> None:
    slides = compose(sample_call(), sample_setting())
    assert [slide.item for slide in slides if slide.anchor] == [1, 2, 3, 4, 5, 6]
    assert [section.number for section in of_kind(Section, slides)] == [1, 2, 3, 4, 5]
    assert [slide.number for slide in of_kind(Discussion, slides)] == [6]


def test_agenda_times_are_of_the_call_s_own_zone() -> None:
    (agenda,) = of_kind(Agenda, compose(sample_call(), sample_setting()))
    assert [row.time for row in agenda.rows] == ["17:30", "17:40", "17:50", "18:05", "18:20", "18:25"]
    assert agenda.zone == "Times are CEST (Europe/Berlin)."


def test_times_follow_the_clock_in_winter() -> None:
    call = replace(sample_call(), date=dt.date(2021, 11, 9), start=dt.datetime(2021, 11, 9, 16, 30, tzinfo=dt.UTC))
    (cover,) = of_kind(Cover, compose(call, sample_setting()))
    assert [(time.time, time.zone) for time in cover.times][:2] == [("17:30", "CET"), ("16:30", "UTC")]


def test_time_on_another_day_says_the_day() -> None:
    call = make_document(start=dt.datetime(2021, 5, 11, 22, 0, tzinfo=dt.UTC))
    (cover,) = of_kind(Cover, compose(call, replace(SETTING, zones=("Asia/Tokyo",))))
    assert [(time.time, time.day) for time in cover.times] == [("22:00", ""), ("07:00", "Wed")]


def test_no_time_is_guessed_behind_an_item_without_a_length() -> None:
    items = (AgendaItem(1, "One", minutes=5), AgendaItem(2, "Two"), AgendaItem(3, "Three", minutes=5))
    (agenda,) = of_kind(Agenda, compose(make_document(agenda=items), SETTING))
    assert [row.time for row in agenda.rows] == ["15:30", "15:35", ""]


def test_call_without_a_start_has_no_times_at_all() -> None:
    items = (AgendaItem(1, "One", minutes=5),)
    slides = compose(make_document(agenda=items, start=None), SETTING)
    assert of_kind(Cover, slides)[0].times == ()
    assert of_kind(Agenda, slides)[0].rows[0].time == ""
    assert of_kind(Agenda, slides)[0].zone == ""


def test_item_without_notes_shows_its_body() -> None:
    item = AgendaItem(1, "News", body="- one\n- two")
    (body,) = of_kind(Body, compose(make_document(agenda=(item,)), SETTING))
    assert body.title == "News"
    assert body.size == 2


def test_slide_notes_stand_in_for_the_body() -> None:
    item = AgendaItem(1, "News", body="never shown", slide_notes="## Shown")
    slides = compose(make_document(agenda=(item,)), SETTING)
    assert [slide.title for slide in slides[3:-1]] == ["Shown"]


def test_team_shows_topics_and_roles_but_no_mere_attendees() -> None:
    people = (Attendance("Thilo", "host"), Attendance("Kai", "speaker"), Attendance("Vincent"))
    item = AgendaItem(1, "Releases", presenters=("Sayan",))
    (team,) = of_kind(Team, compose(make_document(agenda=(item,), attendance=people), SETTING))
    assert [(face.name, face.initials, face.roles) for row in team.rows for face in row] == [
        ("Thilo", "TH", "Host"),
        ("Kai", "KA", "Speaker"),
        ("Sayan", "SA", "Releases"),
    ]


def test_each_board_is_shown_once_though_notes_ask_for_it() -> None:
    boards = of_kind(ReleaseBoard, compose(sample_call(), sample_setting()))
    assert [board.title for board in boards] == ["Current releases", "Upcoming releases"]
    assert [card.tone for card in boards[0].cards] == ["alpha", "beta", "stable", "lts"]
    assert boards[0].when == "28 April 2021"


def test_releases_without_an_item_of_their_own_come_before_the_questions() -> None:
    release = Release(1, "Alpha", "1.0.0", DAY, highlights="A line")
    items = (AgendaItem(1, "News"), AgendaItem(2, "Q&A", "qa"))
    kinds = [type(slide) for slide in compose(make_document(agenda=items, releases=(release,)), SETTING)]
    assert kinds.index(ReleaseBoard) < kinds.index(Discussion)


def test_six_channels_are_three_and_three() -> None:
    releases = tuple(Release(number, f"Channel {number}", "1.0") for number in range(1, 7))
    boards = of_kind(ReleaseBoard, compose(make_document(releases=releases), SETTING))
    assert [len(board.cards) for board in boards] == [3, 3]


def test_dates_that_differ_stand_on_the_cards() -> None:
    releases = (Release(1, "Alpha", "1.0", DAY), Release(2, "Beta", "0.9", dt.date(2021, 5, 17), granularity="week"))
    (board,) = of_kind(ReleaseBoard, compose(make_document(releases=releases), SETTING))
    assert board.when == ""
    assert [card.date for card in board.cards] == ["11 May 2021", "Week of 17 May 2021"]


def test_matrix_changes_say_what_was_and_what_is() -> None:
    (changes,) = of_kind(Changes, compose(sample_call(), sample_setting()))
    assert [(row.environment, row.old, row.new) for row in changes.rows][:2] == [
        ("Equinix Metal", "L2", "L1"),
        ("VMware", "", "@kinvolk/flatcar-maintainers"),
    ]
    assert [row.correction for row in changes.rows] == [False, False, True, False]
    (standing,) = of_kind(Standing, compose(sample_call(), sample_setting()))
    assert len(standing.vacancies) == 5


def test_recorded_questions_follow_the_discussion_slide() -> None:
    slides = compose(sample_call(), sample_setting())
    place = next(place for place, slide in enumerate(slides) if isinstance(slide, Discussion))
    asked = slides[place + 1 : place + 3]
    assert [(slide.asked_by, len(slide.replies)) for slide in asked if isinstance(slide, Asked)] == [
        ("Jannik", 3),
        ("", 1),
    ]


def test_too_much_text_is_refused_with_both_numbers() -> None:
    item = AgendaItem(1, "Long", slide_notes="word " * 50_000)
    with pytest.raises(DeckError, match=r"holds 250,\d{3} characters of text; a deck can take 200,000"):
        compose(make_document(agenda=(item,)), SETTING)


def test_too_many_slides_are_refused_with_both_numbers() -> None:
    item = AgendaItem(1, "Many", slide_notes="a\n\n---\n\n" * 300)
    with pytest.raises(DeckError, match=r"makes 30\d slides; a deck can have 200"):
        compose(make_document(agenda=(item,)), SETTING)


@needs_corpus
def test_every_layout_of_the_yardstick_deck_has_a_counterpart() -> None:
    truth = json.loads((CORPUS / "truth" / "seeds" / "002_deck_2021-05-11.json").read_text(encoding="utf-8"))
    slides = compose(sample_call(), sample_setting())
    missing = [name for name in truth["layout_counts"] if not any(COUNTERPARTS[name](slide) for slide in slides)]
    assert missing == []
    assert len(slides) >= truth["slides_count"]


def test_changes_tell_what_matters_and_not_how_a_table_is_drawn() -> None:
    told = [
        MatrixChange(1, "support", "", "Other", "section", "placeholders", "0", "1"),
        MatrixChange(2, "support", "cosi", "COSI", "retired", "Other", "Owner: [no owner]", "2021-05-11\nIt ended"),
        MatrixChange(3, "support", "ec2", "EC2", "rated", "works", "", "X"),
    ]
    slides = compose(replace(sample_call(), matrix_changes=tuple(told)), sample_setting())
    (changes,) = [slide for slide in slides if isinstance(slide, Changes)]
    assert [(row.environment, row.old, row.new) for row in changes.rows] == [("COSI", "", ""), ("EC2", "", "X")]
