"""What a run on a second database leaves to the first."""

from django.db import connection


def share(examples: int) -> int:
    """How many of so many examples: all on SQLite, a tenth elsewhere, where the same rows are only kept by another."""
    return examples if connection.vendor == "sqlite" else examples // 10
