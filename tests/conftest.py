"""What every test may use: a browser on Debian's Chromium, and clients of each role."""

import os
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from communitycalls.bootstrap import chromium
from tests.make import make_editor, make_maintainer, make_user

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs beside the live server's database


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What sees no difference between two databases, the run on PostgreSQL leaves to that on SQLite."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    left = [item for item in items if not sees_database(item)]
    items[:] = [item for item in items if sees_database(item)]
    config.hook.pytest_deselected(items=left)


def sees_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    asks = bool(fixtures) or item.get_closest_marker("django_db") is not None
    return asks and item.get_closest_marker("any_database") is None


@pytest.fixture(autouse=True)
def _fresh_cache(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(make_editor())
    return client


@pytest.fixture
def maintainer(db: None) -> Client:
    client = Client()
    client.force_login(make_maintainer())
    return client


@pytest.fixture
def user_client(db: None) -> Client:
    client = Client()
    client.force_login(make_user())
    return client


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = chromium.find()
    if executable is None:
        pytest.skip("there is no Chromium on this machine")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": str(executable), "args": arguments}
