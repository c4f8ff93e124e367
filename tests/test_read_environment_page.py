"""An environment's page becomes variants, published images, advisories and the text around them."""

import json
from typing import Any

import pytest

from interop.document import DocumentError
from interop.document.listings import read_listings
from interop.document.page import account_page, read_page
from interop.document.values import Advisory, EnvironmentPage, Listing, Unread
from tests.corpus import CORPUS, needs_corpus


def seed() -> str:
    return next((CORPUS / "seeds").glob("003_*.txt")).read_text()


def truth() -> Any:
    return json.loads((CORPUS / "truth/seeds/003_capz_flatcar.json").read_text())


def page_of(text: str) -> EnvironmentPage:
    return read_page(text)[0]


@needs_corpus
def test_the_page_of_the_corpus_is_read_as_the_truth_has_it() -> None:
    wanted, (page, remarks) = truth(), read_page(seed())
    assert page.title == wanted["title"]
    assert [(one.name, one.recommended) for one in page.variants] == [
        (one["name"], one["recommended"]) for one in wanted["flavors"]
    ]
    tables = [table for block in wanted["code_blocks"] for table in block["tables"]]
    listings = [listing for one in page.variants for listing in one.listings]
    assert [list(one.columns) for one in listings] == [table["columns"] for table in tables]
    assert [[list(row) for row in one.rows] for one in listings] == [table["cells"] for table in tables]
    assert [one.elided for one in listings] == ["elision_line" in table for table in tables]
    assert listings[0].command == wanted["code_blocks"][0]["command"]
    assert [(one.kind, one.title, one.variant) for one in page.advisories] == [("warning", "Security", "flatcar")]
    assert page.advisories[0].body.count("\n\n") == wanted["warnings"][0]["paragraphs"] - 1
    assert (page.listings, page.unread, remarks) == ((), (), ())


@needs_corpus
def test_what_belongs_to_no_variant_stays_in_the_text() -> None:
    page = page_of(seed())
    assert [line for line in page.text.splitlines() if line.startswith("#")] == ["## Overview", "## Trying it out"]
    assert "- Note: When working with" in page.text
    assert "#### Image creation" in page.variants[1].description
    assert page.variants[1].description.endswith("[custom images](custom-images.md).")
    assert all("```" not in one.description and "aside" not in one.description for one in page.variants)


@needs_corpus
def test_every_line_of_the_page_has_its_place() -> None:
    text = seed()
    assert sorted(account_page(text)) == [number for number, line in enumerate(text.splitlines(), 1) if line.strip()]


@pytest.mark.parametrize(
    ("headings", "variants"),
    [
        (["### The `a` flavor (**recommended**)", "### The `b` flavor"], [("a", True), ("b", False)]),
        (["## Variant: plain", "## Variant: hardened (recommended)"], [("plain", False), ("hardened", True)]),
        (["## Flavors", "### `a`", "### b, recommended", "## Use", "### c"], [("a", False), ("b", True)]),
        (["## The slim edition", "## Not recommended: the `fat` edition"], [("slim", False), ("fat", False)]),
        (["## Choosing a flavor", "## About variants"], []),
        (["## The `a` variant", "## The `a` variant"], [("a", False), ("a (2)", False)]),
    ],
)
def test_a_heading_that_names_a_variant_opens_one(headings: list[str], variants: list[tuple[str, bool]]) -> None:
    page = page_of("# T\n\n" + "\n\nWords.\n\n".join([*headings, ""]))
    assert [(one.name, one.recommended) for one in page.variants] == variants
    assert all(one.description == "Words." for one in page.variants)


def test_only_one_variant_is_recommended() -> None:
    page, remarks = read_page("# T\n\n## The `a` variant (recommended)\n\n## The `b` variant (recommended)\n")
    assert [one.recommended for one in page.variants] == [True, False]
    assert [remark.line for remark in remarks] == [5]


