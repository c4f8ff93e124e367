"""Where each line of a document went: to exactly one value, or to nobody, and then it is told."""

from collections.abc import Iterable

from communitycalls.document.definitions import read_definitions
from communitycalls.document.outline import Passage
from interop.document.accounting import UNREAD, Accounted
from interop.document.errors import Remark
from interop.document.values import Unread


class Ledger:
    """Kept while a document is read: a line belongs to the first that takes it; with it go the definitions."""

    def __init__(self, document: Passage) -> None:
        self.document = document
        self.owners: dict[int, str] = {}
        self.remarks: list[Remark] = []
        self.definitions = read_definitions(document)

    def take(self, taken: Passage | Iterable[Passage], owner: str) -> None:
        for passage in [taken] if isinstance(taken, Passage) else taken:
            for number in passage.numbers:
                self.owners.setdefault(number, owner)

    def remark(self, line: int | None, text: str) -> None:
        self.remarks.append(Remark(line, text))

    def leave(self, passage: Passage, reason: str) -> None:
        """Lines that no value can hold, with the reason."""
        rows = [row for row in passage.rows if row.number in passage.numbers and row.number not in self.owners]
        self.take(passage, UNREAD)
        if rows and rows[0].number is not None:
            self.remark(rows[0].number, f"{_quote(rows[0].text)} is not understood: {reason}")

    def unread(self) -> tuple[Unread, ...]:
        """The lines that no value holds, in order; those nobody asked for are remarked on now."""
        for row in self.document.rows:
            if row.number in self.document.numbers and row.number not in self.owners:
                self.leave(Passage([row]), "it belongs to no part of the call.")
        return tuple(
            Unread(row.number, row.text.strip())
            for row in self.document.rows
            if row.number is not None and self.owners.get(row.number) == UNREAD
        )

    def accounts(self) -> tuple[Accounted, ...]:
        return tuple(
            Accounted(row.number, row.text, self.owners.get(row.number, UNREAD))
            for row in self.document.rows
            if row.number is not None and row.text.strip()
        )


def _quote(text: str) -> str:
    text = text.strip()
    return repr(text if len(text) <= 80 else text[:79] + "…")
