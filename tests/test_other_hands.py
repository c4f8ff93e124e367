"""Spellings of other hands: dates, times and zones, front matter, attendance, presenters, actions and decisions."""

import datetime as dt

import pytest

from communitycalls.document import CallDocument
from communitycalls.document.reader import read
from communitycalls.document.values import AgendaItem, Attendance, MinutesEntry
from interop.document.errors import DocumentError

EVENING = dt.datetime(2021, 5, 11, 15, 30, tzinfo=dt.UTC)
WINTER = dt.datetime(2021, 1, 12, 16, 30, tzinfo=dt.UTC)
TITLE = "# Harbour community call Tuesday, 11th of May, 17:30 CEST\n\n"


def call(text: str, name: str = "2021-05-11.md") -> CallDocument:
    return read(TITLE + text, name=name)[0]


def people(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.role) for one in call(f"## Attendees\n\n{text}\n").attendance]


def entries(text: str) -> list[tuple[str, str, str]]:
    found = call(f"## Attendees\n\n- Ada Obi\n- Bo Lind\n\n# Minutes\n\n{text}\n").minutes.entries
    return [(one.kind, one.text, one.assignee) for one in found]


DAYS = """
2021-05-11|11 May 2021|May 11th, 2021|Tue, 11.05.2021|2021/05/11|11. Mai 2021|May 11 '21|20210511|2021 May 11|11.5.2021
11.05.21|Tuesday 11/05/2021|Tue 05/11/2021|Tue 11-05-2021
"""
TIMES = """
1530 UTC|3.30pm GMT|17:30:00 CEST|5:30 pm\u20136:30 pm CEST|17:30 (UTC+02:00)|21:00 IST|21:15 NPT|21:15 UTC+5:45
17:30 Central European Time|11:30 Eastern|8:30am US Pacific|17:30 in Berlin|16:30 (London)|17:30 German time|15:30 utc
15:30 Coordinated Universal Time
"""


def each(text: str) -> list[str]:
    return text.strip().replace("\n", "|").split("|")


@pytest.mark.parametrize("day", each(DAYS))
@pytest.mark.parametrize("time", ["15h30 UTC", "5.30 p.m. Berlin time"])
def test_day_is_read_in_many_forms(day: str, time: str) -> None:
    value, told = read(f"# Community call {day}, {time}\n", name="")
    assert (value.start, told) == (EVENING, ())


@pytest.mark.parametrize("time", each(TIMES))
def test_time_is_read_in_many_forms(time: str) -> None:
    value, told = read(f"# Community call 2021-05-11, {time}\n", name="")
    assert (value.start, told) == (EVENING, ())


@pytest.mark.parametrize(
    ("time", "right"), [("17:30 CEST", "CET"), ("17:30 MESZ", "CET"), ("8:30am PDT", "PST"), ("16:30 BST", "GMT")]
)
def test_label_of_the_other_season_means_what_clocks_show(time: str, right: str) -> None:
    value, told = read(f"# Community call 2021-01-12, {time}\n", name="")
    assert value.start == WINTER
    assert f"clocks keep {right}, not {time[-4:].strip()}; it is read as {right}." in told[0].text
    assert len(told) == 1


def test_label_of_the_other_season_is_right_where_another_time_agrees_with_it() -> None:
    value, told = read("# Community call 2021-01-12, 18:30 CEST / 16:30 UTC\n", name="")
    assert (value.start, told) == (WINTER, ())


def test_noon_ends_a_range() -> None:
    value = read("# Community call 2021-05-11, 10:30am - 12:00noon PT\n", name="")[0]
    assert (value.start, value.duration) == (EVENING.replace(hour=17), 90)


def test_zone_may_stand_on_a_line_of_its_own() -> None:
    value, told = read("# Community call\n\nDate: 2021-05-11\nTime: 17:30\nTime zone: CEST\n", name="")
    assert (value.start, value.timezone, told) == (EVENING, "Europe/Berlin", ())


MATTER = "---\ntitle: Community call\ndate: 2021-05-11\ntime: '17:30'\ntimezone: Europe/Berlin\n---\n\n"


def test_front_matter_says_title_and_time() -> None:
    value, told = read(f"{MATTER}## News\n- One\n", name="")
    assert (value.title, value.series, value.start) == ("Community call", "community-call", EVENING)
    assert ([item.title for item in value.agenda], value.unread, told) == (["News"], (), ())


