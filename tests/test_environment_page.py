"""An environment's page tells its whole story."""

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client

from communitycalls.models import RecordedChange
from interop.document import values as v
from interop.exporter import read_matrix
from interop.history import Note, record
from interop.models import (
    Advisory,
    Change,
    Environment,
    EnvironmentIssue,
    KnownIssue,
    PublishedImage,
    Reference,
    Variant,
)
from tests.make import make_call, make_environment, make_matrix
from tests.reading import read

pytestmark = pytest.mark.django_db

CAPZ = "/interop/support/capz/"


@pytest.fixture
def capz() -> Environment:
    return make_environment(make_matrix(), "CAPZ", owner="@org/team", notes="A *working* prototype")


@pytest.mark.usefixtures("capz")
def test_ratings_owner_notes_and_section_are_told(client: Client) -> None:
    page = read(client, CAPZ)
    assert [one.text for one in page.all("h1")] == ["CAPZ"]
    assert page.one("header", "envhead").one("em").text == "working"
    assert "Support levelL2" in page.one("dl", "rates").text
    facts = page.one("aside", "facts")
    assert "Owner@org/team" in facts.text
    assert "/interop/support/?section=public-cloud" in facts.links


def test_vacancy_is_told(client: Client) -> None:
    make_environment(make_matrix(), "CAPZ")
    assert "No owner it waits for somebody" in read(client, CAPZ).one("aside", "facts").text


def test_variants_advisories_and_images_are_told(client: Client, capz: Environment) -> None:
    best = Variant.objects.create(environment=capz, name="sysext", recommended=True, description="Plain.", position=1)
    Variant.objects.create(environment=capz, name="flatcar", position=2)
    Advisory.objects.create(
        environment=capz, variant=best, kind="warning", title="Security", body="For **trying** only."
    )
    Advisory.objects.create(environment=capz, kind="note", body="For everything.", position=2)
    for position, version in enumerate(("3975.2.1", "3975.2.2"), 1):
        PublishedImage.objects.create(
            environment=capz,
            variant=best,
            command="$ az vm image list",
            facts=[["Sku", "stable"], ["Version", version]],
            elided=True,
            position=position,
        )
    page = read(client, CAPZ)
    variants = page.one("div", "variants").all("article")
    assert [one.one("h3").text for one in variants] == ["sysext Recommended", "flatcar"]
    assert variants[0].one("div", "advice--warning").text.startswith("Security")
    assert "For everything." in page.one("div", "advice--note").text
    listing = variants[0].one("figure", "listing")
    assert [one.text for one in listing.one("table").all("tr")] == ["SkuVersion", "stable3975.2.1", "stable3975.2.2"]
    assert "the listing leaves others out" in listing.text
    assert listing.one("pre").text == "$ az vm image list"


def test_known_issues_are_defined_and_lead_to_others_that_have_them(client: Client, capz: Environment) -> None:
    issue = KnownIssue.objects.create(matrix=capz.matrix, code="CaCertDir", definition="Mind the `path`.")
    for row in (capz, make_environment(capz.matrix, "Azure")):
        EnvironmentIssue.objects.create(environment=row, issue=issue)
    part = read(client, CAPZ).one("ul", "issues")
    assert part.text == "CaCertDir also in AzureMind the path."
    assert "/interop/support/azure/" in part.links


def test_detail_text_and_references_are_told(client: Client, capz: Environment) -> None:
    Environment.objects.filter(pk=capz.pk).update(detail_title="Clusters", detail="## Trying it out\n\nRun it.")
    Reference.objects.create(environment=capz, label="the docs", url="https://example.org/docs")
    page = read(client, CAPZ)
    assert page.part("h-detail").text == "Clusters"
    assert page.part("md-detail-trying-it-out").element.tag == "h3"
    assert "https://example.org/docs" in page.one("aside", "facts").links


def test_row_that_does_not_fit_says_so(client: Client, capz: Environment) -> None:
    Environment.objects.filter(pk=capz.pk).update(overflow=["extra"], missing=0)
    assert "A cell too many: “extra”." in read(client, CAPZ).one("header", "envhead").text


def test_retired_environment_keeps_its_page(client: Client, capz: Environment) -> None:
    successor = make_environment(capz.matrix, "CAPZ 2", slug="capz-2")
    Environment.objects.filter(pk=capz.pk).update(
        retired_on=dt.date(2021, 5, 11), retired_reason="It was replaced.", successor=successor
    )
    banner = read(client, CAPZ).one("header", "envhead").one("div", "notice")
    assert banner.text == "Retired on 11 May 2021. It was replaced. Its successor is CAPZ 2."
    assert "/interop/support/capz-2/" in banner.links


def test_catch_all_row_says_what_it_is(client: Client, capz: Environment) -> None:
    Environment.objects.filter(pk=capz.pk).update(catch_all=True)
    assert "It is not counted." in read(client, CAPZ).text


@pytest.fixture
def history(capz: Environment) -> None:
    """Recorded in April; in the call of May rated x, as revision 2."""
    value = read_matrix(capz.matrix)
    record(capz.matrix, value, Note(dt.date(2021, 4, 30), author="Thilo", message="Matrix added"))
    section = value.sections[0]
    cell = v.Cell("support-level", "x", (v.Rating("x"),))
    rows = tuple(replace(one, cells=(cell,)) for one in section.environments)
    record(capz.matrix, replace(value, sections=(replace(section, environments=rows),)), Note(dt.date(2021, 5, 11)))
    change = Change.objects.get(revision__number=2)
    RecordedChange.objects.create(call=make_call("2021-05-11", "final"), change=change, number=3)


@pytest.mark.usefixtures("history")
def test_history_tells_changes_with_their_calls_the_newest_first(client: Client) -> None:
    page = read(client, CAPZ)
    entries = page.part("history").one("ol").all("p", "when")
    assert [one.text for one in entries] == [
        "Community call of 11 May 2021 revision 2",
        "30 April 2021 revision 1, in no call",
    ]
    assert "/calls/community-call/2021-05-11/#change-3" in page.part("history").links
    assert "Support level from L2 to No" in page.part("history").text
    assert "Matrix added (Thilo)" in page.part("history").text


@pytest.mark.usefixtures("history")
def test_rating_says_since_when_it_stands(client: Client) -> None:
    rates = read(client, CAPZ).one("dl", "rates")
    assert "Since 11 May 2021." in rates.text
    assert "/calls/community-call/2021-05-11/#change-3" in rates.links


@pytest.mark.usefixtures("capz")
@pytest.mark.parametrize("path", ["/interop/support/nothing/", "/interop/nothing/capz/", "/interop/nothing/"])
def test_unknown_environment_is_not_found(client: Client, path: str) -> None:
    assert read(client, path, status=404).one("h1").text == "There is no such page"
