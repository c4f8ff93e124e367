"""Upgrades: a database of any landed state becomes today's, and nothing that stood in it is lost."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

Rows = dict[str, list[dict[str, Any]]]

APPS = ("communitycalls", "interop")
# every state that landed, as the last migration of each app
LANDED = {
    "issue 2": [("interop", "0001_matrices"), ("communitycalls", "0001_calls")],
    "issue 3": [("interop", "0002_page_sources"), ("communitycalls", "0002_history_and_slides")],
}
NOON = dt.datetime(2021, 5, 11, 12, tzinfo=dt.UTC)
VALUE = {"series": "call", "date": "2021-05-11", "title": "May", "agenda": [{"number": 7, "title": "Gone"}]}
# what an upgrade changes on purpose: the colour that was the old default means that nobody chose one
CHANGED: dict[str, dict[tuple[str, str], dict[Any, Any]]] = {
    "issue 2": {("communitycalls.site", "accent"): {"#0b6b6b": ""}},
    "issue 3": {},
}


@pytest.fixture
def executor(transactional_db: None) -> Iterator[MigrationExecutor]:
    yield MigrationExecutor(connection)
    call_command("migrate", verbosity=0)


def state(executor: MigrationExecutor, targets: list[tuple[str, str]]) -> StateApps:
    """Today's database brought to a state; what its models are there."""
    executor.migrate(targets)
    executor.loader.build_graph()
    return executor.loader.project_state(targets).apps


def maker(apps: Apps) -> Callable[..., Any]:
    """What makes a row by its model's name, in the state that `apps` are of."""

    def make(model: str, /, **fields: Any) -> Any:
        app = "interop" if model in {"Matrix", "Section", "Environment", "PageSource"} else "communitycalls"
        return apps.get_model(app, model).objects.create(**fields)

    return make


def fill(apps: Apps) -> None:
    """One row or more in the tables that hold what people wrote."""
    make = maker(apps)

    make("Site", pk=1, name="Harbour OS", tagline="Calm seas", accent="#0b6b6b", deck_theme="midnight")
    make("Contact", label="Chat", text="#harbour", url="https://chat.example.org/")
    series = make("Series", slug="call", name="Call", timezone="Europe/Berlin")
    call = make("Call", series=series, date=NOON.date(), title="May", start=NOON, timezone="UTC", status="final")
    other = make("Call", series=series, date=NOON.date(), ordinal=2, title="Again", start=NOON, timezone="UTC")
    item = make("AgendaItem", call=call, number=1, position=1, title="Welcome", private_notes="Ask Ada first")
    person = make("Person", name="Ada", slug="ada")
    make("Presenter", item=item, person=person, position=1)
    make("MinutesEntry", call=call, number=1, position=1, text="She | speaks\n\n- well", agenda_item=item)
    question = make("Question", call=call, number=1, position=1, text="Does it boot?")
    make("Answer", question=question, position=1, speaker=person, text="It does.")
    make("Attendance", call=call, person=person, role="host")
    make("Link", call=call, kind="join", url="https://meet.example.org/", details="Passcode 12")
    make("Revision", call=call, number=1, value=VALUE, is_public=True)
    make("Revision", call=other, number=1, value=VALUE | {"agenda": []})
    make("CallSource", call=call, name="2021-05-11.md", data=b"# May\xff", value=VALUE)
    matrix = make("Matrix", slug="support", title="Support")
    section = make("Section", matrix=matrix, name="Clouds", position=1)
    make("Environment", matrix=matrix, section=section, name="EC2", slug="ec2", position=1)


def fill_later(apps: Apps) -> None:
    """Rows in the tables that came with issue 3."""
    make = maker(apps)
    call = apps.get_model("communitycalls", "Call").objects.get(ordinal=1)
    site, ec2 = (
        apps.get_model(*name).objects.get() for name in (("communitycalls", "Site"), ("interop", "Environment"))
    )
    make("Presentation", call=call, slide=7, public_slide=6, step=12, moved_at=NOON, is_black=True)
    make("Conflict", call=call, section="questions", number=1, field="text", base="a", here="b", there="c")
    make("SectionPicture", site=site, picture="images/a.jpg", position=1)
    make("PageSource", environment=ec2, name="ec2.md", source=b"# EC2\xff")


def rows_of(apps: Apps) -> Rows:
    """Every row of both apps, by model."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return {
        model._meta.label_lower: [plain(row) for row in model._base_manager.order_by("pk").values()] for model in models
    }


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose bytes compare alike on both databases."""
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}


def expected(landed: str, label: str, row: dict[str, Any]) -> dict[str, Any]:
    changed = CHANGED[landed]
    return {
        name: changed[label, name].get(value, value) if (label, name) in changed else value
        for name, value in row.items()
    }


@pytest.mark.parametrize("landed", LANDED)
def test_a_database_of_each_landed_state_is_upgraded_without_loss(landed: str, executor: MigrationExecutor) -> None:
    before_apps = state(executor, LANDED[landed])
    fill(before_apps)
    if landed != "issue 2":
        fill_later(before_apps)
    before = rows_of(before_apps)
    after = rows_of(state(executor, executor.loader.graph.leaf_nodes()))
    assert sum(map(len, before.values())) >= 18
    for label, rows in before.items():
        kept = [{name: new[name] for name in old} for old, new in zip(rows, after[label], strict=True)]
        assert kept == [expected(landed, label, row) for row in rows], label


def test_every_landed_state_is_among_the_migrations(executor: MigrationExecutor) -> None:
    known = set(executor.loader.graph.nodes)
    assert {node for nodes in LANDED.values() for node in nodes} <= known
