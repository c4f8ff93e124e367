"""The site's settings for tests and linters: nothing of the shell's or the demo's is used, but DATABASE_URL."""

import os
import secrets
from pathlib import Path

OF_THE_SITE = (
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "COMMUNITYCALLS_DEMO",
    "DEBUG",
    "EMAIL_URL",
    "MEDIA_URL",
    "SITE_URL",
    "TRUSTED_PROXIES",
)

for name in OF_THE_SITE:
    os.environ.pop(name, None)
os.environ["COMMUNITYCALLS_TESTING"] = "1"
os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
data = Path(__file__).resolve().parent.parent / ".data" / "tests"
(data / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns in every test that it is missing
os.environ["DATA_DIR"] = str(data)

from communitycalls.settings import *  # noqa: E402, F403 -- the settings read what stands above
