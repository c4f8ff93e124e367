"""Comparing two versions of a call: laws that hold for any two, and what is said of each sort of change."""

import datetime as dt
from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from communitycalls.document import values as v
from communitycalls.document.compare import Comparison, Difference, compare
from communitycalls.document.fields import FIELDS
from communitycalls.wording import marks
from interop.document.values import Unread
from tests.generated_calls import EXAMPLES, calls, edits, text

LISTS = {"links", "agenda", "minutes", "questions", "releases", "matrix_changes", "attendance", "unread"}
KINDS: dict[str, Any] = {
    "call": v.CallDocument,
    "minutes": v.Minutes,
    "link": v.Link,
    "agenda item": v.AgendaItem,
    "entry": v.MinutesEntry,
    "question": v.Question,
    "answer": v.Answer,
    "release": v.Release,
    "matrix change": v.MatrixChange,
    "attendance": v.Attendance,
    "unread line": Unread,
}
CALL = v.CallDocument("community-call", dt.date(2021, 5, 11), "May call", timezone="Europe/Berlin")


def all_of(comparison: Comparison) -> list[Difference]:
    found = [one for part in comparison.parts for one in part.differences]
    return found + [inner for one in found for inner in one.parts]


def test_every_field_of_the_values_is_compared() -> None:
    assert KINDS.keys() == FIELDS.keys()
    for noun, cls in KINDS.items():
        named = {field.name for field in fields(cls)} - {"number"} - (LISTS if cls is v.CallDocument else set())
        assert {field.name for field in FIELDS[noun].fields} == named - {"entries", "answers"}, noun


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_nothing_differs_where_and_only_where_two_versions_are_equal(data: st.DataObject) -> None:
    old = data.draw(calls())
    new = data.draw(edits(old))
    assert compare(old, old).is_empty
    assert compare(old, new).is_empty == (old == new)


@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(st.data())
def test_way_back_is_the_mirror_of_the_way_there(data: st.DataObject) -> None:
    old = data.draw(calls())
    new = data.draw(edits(old))
    there, back = all_of(compare(old, new)), all_of(compare(new, old))
    for what, other in (("added", "removed"), ("removed", "added")):
        names = sorted(one.name for one in there if one.what == what)
        assert names == sorted(one.name for one in back if one.what == other)
    changed = sorted((f.label, f.old, f.new) for one in there if one.what == "changed" for f in one.fields)
    assert changed == sorted((f.label, f.new, f.old) for one in back if one.what == "changed" for f in one.fields)


@settings(max_examples=EXAMPLES, deadline=None)
@given(text, text)
def test_marks_hold_both_texts(old: str, new: str) -> None:
    found = marks(old, new)
    assert "".join(one.text for one in found if one.kind != "ins") == old
    assert "".join(one.text for one in found if one.kind != "del") == new


def test_texts_that_share_but_their_spaces_are_not_compared_into_crumbs() -> None:
    found = [(mark.kind, mark.text) for mark in marks("Every part was new", "They all had grown")]
    assert found == [("del", "Every part was new"), ("ins", "They all had grown")]


def test_what_repeats_itself_endlessly_is_compared_in_a_moment() -> None:
    old, new = "a " * 4000 + "b " * 900, "b " * 900 + "a " * 4000
    found = marks(old, new)
    assert "".join(one.text for one in found if one.kind != "ins") == old
    assert marks("x\n" * 60_000, "y\n" + "x\n" * 60_000)[0].text == "y\n"


def only(comparison: Comparison) -> Difference:
    (part,) = comparison.parts
    (difference,) = part.differences
    return difference


def test_changed_field_is_told_as_readers_see_it() -> None:
    start = dt.datetime(2021, 5, 11, 15, 30, tzinfo=dt.UTC)
    old = replace(CALL, start=start)
    (field,) = only(compare(old, replace(old, start=start + dt.timedelta(hours=1)))).fields
    assert (field.label, field.old, field.new) == (
        "Start",
        "11 May 2021, 17:30 CEST (15:30 UTC)",
        "11 May 2021, 18:30 CEST (16:30 UTC)",
    )


def test_start_on_another_day_in_utc_says_both_days() -> None:
    late = replace(CALL, start=dt.datetime(2021, 5, 11, 22, 30, tzinfo=dt.UTC))
    (field,) = only(compare(CALL, late)).fields
    assert field.new == "12 May 2021, 00:30 CEST (11 May 2021, 22:30 UTC)"


def test_item_is_the_same_under_its_number_though_all_of_it_changed() -> None:
    one = replace(CALL, agenda=(v.AgendaItem(3, "Welcome"),))
    two = replace(CALL, agenda=(v.AgendaItem(3, "Goodbye", minutes=0),))
    found = only(compare(one, two))
    assert (found.what, found.number, found.name) == ("changed", 3, "Goodbye")
    assert [(field.label, field.old, field.new) for field in found.fields] == [
        ("Title", "Welcome", "Goodbye"),
        ("Length", "", "0 min"),
    ]


def test_one_entry_moved_over_three_others_is_one_move() -> None:
    entries = tuple(v.MinutesEntry(number, f"Point {number}") for number in (1, 2, 3, 4))
    moved = (entries[3], *entries[:3])
    found = only(
        compare(
            replace(CALL, minutes=v.Minutes("draft", "", entries)), replace(CALL, minutes=v.Minutes("draft", "", moved))
        )
    )
    assert (found.number, found.moved, found.is_moved_only) == (4, (4, 1), True)


def test_answer_is_known_again_by_who_gave_it() -> None:
    asked = v.Question(1, "Does it boot?", answers=(v.Answer("Kai", "Yes."), v.Answer("Iago", "Mostly.")))
    later = replace(asked, answers=(v.Answer("Iago", "Mostly, on metal."),))
    found = only(compare(replace(CALL, questions=(asked,)), replace(CALL, questions=(later,))))
    assert found.fields == ()
    assert [(one.name, one.what) for one in found.parts] == [("Kai", "removed"), ("Iago", "changed")]


def test_what_was_added_is_told_whole_and_counted() -> None:
    entries = (v.MinutesEntry(1, "We ship.", "decision", ("Thilo",), None, 235, "Kai", dt.date(2021, 6, 1)),)
    comparison = compare(
        replace(CALL, minutes=v.Minutes("draft")), replace(CALL, minutes=v.Minutes("draft", "", entries))
    )
    assert {field.label: field.new for field in only(comparison).fields} == {
        "Kind": "Decision",
        "Text": "We ship.",
        "Speakers": "Thilo",
        "In the recording": "3:55",
        "Assignee": "Kai",
        "Due": "1 June 2021",
    }
    assert comparison.in_short == ("minutes: 1 added",)


def test_head_names_its_fields_in_short() -> None:
    new = replace(CALL, title="Other", status="announced", links=(v.Link("other", "Board", "https://example.org/"),))
    assert compare(CALL, new).in_short == ("title, state now announced", "links: 1 added")
