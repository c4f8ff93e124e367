"""What is wrong with a PDF as an accessible document: our own reading of PDF/UA-1, for where veraPDF cannot be had.

`faults(data)` gives a sentence for everything amiss in structure tree, marked content, headings, figures, tables,
lists, links, fonts, outline, metadata, and for everything in the file that could act or hide.
"""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import cast

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject

from tests.pdf_tree import Element, id_of, row_of, structure

TYPES = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table"
    " TR TH TD THead TBody TFoot Span Quote Note Reference Code Link Annot Figure Formula Form".split()
)
INSIDE = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
}
PARENTS = {
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
}
SHOWS_TEXT = {b"Tj", b"TJ", b"'", b'"'}
PAINTS = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do"}
SUBSET = re.compile(r"/[A-Z]{6}\+.+")
MAY_LINK = ("https://", "http://", "mailto:")


def faults(data: bytes) -> list[str]:
    """Sentences about everything that is wrong, each once with how often."""
    reader = PdfReader(BytesIO(data))
    root = structure(reader)
    if root is None:
        return ["There is no structure tree."]
    elements = list(root.all())
    told = [
        *_document(reader),
        *_content(reader, elements),
        *_nesting(elements),
        *_headings(elements),
        *_texts(elements),
        *_links(reader, elements),
        *_fonts(reader),
        *_outline(reader),
        *_acts(reader),
    ]
    return [text if count == 1 else f"{text} ({count} times)" for text, count in Counter(told).items()]


