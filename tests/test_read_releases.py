"""Releases that a call speaks of: in prose, in lists, by their day alone; other products' versions are none."""

import datetime as dt

import pytest

from communitycalls.document.outline import document
from communitycalls.document.releases import read_releases

CALL = dt.date(2021, 5, 11)
Told = tuple[str | None, str | None, str | None, str, str | None]


def told(text: str, date: dt.date = CALL) -> list[Told]:
    return [
        (one.channel, one.version, one.date.isoformat() if one.date else None, one.outlook, one.kind)
        for one in read_releases([document(text)], date)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alpha (1.2.3) was released", [("Alpha", "1.2.3", None, "current", None)]),
        ("A demo on alpha-1.2.3", [("Alpha", "1.2.3", None, "mentioned", None)]),
        ("Beta: v1.2.3 (minor)", [("Beta", "1.2.3", None, "mentioned", "minor")]),
        (
            "LTS 2021 2605.16.1 and LTS-2605.15.1",
            [("LTS 2021", "2605.16.1", None, "mentioned", None), ("LTS", "2605.15.1", None, "mentioned", None)],
        ),
        ("1.2.3 (Alpha) shipped on 2 May", [("Alpha", "1.2.3", "2021-05-02", "current", None)]),
        (
            "The May 2nd round brought new Stable and LTS",
            [("Stable", None, "2021-05-02", "current", None), ("LTS", None, "2021-05-02", "current", None)],
        ),
        ("Stable 1.2.3 will follow", [("Stable", "1.2.3", None, "upcoming", None)]),
        ("what broke in the May 2nd release", [(None, None, "2021-05-02", "current", None)]),
        ("the release for the week of May 17th", [(None, None, "2021-05-17", "upcoming", None)]),
        ("release planned for 2021-06-01", [(None, None, "2021-06-01", "upcoming", None)]),
        (
            "| Alpha | 1.2.3 |\n|---|---|\n| Beta | 1.2.2 |",
            [("Alpha", "1.2.3", None, "mentioned", None), ("Beta", "1.2.2", None, "mentioned", None)],
        ),
    ],
)
def test_release_is_read_in_many_forms(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Docker 20.10 and OpenSSL 3.0 are coming",
        "containerd 1.5 in Stable",
        "Alpha comes out every 2 weeks",
        "This reaches Beta in June, and Stable in July",
        "The next call is on June 8th",
        "Release planning call on May 20th",
        "what users say of the new Stable release",
        "https://h.example/alpha-1.2.3/",
    ],
)
def test_other_versions_and_days_are_no_releases(text: str) -> None:
    assert told(text) == []


def test_list_below_a_round_has_its_day() -> None:
    text = "Upcoming releases (May 19th):\n- Alpha\n  - Major release: 1.3.0\n- Beta: patch\n  - Stable gets it in July"
    assert told(text) == [
        ("Alpha", "1.3.0", "2021-05-19", "upcoming", "major"),
        ("Beta", None, "2021-05-19", "upcoming", "patch"),
    ]


def test_channel_keeps_the_last_bump_said_before_it() -> None:
    text = "May 2nd round: a major Alpha (1.3.0) and Beta (1.2.0), then patch updates of Stable (1.1.1)."
    assert [(one[0], one[4]) for one in told(text)] == [("Alpha", "major"), ("Beta", "major"), ("Stable", "patch")]


def test_release_told_twice_is_one_and_a_round_gives_way_to_its_channels() -> None:
    text = "The May 2nd release.\n\nAlpha 1.3.0.\n\nOn May 2nd the major Alpha 1.3.0 was released."
    assert told(text) == [("Alpha", "1.3.0", "2021-05-02", "current", "major")]


@pytest.mark.parametrize(
    ("text", "call", "date"),
    [
        ("the release for the week of January 10th", dt.date(2021, 12, 14), "2022-01-10"),
        ("the December 20th release", dt.date(2022, 1, 11), "2021-12-20"),
        ("the February 29th release", dt.date(2020, 3, 1), "2020-02-29"),
    ],
)
def test_year_is_the_one_nearest_to_the_call(text: str, call: dt.date, date: str) -> None:
    assert told(text, call)[0][2] == date
