"""Hostile texts, and an oracle for pages: what html5lib sees in them must be inside an allowlist of its own.

The oracle shares nothing with `interop.allowlist`, so that a hole there is seen here.
"""

import json
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

from tests.corpus import CORPUS

ANY = ".*"
ID = r"(md|fn|fnref)-[\w:-]+"
HREF = r"(https?://|mailto:)[^\s<>\"\\]+|/([^/\\\s][^\s]*)?|#[^\s]*"
OWN = r"/(media|static)/[A-Za-z0-9][A-Za-z0-9/_.-]*"
CONTENT: dict[str, dict[str, str]] = {
    "a": {"href": HREF, "title": ANY, "id": ID, "class": "footnote-backref", "rel": "noopener noreferrer nofollow"},
    "img": {"src": OWN, "alt": ANY, "title": ANY},
    "code": {"class": r"language-[A-Za-z0-9_#+.-]+"},
    "div": {
        "class": r"scroll|markdown-alert markdown-alert-(note|tip|important|warning|caution)",
        "tabindex": "0",
        "role": "region",
        "aria-label": ANY,
    },
    "pre": {"tabindex": "0", "role": "group", "aria-label": "Code"},
    "ol": {"start": r"\d+", "class": "contains-task-list|footnotes-list"},
    "ul": {"class": "contains-task-list"},
    "li": {"id": ID, "class": "task-list-item|footnote-item"},
    "th": {"scope": "col", "class": "to-(left|center|right)"},
    "td": {"class": "to-(left|center|right)"},
    "span": {"class": "task task-(done|open)", "role": "img", "aria-label": "done|not done"},
    "p": {"class": "markdown-alert-title"},
    "hr": {"class": "footnotes-sep"},
    "sup": {"class": "footnote-ref"},
    "section": {"class": "footnotes"},
    **{f"h{level}": {"id": ID} for level in range(1, 7)},
    **{tag: {} for tag in ("br", "em", "strong", "s", "blockquote", "table", "thead", "tbody", "tr")},
}
ADDRESSES = {"href", "src", "action", "formaction", "data", "cite", "poster", "background", "srcdoc", "ping"}
BAD_ADDRESS = re.compile(r"[\s\x00-\x20]*(javascript|vbscript|data|file|blob):", re.IGNORECASE)
LOADS = {"img", "script", "iframe", "embed", "object", "audio", "video", "source", "track", "input"}


def vectors() -> list[str]:
    """The corpus's injection attempts, as somebody would type them into a field; no field takes a NUL (RefuseNul)."""
    found = json.loads((CORPUS / "hostile" / "xss_vectors.json").read_text())["vectors"]
    return [vector["input"].replace("\0", "") for vector in found]


def assert_inside_allowlist(html: str) -> None:
    """Fail, naming each trespass, unless all of a rendered fragment is inside the allowlist."""
    found = list(trespasses(html))
    assert not found, f"{found} in {html[:500]!r}"


def assert_page_inside_allowlist(html: str) -> None:
    """The same for a whole page: user content strictly, the page around it for scripts, styles and addresses."""
    page: Element = html5lib.parse(html, namespaceHTMLElements=False)
    contents = [element for element in page.iter() if is_content(element)]
    inside = {id(child) for content in contents for child in content.iter()}
    found = [line for content in contents for child in list(content.iter())[1:] for line in content_trespasses(child)]
    found += [line for element in page.iter() if id(element) not in inside for line in frame_trespasses(element)]
    assert not found, found


def trespasses(html: str) -> Iterator[str]:
    """What a browser would find in a fragment that the allowlist does not have."""
    fragment: Element = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for element in list(fragment.iter())[1:]:
        yield from content_trespasses(element)


def is_content(element: Element) -> bool:
    return isinstance(element.tag, str) and "data-markdown" in element.attrib


def content_trespasses(element: Element) -> Iterator[str]:
    attributes = CONTENT.get(str(element.tag))
    if attributes is None:
        yield f"element {element.tag}"
        return
    for name, value in element.attrib.items():
        if name not in attributes or not re.fullmatch(attributes[name], value, re.DOTALL):
            yield f'attribute {name}="{value}" of {element.tag}'


def frame_trespasses(element: Element) -> Iterator[str]:
    """Inline script or style, handlers, and addresses that run or load something from elsewhere."""
    tag = str(element.tag)
    if tag == "style" or (tag == "script" and (element.text or "src" not in element.attrib)):
        yield f"inline {tag}"
    for name, value in element.attrib.items():
        if name.startswith("on") or name == "style":
            yield f'attribute {name}="{value}" of {tag}'
        elif name in ADDRESSES and BAD_ADDRESS.match(value):
            yield f'address {name}="{value}" of {tag}'
        elif name == "src" and tag in LOADS and not re.match(r"/(?![/\\])", value):
            yield f'{tag} loads "{value}"'


def words_of(html: str) -> str:
    """The text of a fragment in reading order, with what stands for its images and without footnotes' marks."""
    return "".join(_words(html5lib.parseFragment(html, namespaceHTMLElements=False)))


def _words(element: Element) -> Iterator[str]:
    if element.tag == "sup":
        return
    yield element.attrib.get("alt", "") if element.tag == "img" else element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""
