"""When a call is and of which kind, from the title of its document and the name of its file."""

import datetime as dt

import pytest

from communitycalls.document import CallDocument
from communitycalls.document.reader import read
from interop.document.errors import DocumentError, Remark

EVENING = dt.datetime(2021, 5, 11, 15, 30, tzinfo=dt.UTC)


def headline(title: str, name: str = "2021-05-11.md") -> CallDocument:
    return read(f"# {title}\n", name=name)[0]


def remarks(title: str, name: str = "2021-05-11.md") -> tuple[Remark, ...]:
    return read(f"# {title}\n", name=name)[1]


@pytest.mark.parametrize(
    "title",
    [
        "Harbour community call Tuesday, 11th of May, 17:30 CEST",
        "Harbour community call 11 May 17.30 CEST",
        "Tuesday May 11th 2021 5:30 pm CEST Harbour community call",
        "Community call: 2021-05-11, 17h30 (CEST)",
        "Community call on the 11th of May at 5:30pm CEST / 9pm IST / 11:30am EDT",
        "Community call 11.05.2021 17:30 Europe/Berlin",
        "Community call, Tue 11-May-2021 @ 5.30 p.m. Berlin time",
        "Community call May 11, 2021 1730 CEST",
        "Community call 11 May, CEST 17:30",
        "Community call 11 May, 15:30 UTC / 17:30 CEST",
        "Community call 11 May, 17:30 UTC+2",
    ],
)
def test_title_says_when_in_many_ways(title: str) -> None:
    assert (headline(title).date, headline(title).start) == (dt.date(2021, 5, 11), EVENING)


@pytest.mark.parametrize(
    ("label", "zone"),
    [
        ("5:30pm CEST", "Europe/Berlin"),
        ("4:30pm BST", "Europe/London"),
        ("9pm IST", "Asia/Kolkata"),
        ("11:30am EDT", "America/New_York"),
        ("11:30am ET", "America/New_York"),
        ("8:30am PDT", "America/Los_Angeles"),
        ("8:30 Pacific time", "America/Los_Angeles"),
        ("15:30 GMT", "Etc/GMT"),
        ("15:30 UTC", "UTC"),
        ("8:30am MST", "America/Phoenix"),
    ],
)
def test_zone_is_the_place_where_the_label_is_right_on_that_day(label: str, zone: str) -> None:
    assert (headline(f"Community call {label}").start, headline(f"Community call {label}").timezone) == (EVENING, zone)


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("Harbour community call", "community-call"),
        ("Agenda for the Harbour Release Planning call on Monday", "release-planning-call"),
        ("Minutes of the Harbour Release Team call", "release-team-call"),
        ("Harbour Container Linux Monthly Community Meeting", "community-meeting"),
        ("Office hours", "office-hours"),
        ("Harbour storage call", "storage-call"),
        ("Meeting notes: Harbour SIG Node meeting", "sig-node-meeting"),
        ("Harbour Café call", "harbour-cafe-call"),
    ],
)
def test_series_is_the_kind_without_the_project(title: str, series: str) -> None:
    assert headline(title).series == series


def test_title_without_a_kind_is_remarked_on() -> None:
    assert headline("Harbour 11th of May").series == "call"
    assert "names no kind of call" in remarks("Harbour 11th of May")[0].text


@pytest.mark.parametrize(
    ("title", "name", "date"),
    [
        ("Community call 11th of May", "2021-05-11.md", "2021-05-11"),
        ("Community call 11th of May", "archive/2021_05_11.markdown", "2021-05-11"),
        ("Community call 11th of May", "2021-05-28_13d098d.md", "2021-05-11"),
        ("Community call Tuesday, 11th of May", "2026-08-03_47d9770.md", "2021-05-11"),
        ("Community call 11th of May", "2021-05-11/2026-08-03_47d9770.md", "2021-05-11"),
        ("Community call 28th of December", "2022-01-03_13d098d.md", "2021-12-28"),
        ("Community call 11th of May", "calls-of-2021.md", "2021-05-11"),
        ("Community call 2021-05-11", "", "2021-05-11"),
    ],
)
def test_year_comes_from_the_file(title: str, name: str, date: str) -> None:
    assert headline(title, name).date.isoformat() == date


