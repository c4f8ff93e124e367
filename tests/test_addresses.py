"""Addresses that models tell without the map of the site are those of the map."""

from collections.abc import Iterator

import pytest
from django.urls import resolve, reverse, set_script_prefix

from interop.models import Matrix
from tests.make import make_call

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["/", "/community/"])
def prefix(request: pytest.FixtureRequest) -> Iterator[str]:
    """The site at the top of its host, and below a path."""
    set_script_prefix(request.param)
    yield request.param
    set_script_prefix("/")


@pytest.mark.parametrize("ordinal", [1, 2])
def test_address_of_a_call_is_that_of_its_page(prefix: str, ordinal: int) -> None:
    call = make_call(ordinal=ordinal)
    assert call.get_absolute_url() == reverse("calls:call", args=[call.series.slug, call.address])


def test_address_of_a_matrix_is_that_of_its_page(prefix: str) -> None:
    assert Matrix(slug="interop-2").get_absolute_url() == reverse("interop:matrix", args=["interop-2"])


def test_addresses_lead_to_pages() -> None:
    assert resolve(make_call().get_absolute_url()).view_name == "calls:call"
    assert resolve(Matrix(slug="interop").get_absolute_url()).view_name == "interop:matrix"
