"""A matrix as a document: its values, and the way between them and Markdown."""

from interop.document.compare import compare
from interop.document.errors import DocumentError, Remark
from interop.document.identity import carry_slugs, retire_missing
from interop.document.page import account_page, read_page, read_page_accounted
from interop.document.page_writer import write_page
from interop.document.reader import account, read, read_accounted
from interop.document.writer import write

__all__ = [
    "DocumentError",
    "Remark",
    "account",
    "account_page",
    "carry_slugs",
    "compare",
    "read",
    "read_accounted",
    "read_page",
    "read_page_accounted",
    "retire_missing",
    "write",
    "write_page",
]
