"""What README says twice with the code: its pictures, commands, themes and packages are those that there are."""

import re
from pathlib import Path

from django.core.management import get_commands, load_command_class

from communitycalls.models import Site

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()


def test_every_picture_is_shown_and_every_picture_shown_is_there() -> None:
    there = {f".github/pictures/{path.name}" for path in (ROOT / ".github" / "pictures").iterdir()}
    assert set(re.findall(r"\.github/pictures/[\w.-]+", README)) == there


def test_lines_are_short_enough_to_be_read_in_a_terminal() -> None:
    assert [line for line in README.splitlines() if len(line) > 120] == []


def test_every_command_and_option_is_one_that_there_is() -> None:
    lines = re.findall(r"manage\.py ([a-z_]+)([^\n`]*)", README)
    assert len({name for name, _ in lines}) > 5
    for name, rest in lines:
        if name in ("demo", "test"):  # before Django is there: see bootstrap
            continue
        parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
        missing = [option for option in re.findall(r"--[a-z-]+", rest) if option not in parser.format_help()]
        assert not missing, f"{name} has no {missing}"


def test_themes_are_named_as_maintainers_choose_them() -> None:
    (told,) = re.findall(r"Three themes \((.*?)\)", README, re.DOTALL)
    assert re.findall(r"\*(\w+)\*", told) == list(Site.Theme.values)
