"""What can go wrong with a document, and what is worth saying of one that was read."""

from dataclasses import dataclass


class DocumentError(Exception):
    """A document that cannot be read. `message` quotes the value and says what would be right; `line` is 1-based."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message if line is None else f"line {line}: {message}")
        self.message = message
        self.line = line


@dataclass(frozen=True)
class Remark:
    """Something a reader should know of a document that was read all the same. `line` is 1-based where known."""

    line: int | None
    text: str
