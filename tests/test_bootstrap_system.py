"""The parts of the system that pip cannot bring: what is missing, and what is said or done about it."""

import socket
import subprocess
from pathlib import Path

import pytest

from communitycalls.bootstrap import chromium, network, postgresql, system
from communitycalls.bootstrap.arguments import read_tests
from communitycalls.bootstrap.progress import SetUpError


def missing_part(*packages: str, needed: bool = True) -> system.Part:
    return system.Part("a thing", packages, lambda: False, needed)


def test_line_to_type_names_each_package_once() -> None:
    packages = system.packages_of([missing_part("a", "b"), missing_part("b", "c")])
    assert system.line_to_type(packages, sudo=True) == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends a b c"
    )
    assert system.line_to_type(packages, sudo=False).startswith("apt-get update && apt-get install")


def test_advice_elsewhere_than_debian_names_no_apt_get() -> None:
    advice = system.advice([missing_part("fonts-x")], debian=False, sudo=True)
    assert "fonts-x" in advice
    assert "apt-get" not in advice


def test_missing_needed_part_stops_without_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "is_root", lambda: False)
    monkeypatch.setattr(system, "is_debian_family", lambda: True)
    with pytest.raises(SetUpError, match=r"apt-get install -y --no-install-recommends a b$"):
        system.supply([missing_part("a"), missing_part("b", needed=False)])


def test_missing_part_that_is_only_nice_is_told_and_passed_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "is_root", lambda: False)
    system.supply([missing_part("fonts-x", needed=False)])
    assert "Going on without" in capsys.readouterr().err


def test_root_on_debian_has_only_the_missing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(system, "is_root", lambda: True)
    monkeypatch.setattr(system, "is_debian_family", lambda: True)
    monkeypatch.setattr(system, "install", installed.extend)
    there = system.Part("b", ("b",), lambda: True)
    system.supply([system.Part("a", ("a",), lambda: "a" in installed), there])
    assert installed == ["a"]


def test_part_of_the_suite_needs_chromium_only_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "is_ubuntu", lambda: False)

    def needed(arguments: list[str], strict: bool) -> dict[str, bool]:
        return {part.packages[0]: part.needed for part in system.parts_for_tests(read_tests(arguments), strict)}

    assert needed([], strict=False).items() >= {"chromium": True, "postgresql": True}.items()
    assert needed(["-x"], strict=False)["chromium"] is False
    assert needed(["-x"], strict=True)["chromium"] is True
    assert "postgresql" not in needed(["-x"], strict=True)


def test_snap_and_its_stand_in_are_no_chromium_for_tests(tmp_path: Path) -> None:
    stand_in, program = tmp_path / "chromium-browser", tmp_path / "chromium"
    stand_in.write_text('#!/bin/sh\nexec /snap/bin/chromium "$@"\n')
    program.write_text("#!/bin/sh\nexec /usr/lib/chromium/chromium\n")
    assert chromium.is_snap(stand_in)
    assert not chromium.is_snap(program)


def test_chromium_that_playwright_fetched_is_found(tmp_path: Path) -> None:
    assert chromium.find_fetched(tmp_path) is None
    program = tmp_path / "chromium-1200" / "chrome-linux" / "chrome"
    program.parent.mkdir(parents=True)
    program.touch()
    assert chromium.find_fetched(tmp_path) == program


def test_newest_postgresql_is_chosen(tmp_path: Path) -> None:
    for version in ("9", "15", "14"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert postgresql.find_programs(tmp_path) == tmp_path / "15" / "bin"


def test_taken_port_is_told_with_a_free_one() -> None:
    with socket.socket() as other:
        other.bind((network.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SetUpError, match=rf"Port {port} is taken .* --port (?!{port}\b)\d+$"):
            network.check_port(port)
    network.check_port(port)


@pytest.mark.skipif(not postgresql.is_here(), reason="PostgreSQL is not installed")
def test_cluster_answers_while_it_lives_and_leaves_nothing() -> None:
    with postgresql.cluster() as url:
        folder = Path(url.removeprefix(f"postgres://{postgresql.NAME}@/")).parent
        programs = postgresql.find_programs()
        assert programs is not None
        assert subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode == 0
    assert not folder.exists()
