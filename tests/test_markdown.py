"""What Markdown becomes on a page: GitHub's kinds of text, safe addresses, ids that do not clash."""

from pathlib import Path

import pytest
from django.template import Context, Template

from interop.document import DocumentError
from interop.markdown import LENGTH_LIMIT, lines, parse, plain, render, render_inline
from tests.corpus import CORPUS, needs_corpus
from tests.hostile import assert_inside_allowlist

SHEET = "| A | B |\n|:--|--:|\n| 1 | 2<br>3 |\n"


def test_a_table_scrolls_in_a_named_region_and_carries_no_style() -> None:
    html = render(SHEET)
    assert '<div class="scroll" tabindex="0" role="region" aria-label="Table 1: A, B"><table>' in html
    assert '<th class="to-left" scope="col">A</th>' in html
    assert '<td class="to-right">2<br>\n3</td>' in html
    assert "style" not in html


def test_a_header_cell_with_nothing_in_it_is_a_plain_cell() -> None:
    assert "<td></td>\n<th scope" in render("| | A |\n|---|---|\n| 1 | 2 |")


def test_each_table_of_a_document_has_a_name_of_its_own() -> None:
    html = render(f"{SHEET}\n{SHEET}")
    assert 'aria-label="Table 1: A, B"' in html
    assert 'aria-label="Table 2: A, B"' in html


def test_task_boxes_say_whether_they_are_done() -> None:
    html = render("- [x] slides\n- [ ] minutes\n")
    assert '<span class="task task-done" role="img" aria-label="done">☑</span> slides' in html
    assert '<span class="task task-open" role="img" aria-label="not done">☐</span> minutes' in html
    assert "<input" not in html


def test_github_marks_are_understood() -> None:
    html = render("~~old~~ www.example.org\n\n> [!WARNING]\n> Mind the gap.\n\n```py\nx\n```")
    assert "<s>old</s>" in html
    assert '<a href="http://www.example.org" rel="noopener noreferrer nofollow">www.example.org</a>' in html
    assert '<div class="markdown-alert markdown-alert-warning">' in html
    assert '<code class="language-py">' in html


def test_code_can_be_reached_by_keyboard() -> None:
    for text in ("```\nx\n```", "    x"):
        assert render(text).startswith('<pre tabindex="0" role="group" aria-label="Code"><code>x')


def test_html_is_shown_as_it_was_written_except_breaks_and_comments() -> None:
    html = render("a <b>b</b> <br> <!-- aside -->\n\n<!-- a\n\nsecret -->\n\nlast")
    assert "a &lt;b&gt;b&lt;/b&gt; <br>" in html
    assert "aside" not in html
    assert "secret" not in html
    assert "<p>last</p>" in html


def test_a_comment_that_never_ends_or_has_text_after_it_loses_nothing() -> None:
    assert "&lt;!-- open" in render("<!-- open\n\nlast")
    assert "kept" in render("<!-- a --> kept\n")


def test_headings_go_down_and_never_below_six() -> None:
    html = render("# A\n\n##### E\n", shift=2)
    assert "<h3>A</h3>" in html
    assert "<h6>E</h6>" in html


def test_two_documents_on_a_page_share_no_id() -> None:
    text = "# A\n\n[to A](#a) [^1]\n\n[^1]: note\n"
    first, second = render(text, prefix="item-1"), render(text, prefix="item-2")
    assert 'id="md-item-1-a"' in first
    assert 'href="#md-item-1-a"' in first
    assert 'id="fn-item-1-1"' in first
    assert "item-1" not in second


def test_without_a_prefix_only_headings_that_are_linked_to_have_an_id() -> None:
    html = render("# A\n\n# Größe, neu!\n\n# A\n\n[x](#größe-neu) [y](#item-3)\n")
    assert html.count(" id=") == 1
    assert 'href="#item-3"' in html


def test_headings_of_one_name_get_ids_of_their_own() -> None:
    html = render("# A\n\n# A\n\n# A-1\n\n# !\n", prefix="p")
    assert [f'id="md-p-{slug}"' in html for slug in ("a", "a-1", "a-1-1", "section")] == [True] * 4


@pytest.mark.parametrize(
    "target",
    ["https://a.b/c?d=e", "HTTP://a.b", "mailto:a@b.c", "/actions/", "#item-3", "https://[2001:db8::1]/"],
)
def test_links_to_the_web_to_mail_and_to_this_site_are_links(target: str) -> None:
    assert f'href="{target.replace("HTTP", "http")}"' in render(f"[x]({target})").replace("HTTP", "http")


@pytest.mark.parametrize(
    "target", ["../interop-matrix.md", "2021-05-11-slides.pdf", "ftp://a.b", "//a.b", "tel:123", "?q=1"]
)
def test_links_that_lead_nowhere_keep_their_target_as_text(target: str) -> None:
    assert render(f"[x]({target})") == f"<p>x ({target})</p>\n"


