"""Three versions of a call into one: nobody's work is lost, and what was merged once merges to itself."""

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from communitycalls.document import values as v
from communitycalls.importer import Standing, merge
from tests.generated_calls import EXAMPLES, calls, edits

in_memory = settings(max_examples=EXAMPLES, deadline=None)
pairs = calls().flatmap(lambda one: st.tuples(st.just(one), edits(one)))
triples = calls().flatmap(lambda one: st.tuples(st.just(one), edits(one), edits(one)))


def unnumbered(call: v.CallDocument) -> dict[str, Any]:
    """What a call says, its numbers aside: entries name the titles of their agenda items."""
    titles: dict[int | None, Any] = {one.number: replace(one, number=0) for one in call.agenda}
    return {
        "head": (call.title, call.introduction, call.start, call.minutes.introduction),
        "links": call.links,
        "agenda": [replace(one, number=0) for one in call.agenda],
        "entries": [
            (replace(one, number=0, agenda_item=None), titles.get(one.agenda_item)) for one in call.minutes.entries
        ],
        "questions": [replace(one, number=0) for one in call.questions],
        "releases": sorted(repr(replace(one, number=0)) for one in call.releases),
        "attendance": call.attendance,
    }


@in_memory
@given(pairs)
def test_document_that_did_not_change_changes_nothing(versions: tuple[v.CallDocument, v.CallDocument]) -> None:
    base, ours = versions
    merged = merge(base, ours, base, {})
    assert (merged.document, merged.remarks) == (ours, ())


@in_memory
@given(pairs)
def test_call_that_nobody_edited_becomes_the_document(versions: tuple[v.CallDocument, v.CallDocument]) -> None:
    base, theirs = versions
    merged = merge(base, base, theirs, {})
    assert unnumbered(merged.document) == unnumbered(theirs)
    assert merged.remarks == ()


@in_memory
@given(triples)
def test_merging_the_same_document_again_changes_nothing(versions: tuple[v.CallDocument, ...]) -> None:
    base, ours, theirs = versions
    first = merge(base, ours, theirs, {})
    second = merge(first.base, first.document, theirs, {})
    assert (second.document, second.base, second.remarks) == (first.document, first.base, ())


@in_memory
@given(triples)
def test_numbers_stay_with_what_they_name(versions: tuple[v.CallDocument, ...]) -> None:
    base, ours, theirs = versions
    merged = merge(base, ours, theirs, {"entries": Standing(900), "agenda": Standing(900)}).document
    for here, rows in ((ours.agenda, merged.agenda), (ours.minutes.entries, merged.minutes.entries)):
        numbers = [one.number for one in rows]
        assert len(set(numbers)) == len(numbers)
        assert {number for number in numbers if number <= 900} <= {one.number for one in here}


@in_memory
@given(pairs)
def test_first_document_of_a_planned_call_only_adds(versions: tuple[v.CallDocument, v.CallDocument]) -> None:
    ours, theirs = versions
    merged = merge(None, ours, theirs, {}).document
    assert [one.number for one in merged.agenda if one.number in {item.number for item in ours.agenda}] == [
        one.number for one in ours.agenda
    ]
    assert len(merged.minutes.entries) >= len(ours.minutes.entries)
    assert merged.title == ours.title


DAY = dt.date(2021, 5, 11)


def call(*titles: str, **fields: Any) -> v.CallDocument:
    agenda = tuple(v.AgendaItem(number, title) for number, title in enumerate(titles, 1))
    return v.CallDocument("community-call", DAY, "Call", agenda=agenda, **fields)


def said(*texts: str) -> v.CallDocument:
    entries = tuple(v.MinutesEntry(number, text) for number, text in enumerate(texts, 1))
    return v.CallDocument("community-call", DAY, "Call", minutes=v.Minutes("final", "", entries))


def test_item_put_between_others_gets_a_new_number_and_its_place() -> None:
    merged = merge(call("Welcome", "Q&A"), call("Welcome", "Q&A"), call("Welcome", "News", "Q&A"), {})
    assert [(one.number, one.title) for one in merged.document.agenda] == [(1, "Welcome"), (3, "News"), (2, "Q&A")]
    assert [one.number for one in merged.base.agenda] == [1, 3, 2]


