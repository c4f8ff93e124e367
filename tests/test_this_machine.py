"""When a command may work on this machine's own data without settings, and when not."""

import os

import pytest

from communitycalls.bootstrap import settle_on_this_machine

PRODUCTION = ("SECRET_KEY", "ALLOWED_HOSTS", "DEBUG")


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*PRODUCTION, "COMMUNITYCALLS_DEMO"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def test_a_command_without_settings_works_here() -> None:
    settle_on_this_machine(["manage.py", "import_calls"])
    assert os.environ.pop("COMMUNITYCALLS_DEMO") == "1"


@pytest.mark.parametrize("name", PRODUCTION)
def test_any_setting_of_production_is_taken_at_its_word(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "said")
    settle_on_this_machine(["manage.py", "import_calls"])
    assert "COMMUNITYCALLS_DEMO" not in os.environ


def test_a_check_wants_the_settings_of_production() -> None:
    settle_on_this_machine(["manage.py", "check", "--deploy"])
    assert "COMMUNITYCALLS_DEMO" not in os.environ
