"""Error pages: the site's own, with a sentence, and without a database for a 500."""

import pytest
from django.test import Client, RequestFactory

from communitycalls.views.errors import server_error


def test_a_500_asks_nothing_of_the_database() -> None:
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"Something broke here" in response.content


@pytest.mark.django_db
def test_an_address_that_is_no_date_is_quoted(client: Client) -> None:
    response = client.get("/calls/community-call/2021-02-30/")
    assert response.status_code == 404
    assert "&#x27;2021-02-30&#x27; is no date of a call. Write it like 2021-05-11." in response.content.decode()


@pytest.mark.django_db
def test_a_missing_call_does_not_say_how_it_was_looked_for(client: Client) -> None:
    response = client.get("/calls/community-call/2021-05-11/")
    assert response.status_code == 404
    assert b"The address may be mistyped." in response.content
