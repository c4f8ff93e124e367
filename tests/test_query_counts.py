"""Public pages cost the same number of queries with one row of everything and with three."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.filled import NOW, fill

pytestmark = pytest.mark.django_db

Counter = Callable[[int], Any]

PAGES = {
    "/": 43,
    "/calls/": 12,
    "/calls/?year=2021": 11,
    "/calls/series-1/": 13,
    "/calls/series-1/2021-05-11/": 23,
    "/calls/series-1/2021-11-09/": 10,
    "/calls/series-1/2021-06-08/": 11,
    "/interop/": 3,
    "/interop/matrix-1/": 18,
    "/interop/matrix-1/?revision=1": 8,
    "/interop/matrix-1/changes/": 11,
    "/interop/matrix-1/row-1/": 23,
}


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(("path", "count"), PAGES.items())
def test_queries_do_not_grow_with_rows(
    client: Client, django_assert_num_queries: Counter, path: str, count: int, size: int
) -> None:
    fill(size)
    with django_assert_num_queries(count):
        assert client.get(path).status_code == 200
