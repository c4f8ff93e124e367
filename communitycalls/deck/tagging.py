"""What WeasyPrint leaves undone for PDF/UA-1, done to a PDF before it is written.

Running heads and page numbers become artifacts, as pictures without words do; tables that only arrange (they have no
head cells) become plain blocks; head cells say whether they stand for their row or their column; headings that people
wrote too deep come up, so that none is skipped, and those without a word are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint import Document

ARRANGING = {"/Table": "/Div", "/THead": "/Div", "/TBody": "/Div", "/TFoot": "/Div", "/TR": "/Div", "/TD": "/Div"}
HEADINGS = {f"/H{level}": level for level in range(1, 7)}
NOTHING = b"null"

Row = dict[str, Any]  # a dictionary of pydyf, which has no types


def tidy(document: Document, pdf: Any) -> None:
    """Finish a tagged PDF: for `write_pdf(finisher=tidy)`. Changes it in place."""
    titles = tidy_all_but_levels(document, pdf)
    for element, level in zip(titles, levels(map(level_of, titles)), strict=True):
        element["S"] = f"/H{level}"


def tidy_all_but_levels(document: Document, pdf: Any) -> list[Row]:
    """The same but for the levels of headings, which depend on those before them. Returns the headings in order."""
    rows = {one.reference: one for one in pdf.objects if one.number is not None}
    root = rows[pdf.catalog["StructTreeRoot"]]
    top = rows[root["K"][0]]
    _say_scopes(document)
    _plain_tables(top, rows)
    _drop_wordless(top, rows)
    reached = dict(_marks(top, rows))
    _unmark(pdf, rows, rows[root["ParentTree"]], reached)
    return list(_headings(top, rows))


def _say_scopes(document: Document) -> None:
    """Scopes of head cells: WeasyPrint leaves each cell's element on its box."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.element is not None and box.element_tag == "th" and hasattr(box, "mark"):
                box.mark["A"]["Scope"] = "/Row" if box.element.attrib.get("scope") == "row" else "/Column"


def _plain_tables(element: Row, rows: dict[bytes, Row]) -> None:
    """Tables without head cells as blocks, from the inside out: a table inside has heads of its own."""
    for kid in _kids(element, rows):
        _plain_tables(kid, rows)
    if element["S"] == "/Table" and not _has_head(element, rows):
        _make_plain(element, rows)


def _has_head(element: Row, rows: dict[bytes, Row]) -> bool:
    return any(kid["S"] == "/TH" or (kid["S"] != "/Table" and _has_head(kid, rows)) for kid in _kids(element, rows))


def _make_plain(element: Row, rows: dict[bytes, Row]) -> None:
    element["S"] = ARRANGING.get(element["S"], element["S"])
    if element["S"] == "/Div":
        element.pop("A", None)
    for kid in _kids(element, rows):
        if kid["S"] in ARRANGING and kid["S"] != "/Table":
            _make_plain(kid, rows)


def _headings(element: Row, rows: dict[bytes, Row]) -> Iterator[Row]:
    """Headings in the order they are read in. One without a word becomes none."""
    if element["S"] in HEADINGS:
        if any(_marks(element, rows)):
            yield element
        else:
            element["S"] = "/NonStruct"
    for kid in _kids(element, rows):
        yield from _headings(kid, rows)


def level_of(heading: Row) -> int:
    """The level of a heading as it was written."""
    return HEADINGS[heading["S"]]


def levels(written: Iterable[int]) -> Iterator[int]:
    """Levels of headings one below the other without a gap."""
    above: list[int] = []
    for level in written:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        yield len(above)


def _drop_wordless(element: Row, rows: dict[bytes, Row]) -> None:
    """Pictures that nobody described are not content."""
    kept = [kid for kid in element["K"] if not _is_wordless(rows.get(kid))]
    if len(kept) < len(element["K"]):
        element["K"][:] = kept
    for kid in _kids(element, rows):
        _drop_wordless(kid, rows)


def _is_wordless(row: Row | None) -> bool:
    return row is not None and row.get("S") == "/Figure" and "Alt" not in row


def _kids(element: Row, rows: dict[bytes, Row]) -> list[Row]:
    """Elements directly below one: neither marks nor references to annotations."""
    return [row for kid in element["K"] if (row := rows.get(kid)) is not None and row.get("Type") == "/StructElem"]


def _marks(element: Row, rows: dict[bytes, Row]) -> Iterator[tuple[tuple[bytes, int], bool]]:
    """The marked content that the tree reaches, as (page, number)."""
    for kid in element["K"]:
        if isinstance(kid, int):
            yield (element["Pg"], kid), True
    for row in _kids(element, rows):
        yield from _marks(row, rows)


def _unmark(pdf: Any, rows: dict[bytes, Row], parents: Row, reached: dict[tuple[bytes, int], bool]) -> None:
    """Make artifacts of marked content that the tree does not reach."""
    numbers = dict(zip(parents["Nums"][::2], parents["Nums"][1::2], strict=True))
    for reference in pdf.page_references:
        page = rows[reference]
        stream = rows[page["Contents"]].stream  # type: ignore[attr-defined]  # -- an object of pydyf, not a row
        owners = numbers[page["StructParents"]]
        for place, operator in enumerate(stream):
            if operator != b"BDC":
                continue
            mark = stream[place - 1].get("MCID")
            if mark is not None and (reference, mark) not in reached:
                stream[place - 2 : place + 1] = ["/Artifact", b"", b"BMC"]
                owners[mark] = NOTHING
