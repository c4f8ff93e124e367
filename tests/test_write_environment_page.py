"""An environment's page is written so that reading it gives the same page."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interop.document.page import read_page
from interop.document.page_writer import write_page
from interop.document.values import Advisory, EnvironmentPage, Listing, Variant
from interop.exporter import read_page as page_in_rows
from interop.models import Advisory as AdvisoryRow
from tests.corpus import CORPUS, needs_corpus
from tests.make import make_environment, make_matrix

TEXTS = [
    "",
    "Words.",
    "Two\n\nparagraphs",
    "* a list\n* of two",
    "```\n$ run\ndone.\n```",
    "> quoted",
    "a | b",
    "`x` *y*",
]
BODIES = ["Mind this.", "Two\n\nparagraphs", "- a\n- list\n\n  deeper", "```\ncode\n\n> not quoted\n```", "> deeper"]
WORDS = ["a", "b c", "x-1.2", "2022-12-09T18:05:58.830464+00:00", "ü", "café"]

listings = st.builds(
    lambda command, rows, elided, width: Listing(
        command,
        tuple(["NAME", "OsType", "Urn"][:width]),
        tuple(tuple(row[:width]) for row in rows),
        elided,
    ),
    st.sampled_from(["", "az vm list -o table", "list \\\n--all", "one\ntwo"]),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=3), min_size=1, max_size=3),
    st.booleans(),
    st.integers(1, 3),
)
names = st.lists(st.sampled_from(["sysext", "flatcar", "arm 64", "slim (2)"]), unique=True, max_size=3)


@st.composite
def pages(draw: st.DrawFn) -> EnvironmentPage:
    """Pages as reading gives them: advisories in the order of their variants."""
    beside, text = st.lists(listings, max_size=2), st.sampled_from(TEXTS)
    found = draw(names)
    best = draw(st.sampled_from([None, *found]))
    below = st.sampled_from([*TEXTS, "#### Deeper\n\nWords.", "Above.\n\n##### Deepest"])
    variants = [Variant(name, name == best, draw(below), tuple(draw(beside))) for name in found]
    kinds, titles = st.sampled_from(["note", "warning"]), st.sampled_from(["", "Security", "`x` & y"])
    advisories = [
        Advisory(draw(kinds), draw(titles), draw(st.sampled_from(BODIES)), name)
        for name in ("", *found)
        for _ in range(draw(st.integers(0, 2)))
    ]
    overview = draw(st.sampled_from(["", "## Overview\n\n"])) + draw(text)
    return EnvironmentPage("Clusters", overview.strip(), tuple(variants), tuple(advisories), tuple(draw(beside)))


@given(pages())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_was_written_is_read_as_it_was(page: EnvironmentPage) -> None:
    assert read_page(write_page(page))[0] == page


@needs_corpus
@pytest.mark.django_db
def test_the_page_of_the_corpus_goes_out_and_comes_back(tmp_path: Path) -> None:
    seed = next((CORPUS / "seeds").glob("003_*.txt"))
    row = make_environment(make_matrix(), "CAPZ")
    where = ("--matrix", "support", "--environment", "capz")

    def exported(*options: str) -> str:
        out = StringIO()
        call_command("export_environment", *where, *options, stdout=out)
        return out.getvalue()

    with pytest.raises(CommandError, match="CAPZ has no page of its own"):
        exported()
    with pytest.raises(CommandError, match="No page of CAPZ came in"):
        exported("--as-imported")
    call_command("import_environment", str(seed), *where, stdout=StringIO())
    row.refresh_from_db()
    before = page_in_rows(row)
    assert read_page(write_page(before))[0] == before == read_page(seed.read_text())[0]
    assert exported() == exported("--as-imported") == seed.read_text()
    AdvisoryRow.objects.update(title="Safety")
    row.refresh_from_db()
    edited = tmp_path / "edited.md"
    edited.write_text(exported())
    assert exported("--as-imported") == seed.read_text()
    AdvisoryRow.objects.all().delete()
    call_command("import_environment", str(edited), *where, stdout=StringIO())
    row.refresh_from_db()
    assert page_in_rows(row).variants == before.variants
    assert [one.title for one in page_in_rows(row).advisories] == ["Safety"]
    assert (page_in_rows(row).title, page_in_rows(row).text) == (before.title, before.text)
    assert row.sources.count() == 2
