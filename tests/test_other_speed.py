"""A document costs about as much as it is long, also where one line of it is 100 KB of marks."""

import time

import pytest

from communitycalls.document.reader import read

TITLE = "# Harbour community call Tuesday, 11th of May, 17:30 CEST\n\n"
LENGTH = 100_000
SECONDS = 3.0  # of processor time; at most 0.6 on the machine this was written on
PLACES = {
    "introduction": "%s\n",
    "item": "## News\n\n- %s\n",
    "minutes": "# Minutes\n\n1. %s\n",
    "questions": "# Minutes\n\n## Q&A\n\n- Q: %s\n",
    "attendees": "## Attendees\n\n- %s\n",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("unit", ["[", "**a", "Alpha 1.2 ", "11 May ", "a:", "Ada (B), "])
def test_line_of_marks_costs_no_more_than_seconds(place: str, unit: str) -> None:
    line = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    began = time.process_time()
    value, _ = read(TITLE + PLACES[place] % line, name="2021-05-11.md")
    assert time.process_time() - began < SECONDS
    assert value.date.year == 2021


def test_long_document_costs_no_more_than_its_length() -> None:
    entries = "\n".join(f"{number}. Ada explains point {number}.\n    - and more" for number in range(1, 501))
    began = time.process_time()
    value, _ = read(f"{TITLE}# Minutes\n\n{entries}\n", name="2021-05-11.md")
    assert time.process_time() - began < SECONDS
    assert len(value.minutes.entries) == 500