def test_heading_is_the_title_before_the_front_matter() -> None:
    value = read(f"{MATTER}# Harbour office hours\n\n## News\n", name="")[0]
    assert (value.title, value.start) == ("Harbour office hours", EVENING)
    assert [(row.line, row.text) for row in value.unread] == [(2, "title: Community call")]


def test_front_matter_that_no_call_keeps_is_unread_with_its_lines() -> None:
    text = "---\ntitle: Community call\ndate: 2021-05-11T17:30:00+02:00\ntags:\n  - call\nhost: Ada Obi\n---\n"
    value, told = read(text, name="")
    assert (value.start, value.attendance) == (EVENING, (Attendance("Ada Obi", "host"),))
    assert [row.line for row in value.unread] == [4, 5]
    assert "'tags'" in told[0].text


def test_rules_around_prose_are_no_front_matter() -> None:
    value = read(f"---\n\n{TITLE}---\n\nJust words.\n", name="2021-05-11.md")[0]
    assert (value.introduction, value.unread) == ("Just words.", ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* Ada Obi @ada (voting member)", [("Ada Obi", "attendee")]),
        (
            "- Ada Obi (Host)\n- Bo \u270f\ufe0f\n- \U0001f600 Cy",
            [("Ada Obi", "host"), ("Bo", "minute taker"), ("Cy", "attendee")],
        ),
        (
            "Ada Obi (Acme), Bo Lind - Tidewater, @cy",
            [("Ada Obi", "attendee"), ("Bo Lind", "attendee"), ("cy", "attendee")],
        ),
        (
            "- jlbirch\n- May Li\n- F. Smith",
            [("jlbirch", "attendee"), ("May Li", "attendee"), ("F. Smith", "attendee")],
        ),
        ("- Chair: Ada Obi\n- Members:  Bo, Cy", [("Ada Obi", "host"), ("Bo", "attendee"), ("Cy", "attendee")]),
        ("- Scribe:\n  - Ada Obi\n- Others: Bo", [("Ada Obi", "minute taker"), ("Bo", "attendee")]),
        ("| Name | Org |\n|---|---|\n| Ada Obi (host) | Acme |\n| | |\n| TBD | |", [("Ada Obi", "host")]),
        ("| Who | Role |\n|---|---|\n| Ada Obi | Note taker |", [("Ada Obi", "minute taker")]),
        ("- Ada Obi\n- ~~Bo Lind~~", [("Ada Obi", "attendee")]),
        ("- [x] Ada Obi\n- [ ] Bo Lind", [("Ada Obi", "attendee")]),
        ("- Ada Obi (@ada, Acme) - chair\n- Bo Lind", [("Ada Obi", "host"), ("Bo Lind", "attendee")]),
        ("Ada, [@bo](https://github.com/bo)", [("Ada", "attendee"), ("bo", "attendee")]),
    ],
)
def test_attendance_is_read_in_many_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert people(text) == expected


def test_who_was_not_there_is_no_attendee_and_no_line_is_lost() -> None:
    value, told = read(
        f"{TITLE}Present: Ada, Bo\nApologies: Cy\n\n## Present\n\n- Dee\n- ~~Eve~~\n", name="2021-05-11.md"
    )
    assert [one.name for one in value.attendance] == ["Ada", "Bo", "Dee"]
    assert value.introduction == "Apologies: Cy"
    assert [row.text for row in value.unread] == ["- ~~Eve~~"]
    assert "struck out" in told[0].text


def test_who_has_a_role_is_not_listed_twice() -> None:
    value = call("Host: Ada\n\n## Attendees\n\n- Ada\n- Bo\n")
    assert value.attendance == (Attendance("Ada", "host"), Attendance("Bo"))


