"""A call as a document: its values, and the way between them and Markdown.

The values alone come with it: who shows or draws a call need not load what reads and writes documents.
"""

from communitycalls.document.values import CallDocument

__all__ = ["CallDocument"]
