"""What comes of drawing a call: a file and what is worth saying of it, or a sentence on why there is none.

Between processes and on disk it is an answer: a line of JSON, then the file's bytes.
"""

import json
from dataclasses import dataclass


class DeckError(Exception):
    """A file that cannot be made. The message is a sentence that says what would be right.

    `is_lasting` is False where another try in a minute may do.
    """

    def __init__(self, message: str, *, is_lasting: bool = True) -> None:
        super().__init__(message)
        self.is_lasting = is_lasting


@dataclass(frozen=True)
class DeckRemark:
    """What was done to a slide so that it fits, or could not be shown. `slide` is the page's number, from 1."""

    slide: int
    text: str


@dataclass(frozen=True)
class Drawing:
    """A PDF file, how many pages it has, and what is worth telling the editor."""

    pdf: bytes
    pages: int
    remarks: tuple[DeckRemark, ...] = ()


def write_answer(outcome: Drawing | DeckError) -> bytes:
    """A drawing, or why there is none, as bytes."""
    if isinstance(outcome, DeckError):
        return json.dumps({"error": str(outcome), "lasting": outcome.is_lasting}).encode()
    remarks = [[remark.slide, remark.text] for remark in outcome.remarks]
    return json.dumps({"pages": outcome.pages, "remarks": remarks}).encode() + b"\n" + outcome.pdf


def read_answer(data: bytes) -> Drawing:
    """The drawing in an answer. Raises the DeckError that is in it instead."""
    head, _, pdf = data.partition(b"\n")
    told = json.loads(head)
    if "error" in told:
        raise DeckError(told["error"], is_lasting=told["lasting"])
    return Drawing(pdf, told["pages"], tuple(DeckRemark(slide, text) for slide, text in told["remarks"]))
