"""What is typed on the desk, read: fields, quick lines, merging. Without a database."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from communitycalls.desk.agenda_forms import QuickItem, read_quick
from communitycalls.desk.fields import TitleField, read_clock, read_day, read_names, read_offset, write_offset
from communitycalls.desk.merge import merge
from communitycalls.desk.quick import Quick, read_line
from communitycalls.wording import Mark, marks

DAY = dt.date(2021, 6, 8)


def nobody(name: str) -> bool:
    return False


@pytest.mark.parametrize("text", ["2021-02-30", "30.2.2021", "2021-W07-2", "20210230", "0001-01-01", "morgen"])
def test_wrong_day_is_quoted_with_an_example(text: str) -> None:
    with pytest.raises(ValidationError, match=rf"“{text}”.*(like 2021-05-11|from 1970)"):
        read_day(text)


def test_title_is_one_line_with_one_blank_between_its_words() -> None:
    assert TitleField().clean(" News  from\nus ") == "News from us"


@pytest.mark.parametrize("text", ["24:00", "17:60", "5pm", "1730"])
def test_wrong_clock_time_is_quoted_with_an_example(text: str) -> None:
    with pytest.raises(ValidationError, match=f"“{text}” is no time of day. Write it like 17:30."):
        read_clock(text)


@pytest.mark.parametrize(("text", "seconds"), [("3:55", 235), ("0:05", 5), ("75:00", 4500), ("1:03:55", 3835)])
def test_offset_is_read_as_minutes_or_hours(text: str, seconds: int) -> None:
    assert read_offset(text) == seconds


@pytest.mark.parametrize("text", ["235", "3:5", "1:75:00", "3:60", "-1:00"])
def test_wrong_offset_is_quoted_with_an_example(text: str) -> None:
    with pytest.raises(ValidationError, match=f"“{text}” is no place in a recording. Write it like 3:55 or 1:03:55."):
        read_offset(text)


@pytest.mark.parametrize("seconds", [0, 59, 60, 3599, 3600, 86399])
def test_offset_that_is_written_reads_as_itself(seconds: int) -> None:
    assert read_offset(write_offset(seconds)) == seconds


def test_names_lose_blanks_and_doubles_but_keep_their_order() -> None:
    assert read_names(" Kai ,, Mathieu   Tortuyaux,Kai, ") == ("Kai", "Mathieu Tortuyaux")


@pytest.mark.parametrize(
    ("line", "item"),
    [
        (
            "Spotlight: bare metal 10m @Jannik @Kai",
            QuickItem("Spotlight: bare metal", "spotlight", 10, ("Jannik", "Kai")),
        ),
        ("Welcome 5 min @Thilo Fromm, @Kai", QuickItem("Welcome", "welcome", 5, ("Thilo Fromm", "Kai"))),
        ("Q&A @Thilo 10m", QuickItem("Q&A", "qa", 10, ("Thilo",))),
        (
            "Mail thilo@example.org about 5mm screws",
            QuickItem("Mail thilo@example.org about 5mm screws", "other", None, ()),
        ),
        ("Interop matrix", QuickItem("Interop matrix", "matrix", None, ())),
    ],
)
def test_line_says_an_agenda_item(line: str, item: QuickItem) -> None:
    assert read_quick(line) == item


@pytest.mark.parametrize(
    ("line", "quick"),
    [
        ("It boots.", Quick("note", "It boots.")),
        ("Note: it boots", Quick("note", "Note: it boots")),
        ("! We ship it", Quick("decision", "We ship it")),
        ("> ask them @Kai 6 July", Quick("action", "ask them", "Kai", dt.date(2021, 7, 6))),
        ("> ask them @Kai 6 January", Quick("action", "ask them", "Kai", dt.date(2022, 1, 6))),
        ("> ask them 31 June", Quick("action", "ask them 31 June")),
        ("> ask them due 2021-07-06", Quick("action", "ask them", "", dt.date(2021, 7, 6))),
        ("Q (Jannik): does it boot?", Quick("question", "does it boot?", "Jannik")),
        ("Q: does it boot?", Quick("question", "does it boot?")),
        ("A (Kai): yes", Quick("answer", "yes", "Kai")),
        ("1:03:55 ! We ship it", Quick("decision", "We ship it", offset=3835)),
    ],
)
def test_line_says_what_its_sign_says(line: str, quick: Quick) -> None:
    assert read_line(line, DAY, nobody) == quick


def test_name_before_a_colon_speaks_only_where_somebody_has_it() -> None:
    assert read_line("21:04 Kai: it boots", DAY, lambda name: name == "Kai") == Quick(
        "note", "it boots", "Kai", offset=1264
    )


def test_changes_in_different_places_come_together() -> None:
    began = "Beta comes when all tests pass."
    assert merge(began, "Beta comes in July when all tests pass.", began.replace(".", " twice.")) == (
        "Beta comes in July when all tests pass twice."
    )


def test_changes_of_the_same_words_are_not_put_together() -> None:
    assert merge("Beta comes soon.", "Beta comes in July.", "Beta comes in August.") is None


def test_change_of_one_side_alone_is_taken() -> None:
    assert merge("old", "old", "new") == "new"
    assert merge("old", "new", "old") == "new"


def test_marks_show_what_went_and_what_came() -> None:
    assert marks("it works", "it breaks") == (Mark("same", "it "), Mark("del", "works"), Mark("ins", "breaks"))


def test_marks_of_long_texts_are_by_line() -> None:
    long = "one line\n" * 2000
    assert marks(long, long + "and more\n")[-1] == Mark("ins", "and more\n")