def _document(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    if not row_of(root.get("/MarkInfo", DictionaryObject())).get("/Marked"):
        yield "The file does not say that it is tagged."
    if not root.get("/Lang"):
        yield "The file does not say its language."
    if not row_of(root.get("/ViewerPreferences", DictionaryObject())).get("/DisplayDocTitle"):
        yield "The title is not asked to be shown."
    told = reader.metadata
    if told is None or not told.title or not told.author:
        yield "Title or author is missing."
    metadata = root["/Metadata"].get_object() if "/Metadata" in root else None
    xmp = metadata.get_data().decode() if isinstance(metadata, StreamObject) else ""
    if not re.search(r"pdfuaid:part(>|=\")1", xmp):
        yield "The metadata do not say PDF/UA-1."
    if "dc:title" not in xmp:
        yield "The metadata have no title."
    for page in reader.pages:
        if "/Annots" in page and page.get("/Tabs") != "/S":
            yield "A page with links has no tab order."


def _content(reader: PdfReader, elements: list[Element]) -> Iterator[str]:
    """Marked content that the tree does not reach, the tree's that is not there, and content not marked at all."""
    reached = Counter(mark for one in elements for mark in one.marks)
    parents = _parents(reader)
    for number, page in enumerate(reader.pages):
        marks, loose = _marks(page)
        yield from loose
        for mark in marks:
            if (number, mark) not in reached:
                yield f"Page {number + 1} has marked content that the structure tree does not reach."
            elif parents.get((page.get("/StructParents"), mark)) is None:
                yield f"Page {number + 1} has marked content without a parent."
        for place, mark in reached:
            if place == number and mark not in marks:
                yield f"The structure tree names content that page {number + 1} does not have."
    for (_, mark), count in reached.items():
        if count > 1:
            yield f"Content {mark} is in the structure tree {count} times."


def _parents(reader: PdfReader) -> dict[tuple[object, int], DictionaryObject | None]:
    """What the parent tree says of each (key of a page, mark); links stand under mark -1."""
    nums = cast("ArrayObject", row_of(row_of(reader.root_object["/StructTreeRoot"])["/ParentTree"])["/Nums"])
    found: dict[tuple[object, int], DictionaryObject | None] = {}
    for key, value in zip(nums[::2], nums[1::2], strict=True):
        thing = value.get_object()
        if isinstance(thing, ArrayObject):
            found |= {(key, mark): cast("DictionaryObject | None", one.get_object()) for mark, one in enumerate(thing)}
        else:
            found[key, -1] = cast("DictionaryObject", thing)
    return found


def _marks(page: DictionaryObject) -> tuple[set[int], list[str]]:
    """The numbers of a page's marked content, and what is drawn outside of any."""
    contents = page.get("/Contents")
    found: set[int] = set()
    loose: list[str] = []
    stack: list[str] = []
    operations = ContentStream(contents.get_object(), page.get("/pdf")).operations if contents else []
    for operands, operator in operations:
        if operator in (b"BDC", b"BMC"):
            stack.append(str(operands[0]))
            if operator == b"BDC" and isinstance(operands[1], DictionaryObject) and "/MCID" in operands[1]:
                found.add(int(cast("int", operands[1]["/MCID"])))
                if "/Artifact" in stack[:-1]:
                    loose.append("Marked content stands inside an artifact.")
        elif operator == b"EMC":
            stack.pop()
        elif not stack and operator in SHOWS_TEXT | PAINTS:
            what = "Text is" if operator in SHOWS_TEXT else f"Something ({operator.decode()}) is"
            loose.append(f"{what} drawn that is neither content nor artifact.")
    return found, loose


def _nesting(elements: list[Element]) -> Iterator[str]:
    for one in elements[1:]:
        if one.kind not in TYPES:
            yield f"{one.kind} is no standard structure type."
        for kid in one.kids:
            if one.kind in INSIDE and kid.kind not in INSIDE[one.kind]:
                yield f"{kid.kind} stands in {one.kind}."
        if one.kind in PARENTS and one.path[-1] not in PARENTS[one.kind]:
            yield f"{one.kind} stands outside of {' or '.join(sorted(PARENTS[one.kind]))}, in {one.path[-1]}."
        if one.kind == "Table" and not [cell for cell in one.all() if cell.kind == "TH"]:
            yield "A table has no head cells."
        if one.kind == "TH" and row_of(one.row.get("/A", DictionaryObject())).get("/Scope") not in ("/Row", "/Column"):
            yield "A head cell has no scope."


def _headings(elements: list[Element]) -> Iterator[str]:
    level = 0
    for one in elements:
        if re.fullmatch(r"H[1-6]", one.kind):
            if int(one.kind[1]) > level + 1:
                yield f"{one.kind} follows {f'H{level}' if level else 'no heading'}."
            level = int(one.kind[1])
            if not [mark for part in one.all() for mark in part.marks]:
                yield "A heading is empty."
    if not level:
        yield "There are no headings."


def _texts(elements: list[Element]) -> Iterator[str]:
    for one in elements:
        if one.kind in ("Figure", "Formula") and not str(one.row.get("/Alt", "")).strip():
            yield f"A {one.kind.lower()} has no alternative text."


def _links(reader: PdfReader, elements: list[Element]) -> Iterator[str]:
    owners = {name: one for one in elements for name in one.objects}
    parents = _parents(reader)
    names = set(reader.named_destinations)
    for page in reader.pages:
        for reference in cast("ArrayObject", page.get("/Annots", ArrayObject())):
            link = row_of(reference)
            owner = owners.get(id_of(reference))
            if link.get("/Subtype") != "/Link":
                yield f"There is an annotation of another kind: {link.get('/Subtype')}."
            if not link.get("/Contents"):
                yield "A link does not say where it leads."
            if owner is None or owner.kind != "Link" or parents.get((link.get("/StructParent"), -1)) is not owner.row:
                yield "A link is not tagged as one."
            elif not [mark for part in owner.all() for mark in part.marks]:
                yield f"A link has no text: {link.get('/Contents')}."
            if "/Dest" in link and isinstance(link["/Dest"], str) and link["/Dest"] not in names:
                yield f"A link leads to {link['/Dest']!r}, which is not in the file."


def _fonts(reader: PdfReader) -> Iterator[str]:
    seen: set[str] = set()
    for page in reader.pages:
        for font in row_of(row_of(page["/Resources"]).get("/Font", DictionaryObject())).values():
            row = row_of(font)
            name = str(row.get("/BaseFont", row.get("/Name", "")))
            if name not in seen:
                seen.add(name)
                yield from _font(row, name)


def _font(row: DictionaryObject, name: str) -> Iterator[str]:
    if "/ToUnicode" not in row:
        yield f"The font {name} does not say what its signs mean."
    if str(row["/Subtype"]) == "/Type3":
        return
    below = row_of(cast("ArrayObject", row["/DescendantFonts"])[0]) if "/DescendantFonts" in row else row
    descriptor = row_of(below.get("/FontDescriptor", DictionaryObject()))
    if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
        yield f"The font {name} does not travel with the file."
    if not SUBSET.fullmatch(name):
        yield f"The font {name} is not a subset."


def _outline(reader: PdfReader) -> Iterator[str]:
    entries = list(_flat(reader.outline))
    if not entries:
        yield "There is no outline."
    for one in entries:
        page = reader.get_destination_page_number(one)  # type: ignore[arg-type]  # -- pypdf's outline is untyped
        if page is None or not 0 <= page < len(reader.pages):
            yield "The outline leads out of the file."
        if not str(one.get("/Title", "")).strip():  # type: ignore[attr-defined]  # -- as above
            yield "The outline has an entry without a title."


def _flat(entries: object) -> Iterator[object]:
    if isinstance(entries, list):
        for one in entries:
            yield from _flat(one)
    else:
        yield entries


def _acts(reader: PdfReader) -> Iterator[str]:
    """Whatever could act, or hide another file."""
    root = reader.root_object
    names = row_of(root.get("/Names", DictionaryObject()))
    for key in [key for key in ("/OpenAction", "/AA", "/AcroForm") if key in root]:
        yield f"The file has {key[1:]}."
    for key in [key for key in ("/JavaScript", "/EmbeddedFiles") if key in names]:
        yield f"The file has {key[1:]}."
    for page in reader.pages:
        if "/AA" in page:
            yield "A page acts."
        for reference in cast("ArrayObject", page.get("/Annots", ArrayObject())):
            action = row_of(row_of(reference).get("/A", DictionaryObject()))
            if action and action.get("/S") != "/URI":
                yield f"A link acts: {action.get('/S')}."
            elif action and not str(action.get("/URI")).startswith(MAY_LINK):
                yield f"A link leads to {action.get('/URI')}."
