"""A matrix as a document: its values, and the way between them and Markdown.

What can go wrong comes with it; who has a matrix's values need not load what reads and writes documents.
"""

from interop.document.errors import DocumentError, Remark

__all__ = ["DocumentError", "Remark"]