def test_second_call_of_a_day_has_its_place_in_the_file_name() -> None:
    assert headline("Community call", "2021-05-11-2.md").address == "2021-05-11-2"


def test_range_of_times_is_the_length() -> None:
    assert headline("Community call 17:30-18:15 CEST").duration == 45
    assert headline("Community call 5:30pm CEST").duration == 60


def test_time_without_a_zone_is_read_in_the_zone_given() -> None:
    value, told = read("# Community call 17:30\n", name="2021-05-11.md", default_zone="Europe/Berlin")
    assert (value.start, value.timezone) == (EVENING, "Europe/Berlin")
    assert "'17:30' names no time zone" in told[0].text


def test_title_without_a_time_has_no_start() -> None:
    assert headline("Community call").start is None


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (
            "Community call 5:30pm CEST / 8:30am PST",
            "'8:30am PST' is 16:30 UTC, but '5:30pm CEST' is 15:30 UTC. PDT would",
        ),
        ("Community call 5:30pm CEST / 8pm IST", "21:00 IST would be right"),
        ("Community call 5:30pm CET", "clocks keep CEST, not CET"),
        ("Community call Wednesday, 11th of May", "'Wednesday' is wrong: 2021-05-11 is a Tuesday."),
        ("Community call 12th of May", "'12th of May' contradicts the file name '2021-05-11.md'"),
        ("Community call 30th of February", "'30th of February' is no date of the calendar"),
        ("Community call 25:30 CEST", "'25:30 CEST' is no time of day"),
    ],
)
def test_contradiction_in_the_title_is_quoted_with_its_line(title: str, told: str) -> None:
    found = remarks(title)
    assert [remark.line for remark in found] == [1]
    assert told in found[0].text


def test_right_labels_are_not_remarked_on() -> None:
    assert remarks("Community call 5:30pm CEST / 9pm IST / 3:30pm GMT / 11:30am EDT / 8:30am PDT / 1:30am AEST") == ()


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("# Community call\n", "2021-02-30.md", "2021-02-30 in the file name '2021-02-30.md' is no date"),
        ("# Community call 2021-02-30\n", "", "'2021-02-30' is no date of the calendar"),
        ("# Community call 11th of May\n", "notes.md", "'Community call 11th of May' names no year"),
        ("# Community call\n", "", "'Community call' names no day"),
        ("# Community call 05/11/2021\n", "", "'05/11/2021' may be read in two ways"),
        ("# Compatibility matrix\n", "2021-05-11_13d098d.md", "names no day"),
        ("Nothing but words.\n", "2021-05-11.md", "'Nothing but words.'"),
        ("", "2021-05-11.md", "The document is empty."),
        (" \n\n", "", "The document is empty."),
    ],
)
def test_document_without_title_or_date_is_refused_in_a_sentence(text: str, name: str, told: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(text, name=name)
    assert told in caught.value.message
    assert caught.value.message.endswith((".", "'."))


@pytest.mark.parametrize(
    "text",
    [
        "Community call 11 May 17:30 CEST\n====\n",
        "   # Community call 11 May 17:30 CEST #\n",
        "## Community call 11 May 17:30 CEST\n",
        "**Community call 11 May 17:30 CEST**\n\n- a\n",
        "# Minutes\n\n# Community call 11 May 17:30 CEST\n",
        "# Community call\n\n- Date: Tuesday, 11 May\n- Time: 17:30 CEST\n",
        "# Community call\n\nWhen: 11 May, 17:30 CEST\n",
        "# Community call\n\nTuesday, 11th of May at 17:30 CEST\n",
        "# Agenda for the community call 11 May 17:30 CEST\n\n# Agenda\n",
    ],
)
def test_title_may_stand_in_other_places(text: str) -> None:
    value, told = read(text, name="2021-05-11.md")
    assert (value.series, value.start, told) == ("community-call", EVENING, ())
