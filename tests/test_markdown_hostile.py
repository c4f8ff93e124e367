"""Hostile Markdown: nothing it says may become more than text, however it is nested, cut or repeated."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interop.markdown import LENGTH_LIMIT, NESTING_LIMIT, PIECE, parse, plain, render, render_inline
from tests.corpus import needs_corpus
from tests.hostile import assert_inside_allowlist, assert_page_inside_allowlist, trespasses, vectors, words_of

FRAMES = [
    "{}",
    "a {} b",
    "- {}",
    "> {}",
    "| a |\n|---|\n| {} |",
    "# {}",
    "[{}](x)",
    "[x]({})",
    "[x](<{}>)",
    '[x](y "{}")',
    "![{}](x)",
    "![x]({})",
    "```{}\nx\n```",
    "x[^1]\n\n[^1]: {}",
    "- [ ] {}",
    "> [!NOTE]\n> {}",
    "<!-- {} -->",
    "[r]: {}\n\n[r]",
]
SOUP = [
    *("#", "## ", "- ", "* ", "1. ", "> ", "> [!NOTE]\n", "| a | b |\n|---|:-:|\n", "| ", "```", "~~~", "`", "    "),
    *("*", "**", "_", "~~", "[", "](", "]", ")", "![", "][", "[^1]", "[^1]: ", "[a]: ", "- [ ] ", "- [x] ", "<", ">"),
    *(
        "<br>",
        "<!--",
        "-->",
        "<script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=x>",
        "</p>",
        "\\",
        "&lt;",
        "&#0;",
    ),
    *("javascript:alert(1)", "http://a.b", "https://[::1]/", "mailto:a@b.c", "www.a.b", "//e.vil", "data:image/png;,x"),
    *("/media/a.png", "/media/../a", "../a.md", "a.pdf", "#b", '"', "'", "\n", "\n\n", "\t", "\r", "\x00", "\ud800"),
    *("word", "é", "😀", "\u200b", "\u202e", "\x0c", "|", ":", "-", "=", "---\n", "===\n", "@", "title"),
]
soup = st.lists(st.sampled_from(SOUP), max_size=40).map("".join)


@needs_corpus
@pytest.mark.parametrize("frame", FRAMES)
def test_no_vector_leaves_the_allowlist(frame: str) -> None:
    for vector in vectors():
        text = frame.replace("{}", vector)
        assert_inside_allowlist(render(text, prefix="p", resolve=lambda target: target))
        assert_inside_allowlist(render_inline(text, resolve=lambda target: "/" + target))


@needs_corpus
def test_the_oracle_sees_what_the_sanitiser_would_have_to_remove() -> None:
    assert len(vectors()) >= 195
    assert sum(bool(list(trespasses(vector))) for vector in vectors()) >= 100


@needs_corpus
def test_the_oracle_sees_a_script_that_leaves_its_container_on_a_page() -> None:
    with pytest.raises(AssertionError, match="inline script"):
        assert_page_inside_allowlist("<main><div data-markdown><p>a</p></div><script>alert(1)</script></main>")
    with pytest.raises(AssertionError, match="element iframe"):
        assert_page_inside_allowlist("<main><div data-markdown><p>a<iframe></iframe></p></div></main>")
    assert_page_inside_allowlist(
        '<script src="/static/a.js"></script><form action="/x"><div data-markdown>a</div></form>'
    )


@settings(max_examples=400, deadline=None)
@given(soup)
def test_any_soup_of_marks_is_drawn_inside_the_allowlist(text: str) -> None:
    assert_inside_allowlist(render(text, resolve=lambda target: target))
    assert_inside_allowlist(render_inline(text))


@settings(max_examples=400, deadline=None)
@given(soup)
def test_plain_words_of_any_soup_are_words_of_its_page(text: str) -> None:
    page = "".join(words_of(render(text, resolve=lambda _target: "/there/")).split())
    for word in plain(text).split():
        assert word in page


@given(st.text(max_size=12_000, alphabet="ab \n"))
@settings(max_examples=30, deadline=None)
def test_a_long_paragraph_is_cut_into_pieces_that_make_it_whole(text: str) -> None:
    assert "".join(PIECE.findall(text)) == text


REPEATED = [
    *(
        "[",
        "![",
        "[a](",
        "<a ",
        "a\n=\n",
        "[^1]",
        "*",
        "**a ",
        "*a_ ",
        "`",
        "> ",
        "- ",
        "![[",
        "[^",
        "~a",
        "|",
        "&",
        "<",
    ),
    *(
        "\\",
        "http:",
        "http://a.b ",
        "www.",
        "a@",
        "a@b.c ",
        "[a]: b\n",
        "](",
        "<!--",
        "<!--\n",
        "1. a\n",
        "> a\n\n",
        "\t",
    ),
    *("> [!NOTE]\n> a\n\n", "```\n", "# a\n", "[a](<", "mailto:", "<http://a", "- [ ] a\n", "|a|b|\n|-|-|\n", "<br>"),
    *("[^1]: a\n\n", "a\n: b\n", "\u00df", "😀", "-->", "<!-- a -->\n", "# a-1\n# a\n"),
]


SLOWEST = ["![", "[^", "*a_ ", "# a\n", "a@b.c "]


@pytest.mark.parametrize("unit", [unit for unit in REPEATED if unit not in SLOWEST])
def test_a_mark_repeated_is_drawn_quickly(unit: str) -> None:
    assert seconds_for((unit * 50_000)[:50_000]) < 2


@pytest.mark.parametrize("unit", SLOWEST)
def test_the_slowest_marks_repeated_up_to_the_limit_take_seconds(unit: str) -> None:
    assert seconds_for((unit * LENGTH_LIMIT)[:LENGTH_LIMIT]) < 10


def test_a_table_of_five_thousand_columns_is_drawn_quickly() -> None:
    assert seconds_for("\n".join("|" + cell * 5_000 for cell in ("a|", "-|", "b|"))) < 2


def seconds_for(text: str) -> float:
    started = time.process_time()
    render(text)
    return time.process_time() - started


@pytest.mark.parametrize("unit", ["> ", "- ", "1. ", "* > "])
def test_text_that_nests_too_deep_is_shown_as_it_was_written(unit: str) -> None:
    text = unit * 500 + "the end"
    html = render(text)
    assert f"at most {NESTING_LIMIT} levels" in html
    assert "the end</pre>" in html
    assert plain(text).endswith("the end")


def test_nested_lists_of_ten_levels_are_lists() -> None:
    text = "".join("  " * depth + f"- level {depth}\n" for depth in range(10))
    assert render(text).count("<ul>") == 10


def test_text_over_the_limit_is_shown_as_it_was_written() -> None:
    html = render("*a* <b>\n" * 30_000)
    assert "at most 200,000 can be read" in html
    assert html.count("*a* &lt;b&gt;") == 30_000


def test_every_token_of_a_document_of_odd_characters_is_read() -> None:
    tokens = parse("a\x00b\x0bc\ud800d\ufffe")
    assert tokens[1].content == "a\ufffdb c\ufffdd\ufffd"
