"""JSON and back without loss."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from communitycalls.document.values import CallDocument, Minutes, MinutesEntry, Release
from interop.document import codec
from interop.document import values as v

texts = st.text(max_size=30)
dates = st.dates()
ratings = st.builds(v.Rating, level=st.none() | texts, uncertain=st.booleans(), words=texts, variant=st.none() | texts)
cells = st.builds(v.Cell, criterion=texts, written=texts, ratings=st.lists(ratings, max_size=3).map(tuple))
environments = st.builds(
    v.Environment,
    name=texts,
    slug=texts,
    cells=st.lists(cells, max_size=3).map(tuple),
    texts=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    retired=st.none() | st.builds(v.Retirement, date=dates, reason=texts, successor=st.none() | texts),
)
matrices = st.builds(
    v.Matrix,
    title=texts,
    columns=st.lists(st.builds(v.Column, role=st.sampled_from(v.Role), header=texts), max_size=3).map(tuple),
    sections=st.lists(
        st.builds(v.Section, name=texts, environments=st.lists(environments, max_size=2).map(tuple)), max_size=2
    ).map(tuple),
)
calls = st.builds(
    CallDocument,
    series=texts,
    date=dates,
    title=texts,
    start=st.none() | st.datetimes(timezones=st.just(dt.UTC)),
    minutes=st.builds(
        Minutes,
        entries=st.lists(
            st.builds(MinutesEntry, number=st.integers(1, 99), text=texts, due=st.none() | dates), max_size=2
        ).map(tuple),
    ),
    releases=st.lists(
        st.builds(Release, number=st.integers(1, 99), channel=st.none() | texts, version=st.none() | texts), max_size=2
    ).map(tuple),
)


@given(matrices)
def test_a_matrix_comes_back_as_it_was(matrix: v.Matrix) -> None:
    assert codec.load(v.Matrix, codec.dump(matrix)) == matrix


@given(calls)
def test_a_call_comes_back_as_it_was(call: CallDocument) -> None:
    assert codec.load(CallDocument, codec.dump(call)) == call


def test_a_value_stored_before_a_field_existed_takes_its_default() -> None:
    stored = codec.dump(v.Section("Public cloud", "All of it"))
    del stored["introduction"]
    assert codec.load(v.Section, stored) == v.Section("Public cloud")
