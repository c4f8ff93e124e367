"""Every command of ours ends with 1 and a sentence where an argument is wrong, and with 0 where help is asked for."""

from pathlib import Path

import pytest
from django.core.management import load_command_class

import communitycalls.management.commands

COMMANDS = sorted(
    path.stem for path in Path(communitycalls.management.commands.__path__[0]).glob("*.py") if path.stem != "__init__"
)


@pytest.mark.parametrize("name", COMMANDS)
def test_wrong_argument_ends_with_one_and_names_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = load_command_class("communitycalls", name)
    with pytest.raises(SystemExit) as end:
        command.run_from_argv(["manage.py", name, "a", "b", "c", "d", "--no-such-option"])
    assert end.value.code == 1
    assert f"manage.py {name}: error: " in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_help_ends_well_and_says_what_the_command_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = load_command_class("communitycalls", name)
    with pytest.raises(SystemExit) as end:
        command.run_from_argv(["manage.py", name, "--help"])
    assert end.value.code == 0
    assert " ".join(command.help.split()[:4]) in " ".join(capsys.readouterr().out.split())
