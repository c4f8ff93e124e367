"""From the value of an environment's detail page to its document: the way back of `interop.document.page`.

What belongs to no variant comes first: the text, then listings and advisories; then each variant with its own. A page
says where an advisory or a listing stood in its text no more, so these follow it.
"""

from collections.abc import Iterable, Iterator, Sequence

from interop.document.blocks import Kind, source
from interop.document.values import EnvironmentPage, Listing, Variant

ALERTS = {"note": "NOTE", "warning": "WARNING"}
DEEPEST = 3
"""The level of a variant's heading, unless headings within it leave less room."""


def write_page(page: EnvironmentPage) -> str:
    """The page as Markdown that `read_page` reads as the same page, its advisories in the order of its variants."""
    level = _level(page.variants)
    parts = [f"# {page.title}" if page.title else "", page.text, *_beside(page, "", page.listings)]
    for variant in page.variants:
        parts += [_heading(variant, level), variant.description, *_beside(page, variant.name, variant.listings)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _level(variants: Iterable[Variant]) -> int:
    blocks = (block for one in variants for block in source(one.description).blocks)
    highest = min((block.level for block in blocks if block.kind is Kind.HEADING), default=DEEPEST + 1)
    return max(1, min(DEEPEST, highest - 1))


def _heading(variant: Variant, level: int) -> str:
    named = f"Variant: {variant.name}" if "`" in variant.name else f"The `{variant.name}` variant"
    return f"{'#' * level} {named}{' (**recommended**)' if variant.recommended else ''}"


def _beside(page: EnvironmentPage, variant: str, listings: Sequence[Listing]) -> Iterator[str]:
    yield from map(_listing, listings)
    for one in page.advisories:
        if one.variant == variant:
            lines = [f"[!{ALERTS.get(one.kind, 'NOTE')}] {one.title}".rstrip(), *one.body.split("\n")]
            yield "\n".join(f"> {line}".rstrip() for line in lines)


def _listing(listing: Listing) -> str:
    table = _ruled(listing) if len(listing.columns) > 1 else _boxed(listing)
    lines = [*_command(listing.command), *table, *(["..."] if listing.elided else [])]
    return "\n".join(["```console", *lines, "```"])


def _command(text: str) -> Iterator[str]:
    """A command of several lines goes on after a backslash; else each line is a command of its own."""
    goes_on = False
    for line in text.split("\n") if text else ():
        yield line if goes_on else f"$ {line}"
        goes_on = line.endswith("\\")


def _ruled(listing: Listing) -> Iterator[str]:
    widths = [max(1, *map(len, cells)) for cells in zip(listing.columns, *listing.rows, strict=True)]
    for cells in (listing.columns, ["-" * width for width in widths], *listing.rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _boxed(listing: Listing) -> Iterator[str]:
    width = max(len(cells[0]) for cells in (listing.columns, *listing.rows))
    border = f"+{'-' * (width + 2)}+"
    head, *rows = (f"| {cells[0].ljust(width)} |" for cells in (listing.columns, *listing.rows))
    yield from (border, head, border, *rows, border)
