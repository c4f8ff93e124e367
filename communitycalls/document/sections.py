"""The headings of a document, each with the lines below it, and which of them is the title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communitycalls.document import agenda, facts
from communitycalls.document.head import FACTS
from communitycalls.document.headings import Topic, topic_of
from communitycalls.document.headline import read_said
from communitycalls.document.kind import read_kind
from communitycalls.document.outline import Block, Passage
from interop.document.errors import DocumentError

BELOW_ALL = 7
EXAMPLE = "# Community call Tuesday, 11th of May 2021, 17:30 CEST"
BOLD = re.compile(r"(\*\*|__)(?P<words>[^*_]+)\1:?")
NAMED_INLINE = frozenset(
    {Topic.AGENDA, Topic.MINUTES, Topic.QUESTIONS, Topic.ATTENDANCE, Topic.ACTIONS, Topic.DECISIONS}
)


@dataclass(frozen=True)
class Section:
    """A heading and the lines up to the next one. `level` is 0 before the first, 7 for a line set as a heading."""

    title: str
    level: int
    heading: Passage
    body: Passage

    @property
    def topic(self) -> Topic:
        return topic_of(self.title)


def sections_of(document: Passage) -> list[Section]:
    """What stands before the first heading, and each heading with what stands below it."""
    blocks = [block for block in document.blocks if block.kind == "heading" and block.content.strip()]
    ends = [*(block.start for block in blocks[1:]), len(document.rows)][: len(blocks)]
    found = [_section(document, block, end) for block, end in zip(blocks, ends, strict=True)]
    before = document.part(0, blocks[0].start if blocks else None)
    return [Section("", 0, Passage([]), before), *found] if before or not found else found


def _section(document: Passage, block: Block, end: int) -> Section:
    title = " ".join(block.content.split())
    return Section(title, block.level, document.of(block), document.part(block.end, end))


def title_at(sections: Sequence[Section]) -> int | None:
    """Which section's heading is the title: the first that says when, unless an H1 names the call before it."""
    headed = [index for index, section in enumerate(sections) if section.level]
    told = [index for index in headed if "date" in (facts.read(agenda.first_line(sections[index].body), FACTS) or {})]
    if told:
        return told[0]
    if headed and _names_a_kind(sections[headed[0]].title):
        return headed[0]
    dated = [index for index in headed if _is_dated(sections[index].title)]
    other = [index for index in headed if sections[index].topic is Topic.OTHER]
    if headed and (headed[0] in dated or not dated):
        return next(iter(other), None) if headed[0] not in dated else headed[0]
    top = [index for index in dated if sections[index].level == 1]
    if other and other[0] == headed[0] and sections[other[0]].level == 1 and not top:
        return other[0] if read_kind(sections[other[0]].title).series else dated[0]
    return next(iter(top or dated), None)


def _is_dated(title: str) -> bool:
    said = read_said(None, title)
    return bool(said.days or said.clocks or said.weekday)


def _names_a_kind(title: str) -> bool:
    """Whether a heading says more than "call": `Minutes of the release team call`."""
    return "-" in read_kind(title).series


def titled_by_first_line(section: Section) -> list[Section]:
    """The first line of a document without headings as its title, where it says when or of which kind the call is."""
    rows = section.body.rows
    at = next((index for index, row in enumerate(rows) if row.text.strip()), 0)
    words = re.sub(r"^[*_#\s]+|[*_:\s]+$", "", rows[at].text) if rows else ""
    if not (_is_dated(words) or read_kind(words).series):
        raise DocumentError(
            f"The document has no title: its first line is {words[:80]!r}. Begin it with a title like {EXAMPLE!r}.",
            rows[at].number if rows else None,
        )
    return [Section(words, 1, section.body.part(at, at + 1), section.body.part(at + 1))]


def split_at_lines(
    section: Section, following: Section | None, *, inline: bool
) -> Iterator[tuple[Section, Section | None]]:
    """A section and, where lines like `**Agenda**` or `Minutes:` head parts of it, those parts as sections."""
    starts = [block for block in section.body.blocks if _inline_topic(section.body, block)] if inline else []
    ends = [block.start for block in starts] + [len(section.body.rows)]
    parts = [replace(section, body=section.body.part(0, ends[0]))]
    for block, end in zip(starts, ends[1:], strict=True):
        heading = section.body.part(block.start, block.start + 1)
        below = section.body.part(block.start + 1, end)
        parts.append(Section(heading.text.strip("*_: "), BELOW_ALL, heading, below))
    return zip(parts, [*parts[1:], following], strict=True)


def _inline_topic(body: Passage, block: Block) -> bool:
    if block.kind != "paragraph":
        return False
    text = body.rows[block.start].text.strip()
    is_set = BOLD.fullmatch(text) or (text.endswith(":") and not text.startswith(("*", "_")))
    return bool(is_set) and topic_of(text.strip("*_: ")) in NAMED_INLINE
