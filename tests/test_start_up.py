"""What a command or a process loads at its start is what it needs: each module more is time and memory of every run."""

import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent
SITE = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; import django; django.setup(); "


@pytest.mark.parametrize(
    ("start", "needless"),
    [
        ("from communitycalls.deck import early", {"dataclasses", "typing", "pathlib", "django", "weasyprint"}),
        ("import communitycalls.bootstrap", {"argparse", "subprocess", "importlib.metadata", "dataclasses"}),
        (
            SITE + "import communitycalls.management.commands.export_pdf",
            {
                "communitycalls.urls",
                "communitycalls.admin",
                "communitycalls.document.reader",
                "communitycalls.desk",
                "interop.document.compare",
                "markdown_it",
                "weasyprint",
                "PIL",
            },
        ),
        (
            "from communitycalls.deck import worker; worker.prepare()",
            {
                "communitycalls.document.reader",
                "communitycalls.models",
                "interop.document.compare",
                "django.db.models",
                "django.forms",
                "django.urls",
                "fontTools.subset.cff",
                "fontTools.varLib",
            },
        ),
    ],
    ids=["first process of export_pdf", "manage.py", "export_pdf", "process that draws"],
)
def test_needless_modules_are_not_loaded(start: str, needless: set[str]) -> None:
    code = f"{start}\nimport sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) & needless == set()
