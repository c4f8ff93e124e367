"""The structure tree of a PDF as values, for tests."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject


@dataclass
class Element:
    """An element of the structure tree; `marks` are (page, number) of its own content, `objects` ids of annotations."""

    kind: str
    row: DictionaryObject
    path: tuple[str, ...]
    kids: "list[Element]" = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)

    def all(self) -> "Iterator[Element]":
        yield self
        for kid in self.kids:
            yield from kid.all()


def structure(reader: PdfReader) -> Element | None:
    """The structure tree; None where there is none."""
    tree = reader.root_object.get("/StructTreeRoot")
    if tree is None:
        return None
    pages = {id_of(page.indirect_reference): number for number, page in enumerate(reader.pages)}
    top = Element("root", row_of(tree), ())
    _grow(top, pages, None)
    return top


def _grow(element: Element, pages: dict[int, int], page: int | None) -> None:
    """Read what hangs below an element; `page` is the one it inherits."""
    page = pages.get(id_of(element.row.raw_get("/Pg"))) if "/Pg" in element.row else page
    for kid in _kids(element.row):
        if isinstance(kid, int):
            element.marks.append((-1 if page is None else page, int(kid)))
            continue
        row = row_of(kid)
        if row.get("/Type") == "/OBJR":
            element.objects.append(id_of(row.raw_get("/Obj")))
        elif row.get("/Type") == "/MCR":
            element.marks.append((pages[id_of(row.raw_get("/Pg"))], int(cast("int", row["/MCID"]))))
        else:
            child = Element(str(row["/S"])[1:], row, (*element.path, element.kind))
            element.kids.append(child)
            _grow(child, pages, page)


def _kids(row: DictionaryObject) -> list[PdfObject]:
    kids = row.get("/K")
    kids = kids.get_object() if kids is not None else ArrayObject()
    return list(kids) if isinstance(kids, ArrayObject) else [cast("PdfObject", kids)]


def row_of(thing: PdfObject) -> DictionaryObject:
    return cast("DictionaryObject", thing.get_object())


def id_of(reference: object) -> int:
    return reference.idnum if isinstance(reference, IndirectObject) else -1
