"""The process that is forked before Django starts draws one job within the limits of any other, and ends with all."""

import subprocess
import sys
from pathlib import Path

import pytest

from communitycalls.deck import worker

HOME = Path(__file__).resolve().parent.parent
SCRIPT = """
import os
os.environ["SECRET_KEY"] = "secret"
from communitycalls.deck import early
early.begin()
from communitycalls.deck.worker import Limits
from tests import deck_jobs
hand = early.take()
assert early.take() is None
print(hand.draw(deck_jobs.{job}(), Limits(wall={wall})).decode())
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=HOME, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("job", "wall", "answer"),
    [
        ("Refusing", 20, "“disco” is no theme."),
        ("Broken", 20, worker.UNKNOWN),
        ("Crash", 20, worker.TOO_LARGE),
        ("Greedy", 20, worker.TOO_LARGE),
        ("Asleep", 3, worker.TOO_LONG),
    ],
)
def test_job_ends_in_a_sentence(job: str, wall: int, answer: str) -> None:
    done = run("-c", SCRIPT.format(job=job, wall=wall))
    assert done.returncode == 0, done.stderr
    assert answer.encode("ascii", "backslashreplace").decode() in done.stdout or answer in done.stdout


def test_command_that_draws_nothing_ends_and_leaves_nobody_behind() -> None:
    done = run("-c", "from communitycalls.deck import early; early.begin(); print(early.READY[0].pid)")
    assert done.returncode == 0, done.stderr
    assert not Path(f"/proc/{done.stdout.strip()}").exists()


def test_process_knows_neither_secrets_nor_databases() -> None:
    done = run("-c", SCRIPT.format(job="Telling", wall=20))
    assert "PATH" in done.stdout
    assert "SECRET_KEY" not in done.stdout
    assert "engine=\n" in done.stdout + "\n"