@pytest.mark.parametrize(
    ("title", "minutes", "presenters"),
    [
        ("News (10m, Ada)", 10, ("Ada",)),
        ("News [Ada Obi, 20 mins]", 20, ("Ada Obi",)),
        ("News (Ada / Bo, 5m)", 5, ("Ada", "Bo")),
        ("News (led by @ada; 1h)", 60, ("ada",)),
        ("News (5m, TSC)", 5, ()),
        ("News (Liqo)", None, ()),
        ("News (Bo Lind)", None, ("Bo Lind",)),
        ("News ([slides](a.pdf))", None, ()),
    ],
)
def test_title_of_an_item_names_length_and_presenters(
    title: str, minutes: int | None, presenters: tuple[str, ...]
) -> None:
    (item,) = call(f"## Attendees\n\n- Bo Lind\n- Eve\n\n## {title}\n").agenda
    assert item == AgendaItem(1, title, "news", "", minutes, presenters)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- **ACTION - Ada**: write it", ("action", "write it", "Ada")),
        ("- [AI: bo] write it", ("action", "write it", "Bo Lind")),
        ("- AI[Ada]: write it", ("action", "write it", "Ada")),
        ("- TODO @ada: write it", ("action", "write it", "ada")),
        ("- __Action item__: write it - Ada", ("action", "write it - Ada", "Ada")),
        ("ACTION: BL to write it", ("action", "BL to write it", "Bo Lind")),
        ("- [ ] Ada Obi: write it", ("action", "write it", "Ada Obi")),
        ("- CONSENSUS: we write it", ("decision", "we write it", "")),
        ("AGREED: we write it", ("decision", "we write it", "")),
        ("**Decision made:** we write it", ("decision", "we write it", "")),
    ],
)
def test_actions_and_decisions_are_marked_in_many_ways(text: str, expected: tuple[str, str, str]) -> None:
    assert entries(text) == [expected]


def test_lines_of_a_paragraph_are_entries_where_they_are_marked() -> None:
    found = entries("AGREED: yes\nACTION: Ada to go\nas soon as she can\nTODO: Bo to stay")
    assert [kind for kind, _, _ in found] == ["decision", "action", "action"]
    assert found[1] == ("action", "Ada to go\nas soon as she can", "Ada")


def test_initials_and_nicknames_mean_the_one_attendee_who_has_them() -> None:
    text = "## Attendees\n\n- Ada Obi\n- Bo Lind\n- Ben Lopez\n\n# Minutes\n\nAO: yes\n\nBL: no\n\n- [ben] hm\n"
    assert entries("- AI(AO): ask") == [("action", "ask", "Ada Obi")]
    assert [entry.speakers for entry in call(text).minutes.entries] == [("Ada Obi",), (), ("Ben Lopez",)]


def test_record_in_the_agenda_is_an_entry_of_its_item_where_no_minutes_are() -> None:
    value = call("## News\n\n- All well\n  - DECISION: go on\n- Decision: which one?\n- [ ] tea\n")
    assert value.minutes.entries == (MinutesEntry(1, "go on", "decision", agenda_item=1),)
    assert value.agenda[0].body == "- All well\n- Decision: which one?\n- [ ] tea"
    assert call("## News\n\n- DECISION: go on\n\n# Minutes\n\n1. All well.\n").agenda[0].body == "- DECISION: go on"


@pytest.mark.parametrize(
    "text",
    ["Prometheus shows gaps.", "Locksmith explains it in the log.", "Berlin hosts the summit.", "Poll: who comes?"],
)
def test_thing_is_no_person(text: str) -> None:
    value = call(f"# Minutes\n\n1. We meet in Berlin and run Locksmith 0.7.\n2. {text}\n")
    assert value.minutes.entries[1].speakers == ()


def test_what_tells_of_the_call_is_no_agenda_item() -> None:
    value = call("## Registration\n\nNone needed.\n\n## Agenda\n\n1. News\n\n## Upcoming meetings\n\n*None*\n")
    assert ([item.title for item in value.agenda], value.unread) == (["News"], ())
    assert value.introduction == "## Registration\n\nNone needed."


def test_heading_that_only_says_when_is_no_item_and_a_second_one_is_told() -> None:
    text = (
        "# SIG Harbour notes\n\n## May 11, 2021 ([recording](https://youtu.be/x))\n\n- So\n\n## May 4, 2021\n\n- So\n"
    )
    value, told = read(text, name="")
    assert (value.date, value.links[0].kind, value.agenda) == (dt.date(2021, 5, 11), "recording", ())
    assert [(remark.line, "names another day" in remark.text) for remark in told if "Split" in remark.text] == [
        (7, True)
    ]


def test_day_that_may_be_read_in_two_ways_is_refused() -> None:
    with pytest.raises(DocumentError, match="may be read in two ways"):
        read("# Community call 11-05-2021\n", name="")
