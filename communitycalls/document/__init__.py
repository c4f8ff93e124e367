"""A call as a document: its values, and the way between them and Markdown."""

from communitycalls.document.reader import account, read, read_accounted
from communitycalls.document.values import CallDocument
from communitycalls.document.writer import write
from interop.document.accounting import Accounted

__all__ = ["Accounted", "CallDocument", "account", "read", "read_accounted", "write"]