def test_number_of_a_deleted_entry_is_never_given_again() -> None:
    merged = merge(said("One"), said("One"), said("One", "Three"), {"entries": Standing(2)})
    assert [one.number for one in merged.document.minutes.entries] == [1, 3]


def test_corrected_sentence_keeps_its_number() -> None:
    old, new = "Sayan tells what the harbour shiped in May.", "Sayan tells what the harbour shipped in May."
    merged = merge(said("Hello.", old), said("Hello.", old), said("Before.", new, "Hello."), {})
    assert [(one.number, one.text) for one in merged.document.minutes.entries] == [
        (3, "Before."),
        (2, new),
        (1, "Hello."),
    ]


def test_field_both_changed_stays_as_it_is_here_and_is_told() -> None:
    base, ours, theirs = said("It boots."), said("It boots today."), said("It boots always.")
    merged = merge(base, ours, theirs, {})
    assert merged.document == ours
    assert [one.text for one in merged.remarks] == [
        "Minutes entry 1 ('It boots today.'): the text is 'It boots today.' here and 'It boots always.' in the"
        " document; what stands here was kept."
    ]


def test_fields_that_each_side_changed_come_together() -> None:
    base = call("Welcome")
    ours = replace(base, agenda=(replace(base.agenda[0], minutes=5, kind="welcome", slide_notes="Hi"),))
    theirs = replace(base, agenda=(replace(base.agenda[0], body="- Meet the team"),))
    merged = merge(base, ours, theirs, {})
    assert merged.document.agenda == (v.AgendaItem(1, "Welcome", "welcome", "- Meet the team", 5, slide_notes="Hi"),)
    assert merged.remarks == ()


def test_item_gone_from_the_document_stays_where_editors_added_to_it() -> None:
    base = call("Welcome", "News", "Q&A")
    ours = replace(base, agenda=(base.agenda[0], replace(base.agenda[1], minutes=10), base.agenda[2]))
    merged = merge(base, ours, call("Welcome"), {})
    assert [one.title for one in merged.document.agenda] == ["Welcome", "News"]
    assert [one.text for one in merged.remarks] == [
        "Agenda item 2 ('News') is no longer in the document; as there is more of it here, it was kept."
    ]


def test_item_whose_row_carries_private_notes_is_not_deleted() -> None:
    base = call("Welcome", "News")
    merged = merge(base, base, call("Welcome"), {"agenda": Standing(2, frozenset({2}))})
    assert [one.title for one in merged.document.agenda] == ["Welcome", "News"]


def test_entry_removed_here_does_not_come_back() -> None:
    base = said("One.", "Two is said.")
    merged = merge(base, said("One."), said("One.", "Two is said again."), {})
    assert [one.text for one in merged.document.minutes.entries] == ["One."]
    assert "stays removed" in merged.remarks[0].text


def test_answer_added_on_each_side_stands_beside_the_other() -> None:
    def asked(*answers: v.Answer) -> v.CallDocument:
        return replace(call(), questions=(v.Question(1, "Does it boot?", answers=answers),))

    yes, maybe = v.Answer("Kai", "Yes."), v.Answer("Marga", "With tweaks.")
    merged = merge(asked(), asked(yes), asked(maybe), {})
    assert set(merged.document.questions[0].answers) == {yes, maybe}
    assert merged.remarks == ()


def test_entry_made_on_both_sides_in_nearly_the_same_words_is_one_entry() -> None:
    ours, theirs = said("Beta for ARM64 comes in July."), said("Beta for ARM64 comes in August.")
    merged = merge(call(), ours, theirs, {})
    assert merged.document.minutes.entries == ours.minutes.entries
    assert "'Beta for ARM64 comes in August.' in the document" in merged.remarks[0].text


def test_stream_that_became_the_recording_is_one_link() -> None:
    base = replace(call(), links=(v.Link("stream", "Stream", "https://example.org/a"),))
    theirs = replace(call(), links=(v.Link("recording", "Recording", "https://example.org/a"),))
    assert merge(base, base, theirs, {}).document.links == theirs.links


def test_document_without_a_time_leaves_the_time_alone() -> None:
    start = dt.datetime(2021, 5, 11, 15, 30, tzinfo=dt.UTC)
    ours = replace(call(), start=start, timezone="Europe/Berlin")
    assert merge(ours, ours, call(), {}).document == ours
