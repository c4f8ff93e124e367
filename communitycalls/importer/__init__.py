"""From values to rows. `apply` writes a value; `load` merges a document into what stands here first."""

from communitycalls.importer.acts import keep_releases
from communitycalls.importer.loader import Report, Result, load, standing_of
from communitycalls.importer.merge import Merged, Standing, merge
from communitycalls.importer.rows import apply

__all__ = ["Merged", "Report", "Result", "Standing", "apply", "keep_releases", "load", "merge", "standing_of"]