@pytest.mark.parametrize(
    ("text", "advisory"),
    [
        ("> [!WARNING]\n> Mind this.", Advisory("warning", "", "Mind this.")),
        ("> [!TIP]\n> Do that.", Advisory("note", "", "Do that.")),
        ("> **Warning**\n> Mind this.", Advisory("warning", "", "Mind this.")),
        ("> **Note:** mind this.", Advisory("note", "", "mind this.")),
        ("<aside class='note'>\nMind this.\n</aside>", Advisory("note", "", "Mind this.")),
        (
            '<div class="admonition caution">\n\n<h3>Old</h3>\n\n<p>\nMind this.\n</p>\n\n</div>',
            Advisory("warning", "Old", "Mind this."),
        ),
        ("```{warning}\nMind this.\n```", Advisory("warning", "", "Mind this.")),
        (":::caution[Old]\nMind this.\n:::", Advisory("warning", "Old", "Mind this.")),
        ('!!! danger "Old"\n\n    Mind this.\n\n    And that.', Advisory("warning", "Old", "Mind this.\n\nAnd that.")),
    ],
)
def test_an_advisory_is_read_in_whatever_form(text: str, advisory: Advisory) -> None:
    page = page_of(f"# T\n\nAbove.\n\n{text}\n\nBelow.\n")
    assert (page.advisories, page.text) == ((advisory,), "Above.\n\nBelow.")


@pytest.mark.parametrize(
    "text", ["> Somebody said so.", "<aside>\nWords.\n</aside>", '<aside class="note">\nNo end.', "Note that."]
)
def test_what_only_looks_like_an_advisory_is_text(text: str) -> None:
    assert page_of(f"# T\n\n{text}").text == text


NAMES = ("NAME", "STATUS")
ROWS = (("a image", "ready"), ("b", "active"))


@pytest.mark.parametrize(
    "console",
    [
        "$ list\nNAME     STATUS\n-------  ------\na image  ready\nb        active",
        "list\nNAME      STATUS\na image   ready\nb         active",
        "$ list\n+---------+--------+\n| NAME    | STATUS |\n+---------+--------+"
        "\n| a image | ready  |\n| b       | active |\n+---------+--------+",
        "ann@host:~$ list\nNAME     STATUS\n=======  ======\na image  ready\nb        active\nann@host:~$",
    ],
)
def test_console_tables_of_several_forms_are_read(console: str) -> None:
    assert read_listings(console.split("\n")) == (Listing("list", NAMES, ROWS),)


def test_a_command_of_several_lines_and_an_elision_are_read() -> None:
    console = "$ list \\\n    --all\nNAME  STATUS\n----  ------\na     ready\n..."
    assert read_listings(console.split("\n")) == (Listing("list \\\n--all", NAMES, (("a", "ready"),), elided=True),)


@pytest.mark.parametrize(
    "console",
    [
        "$ reboot",
        "$ list\nNAME  STATUS\n----  ------",
        "$ list\nNAME  STATUS\n----  ------\nanother line of words",
        "$ run\ndone.",
    ],
)
def test_a_console_block_that_is_no_listing_stays_text(console: str) -> None:
    text = f"```console\n{console}\n```"
    page = page_of(f"# T\n\n{text}")
    assert (page.text, page.listings) == (text, ())


def test_a_listing_outside_of_variants_belongs_to_the_page() -> None:
    page = page_of("# T\n\n```\n$ list\nNAME  STATUS\n----  ------\na     ready\n```\n")
    assert page.listings == (Listing("list", NAMES, (("a", "ready"),)),)


def test_front_matter_is_kept_apart() -> None:
    page, remarks = read_page("---\nweight: 3\n---\n# T\n")
    assert page.unread == (Unread(1, "---"), Unread(2, "weight: 3"), Unread(3, "---"))
    assert (page.title, len(remarks)) == ("T", 1)


def test_an_empty_document_is_refused_in_a_sentence() -> None:
    with pytest.raises(DocumentError, match="is empty"):
        read_page("\n \n")
