"""What drawing seldom needs is imported once, when it is called, however it was imported before."""

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

from communitycalls.deck import loading

SELDOM = """
from pathlib import Path

with Path(__file__).with_name("imports").open("a") as file:
    file.write("x")


def twice(number):
    return 2 * number


def half(number):
    return number / 2
"""


def test_module_that_is_put_off_is_imported_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, log = "seldom_called", tmp_path / "imports"
    (tmp_path / f"{name}.py").write_text(SELDOM)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(loading, "SELDOM", {name: ("twice", "half")})
    monkeypatch.delitem(sys.modules, name, raising=False)
    loading._put_off()
    module: Any = importlib.import_module(name)
    twice = module.twice
    assert not log.exists()
    assert [twice(2), twice(3), module.twice(4), module.half(5)] == [4, 6, 8, 2.5]
    assert log.read_text() == "x"