@pytest.mark.parametrize("text", ["", " ", "`` ``"])
def test_a_link_without_text_shows_where_it_leads(text: str) -> None:
    html = render_inline(f"[{text}](https://e.org/a?b=1&c=2)")
    assert html.startswith('<a href="https://e.org/a?b=1&amp;c=2"')
    assert html.endswith("https://e.org/a?b=1&amp;c=2</a>")


def test_a_resolver_decides_where_relative_links_and_images_lead() -> None:
    asked = {"../a b.md": "/interop/a/", "b.png": "/media/b.png", "evil": "javascript:alert(1)", "far": "https://a.b/c"}
    html = render("[a](../a%20b.md) ![b](b.png) [c](evil) [d](far) [e](none)", resolve=asked.get)
    assert '<a href="/interop/a/"' in html
    assert '<img src="/media/b.png" alt="b">' in html
    assert "c (evil)" in html
    assert '<a href="https://a.b/c"' in html
    assert "e (none)" in html


def test_an_image_from_elsewhere_is_a_link_with_its_description() -> None:
    html = render("![a badge](https://img.example/b.svg) [![sign](https://img.example/c.svg)](https://c.example)")
    assert "<img" not in html
    assert '<a href="https://img.example/b.svg" rel="noopener noreferrer nofollow">a badge</a>' in html
    assert '<a href="https://c.example" rel="noopener noreferrer nofollow">sign</a>' in html


def test_images_of_this_site_are_shown_unless_their_path_climbs() -> None:
    assert '<img src="/media/images/a.png" alt="a" title="t">' in render('![a](/media/images/a.png "t")')
    assert "<img" not in render("![a](/media/../secret.png)")
    assert "<img" not in render("![a](data:image/png;base64,AAAA)")


def test_a_footnote_that_nothing_refers_to_stays_where_it_is() -> None:
    html = render("a[^1]\n\n[^2]: *alone*\n\n[^1]: note\n\nb\n")
    assert "<p>[^2]: <em>alone</em></p>\n<p>b</p>" in html
    assert 'class="footnotes"' in html


def test_one_line_has_no_paragraph_around_it() -> None:
    assert render_inline("*a* [b](c.md)") == "<em>a</em> b (c.md)"


def test_plain_is_words_without_marks() -> None:
    text = "# A *b*\n\n- [x] `c` [d](e)\n\n| f | g |\n|---|---|\n| h | i |\n\n"
    text += "```\nj\n```\n\n![k](l) <!-- m -->\nn[^1]\n\n[^1]: o\n"
    assert plain(text).split("\n") == ["A b", "c d", "f g", "h i", "j", "k  n", "o"]


def test_tokens_name_the_lines_they_stand_on_whatever_ends_a_line() -> None:
    text = "# a\r\n\r\nb\x0cc\u2028d\r\n\r- e\n"
    maps = {token.content: token.map for token in parse(text) if token.type == "inline"}
    assert maps == {"a": [0, 1], "b c\u2028d": [2, 3], "e": [4, 5]}
    assert lines(text) == ["# a", "", "b\x0cc\u2028d", "", "- e", ""]


def test_readers_meet_a_footnote_and_a_comment_where_they_stand() -> None:
    maps = {token.type: token.map for token in parse("a[^1]\n\n[^1]: b\n\n<!-- c -->\n\nd\n")}
    assert maps["footnote_reference_open"] == [2, 4]
    assert maps["comment"] == [4, 5]


def test_a_document_that_cannot_be_read_whole_is_refused_with_a_sentence() -> None:
    with pytest.raises(DocumentError, match="at most 200,000 can be read"):
        parse("a" * (LENGTH_LIMIT + 1))
    with pytest.raises(DocumentError, match="line 3: The text nests too deep"):
        parse("a\n\n" + "> " * 60 + "b")


@needs_corpus
@pytest.mark.parametrize("path", sorted(CORPUS.glob("flatcar/**/*.md")), ids=lambda path: path.name)
def test_every_document_of_the_corpus_is_inside_the_allowlist(path: Path) -> None:
    assert_inside_allowlist(render(path.read_text(), prefix="p"))


def test_templates_draw_markdown_in_a_marked_container() -> None:
    page = Template(
        "{% load markdown %}{{ text|markdown:'2 p' }}|{% markdown text shift=1 prefix='q' links=links %}"
        "|{{ text|markdown_inline }}|{{ '<b>'|plain }}|{{ ''|markdown }}"
    )
    drawn = page.render(Context({"text": "# [a](b.md)", "links": {"b.md": "/b/"}})).split("|")
    assert drawn[0] == '<div class="md" data-markdown><h3 id="md-p-a">a (b.md)</h3>\n</div>'
    assert drawn[1].startswith('<div class="md" data-markdown><h2 id="md-q-a"><a href="/b/"')
    assert drawn[2] == '<span class="md" data-markdown># a (b.md)</span>'
    assert drawn[3:] == ["&lt;b&gt;", ""]
