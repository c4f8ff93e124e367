"""Production refuses unsafe settings, with a sentence; README names every variable."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOOD = {"SECRET_KEY": "k3y-with-at-least-forty-different-characters-0123", "ALLOWED_HOSTS": "calls.example.org"}


def start(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    code = "import django; django.setup(); from django.conf import settings as s; print(s.SITE_URL, s.SECURE, s.DEBUG)"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, "DJANGO_SETTINGS_MODULE": "communitycalls.settings", "DATA_DIR": str(tmp_path), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_a_key_and_a_host(tmp_path: Path) -> None:
    assert start(tmp_path, **GOOD).stdout == "https://calls.example.org True False\n"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY has 0 characters."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY has 5 characters."),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY has 60 characters."),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS holds '*'"),
        ({"DEBUG": "1"}, "DEBUG is on while ALLOWED_HOSTS names calls.example.org"),
        ({"SITE_URL": "calls.example.org"}, "SITE_URL is 'calls.example.org'."),
        ({"TRUSTED_PROXIES": "abc"}, "TRUSTED_PROXIES is 'abc'."),
    ],
)
def test_production_refuses_what_is_unsafe(tmp_path: Path, change: dict[str, str], sentence: str) -> None:
    done = start(tmp_path, **(GOOD | change))
    assert done.returncode == 1
    assert f"ImproperlyConfigured: {sentence}" in done.stderr


def test_readme_names_every_variable_and_no_other() -> None:
    code = (ROOT / "communitycalls" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code)) - {"COMMUNITYCALLS_DEMO", "COMMUNITYCALLS_TESTING"}
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert told == read
