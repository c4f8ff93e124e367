"""What both sides changed: nothing of either is lost, and taking every conflict gives what the document says."""

import datetime as dt
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from communitycalls.document import values as v
from communitycalls.importer import Merged, Standing, merge, sides
from communitycalls.importer.sides import Place
from communitycalls.importer.sorts import LISTS
from tests.generated_calls import EXAMPLES, calls, edits

in_memory = settings(max_examples=EXAMPLES // 4, deadline=None, phases=[Phase.generate])
triples = calls().flatmap(lambda one: st.tuples(st.just(one), edits(one), edits(one)))
HELD = {name: Standing(900) for name in LISTS}
NUMBERED = [name for name, sort in LISTS.items() if sort.is_numbered]


def decided(merged: Merged) -> v.CallDocument:
    """The call after every conflict was decided for the document."""
    document = merged.document
    for one in merged.conflicts:
        document = sides.put(document, one.place, one.there, one.here, merged.base)
    return document


def plain(one: Any) -> dict[str, Any]:
    """An element's fields, without its number and the lists inside it."""
    return {field.name: getattr(one, field.name) for field in fields(one) if field.name not in ("number", "answers")}


def rows(document: v.CallDocument, name: str) -> dict[int, Any]:
    return {one.number: one for one in sides.rows_of(document, Place(name))}


@in_memory
@given(triples)
def test_nothing_written_here_is_lost(versions: tuple[v.CallDocument, ...]) -> None:
    base, ours, theirs = versions
    merged = merge(base, ours, theirs, HELD).document
    for name in NUMBERED:
        was, after = rows(base, name), rows(merged, name)
        for number, here in rows(ours, name).items():
            if number not in after:
                assert plain(was[number]) == plain(here), "only what nobody touched here goes with the document"
                continue
            for field, said in plain(here).items():
                old = getattr(was.get(number, LISTS[name].empty), field)
                assert getattr(after[number], field) == said or said == old or field == "agenda_item"


@in_memory
@given(triples)
def test_nothing_the_document_changed_is_lost_without_a_conflict(versions: tuple[v.CallDocument, ...]) -> None:
    base, ours, theirs = versions
    merged = merge(base, ours, theirs, HELD)
    final = decided(merged)
    for name in NUMBERED:
        was, after = rows(base, name), rows(final, name)
        for number, there in rows(merged.base, name).items():
            if number not in after:
                assert number in was
                assert plain(was[number]) == plain(there)
                continue
            for field, said in plain(there).items():
                old = getattr(was.get(number, LISTS[name].empty), field)
                assert getattr(after[number], field) == said or said == old or field == "agenda_item"


@in_memory
@given(triples)
def test_conflict_reads_from_the_call_what_it_says_stands_here(versions: tuple[v.CallDocument, ...]) -> None:
    base, ours, theirs = versions
    merged = merge(base, ours, theirs, HELD)
    for one in merged.conflicts:
        here = sides.say(merged.document, one.place, one.here)
        assert sides.agree(one.place, here, one.here)
        assert not sides.agree(one.place, one.here, one.there)


@in_memory
@given(triples)
def test_keeping_what_stands_here_writes_nothing(versions: tuple[v.CallDocument, ...]) -> None:
    base, ours, theirs = versions
    merged = merge(base, ours, theirs, HELD)
    for one in merged.conflicts:
        if one.place.field != sides.ORDER:
            assert sides.put(merged.document, one.place, one.here, one.here) == merged.document


DAY = dt.date(2021, 5, 11)


def call(*titles: str, **fields: Any) -> v.CallDocument:
    agenda = tuple(v.AgendaItem(number, title) for number, title in enumerate(titles, 1))
    return v.CallDocument("community-call", DAY, "Call", agenda=agenda, **fields)


def titles(document: v.CallDocument) -> list[str]:
    return [item.title for item in document.agenda]


def test_order_of_both_is_a_conflict_and_can_be_taken() -> None:
    base = call("One", "Two", "Three")
    ours = replace(base, agenda=(base.agenda[2], base.agenda[0], base.agenda[1], v.AgendaItem(4, "Ours")))
    merged = merge(base, ours, call("Two", "One", "Three", "New"), {})
    assert titles(merged.document) == ["Three", "New", "One", "Two", "Ours"]
    [conflict] = merged.conflicts
    assert (conflict.place, conflict.base) == (Place("agenda", field="order"), [1, 2, 3])
    assert (conflict.here, conflict.there) == ([3, 5, 1, 2, 4], [2, 1, 3])
    assert titles(decided(merged)) == ["Two", "Ours", "One", "Three", "New"]


def test_editors_order_and_what_the_document_puts_in_come_together() -> None:
    base = call("One", "Two", "Three")
    ours = replace(base, agenda=tuple(reversed(base.agenda)))
    merged = merge(base, ours, call("One", "New", "Two", "Three"), {})
    assert titles(merged.document) == ["Three", "Two", "One", "New"]
    assert merged.conflicts == ()


def test_removed_here_and_changed_there_can_come_back_to_its_place() -> None:
    base = call("One", "Two", "Three")
    ours = replace(base, agenda=(base.agenda[0], base.agenda[2]))
    agenda = (base.agenda[0], replace(base.agenda[1], body="More"), base.agenda[2])
    merged = merge(base, ours, replace(base, agenda=agenda), {})
    [conflict] = merged.conflicts
    assert (conflict.place, conflict.here) == (Place("agenda", 2), None)
    assert decided(merged).agenda == agenda


def test_taking_a_removal_frees_the_entries_of_the_item() -> None:
    base = call("One", "Two", minutes=v.Minutes("final", "", (v.MinutesEntry(1, "Said.", agenda_item=2),)))
    ours = replace(base, agenda=(base.agenda[0], replace(base.agenda[1], minutes=10)))
    theirs = call("One", minutes=v.Minutes("final", "", (v.MinutesEntry(1, "Said."),)))
    final = decided(merge(base, ours, theirs, {}))
    assert titles(final) == ["One"]
    assert final.minutes.entries == (v.MinutesEntry(1, "Said."),)


def test_link_both_changed_is_one_conflict_that_keeps_what_only_one_changed() -> None:
    def linked(label: str, url: str = "https://example.org/a", details: str = "") -> v.CallDocument:
        return replace(call(), links=(v.Link("slides", label, url, details),))

    merged = merge(linked("Deck"), linked("Slides", details="Final"), linked("Slide deck", "https://example.org/b"), {})
    assert merged.document.links == (v.Link("slides", "Slides", "https://example.org/b", "Final"),)
    [conflict] = merged.conflicts
    assert conflict.place == Place("links")
    assert decided(merged).links == (v.Link("slides", "Slide deck", "https://example.org/b", "Final"),)


def test_answer_both_changed_is_a_conflict_inside_its_question() -> None:
    def asked(answer: str) -> v.CallDocument:
        answers = (v.Answer("Kai", "Before."), v.Answer("Marga", answer))
        return replace(call(), questions=(v.Question(1, "Does it boot?", answers=answers),))

    merged = merge(
        asked("It boots on all of them."), asked("It boots on two of them."), asked("It boots on one of them."), {}
    )
    assert [one.place for one in merged.conflicts] == [Place("questions", 1, "answers")]
    assert decided(merged).questions[0].answers[1].text == "It boots on one of them."


def test_order_of_releases_says_nothing() -> None:
    releases = tuple(v.Release(number, "Alpha", f"{number}.0") for number in (1, 2, 3))
    base = replace(call(), releases=releases)
    ours, theirs = (replace(base, releases=tuple(releases[one] for one in order)) for order in ((2, 0, 1), (1, 0, 2)))
    assert merge(base, ours, theirs, {}).conflicts == ()


@pytest.mark.parametrize("place", [Place("agenda", 9, field="body"), Place("questions", 9, "answers")])
def test_what_is_not_there_cannot_be_written(place: Place) -> None:
    with pytest.raises(LookupError):
        sides.put(call("One"), place, "text")
