"""What pages tell in words: rules, titles, moments on the clocks of the world, places in recordings."""

import datetime as dt

import pytest

from communitycalls.recordings import moment_in, offset_in_figures, offset_in_words
from communitycalls.rule import in_words
from communitycalls.titles import headline
from communitycalls.zones import around_the_world, city_of, clocks_changed, distance


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU", "second Tuesday of the month"),
        ("RRULE:FREQ=MONTHLY;BYDAY=+2TU", "second Tuesday of the month"),
        ("freq=monthly;byday=tu;bysetpos=-1", "last Tuesday of the month"),
        ("FREQ=MONTHLY;BYDAY=2TU,4TU", "second Tuesday and fourth Tuesday of the month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "last Friday of every second month"),
        ("FREQ=MONTHLY;BYMONTHDAY=22", "the 22nd day of the month"),
        ("FREQ=WEEKLY;BYDAY=TU", "every Tuesday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", "every second week on Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;INTERVAL=12;BYDAY=MO;WKST=MO", "every 12th week on Monday"),
        ("", ""),
        ("FREQ=MONTHLY", ""),
        ("FREQ=MONTHLY;BYDAY=9TU", ""),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", ""),
        ("FREQ=MONTHLY;BYDAY=2TU;UNTIL=20221231", ""),
        ("FREQ=MONTHLY;BYDAY=XX", ""),
        ("FREQ=MONTHLY;INTERVAL=often;BYDAY=2TU", ""),
        ("FREQ=DAILY;BYDAY=MO", ""),
    ],
)
def test_rule_is_said_as_people_say_it_or_not_at_all(rule: str, words: str) -> None:
    assert in_words(rule) == words


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_clocks_go_from_west_to_east_and_hold_the_zone_of_the_series_once() -> None:
    clocks = around_the_world(moment("2021-11-09T16:30:00+00:00"), "Europe/London")
    assert [(one.city, f"{one.moment:%H:%M}", one.ahead) for one in clocks] == [
        ("San Francisco", "08:30", ""),
        ("New York", "11:30", ""),
        ("London", "16:30", ""),
        ("UTC", "16:30", ""),
        ("Berlin", "17:30", ""),
        ("Kolkata", "22:00", ""),
        ("Tokyo", "01:30", "Wed"),
    ]
    assert [one.city for one in clocks if one.is_series] == ["London"]
    assert city_of("America/Argentina/Buenos_Aires") == "Buenos Aires"


def test_a_change_of_clocks_is_seen_between_two_calls() -> None:
    october, november = moment("2021-10-19T15:30:00+00:00"), moment("2021-11-09T16:30:00+00:00")
    assert clocks_changed(october, november, "Europe/Berlin") == dt.timedelta(hours=-1)
    assert clocks_changed(october, november, "Asia/Kolkata") is None


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2021-11-09T16:29:30+00:00", "now"),
        ("2021-11-09T16:28:00+00:00", "in 2 minutes"),
        ("2021-11-09T16:29:00+00:00", "in 1 minute"),
        ("2021-11-09T14:00:00+00:00", "in 2 hours"),
        ("2021-11-09T01:00:00+00:00", "in 15 hours"),
        ("2021-11-08T22:30:00+00:00", "tomorrow"),
        ("2021-11-04T23:30:00+00:00", "in 4 days"),
        ("2021-11-04T16:30:00+00:00", "in 5 days"),
    ],
)
def test_distance_follows_the_calendar_of_the_series(now: str, words: str) -> None:
    assert distance(moment(now), moment("2021-11-09T16:30:00+00:00"), "Europe/Berlin") == words


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://youtu.be/abc", "https://youtu.be/abc?t=235s"),
        ("https://www.youtube.com/watch?v=abc&t=10s&start=4", "https://www.youtube.com/watch?v=abc&t=235s"),
        ("http://[", "http://["),
        ("https://video.example.org/w/abc?x=1#old", "https://video.example.org/w/abc?x=1#t=235"),
    ],
)
def test_moment_in_a_recording_has_an_address(url: str, place: str) -> None:
    assert moment_in(url, 235) == place


def test_offsets_are_told_in_figures_and_words() -> None:
    assert [offset_in_figures(one) for one in (0, 235, 3835)] == ["0:00", "3:55", "1:03:55"]
    assert [offset_in_words(one) for one in (235, 3835)] == ["3 min 55 s", "1 h 3 min 55 s"]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Flatcar community call Tuesday, 11th of May, 17:30 CEST", "Flatcar community call, May 2021"),
        ("Release team call on Tuesday, May 11th, 5:30pm CEST / 9pm IST", "Release team call, May 2021"),
        ("Community call, 11 May 2021", "Community call, May 2021"),
        ("2021-05-11 Community call", "2021-05-11 Community call"),
        ("Community call #12", "Community call #12"),
        ("", ""),
    ],
)
def test_headline_leaves_out_typed_days_and_times(title: str, words: str) -> None:
    assert headline(title, dt.date(2021, 5, 11)) == words
