"""The lock files: every file by its hash, no word of where it came from, and all that pyproject.toml asks for."""

import re
import tomllib

import pytest

from communitycalls.bootstrap.environment import LOCK, ROOT, TEST_LOCK

LOCKS = (LOCK, TEST_LOCK)
REQUIREMENT = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)")
PLACES = re.compile(r"index-url|find-links|trusted-host|://|file:| @ |\b[\w-]+\.(?:org|com|net|io|dev|local)\b")


def blocks(lock: str) -> list[str]:
    """A requirement with the lines that continue it, comments left out."""
    lines = [line for line in lock.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [block for block in re.split(r"\n(?=\S)", "\n".join(lines)) if block]


def versions(lock: str) -> dict[str, str]:
    found = [REQUIREMENT.match(block) for block in blocks(lock)]
    return {match[1]: match[2] for match in found if match}


def read(name: object) -> str:
    return (ROOT / str(name)).read_text()


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("name", LOCKS, ids=str)
def test_every_requirement_is_one_version_with_hashes(name: object) -> None:
    odd = [block for block in blocks(read(name)) if not (REQUIREMENT.match(block) and "--hash=sha256:" in block)]
    assert odd == []
    assert len(versions(read(name))) > 20


@pytest.mark.parametrize("name", LOCKS, ids=str)
def test_lock_names_no_index_host_or_folder(name: object) -> None:
    assert [line for line in read(name).splitlines() if PLACES.search(line)] == []


def test_test_lock_holds_the_whole_other_lock_in_the_same_versions() -> None:
    site, tests = versions(read(LOCK)), versions(read(TEST_LOCK))
    assert {name: tests.get(name) for name in site} == site


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    site = names(project["project"]["dependencies"])
    assert site - versions(read(LOCK)).keys() == set()
    assert names(project["dependency-groups"]["test"]) - versions(read(TEST_LOCK)).keys() == set()


def test_a_line_that_names_a_place_would_be_found() -> None:
    places = ["--find-links wheels", "--extra-index-url x", "a @ file:///b", "https://pypi.example.org/simple"]
    assert all(PLACES.search(line) for line in places)
