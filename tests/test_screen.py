"""The PDF's rules in a browser's words."""

from communitycalls.deck import screen, theme
from communitycalls.deck.setting import DeckSetting


def test_every_rule_stays_below_the_deck() -> None:
    for name in theme.names():
        sheet = screen.sheet(DeckSetting("Harbour", theme=name), "/static/")
        assert "@page" not in sheet
        assert "var(--accent)" not in sheet
        assert 'url("../' not in sheet
        selectors = [one for line in sheet.splitlines() for one in line.partition("{")[0].split(",")]
        outside = [one for one in selectors if ".deck" not in one and "(" not in one and ")" not in one]
        assert outside == []
        assert sheet.count("{") == sheet.count("}") > 200


def test_pages_are_boxes_and_their_margins_padding() -> None:
    text = """/* a page { */
    @page { size: 10px; margin: 1px 2px; @bottom-left { content: string(deck); color: #111111 } }
    @page night { background: linear-gradient(#222222), url("a;b.svg") 0 0; @bottom-left { content: none } }
    .slide-cover, #s3 { page: night; color: #333333; bookmark-level: 1 } .slide { break-after: page }"""
    assert screen.for_browser(text).splitlines() == [
        ".deck .slidepage { padding: 1px 2px; }",
        ".deck .slidepage .at-bottom-left { color: #111111; }",
        ".deck .slidepage:has(> .slide-cover), .deck .slidepage:has(> #s3)"
        ' { background: linear-gradient(#222222, #222222), url("a;b.svg") 0 0; background-origin: content-box; }',
        ".deck .slidepage:has(> .slide-cover) .at-bottom-left, .deck .slidepage:has(> #s3) .at-bottom-left"
        " { display: none; }",
        ".deck .slide-cover, .deck #s3 { color: #333333; }",
    ]


def test_what_is_said_of_a_whole_document_is_said_of_the_deck() -> None:
    text = ":root { --ink: #111111 } html { color: #111111 } body.deck > h1, a:is(b, i) { margin: 0 }"
    assert screen.for_browser(text).splitlines() == [
        ".deck { --ink: #111111; }",
        ".deck { color: #111111; }",
        ".deck.deck > h1, .deck a:is(b, i) { margin: 0; }",
    ]


def test_no_rules_make_no_sheet() -> None:
    assert screen.for_browser("") == ""
