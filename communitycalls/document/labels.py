"""The label at the beginning of a statement: `Name: text`, `**Q (Name):** text`, `**Decision:** text`."""

import re
from dataclasses import dataclass

_MARKS = r"\*{1,3}|_{1,3}|`"
LABEL = re.compile(
    rf"""(?P<open>{_MARKS})?\s?
    (?P<words>[^\s*_`:\uff1a()\[\]<>|#][^*`:\uff1a()\[\]\n]{{0,80}}?)\s{{0,3}}
    (?P<first>{_MARKS})?\s{{0,3}}
    (?:[(\[](?P<bracket>(?:\\.|[^()\[\]\\]){{0,4000}})[)\]])?\s{{0,3}}
    (?P<second>{_MARKS})?
    [:\uff1a]
    (?P<third>{_MARKS})?
    (?=\s|$|\*\*|__)""",
    re.VERBOSE,
)
AFTER = re.compile(r"\s*[(\[][^()\[\]\n]{1,60}[)\]]\s*")
LINKED = re.compile(r"\[(?P<words>[^\[\]]{1,80})\]\((?P<url>[^()\s]*)\)\s?[:\uff1a]\s")


@dataclass(frozen=True)
class Label:
    """`words` before the colon, `bracket` what stands in brackets there, `rest` the text after it.

    `wrapped` is the emphasis that encloses label and text together and is taken off; `lost` a link's address.
    """

    words: str
    bracket: str
    rest: str
    wrapped: str = ""
    lost: str = ""


def read_label(text: str) -> Label | None:
    """The label of a line (or of the first line of a text), None where it begins with none."""
    found = LABEL.match(text)
    if not found:
        linked = LINKED.match(text)
        return Label(linked["words"], "", text[linked.end() :].strip(), lost=linked["url"]) if linked else None
    rest = text[found.end() :].lstrip(" \t")
    opened, closed = found["open"] or "", found["first"] or found["second"] or found["third"] or ""
    if bool(opened) == bool(closed):
        return Label(found["words"].strip(), (found["bracket"] or "").strip(), rest)
    if opened and rest.rstrip().endswith(opened):
        inner = rest.rstrip().removesuffix(opened).rstrip()
        return Label(found["words"].strip(), (found["bracket"] or "").strip(), inner, wrapped=opened)
    return _with_bracket_after(found, rest, opened)


def _with_bracket_after(found: re.Match[str], rest: str, opened: str) -> Label | None:
    """The label where its emphasis ends before a bracket: `**Q: text** (Name)`."""
    inner, closing, after = rest.rpartition(opened) if opened else ("", "", "")
    if not closing or not inner.strip() or opened in inner or not AFTER.fullmatch(after):
        return None
    text = f"{inner.rstrip()} {after.strip()}"
    return Label(found["words"].strip(), (found["bracket"] or "").strip(), text, wrapped=opened)
