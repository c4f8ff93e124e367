"""A call as a document: its values, and the way between them and Markdown."""

from communitycalls.document.ledger import Accounted
from communitycalls.document.reader import account, read
from communitycalls.document.values import CallDocument
from communitycalls.document.writer import write

__all__ = ["Accounted", "CallDocument", "account", "read", "write"]
