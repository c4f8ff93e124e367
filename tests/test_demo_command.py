"""`demo` after the set-up: what it prints is true."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from communitycalls.bootstrap.progress import SetUpError
from communitycalls.management.commands import demo

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def printed() -> str:
    output = StringIO()
    call_command("demo", "--no-serve", "--port", "8123", stdout=output)
    return output.getvalue()


def test_every_address_it_prints_answers(printed: str, client: Client) -> None:
    addresses = re.findall(r"http://127\.0\.0\.1:8123(/\S*)", printed)
    assert len(addresses) == 6
    assert {client.get(address, follow=True).status_code for address in addresses} == {200}


def test_both_logins_it_prints_open_their_pages(printed: str) -> None:
    logins = re.findall(r"as (\w+), with the password (\S+)", printed)
    assert [name for name, _ in logins] == ["editor", "maintainer"]
    for (name, password), page in zip(logins, ("/desk/", "/admin/"), strict=True):
        client = Client()
        assert client.login(username=name, password=password)
        assert client.get(page).status_code == 200


def test_taken_port_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(port: int) -> None:
        raise SetUpError(f"Port {port} is taken by another program.")

    monkeypatch.setattr(demo, "check_port", refuse)
    with pytest.raises(CommandError, match="Port 8123 is taken"):
        demo.Command().serve(8123)
