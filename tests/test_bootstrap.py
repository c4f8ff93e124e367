"""What the set-up decides before Django is there: no network, no environment made."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from communitycalls.bootstrap import environment, suite
from communitycalls.bootstrap.arguments import read_demo, read_tests
from communitycalls.bootstrap.environment import Step, Venv, next_step
from communitycalls.bootstrap.progress import SetUpError, run

BASE = Path(sys.base_prefix)


def make_venv(folder: Path, works: bool = True, stamp: object = None) -> Venv:
    """A folder that looks like an environment; its python is this one, or none."""
    venv = Venv(folder / ".venv")
    (venv.folder / "bin").mkdir(parents=True)
    (venv.folder / "pyvenv.cfg").touch()
    if works:
        venv.python.symlink_to(sys.executable)
    if stamp is not None:
        venv.stamp.write_text(json.dumps(stamp))
    return venv


def make_lock(folder: Path, text: str = "django==5.2.19\n") -> Path:
    lock = folder / "requirements.lock"
    lock.write_text(text)
    return lock


def test_bootstrap_needs_nothing_but_the_standard_library() -> None:
    code = "import sys; sys.path[:0] = ['.']; import communitycalls.bootstrap.starting; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True, cwd=environment.ROOT
    )
    tops = {name.split(".")[0] for name in done.stdout.split()}
    assert tops - sys.stdlib_module_names - {"communitycalls", "__main__"} == set()


def test_no_venv_is_made(tmp_path: Path) -> None:
    assert next_step(Venv(tmp_path / ".venv"), make_lock(tmp_path), BASE, BASE) is Step.MAKE


def test_finished_venv_is_entered_at_once(tmp_path: Path) -> None:
    venv, lock = make_venv(tmp_path), make_lock(tmp_path)
    venv.mark([lock])
    assert next_step(venv, lock, BASE, BASE) is Step.ENTER


def test_changed_lock_is_installed_into_the_finished_venv(tmp_path: Path) -> None:
    venv, lock = make_venv(tmp_path), make_lock(tmp_path)
    venv.mark([lock])
    make_lock(tmp_path, "django==5.2.20\n")
    assert next_step(venv, lock, BASE, BASE) is Step.INSTALL


def test_venv_that_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    venv, lock = make_venv(tmp_path), make_lock(tmp_path)
    venv.mark([])
    assert next_step(venv, lock, BASE, BASE) is Step.MAKE


@pytest.mark.parametrize("stamp", [[], {"python": "2.7", "locks": {"requirements.lock": "x"}}, "text"])
def test_stamp_that_is_not_of_this_venv_counts_as_unfinished(tmp_path: Path, stamp: object) -> None:
    venv = make_venv(tmp_path, stamp=stamp)
    assert venv.installed() == {}
    assert next_step(venv, make_lock(tmp_path), BASE, BASE) is Step.MAKE


def test_venv_whose_python_is_gone_is_made_anew(tmp_path: Path) -> None:
    assert next_step(make_venv(tmp_path, works=False), make_lock(tmp_path), BASE, BASE) is Step.MAKE


def test_venv_of_somebody_else_is_entered_and_not_installed_into(tmp_path: Path) -> None:
    assert next_step(make_venv(tmp_path), make_lock(tmp_path), BASE, BASE) is Step.ENTER


def test_folder_that_is_no_environment_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "letters.txt").touch()
    assert next_step(Venv(tmp_path / ".venv"), make_lock(tmp_path), BASE, BASE) is Step.REFUSE


def test_file_in_the_place_of_the_venv_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".venv").touch()
    assert next_step(Venv(tmp_path / ".venv"), make_lock(tmp_path), BASE, BASE) is Step.REFUSE


def test_own_environment_is_used_whatever_stands_beside_manage_py(tmp_path: Path) -> None:
    assert next_step(make_venv(tmp_path), make_lock(tmp_path), tmp_path / "mine", BASE) is Step.STAY


def test_our_venv_with_an_old_lock_is_mended_from_outside(tmp_path: Path) -> None:
    venv, lock = make_venv(tmp_path), make_lock(tmp_path)
    venv.mark([])
    assert next_step(venv, lock, venv.folder, BASE) is Step.LEAVE
    venv.mark([lock])
    assert next_step(venv, lock, venv.folder, BASE) is Step.STAY


def test_own_environment_that_lacks_packages_is_told_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(environment, "missing_packages", lambda command: ["django", "nh3"])
    with pytest.raises(
        SetUpError, match=r"lacks django, nh3(.|\n)*install --require-hashes -r \S*\.requirements-test\.lock\n"
    ):
        environment.check_packages("test", Venv(tmp_path / ".venv"))


def test_present_environment_lacks_nothing() -> None:
    assert environment.missing_packages("test") == []


@pytest.mark.parametrize("value", ["0", "65536", "-1", "eight", "٨٠٠٠", ""])
def test_wrong_port_ends_with_a_sentence(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        read_demo([f"--port={value}"])
    assert end.value.code == 1
    assert f"{value!r} is not a port" in capsys.readouterr().err


def test_demo_serves_on_8000_unless_told() -> None:
    assert (read_demo([]).port, read_demo([]).serve) == (8000, True)
    assert (read_demo(["--port", "8001", "--no-serve"]).port, read_demo(["--no-serve"]).serve) == (8001, False)


def test_whole_suite_runs_on_both_databases_and_a_part_on_sqlite() -> None:
    assert read_tests([]).databases == ("postgresql", "sqlite")
    assert read_tests(["-k", "draft"]).databases == ("sqlite",)
    assert read_tests(["--database", "both", "-x"]).databases == ("postgresql", "sqlite")


def test_other_arguments_go_to_pytest_in_their_order() -> None:
    arguments = ["tests/test_a.py", "-k", "one or two", "--database=postgresql", "-x", "tests/test_b.py", "--lf"]
    assert read_tests(arguments).pytest == ("tests/test_a.py", "-k", "one or two", "-x", "tests/test_b.py", "--lf")


def test_postgresql_run_leaves_the_browser_out() -> None:
    tests = read_tests(["--database", "both", "-x"])
    assert suite.command_for("postgresql", tests, 2)[3:] == ["-m", "not browser", "-x"]
    assert suite.command_for("sqlite", tests, 2)[3:] == ["-x"]


def test_whole_suite_is_shared_out_over_the_processors() -> None:
    assert suite.workers(read_tests([]), 16)[:2] == ("-n", "4")
    assert suite.workers(read_tests([]), 1) == ()
    assert suite.workers(read_tests(["-x"]), 16) == ()


def test_exit_code_is_that_of_the_run_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "run_on", lambda database, tests: {"postgresql": 1, "sqlite": 0}[database])
    assert suite.run(read_tests([])) == 1
    assert suite.run(read_tests(["-x"])) == 0


def test_failing_program_is_quoted() -> None:
    with pytest.raises(SetUpError, match=r"Doing it: failed(.|\n)*no such thing"):
        run([sys.executable, "-c", "import sys; print('no such thing'); sys.exit(3)"], "Doing it")


def test_manage_py_says_a_sentence_for_wrong_settings() -> None:
    shell = {name: value for name, value in os.environ.items() if name not in ("COMMUNITYCALLS_TESTING", "DEBUG")}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=environment.ROOT,
        env=shell | {"SECRET_KEY": "short", "DJANGO_SETTINGS_MODULE": "communitycalls.settings"},
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "SECRET_KEY" in done.stderr
