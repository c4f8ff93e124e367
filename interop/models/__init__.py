"""The rows of the support matrices. What they mean together is a value (`interop.document.values`)."""

from interop.models.environments import (
    Advisory,
    Cell,
    Environment,
    EnvironmentIssue,
    EnvironmentQuerySet,
    Owner,
    PageSource,
    PublishedImage,
    Rating,
    Reference,
    Variant,
)
from interop.models.history import Change, Revision, RevisionQuerySet
from interop.models.matrices import Criterion, KnownIssue, Level, Matrix, Section
from interop.models.proposals import Proposal

__all__ = [
    "Advisory",
    "Cell",
    "Change",
    "Criterion",
    "Environment",
    "EnvironmentIssue",
    "EnvironmentQuerySet",
    "KnownIssue",
    "Level",
    "Matrix",
    "Owner",
    "PageSource",
    "Proposal",
    "PublishedImage",
    "Rating",
    "Reference",
    "Revision",
    "RevisionQuerySet",
    "Section",
    "Variant",
]
