"""Notes and warnings in an environment's page, in the ways that site generators and people write them.

Read are `<aside>` and `<div>` of a class that names one, GitHub's alerts, quotes that begin with "Note:" or
"Warning", MyST's and Docusaurus' admonitions and those of MkDocs. What has no text is no advisory.
"""

import re
from collections.abc import Iterator, Sequence

from interop.document.blocks import Block, Kind, Source
from interop.document.outline import Span
from interop.document.values import Advisory

WORDS = "note|tip|hint|info|information|seealso|warning|caution|danger|important|attention|error|deprecated"
GRAVE = ("warning", "caution", "danger", "important", "attention", "error", "deprecated")
OPENING = re.compile(r"\s{0,3}<(?P<tag>aside|div)\b[^>]*class=[\"'](?P<classes>[^\"']*)[\"'][^>]*>\s*", re.IGNORECASE)
HEADING = re.compile(
    r"\s*(?:<h(?P<level>[1-6])[^>]*>\s*(?P<title>.*?)\s*</h(?P=level)>|#{1,6}\s+(?P<marked>.*?)\s*#*)\s*", re.I
)
PARAGRAPH = re.compile(r"\s*</?(?:p|div)(?:\s[^>]*)?>\s*", re.IGNORECASE)
FENCE = re.compile(
    rf"\s{{0,3}}(?:`{{3,}}|~{{3,}}|:{{3,}})\s*(?:\{{(?P<myst>{WORDS}|admonition)\}}|(?P<colon>{WORDS})\b)\s*\[?(?P<title>[^\]]*?)\]?\s*",
    re.I,
)
INDENTED = re.compile(rf"(?:!!!|\?\?\?\+?)\s+(?P<kind>{WORDS})\b\s*(?:[\"'](?P<title>[^\"']*)[\"'])?\s*", re.IGNORECASE)
ALERT = re.compile(rf"\s*\[!(?P<kind>{WORDS})\]\s*(?P<title>.*)", re.IGNORECASE)
SAID = re.compile(
    rf"(?:\*\*|__)?(?P<kind>{WORDS})(?:\*\*|__)?(?::(?:\*\*|__)?\s*|(?=\n|$))(?P<body>.*)", re.IGNORECASE | re.DOTALL
)
QUOTED = re.compile(r"\s{0,3}> ?")


def find_advisories(source: Source) -> Iterator[tuple[Span, tuple[Advisory, ...]]]:
    """The advisories of a page, in order, with the 0-based lines they take. Their variants are not known here."""
    taken = 0
    for block in source.blocks:
        for span, advisories in _of_block(source, block):
            if span[0] >= taken and all(one.body for one in advisories):
                taken = span[1]
                yield span, advisories


def _of_block(source: Source, block: Block) -> Iterator[tuple[Span, tuple[Advisory, ...]]]:
    whole = block.start, block.end
    if block.kind is Kind.QUOTE:
        found = _of_quote([QUOTED.sub("", line, count=1) for line in source.lines[block.start : block.end]])
        yield from ((whole, (one,)) for one in found)
    elif block.kind is Kind.FENCE:
        opening = FENCE.fullmatch(source.lines[block.start])
        if opening:
            body = "\n".join(source.lines[block.start + 1 : block.end - block.closed]).strip()
            yield whole, (_advisory(opening["myst"] or opening["colon"], opening["title"], body),)
    elif block.kind is Kind.TEXT:
        yield from _of_text(source, block)


def _of_quote(lines: Sequence[str]) -> Iterator[Advisory]:
    alert = ALERT.fullmatch(lines[0])
    if alert:
        yield _advisory(alert["kind"], alert["title"], "\n".join(lines[1:]).strip())
    else:
        said = _said("\n".join(lines))
        if said:
            yield said


def _said(text: str) -> Advisory | None:
    """A text that begins with the word: "Note: mind this", "**Warning**" and a line below it."""
    match = SAID.fullmatch(text.strip())
    return _advisory(match["kind"], "", match["body"].strip()) if match else None


def _of_text(source: Source, block: Block) -> Iterator[tuple[Span, tuple[Advisory, ...]]]:
    for number in range(block.start, block.end):
        line = source.lines[number]
        tagged, fenced, indented = OPENING.fullmatch(line), FENCE.fullmatch(line), INDENTED.fullmatch(line)
        if tagged and _kind_in(tagged["classes"]):
            yield from _closed(source, number, f"</{tagged['tag']}>", _kind_in(tagged["classes"]), "")
        elif fenced and fenced["colon"] and line.lstrip().startswith(":"):
            yield from _closed(source, number, ":::", fenced["colon"], fenced["title"])
        elif indented:
            yield _indented(source, number, indented["kind"], indented["title"] or "")


def _kind_in(classes: str) -> str:
    """The gravest kind a list of classes names, "" for none."""
    named = [name for name in re.split(r"[\s_-]+", classes.casefold()) if re.fullmatch(WORDS, name)]
    return next((name for name in named if name in GRAVE), named[0] if named else "")


def _closed(
    source: Source, start: int, closing: str, kind: str, title: str
) -> Iterator[tuple[Span, tuple[Advisory, ...]]]:
    """An advisory between two lines of its own; none where the second is missing."""
    for number in range(start + 1, len(source.lines)):
        if source.lines[number].strip().casefold() == closing:
            inner = [line for line in source.lines[start + 1 : number] if not PARAGRAPH.fullmatch(line)]
            named = [match for line in inner if (match := HEADING.fullmatch(line))][:1]
            body = [line for line in inner if not (named and line == named[0].string)]
            heading = (named[0]["title"] or named[0]["marked"]) if named else ""
            yield (start, number + 1), (_advisory(kind, title or heading, "\n".join(body).strip()),)
            return


def _indented(source: Source, start: int, kind: str, title: str) -> tuple[Span, tuple[Advisory, ...]]:
    end = start + 1
    while end < len(source.lines) and (not source.lines[end].strip() or source.lines[end].startswith("    ")):
        end += 1
    while not source.lines[end - 1].strip():
        end -= 1
    body = "\n".join(line[4:] for line in source.lines[start + 1 : end]).strip()
    return (start, end), (_advisory(kind, title, body),)


def _advisory(kind: str, title: str, body: str) -> Advisory:
    return Advisory("warning" if kind.casefold() in GRAVE else "note", title.strip(), body)
