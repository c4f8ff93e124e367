"""A call that says little makes no empty slides, and one that lists much no crowded ones."""

import datetime as dt
from dataclasses import replace
from typing import TypeVar

import pytest

from communitycalls.deck.compose import compose
from communitycalls.deck.setting import CriterionSum, DeckSetting, LevelCount, MatrixSummary
from communitycalls.deck.slides import Agenda, Asked, Body, Cover, Discussion, ReleaseBoard, Reply, Section, Slide
from communitycalls.deck.standing import HIGH_BAR, LOW_BAR, Standing
from communitycalls.document.values import AgendaItem, CallDocument, Question, Release

T = TypeVar("T", bound=Slide)

DAY = dt.date(2021, 5, 11)
START = dt.datetime(2021, 5, 11, 15, 30, tzinfo=dt.UTC)
SETTING = DeckSetting("Harbour")


def slides_of(*agenda: AgendaItem, setting: DeckSetting = SETTING, **fields: object) -> tuple[Slide, ...]:
    given = {"title": "Community call", "start": START, "timezone": "Europe/Berlin", "agenda": agenda} | fields
    return compose(CallDocument(series="community-call", date=DAY, **given), setting)  # type: ignore[arg-type]  # -- any field


def of_kind(kind: type[T], slides: tuple[Slide, ...]) -> list[T]:
    return [slide for slide in slides if isinstance(slide, kind)]


@pytest.mark.parametrize("body", ["How far *ARM* is.", "- How far *ARM* is.\n"])
def test_one_sentence_stands_on_the_items_first_slide(body: str) -> None:
    slides = slides_of(AgendaItem(1, "ARM", body=body))
    assert [slide.lead for slide in of_kind(Section, slides)] == ["How far *ARM* is."]
    assert of_kind(Body, slides) == []


@pytest.mark.parametrize(
    "body", ["- One\n- Two", "One.\n\nTwo.", "> Said", "word " * 40, "- 🚀 Fast", "One\n\n---\n\nTwo", "# Named\n\nOne"]
)
def test_whatever_is_more_has_a_slide_of_its_own(body: str) -> None:
    slides = slides_of(AgendaItem(1, "ARM", body=body))
    assert [slide.lead for slide in of_kind(Section, slides)] == [""]
    assert of_kind(Body, slides) != []


def test_slide_notes_are_always_slides() -> None:
    slides = slides_of(AgendaItem(1, "ARM", slide_notes="How far ARM is.", body="Something else."))
    assert [slide.lead for slide in of_kind(Section, slides)] == [""]
    assert len(of_kind(Body, slides)) == 1


def test_the_slide_of_questions_says_its_sentence_too() -> None:
    slides = slides_of(AgendaItem(1, "Q&A", kind="qa", body="Ask anything."))
    assert [slide.lead for slide in of_kind(Discussion, slides)] == ["Ask anything."]


def test_cover_does_not_say_day_and_time_twice() -> None:
    (cover,) = of_kind(Cover, slides_of(title="Community call Tuesday, 11th of May, 17:30 CEST"))
    assert cover.title == "Community call, May 2021"


def test_agenda_of_which_only_the_first_time_is_known_has_numbers() -> None:
    (agenda,) = of_kind(Agenda, slides_of(AgendaItem(1, "Welcome"), AgendaItem(2, "News", minutes=5)))
    assert [row.time for row in agenda.rows] == ["", ""]
    assert agenda.zone == "Begins at 17:30 CEST (Europe/Berlin)."
    assert (agenda.is_counted, agenda.names, agenda.lengths) == (True, False, True)


def test_agenda_keeps_the_times_that_are_known() -> None:
    first = AgendaItem(1, "Welcome", minutes=5, presenters=("Ada",))
    (agenda,) = of_kind(Agenda, slides_of(first, AgendaItem(2, "News"), AgendaItem(3, "End")))
    assert [row.time for row in agenda.rows] == ["17:30", "17:35", ""]
    assert (agenda.zone, agenda.is_counted, agenda.names) == ("Times are CEST (Europe/Berlin).", False, True)


def test_round_known_by_its_day_alone_shows_the_day_large() -> None:
    release = Release(1, "", "", dt.date(2021, 8, 2), "upcoming", granularity="week")
    (board,) = of_kind(ReleaseBoard, slides_of(releases=(release,)))
    assert (board.when, [(card.channel, card.version, card.date) for card in board.cards]) == (
        "",
        [("Release round", "Week of 2 August 2021", "")],
    )


def standing_with(*vacancies: str) -> list[Standing]:
    levels = (LevelCount("yes", 3, "works"), LevelCount("no", 1, "none"))
    matrix = MatrixSummary(
        title="Matrix", criteria=(CriterionSum("Works", levels),) * 2, environments=4, vacancies=vacancies
    )
    return of_kind(Standing, slides_of(AgendaItem(1, "Matrix", kind="matrix"), setting=replace(SETTING, matrix=matrix)))


def test_few_vacancies_stand_below_the_bars() -> None:
    (slide,) = standing_with("EC2", "Azure")
    assert (slide.vacancies, slide.apart, slide.short_bar) == (("EC2", "Azure"), False, LOW_BAR)


def test_many_vacancies_have_a_slide_of_their_own() -> None:
    names = tuple(f"Environment {number}" for number in range(20))
    bars, apart = standing_with(*names)
    assert (bars.vacancies, bars.short_bar, apart.vacancies, apart.apart) == ((), HIGH_BAR, names, True)
    assert apart.title == "20 environments look for an owner"


def test_each_question_has_its_number_for_a_title() -> None:
    questions = (Question(1, "Why?"), Question(2, "How?"))
    assert [slide.title for slide in of_kind(Asked, slides_of(questions=questions))] == ["Question 1", "Question 2"]


def test_short_answers_are_said_larger_unless_they_go_on() -> None:
    brief = Asked(title="Question 1", number=1, text="Why?", replies=(Reply("Ada", "A", "Because."),))
    assert [brief.is_brief, replace(brief, continued=True).is_brief, replace(brief, scale=84).is_brief] == [
        True,
        False,
        False,
    ]
    assert not replace(brief, replies=(Reply("Ada", "A", "Because. " * 40),)).is_brief
