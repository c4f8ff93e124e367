"""From an environment's detail page to its value: variants, advisories, published images, and the text around them.

A heading that names a flavour or a variant opens one, up to the next heading that is not below it. Advisories and
console listings are lifted out of the text, wherever they stand; everything else stays Markdown, in its order.
"""

import re
from dataclasses import dataclass, field, replace

from interop.document.accounting import Accounted, accounted
from interop.document.advisories import find_advisories
from interop.document.blocks import Block, Kind, Source
from interop.document.blocks import source as divide
from interop.document.errors import DocumentError, Remark
from interop.document.listings import DASHES, read_listings
from interop.document.outline import Span, free_lines, title_of
from interop.document.tables import words
from interop.document.values import Advisory, EnvironmentPage, Listing, Unread, Variant

NAME_WORDS = 4
KIND = r"(?:flavou?r|variant|edition|profile)"
NAMED = re.compile(
    rf"(?:(?:the|our)\s+)?(?P<before>.+?)\s+{KIND}|{KIND}\b\s*(?:[:\u2013\u2014-]\s*)?(?P<after>\S.*)", re.IGNORECASE
)
SEVERAL = re.compile(rf"(?:[\w-]+\s+){{0,3}}{KIND}s", re.IGNORECASE)
NO_NAME = re.compile(r".*\b(?:a|an|the|your|which|this|each|every|\w+ing)\b.*|how\b.*|about\b.*", re.IGNORECASE)
CODE = re.compile(r"`+([^`]+)`+")
RECOMMENDED = re.compile(r"[\s(\[\u2013\u2014:,-]*\brecommended\b[\s)\]]*", re.IGNORECASE)
NOT_RECOMMENDED = re.compile(r"\bnot\s+recommended\b", re.IGNORECASE)


def read_page(text: str) -> tuple[EnvironmentPage, tuple[Remark, ...]]:
    """The page a document holds, and what is odd about it. Raises DocumentError where it holds nothing at all."""
    page = _Page(divide(text))
    if not page.source.blocks:
        raise DocumentError("The document is empty. Write at least a title, such as '# Clusters on Azure'.")
    return page.value(), tuple(page.remarks)


def account_page(text: str) -> dict[int, str]:
    """What holds each line that is not blank, by its 1-based number. Raises DocumentError as `read_page` does."""
    return _Page(divide(text)).account()


def read_page_accounted(text: str) -> tuple[EnvironmentPage, tuple[Remark, ...], tuple[Accounted, ...]]:
    """What `read_page` gives, and each line with what it became."""
    page, remarks = read_page(text)
    return page, remarks, accounted(text, account_page(text))


@dataclass
class _Chapter:
    """What belongs to one variant, or to none where it has no name. `text` are 0-based spans of lines."""

    name: str = ""
    level: int = 0
    recommended: bool = False
    text: list[Span] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)


class _Page:
    """A page while it is read, block by block; `held` says which lines went where."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.title = title_of(source, ())
        self.lifted = dict(find_advisories(source))
        self.advisories: list[Advisory] = []
        self.unread: list[Unread] = []
        self.remarks: list[Remark] = []
        self.held: list[tuple[str, Span]] = []
        self.own = self.current = _Chapter()
        self.variants: list[_Chapter] = []
        self.several = 0
        for block in source.blocks:
            self._take(block)

    def value(self) -> EnvironmentPage:
        text = self.source.passage
        return EnvironmentPage(
            title=self.title.title if self.title else "",
            text=text(self.own.text),
            variants=tuple(
                Variant(one.name, one.recommended, text(one.text), tuple(one.listings)) for one in self.variants
            ),
            advisories=tuple(self.advisories),
            listings=tuple(self.own.listings),
            unread=tuple(self.unread),
        )

    def account(self) -> dict[int, str]:
        return {
            number + 1: holder
            for holder, (start, end) in self.held
            for number in range(start, end)
            if self.source.lines[number].strip()
        }

    def _take(self, block: Block) -> None:
        whole = block.start, block.end
        if block == self.title:
            self.held.append(("title", whole))
        elif block.kind is Kind.FRONT:
            self._leave(block)
        elif block.kind is Kind.HEADING and self._opens(block):
            self.held.append(("variant", whole))
        elif not any(start <= block.start < end for start, end in self.lifted) and self._lists(block):
            self.held.append(("listing", whole))
        else:
            self._lift(block)
            spans = list(free_lines(whole, tuple(self.lifted)))
            self.current.text += spans
            self.held += [("description" if self.current.name else "text", span) for span in spans]

    def _leave(self, block: Block) -> None:
        self.held.append(("unread", (block.start, block.end)))
        lines = enumerate(self.source.lines[block.start : block.end], block.start + 1)
        self.unread += [Unread(number, line) for number, line in lines if line.strip()]
        self.remarks.append(Remark(1, "The page begins with a site generator's front matter. It is shown nowhere."))

    def _lift(self, block: Block) -> None:
        """Take the advisories that begin in a block for the variant at hand."""
        for span, advisories in self.lifted.items():
            if block.start <= span[0] < block.end:
                self.held.append(("advisory", span))
                self.advisories += [replace(one, variant=self.current.name) for one in advisories]

    def _lists(self, block: Block) -> bool:
        if block.kind is not Kind.FENCE:
            return False
        lines = self.source.lines[block.start + 1 : block.end - block.closed]
        listings = read_listings(lines)
        self.current.listings += listings
        if not listings and any(DASHES.fullmatch(line) for line in lines):
            self.remarks.append(
                Remark(block.start + 1, "The console block's lines do not fit its columns. It is kept as text.")
            )
        return bool(listings)

    def _opens(self, block: Block) -> bool:
        """Whether a heading opens a variant; one that does not may end the variant at hand."""
        if block.level <= self.several:
            self.several = 0
        name = _name(block.title, child=self.several == block.level - 1 > 0)
        if name:
            self._open(block, name)
        elif block.level <= self.current.level:
            self.current = self.own
        if SEVERAL.fullmatch(words(block.title)):
            self.several = block.level
        return bool(name)

    def _open(self, block: Block, name: str) -> None:
        recommended = _is_recommended(block.title)
        taken = [one.name for one in self.variants]
        if name in taken:
            self.remarks.append(
                Remark(block.start + 1, f"'{name}' names more than one variant. Give each its own name.")
            )
            name = next(other for n in range(2, len(taken) + 3) if (other := f"{name} ({n})") not in taken)
        if recommended and any(one.recommended for one in self.variants):
            self.remarks.append(
                Remark(block.start + 1, f"'{name}' is the second variant to be recommended; the first is.")
            )
            recommended = False
        self.current = _Chapter(name, block.level, recommended)
        self.variants.append(self.current)


def _name(heading: str, *, child: bool) -> str:
    """The variant a heading names, "" where it names none. A `child` stands below a heading such as "Flavors"."""
    plain = RECOMMENDED.sub(" ", NOT_RECOMMENDED.sub(" ", words(heading))).strip()
    named = NAMED.fullmatch(plain)
    said = (named["before"] or named["after"]) if named else plain if child else ""
    code = CODE.findall(heading)
    if len(code) == 1 and (said or child):
        return str(code[0]).strip()
    return said if child or (len(said.split()) <= NAME_WORDS and not NO_NAME.fullmatch(said)) else ""


def _is_recommended(heading: str) -> bool:
    plain = words(heading)
    return bool(RECOMMENDED.search(plain)) and not NOT_RECOMMENDED.search(plain)
